"""The language that a text is written in, by a model that comes with a library: nothing is asked of anyone."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

MIN_LETTERS = 40
SURE, SURE_ENOUGH = 0.8, 0.4
"""The probability that is asked of any language, and of one that the feed or its curator declares."""

# Those that a company in Europe may read. More would be mistaken for these: Occitan for Catalan, Galician for Spanish.
_KNOWN = (
    "ar", "bg", "br", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "ga", "he", "hr", "hu", "is", "it",
    "ja", "ko", "lb", "lt", "lv", "mt", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "zh",
)  # fmt: skip
_NO_LANGUAGE = re.compile(r"\S+(?:://|@)\S+|\bwww\.\S+")


def language_of(text: str, hints: tuple[str, ...] = ()) -> str | None:
    """The ISO 639 code of a text's language (`fr`); None when it is short or could be several.

    `hints` are languages that were declared (`fr-CA` is `fr`): feeds often declare wrongly, so a hint only helps where
    the text itself leaves a doubt.
    """
    text = _NO_LANGUAGE.sub(" ", text)
    if sum(map(str.isalpha, text)) < MIN_LETTERS:
        return None
    declared = {hint.split("-")[0].lower() for hint in hints}
    for language, probability in _identifier().rank(text)[:2]:
        if probability >= (SURE_ENOUGH if language in declared else SURE):
            return str(language)
    return None


@cache
def _identifier() -> Any:
    """The model, read at the first question: it takes as long as a small command."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_KNOWN)
    return identifier
