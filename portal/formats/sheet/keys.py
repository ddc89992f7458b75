"""Which keys a contribution sheet asks for, and the label of each. Read from the models: a key is asked or left out.

Keys of one group stand on lines of their own (`contact.email`); keys of a list of groups are the parts of its rows
(`skills.level`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from portal.language import Translator
from portal.problems import N_
from portal.records import KINDS
from portal.records.base import Model
from portal.records.keys import Key, Shape, keys_of

SHEET_KINDS = ("person", "story", "event", "question", "idea", "watch_item")
"""The kinds that people contribute without git."""

BODY = "body"
"""The name of the text below the front matter, as if it were a key."""

LEFT_OUT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # Who may read a contribution is decided with a curator: a sheet never makes anything more public.
        # Roles and the name on the forge give rights; a picture is a file; a departure is told by the company.
        "person": frozenset({"audience", "roles", "handle", "photo", "left"}),
        # The day, the state, the place on the wall and in a series, who follows it and what adds up are the curator's;
        # a picture is a file, and each person agrees for themselves.
        "story": frozenset(
            {
                "audience",
                "published",
                "status",
                "archived_on",
                "featured",
                "image",
                "without_image",
                "series",
                "editor",
                "reviewers",
                "agreements",
            }
        ),
        # A rule of recurrence is written by who knows RFC 5545; the zone is the portal's; what came of it, and what
        # changed, come later.
        "event": frozenset(
            {"audience", "timezone", "rrule", "skipped", "moved", "status", "changes", "outcome"}
        ),
        # A question arrives open, today, and its answers come from the community.
        "question": frozenset({"audience", "asked_on", "answers", "status"}),
        # An idea arrives today; its life is decided later, and people support it in their own name.
        "idea": frozenset(
            {"audience", "proposed_on", "status", "decision", "decided_on", "supporters", "story"}
        ),
        # It is chosen today.
        "watch_item": frozenset({"audience", "curated_on"}),
    }
)
"""Keys that no sheet asks for, by kind."""

LEFT_OUT_PARTS = frozenset({"story.results.adds_up"})
"""Keys of a group that no sheet asks for: whether figures may be added is a curator's judgement."""

_LABELS: Mapping[str, str] = {
    "body": N_("Text"),
    "title": N_("Title"),
    "territory": N_("Territory"),
    "communities": N_("Communities"),
    "skills": N_("Skills"),
    "person.name": N_("Full name"),
    "person.job_title": N_("Job title"),
    "person.skills.skill": N_("skill name"),
    "person.skills.level": N_("level"),
    "person.skills.offers": N_("offers"),
    "person.interests": N_("Interests"),
    "person.interests.skill": N_("interest"),
    "person.interests.level": N_("level"),
    "person.wants_to_learn": N_("Would like to learn"),
    "person.languages": N_("Languages"),
    "person.contact.email": N_("E-mail"),
    "person.contact.phone": N_("Phone"),
    "person.contact.chat": N_("Chat name"),
    "person.contact.office": N_("Office"),
    "person.joined": N_("First day"),
    "story.people": N_("People"),
    "story.challenge": N_("Challenge"),
    "story.solution": N_("Solution"),
    "story.results": N_("Results"),
    "story.results.label": N_("figure"),
    "story.results.after": N_("after"),
    "story.results.before": N_("before"),
    "story.results.unit": N_("unit"),
    "story.results.evidence": N_("evidence"),
    "story.quote.text": N_("Quote"),
    "story.quote.by": N_("Quote by"),
    "story.sequel_of": N_("Sequel of"),
    "event.start": N_("Start"),
    "event.end": N_("End"),
    "event.location": N_("Place"),
    "event.organizers": N_("Led by"),
    "event.registration_url": N_("Sign-up page"),
    "question.asked_by": N_("Asked by"),
    "question.community": N_("Community"),
    "idea.proposed_by": N_("Proposed by"),
    "watch_item.url": N_("Web address"),
    "watch_item.source": N_("Source"),
    "watch_item.published": N_("Published on"),
    "watch_item.curated_by": N_("Chosen by"),
    "watch_item.why": N_("Why"),
    "watch_item.lang": N_("Language"),
}
"""The label of each key, as an id of the catalogue; `kind.key` where it isn't the same for every kind.

A key without one is asked by its own name.
"""


@dataclass(frozen=True)
class Asked:
    """One thing that a sheet asks: a dotted `name` (`contact.email`), its shape, and its label's id.

    `parts` are those of a row, where it is a list of groups; `is_part` tells one of them.
    """

    name: str
    shape: Shape
    required: bool
    description: str
    label: str
    parts: tuple[Asked, ...] = ()
    is_part: bool = False

    @property
    def is_text(self) -> bool:
        """Whether its value stands on lines of its own."""
        return self.shape.form in {"text", "markdown"}


@cache
def asked(kind: str) -> tuple[Asked, ...]:
    """What the sheet of a kind asks, in order; the text last.

    Raises:
        KeyError: for a kind that has no sheet.
    """
    left_out, model = LEFT_OUT[kind], KINDS[kind]
    keys = [key for key in keys_of(model) if key.name not in left_out]
    body = Asked(BODY, Shape("markdown"), False, "", _LABELS[BODY])
    return (*(one for key in keys for one in _asked(kind, key)), body)


def labels(kind: str, translator: Translator) -> Mapping[str, str]:
    """The label of everything that the sheet of a kind asks, by dotted name, parts of rows included; in order."""
    every = [one for item in asked(kind) for one in (item, *item.parts)]
    return {item.name: translator.gettext(item.label) for item in every}


def value_at(values: Mapping[str, Any], name: str) -> Any:
    """The value of a dotted name in front matter; None where there is none."""
    first, _, rest = name.partition(".")
    value = values.get(first)
    return value.get(rest) if rest and isinstance(value, Mapping) else value


def _asked(kind: str, key: Key) -> Iterator[Asked]:
    inner = key.shape.model
    if inner is None:
        yield _one(kind, key, key.name)
    elif key.shape.many:
        yield _one(kind, key, key.name, tuple(_inside(kind, key, inner)))
    else:
        yield from _inside(kind, key, inner)


def _inside(kind: str, group: Key, model: type[Model]) -> Iterator[Asked]:
    for key in keys_of(model):
        if f"{kind}.{group.name}.{key.name}" in LEFT_OUT_PARTS:
            continue
        yield _one(
            kind,
            key,
            f"{group.name}.{key.name}",
            required=key.required and _is_needed(group),
            is_part=group.shape.many,
        )


def _is_needed(group: Key) -> bool:
    return group.required or group.shape.many


def _one(  # noqa: PLR0913 - what it is made of
    kind: str,
    key: Key,
    name: str,
    parts: tuple[Asked, ...] = (),
    *,
    required: bool | None = None,
    is_part: bool = False,
) -> Asked:
    # A key that nobody has named yet is asked by its own name: a model grows without another edit.
    label = _LABELS.get(f"{kind}.{name}") or _LABELS.get(name) or name.rpartition(".")[2].replace("_", " ")
    needed = key.required if required is None else required
    return Asked(name, key.shape, needed, key.description, label, parts, is_part)
