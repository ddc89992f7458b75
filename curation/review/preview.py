"""A candidate as the screen shows it beside the list: values in, rich text out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from curation.desk.appraisal import Appraised
from curation.desk.finding import Finding
from curation.desk.listing import source_names
from curation.judging.relevance import Score
from curation.judging.topics import Proposal
from curation.review.prose import Prose, outside, plain
from curation.review.session import Session
from portal.language import Translator
from portal.problems import Message

HIGH, LOW = 66, 34
"""From where a score is shown as high, and up to where as low."""


@dataclass(frozen=True)
class View:
    """What candidates are shown with: the desk, the curator's language, what is wrong with sources by their ids."""

    session: Session
    say: Translator
    alarms: Mapping[str, Sequence[Message]]


def score_style(score: int) -> str:
    """Bold where it is worth a look, dim where it isn't likely to be."""
    return "bold green" if score >= HIGH else "dim" if score <= LOW else ""


def preview(item: Appraised, view: View) -> RenderableType:
    """Title, where it comes from and what it says; then what is thought of it, and why."""
    candidate, say = item.candidate, view.say
    paragraphs = [outside(text) for text in candidate.excerpt.split("\n\n") if text.strip()]
    body = [Prose(text) for text in paragraphs] or [
        Prose(plain(say.gettext("The source gives no text.")), style="dim")
    ]
    return Group(
        Prose(outside(candidate.title), style="bold"),
        Prose(_origin(item, view), style="dim"),
        *(Prose(f"! {outside(text)}", style="bold red", hanging=2) for text in _warnings(item, view)),
        *_spaced(body),
        Text(),
        Prose(
            plain(outside(candidate.url or say.gettext("The source gives no address: give one to keep it.")))
        ),
        Text(),
        *_facts(item, view),
    )


_Words = list[str | tuple[str, str]]


def _origin(item: Appraised, view: View) -> str:
    candidate, first, say = item.candidate, item.candidate.first, view.say
    language = first.lang and first.lang.partition("-")[0] != say.language and say.language_name(first.lang)
    told = (
        say.listed(source_names(candidate.sources, view.session.desk)),
        say.date(candidate.published) if candidate.published else None,
        first.author,
        say.gettext("in {language}").format(language=language) if language else None,
    )
    return " · ".join(outside(text) for text in told if text)


def _warnings(item: Appraised, view: View) -> Iterator[str]:
    for source in item.candidate.sources:
        for alarm in view.alarms.get(source, ()):
            yield view.say.gettext("this source: {alarm}").format(alarm=view.say.say(alarm))


def _spaced(parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
    for part in parts:
        yield from (Text(), part)


def _facts(item: Appraised, view: View) -> Iterator[RenderableType]:
    say, score = view.say, item.score
    rows: list[tuple[str, _Words]] = [
        (say.gettext("Score"), _score(score, say)),
        (say.gettext("For"), [outside(", ".join(score.for_words))]),
        (say.gettext("Against"), [outside(", ".join(score.against_words))]),
        (say.gettext("Communities"), _proposed(item.proposals.communities, say)),
        (say.gettext("Skills"), _proposed(item.proposals.skills, say)),
    ]
    for number, finding in enumerate(item.candidate.findings[1:]):
        rows.append(("" if number else say.gettext("Also told as"), [_retold(finding, view)]))
    width = max(len(label) for label, _ in rows) + 2
    for label, words in rows:
        if any(words):
            yield Prose((plain(label).ljust(width), "dim"), *words, hanging=width)


def _score(score: Score, say: Translator) -> _Words:
    told: _Words = [(f"{score.value}", score_style(score.value)), (" / 100", "dim")]
    if score.is_tentative:
        told += [" · ", (plain(say.gettext("tentative: too few decisions to learn from yet")), "dim")]
    return told


def _proposed(proposals: Sequence[Proposal], say: Translator) -> _Words:
    """Each with the words that made it so; those that the source brings have none."""
    told: _Words = []
    for one in proposals:
        why = ", ".join(one.words) or say.gettext("its source")
        told += [", "] if told else []
        told += [one.slug, (f" ({outside(why)})", "dim")]
    return told


def _retold(finding: Finding, view: View) -> str:
    (source,) = source_names((finding.source,), view.session.desk)
    return outside(f"{finding.title} · {source}")
