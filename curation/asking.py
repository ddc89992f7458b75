"""Asks someone for the keys of a new file, one by one, in the words of the model. What is typed is judged at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import ValidationError

from curation.tree import Tree
from curation.values import read_value
from portal.language import Translator
from portal.problems import N_, Message, message
from portal.records.base import Model, Record
from portal.records.keys import Key, Shape, keys_of
from portal.slugs import fold
from portal.validation import nearest, problems_of
from portal.yaml12 import Document

MAX_PROPOSALS = 8


class Terminal(Protocol):
    """Where questions are put and answers come from."""

    def ask(self, question: str, default: str = "", words: Sequence[str] = ()) -> str:
        """One line; `words` complete what is being typed."""

    def say(self, text: str) -> None:
        """One line of help or refusal."""


@dataclass(frozen=True)
class Interview:
    """One conversation about one file."""

    tree: Tree
    terminal: Terminal
    translator: Translator

    def complete(
        self,
        model: type[Record],
        values: dict[str, Any],
        proposals: dict[str, str],
        again: Collection[str] = (),
    ) -> dict[str, Any]:
        """The values with those that are needed, and those that someone wants to add; `again` are asked first."""
        keys = [key for key in keys_of(model) if key.name not in values]
        first = [key for key in keys if key.required or key.name in again]
        others = [key for key in keys if key not in first]
        found = dict(values)
        for key in first:
            found.update(self._answer(model, key, proposals))
        if (
            others
            and not again
            and self.wants(N_("Fill in the other keys too? Enter passes one over."), False)
        ):
            for key in others:
                found.update(self._answer(model, key, proposals))
        return found

    def wants(self, question: str, default: bool, **params: object) -> bool:
        """Whether someone says yes."""
        yes, no = self.translator.gettext("yes"), self.translator.gettext("no")
        answer = self.terminal.ask(
            self.translator.say(message(question, **params)), yes if default else no, (yes, no)
        )
        return answer.strip().casefold() in {yes, yes[:1]}

    def _answer(self, model: type[Model], key: Key, proposals: dict[str, str]) -> dict[str, Any]:
        """The key and its value, or nothing when it is passed over or left at its default."""
        self._introduce(key)
        if key.shape.many:
            value: Any = self._several(model, key)
        elif key.shape.model is not None:
            value = self._group(key)
        else:
            value = self._one(model, key, proposals.get(key.name, _as_text(key.default)))
        return {} if value in (None, ()) or value == key.default else {key.name: value}

    def _introduce(self, key: Key) -> None:
        gettext = self.translator.gettext
        expected = gettext(key.shape.expected)
        if key.shape.reference:
            known = [record.slug for record in self.tree.loaded.content.of(key.shape.reference)]
            shown = ", ".join(known[:MAX_PROPOSALS]) + ("…" if len(known) > MAX_PROPOSALS else "")
            expected = (
                gettext(N_("{expected}: {shown}")).format(expected=expected, shown=shown)
                if known
                else expected
            )
        self.terminal.say("")
        self.terminal.say(f"{gettext(key.description)} ({expected})" if key.description else expected)
        for choice in key.shape.choices:
            label = key.shape.labels.get(choice)
            words = N_("{expected}: {shown}")
            self.terminal.say(
                "  " + (gettext(words).format(expected=choice, shown=gettext(label)) if label else choice)
            )

    def _one(self, model: type[Model], key: Key, default: str = "", number: int = 0) -> Any:
        """One value that the model takes; None when nothing is typed and nothing is needed."""
        question = f"{key.name} ({number})" if number else key.name
        while True:
            answer = self.terminal.ask(question, default, self._words(key.shape)).strip()
            if not answer and (number or not key.required):
                return None
            value = self._meant(key.shape, answer)
            refusals = self._refusals(model, key, value)
            if not refusals:
                return value
            for refusal in refusals:
                self.terminal.say("  " + self.translator.say(refusal))

    def _several(self, model: type[Model], key: Key) -> tuple[Any, ...]:
        items: list[Any] = []
        if key.shape.model is not None:
            while self.wants(N_("Add one to “{key}”?"), False, key=key.name):
                items.append(self._keys_of_group(key.shape.model))
            return tuple(items)
        self.terminal.say("  " + self.translator.gettext("One at a time; Enter ends the list."))
        while (value := self._one(model, key, number=len(items) + 1)) is not None:
            items.extend(item for item in value if item not in items)
        return tuple(items)

    def _group(self, key: Key) -> dict[str, Any] | None:
        if key.shape.model is None or not (
            key.required or self.wants(N_("Fill in “{key}”?"), False, key=key.name)
        ):
            return None
        return self._keys_of_group(key.shape.model)

    def _keys_of_group(self, model: type[Model]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key in keys_of(model):
            found.update(self._answer(model, key, {}))
        return found

    def _words(self, shape: Shape) -> tuple[str, ...]:
        if shape.reference:
            return tuple(record.slug for record in self.tree.loaded.content.of(shape.reference))
        return shape.choices

    def _meant(self, shape: Shape, answer: str) -> Any:
        """The value typed; a label stands for its choice, a name for its file."""
        value = read_value(shape, answer)
        if isinstance(value, tuple):
            return tuple(self._word_meant(shape, item) for item in value)
        return self._word_meant(shape, value)

    def _word_meant(self, shape: Shape, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if shape.reference and self.tree.loaded.content.get(shape.reference, value) is None:
            labels = {record.slug: record.label for record in self.tree.loaded.content.of(shape.reference)}
        else:
            labels = {choice: self.translator.gettext(label) for choice, label in shape.labels.items()}
        meant = [word for word, label in labels.items() if fold(label) == fold(value)]
        return meant[0] if len(meant) == 1 else value

    def _refusals(self, model: type[Model], key: Key, value: Any) -> list[Message]:
        """What is wrong with this value alone; the keys that are still missing don't count."""
        document = Document({key.name: value})
        try:
            model.model_validate(document.values)
        except ValidationError as error:
            found = [
                item.message for item in problems_of(error, "", document, model) if item.rule != "missing-key"
            ]
            if found:
                return found
        return [
            refusal
            for word in (value if isinstance(value, tuple) else (value,))
            if key.shape.reference and (refusal := self._unknown(key.shape.reference, str(word)))
        ]

    def _unknown(self, kind: str, slug: str) -> Message | None:
        content = self.tree.loaded.content
        if content.get(kind, slug) is not None:
            return None
        parts = [
            record.slug for record in content.of(kind) if fold(slug) in fold(f"{record.slug} {record.label}")
        ]
        near = nearest(slug, [record.slug for record in content.of(kind)])
        if found := tuple(dict.fromkeys([*([near] if near else []), *parts]))[:MAX_PROPOSALS]:
            return message(N_("there is no file “{slug}”; near it: {proposals}"), slug=slug, proposals=found)
        return message(
            N_("there is no file “{slug}” of this kind: make it first with “veillee new {kind}”"),
            slug=slug,
            kind=kind,
        )


def _as_text(default: Any) -> str:
    """A default as someone would type it."""
    if default is None or isinstance(default, Model | dict | tuple):
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)
