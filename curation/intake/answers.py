"""An outcome → the words of its answer: what was understood, what is missing, what is proposed, who reads it next. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from curation.intake.outcome import Outcome
from curation.intake.questions import is_settled_by_a_word, questions, sheet_to_complete
from curation.intake.recognising import sheet_of
from curation.intake.understanding import Understanding
from curation.new import Draft
from curation.tree import Tree
from portal.addresses import address_of, section_address
from portal.content import INTERNAL
from portal.formats.sheet.keys import BODY, SHEET_KINDS, asked, value_at
from portal.formats.sheet.words import language_of
from portal.labels import LABELS
from portal.language import Translator
from portal.problems import N_, message
from portal.records import Person, Record, Source
from portal.records.keys import label_key
from portal.records.places import CONTRIBUTE, slug_in

MAX_POINTS = 12
"""At most so many things are asked or told at once."""
_MAX_REVIEWERS = 3

_THANKS: Mapping[str, str] = {
    "person": N_("Thank you for your profile."),
    "story": N_("Thank you for your story “{title}”."),
    "event": N_("Thank you for announcing “{title}”."),
    "question": N_("Thank you for your question “{title}”."),
    "idea": N_("Thank you for your idea “{title}”."),
    "watch_item": N_("Thank you for pointing out “{title}”."),
}
_THANKS_UNTITLED: Mapping[str, str] = {
    "person": N_("Thank you for your profile."),
    "story": N_("Thank you for your story."),
    "event": N_("Thank you for announcing this meeting."),
    "question": N_("Thank you for your question."),
    "idea": N_("Thank you for your idea."),
    "watch_item": N_("Thank you for pointing out this page."),
}


@dataclass(frozen=True)
class Answer:
    """What is answered: its paragraphs, and last the sheet to complete, where there is one."""

    paragraphs: tuple[str, ...]
    sheet: str = ""

    @property
    def text(self) -> str:
        """The whole, as plain text."""
        return "\n\n".join([*self.paragraphs, *([self.sheet.strip()] if self.sheet else [])]) + "\n"


def answer(outcome: Outcome, tree: Tree, *, request: str | None = None) -> Answer:
    """The answer to a message, in the language of its sheet; `request` is the address of a proposal on the forge."""
    return _Letter(outcome, tree, _voice(outcome, tree)).answer(request)


def _voice(outcome: Outcome, tree: Tree) -> Translator:
    site = tree.settings.site
    if outcome.found is None:
        return Translator(site.language, site.timezone)
    words = [field.label for field in sheet_of(outcome.message).fields]
    return Translator(language_of(outcome.found.model.kind, words) or site.language, site.timezone)


@dataclass(frozen=True)
class _Letter:
    """One answer while it is written."""

    outcome: Outcome
    tree: Tree
    say: Translator

    def answer(self, request: str | None) -> Answer:
        bodies = {
            "new": self._accepted, "changed": self._accepted, "known": self._known, "incomplete": self._incomplete,
            "unclear": self._unclear, "refused": self._refused,
        }  # fmt: skip
        told = [*bodies[self.outcome.verdict](), *self._notes(), *self._what_next(request)]
        goes_back = self.outcome.verdict == "incomplete" and not self._is_on_a_forge
        sheet = sheet_to_complete(self.outcome, self.tree, self.say) if goes_back else ""
        return Answer((self._greeting(), *told, self._signature()), sheet)

    def _said(self, text: str, **params: object) -> str:
        return self.say.say(message(text, **params))

    def _greeting(self) -> str:
        name = self.outcome.writer.first_name
        return self._said(N_("Hello {name},"), name=name) if name else self._said(N_("Hello,"))

    def _signature(self) -> str:
        return self._said(N_("The {portal} team"), portal=self.tree.settings.site.name)

    def _thanks(self, found: Understanding) -> str:
        title = found.values.get(label_key(found.model).name)
        table = _THANKS if title else _THANKS_UNTITLED
        return self._said(table[found.model.kind], title=title)

    def _accepted(self) -> Iterator[str]:
        """What was taken in, where it will stand, who reads it first."""
        draft, found = self.outcome.draft, self.outcome.found
        if draft is None or found is None:
            return
        yield self._thanks(found)
        if self.outcome.verdict == "changed":
            yield self._said(N_("What you say anew: {labels}."), labels=tuple(self._anew(draft)))
        if draft.front.values.get("audience") == "private":
            yield self._said(N_("Only the members of your community will see it."))
        else:
            yield self._said(
                N_("Its page, once it is published: {address}"), address=self._address(_record(draft))
            )
        yield self._review()

    def _anew(self, draft: Draft) -> Iterator[str]:
        """The labels of what differs between a profile and its draft."""
        before = self.tree.loaded.content.by_path[draft.path]
        there, now = before.origin.front.values, draft.front.values
        for item in asked(draft.model.kind):
            is_other = (
                before.body != draft.body
                if item.name == BODY
                else value_at(there, item.name) != value_at(now, item.name)
            )
            if is_other:
                yield self.say.gettext(item.label)

    def _review(self) -> str:
        if self.outcome.verdict == "changed" and self.outcome.flags:
            return self._said(
                N_("As this isn’t your own profile, we ask its owner before anything is published.")
            )
        names = self._reviewers()
        if names:
            return self._said(N_("Read before it is published by: {names}."), names=self.say.listed(names))
        return self._said(N_("Someone of the team reads it before it is published."))

    def _reviewers(self) -> list[str]:
        """Curators, named to colleagues only."""
        people = self.tree.content.view(INTERNAL, self.tree.now).of(Person.kind)
        named = [person.name for person in people if isinstance(person, Person) and "curator" in person.roles]
        return named[:_MAX_REVIEWERS] if self.outcome.writer.is_colleague else []

    def _known(self) -> Iterator[str]:
        if self.outcome.found is None or self.outcome.path is None:
            return
        yield self._thanks(self.outcome.found)
        address = self._address(self.tree.loaded.content.by_path[self.outcome.path])
        yield self._said(
            N_("We have it already, word for word: {address}. There is nothing else to do."), address=address
        )

    def _incomplete(self) -> Iterator[str]:
        if self.outcome.found is None:
            return
        yield self._thanks(self.outcome.found)
        asked_back = questions(self.outcome, self.tree, self.say)
        yield self._list(N_("Little is missing before it can be published:"), asked_back)

    def _what_next(self, request: str | None) -> Iterator[str]:
        """What the sender may do now."""
        if request:
            yield self._said(N_("Follow its reading: {address}"), address=request)
        if self.outcome.verdict in {"new", "changed"}:
            yield self._said(N_("Something to correct? Answer this message: a person will read you."))
        if self.outcome.verdict != "incomplete":
            return
        if self._is_on_a_forge:
            yield self._said(N_("Edit your request: we will read it again."))
        elif is_settled_by_a_word(self.outcome):
            what = N_(
                "Here is your sheet, with what we propose. If all is well like this, just answer this message; "
                "else, correct it first."
            )
            yield self._said(what)
        else:
            what = N_("Here is your sheet, as we understood it: complete it in an answer to this message.")
            yield self._said(what)

    @property
    def _is_on_a_forge(self) -> bool:
        """Where the request itself is what is completed, rather than a sheet."""
        return bool(self.outcome.message.sender.handle)

    def _unclear(self) -> Iterator[str]:
        yield self._said(
            N_("Thank you for your message. We found no contribution in it that we could file by ourselves.")
        )
        if self.tree.settings.site.url:
            yield self._said(
                N_("The simplest way is a form, without an account: {address}"), address=self._forms()
            )
        kinds = self.say.listed(
            self.say.gettext(LABELS["kind"][kind]) for kind in SHEET_KINDS if kind != "person"
        )
        yield self._said(
            N_(
                "You may also write us a letter whose subject says what it is, such as “Idea: hives on the roof”. "
                "The words are: {kinds}."
            ),
            kinds=kinds,
        )

    def _refused(self) -> Iterator[str]:
        yield self._said(
            N_("Thank you for your message. Alas, we couldn’t read it: {why}."), why=self.outcome.why
        )
        yield self._said(
            N_("Could you send it again as plain text, without attachments? We will gladly read it.")
        )

    def _notes(self) -> Iterator[str]:
        """What was assumed or left aside; what was attached and not read."""
        found = self.outcome.found
        points = [self.say.say(note) for note in found.notes] if found else []
        if attached := self.outcome.message.attachments:
            points.append(
                self._said(N_("what was attached wasn’t read: {names}"), names=attached[:MAX_POINTS])
            )
        if points:
            yield self._list(N_("Good to know:"), points)

    def _list(self, head: str, points: Iterable[str]) -> str:
        every = list(points)
        more = ["…"] if len(every) > MAX_POINTS else []
        return "\n".join([self._said(head), *(f"- {point}" for point in [*every[:MAX_POINTS], *more])])

    def _address(self, record: Record) -> str:
        """The address of a record’s page where the site has one, else the path of its file."""
        site = self.tree.settings.site
        if site.url is None:
            return self.tree.shown_path(record.path)
        return urljoin(f"{site.url.rstrip('/')}/", address_of(record, site.language))

    def _forms(self) -> str:
        site = self.tree.settings.site
        return urljoin(f"{(site.url or '').rstrip('/')}/", section_address(CONTRIBUTE, site.language))


def _record(draft: Draft) -> Record:
    """What a draft’s file will be read as."""
    slug = slug_in(draft.model, draft.path) or ""
    return draft.model.read(draft.front.values, Source(draft.path, slug, front=draft.front))
