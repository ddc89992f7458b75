"""A line for communities or skills: completed as they are typed, with what they are called below."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.suggester import Suggester
from textual.widgets import Input, Static

from curation.review.lines import Line
from curation.review.names import Names, completed, listed
from curation.review.prose import Prose, outside, plain
from portal.language import Translator

_SHOWN = 8


class NamesField(Vertical):
    """A label, a line, and one line of help: the names that fit the letters typed, else the titles of those typed."""

    def __init__(self, name: str, label: str, value: str, names: Names, say: Translator) -> None:
        super().__init__()
        self._of, self._label, self._value, self._names, self._say = name, label, value, names, say

    def compose(self) -> ComposeResult:
        """The label beside the line, the help below."""
        with Horizontal(classes="field"):
            yield Static(Prose(plain(self._label)), classes="label")
            yield _Names(self._value, id=self._of, suggester=_Ghost(self._names), select_on_focus=False)
        yield Static(classes="hint")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what fits."""
        self.query_one(".hint", Static).update(self._hint(event.value))

    def _hint(self, text: str) -> Text:
        if found := self._fitting(text):
            enter = plain(self._say.gettext("Enter: {name}").format(name=found[0]))
            return Text.assemble(enter, (" · ".join(["", *found[1:_SHOWN]]), "dim"))
        titles = [self._names.title(slug) for slug in self._names.slugs(listed(text))]
        return Text(outside(", ".join(titles)), "dim")

    def _fitting(self, text: str) -> list[str]:
        """The names that fit the last word, where it isn't one yet."""
        last = text.rpartition(",")[2].strip()
        return [] if self._names.resolve(last) else self._names.matching(last)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the first name that fits; where there is none to take, it goes on to the next field."""
        if found := self._fitting(event.value):
            event.stop()
            self.query_one(_Names).write(completed(event.value, found[0]))


class _Names(Line):
    """Ready for another name while it is typed in."""

    def on_focus(self) -> None:
        """What is typed next is another name."""
        self.write(", ".join([*listed(self.value), ""]))

    def on_blur(self) -> None:
        """Nothing more is typed."""
        self.write(", ".join(listed(self.value)))

    def write(self, value: str) -> None:
        """Put a value in its place, the cursor at its end."""
        self.value = value
        self.cursor_position = len(value)


class _Ghost(Suggester):
    """Shows the rest of the name that Enter would take, where it begins with the letters typed; → takes it too."""

    def __init__(self, names: Names) -> None:
        super().__init__(case_sensitive=True)
        self._names = names

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line as it would be."""
        last = value.rpartition(",")[2].strip()
        found = self._names.matching(last)
        return value + found[0].removeprefix(last) if found and found[0].startswith(last) else None
