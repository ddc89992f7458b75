"""How labels are recognised: in both languages, under the other names that people give them, and slightly misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeVar

from rapidfuzz import fuzz, process

from portal.formats.sheet.keys import SHEET_KINDS, Asked, asked
from portal.labels import LABELS
from portal.language import LANGUAGES, Translator
from portal.slugs import fold

_T = TypeVar("_T")

ALIKE = 86
"""How alike (0–100) a misspelt label must be to the one that is meant."""
_MIN_CHARS = 4

_PARENTHESIS = re.compile(r"\([^()]*\)\s*$")

_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "body": ("votre texte", "message", "récit", "description", "présentation", "your text", "body"),
    "title": ("intitulé", "objet", "sujet", "headline", "subject"),
    "territory": ("territoire ou site", "lieu de travail", "site", "where"),
    "communities": ("communauté", "community"),
    "skills": ("compétence", "savoir-faire", "skill"),
    "person.name": ("nom", "nom et prénom", "prénom nom", "nom complet", "name"),
    "person.job_title": ("poste", "métier", "intitulé du poste", "job", "role"),
    "person.skills.level": ("niv", "niveau de maîtrise"),
    "person.skills.offers": ("offre", "propose", "aide", "offer"),
    "person.interests": ("appétence", "centres d’intérêt", "intérêts", "envies", "interest"),
    "person.interests.skill": ("compétence", "skill"),
    "person.interests.level": ("goût", "intérêt"),
    "person.wants_to_learn": ("souhaite apprendre", "envie d’apprendre", "veut apprendre", "à apprendre", "learn"),
    "person.languages": ("langue", "langues parlées", "language"),
    "person.contact.email": ("mail", "courriel", "adresse mail", "adresse e-mail", "email", "mél"),
    "person.contact.phone": ("tél", "téléphone professionnel", "portable", "mobile", "telephone"),
    "person.contact.chat": ("tchat", "chat", "teams"),
    "person.contact.office": ("bureau n°", "room"),
    "person.joined": ("arrivée", "date d’arrivée", "dans l’entreprise depuis", "joined"),
    "story.people": ("avec", "acteurs", "équipe", "with"),
    "story.challenge": ("enjeu", "problème", "difficulté", "le défi"),
    "story.solution": ("la solution", "ce que nous avons fait"),
    "story.results": ("résultat", "chiffres", "result"),
    "story.results.label": ("mesure", "indicateur", "measure"),
    "story.results.evidence": ("source", "preuve"),
    "story.quote.text": ("verbatim",),
    "story.quote.by": ("auteur de la citation", "citation par"),
    "event.start": ("date", "date et heure", "quand", "date de début", "when"),
    "event.end": ("date de fin", "until"),
    "event.location": ("salle", "où", "adresse", "location", "where"),
    "event.organizers": ("organisé par", "organisateur", "organisateurs", "animateurs", "organizers"),
    "event.registration_url": ("inscription", "inscriptions", "lien d’inscription", "registration"),
    "question.asked_by": ("auteur", "de la part de", "author"),
    "question.community": ("communautés", "à qui", "communities"),
    "question.title": ("question", "votre question"),
    "idea.title": ("idée", "votre idée", "idea"),
    "idea.proposed_by": ("auteur", "de la part de", "author"),
    "watch_item.url": ("adresse", "lien", "url", "link", "adresse web"),
    "watch_item.source": ("publié par", "média", "publisher"),
    "watch_item.published": ("date", "date de publication", "paru le"),
    "watch_item.curated_by": ("proposé par", "partagé par", "shared by"),
    "watch_item.why": ("pourquoi cet article", "intérêt", "commentaire"),
    "watch_item.lang": ("langue de l’article",),
}  # fmt: skip
"""Other names by which people call what a sheet asks."""

_OTHER_KINDS: Mapping[str, tuple[str, ...]] = {
    "person": ("profil", "ma fiche", "fiche personne", "profile"),
    "story": ("histoire", "une belle histoire", "story"),
    "event": ("événement", "évènement", "rencontre", "atelier", "meeting"),
    "question": ("une question",),
    "idea": ("boîte à idées", "une idée", "suggestion"),
    "watch_item": ("veille", "article", "lien", "watch"),
}


def folded(text: str) -> str:
    """Letters and digits alone, without accents, case, signs, or a parenthesis at the end."""
    return "".join(char for char in fold(_PARENTHESIS.sub("", text)) if char.isalnum())


def label_meant(kind: str, text: str, *, exactly: bool = False) -> Asked | None:
    """What a label asks on the sheet of a kind; a misspelt one counts unless `exactly`."""
    return _meant(text, _labels(kind), exactly=exactly)


def part_meant(kind: str, row: str, text: str) -> Asked | None:
    """The part of a row that a label means, by the kind of the sheet and the name of the list."""
    return _meant(text, _parts(kind, row), exactly=False)


def kind_meant(text: str) -> str | None:
    """The kind that a word means, misspelt too."""
    return _meant(text, _kinds(), exactly=False)


def language_of(kind: str, words: Iterable[str]) -> str | None:
    """The language in which most of the labels stand; None where no label tells."""
    said = [folded(word) for word in words]
    labels = {language: {folded(text) for text in _labels_in(kind, language)} for language in LANGUAGES}
    found = {language: sum(word in known for word in said) for language, known in labels.items()}
    best = max(found, key=lambda language: found[language])
    return best if sum(count == found[best] for count in found.values()) == 1 else None


@cache
def reserved(kind: str) -> frozenset[str]:
    """What may not stand before a colon at the beginning of a line of text, folded: it would be read as a label."""
    return frozenset(_labels(kind)) | _REPLIED


_REPLIED = frozenset({"de", "from"})
"""How the mail that is answered begins, where a mail program quotes it without signs."""


def _meant(text: str, table: Mapping[str, _T], *, exactly: bool) -> _T | None:
    word = folded(text)
    if (found := table.get(word)) is not None or exactly or len(word) < _MIN_CHARS:
        return found
    near = process.extractOne(word, table.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return table[near[0]] if near else None


@cache
def _labels(kind: str) -> Mapping[str, Asked]:
    return _table(kind, asked(kind))


@cache
def _parts(kind: str, row: str) -> Mapping[str, Asked]:
    found = next(item for item in asked(kind) if item.name == row)
    return _table(kind, found.parts)


def _table(kind: str, items: Iterable[Asked]) -> Mapping[str, Asked]:
    """Folded labels of both languages, then other names where no label is called so."""
    found: dict[str, Asked] = {}
    for item in items:
        for word in _said(item.label):
            found.setdefault(folded(word), item)
    for item in items:
        for word in (*_OTHER_NAMES.get(f"{kind}.{item.name}", ()), *_OTHER_NAMES.get(item.name, ())):
            found.setdefault(folded(word), item)
    return found


@cache
def _kinds() -> Mapping[str, str]:
    named = {kind: (*_said(LABELS["kind"][kind]), *_OTHER_KINDS[kind]) for kind in SHEET_KINDS}
    return {folded(word): kind for kind, words in named.items() for word in words}


def _labels_in(kind: str, language: str) -> tuple[str, ...]:
    voice = Translator(language)
    return tuple(voice.gettext(item.label) for item in asked(kind))


def _said(text: str) -> tuple[str, ...]:
    return tuple(Translator(language).gettext(text) for language in LANGUAGES)
