"""The page of help: every key, and what the score means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from curation.review.keys import Key, keys, moves
from curation.review.lines import Heading, KeyLine
from curation.review.prose import Prose, plain
from portal.language import Translator


class Help(ModalScreen[None]):
    """Read with the arrows; Esc goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter", "leave", show=False)]

    def __init__(self, say: Translator) -> None:
        super().__init__()
        self._say = say

    def compose(self) -> ComposeResult:
        """What each key does, then what is good to know."""
        heading = Heading()
        heading.left = self._say.gettext("Help")
        yield heading
        with VerticalScroll(id="preview"):
            yield Static(Group(*self._keys(), Text(), *self._sentences()))
        line = KeyLine()
        line.keys = (
            Key("↑ ↓", self._say.gettext("move")),
            Key(plain(self._say.gettext("Esc")), self._say.gettext("go back")),
        )
        yield line

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one("#preview").focus()

    def _keys(self) -> Iterator[RenderableType]:
        gettext = self._say.gettext
        letters = {key.action: key.key for key in keys(self._say)}
        arrows = " ".join(["↑ ↓", *(key.key for key in moves(self._say))])
        rows = [
            (letters["keep"], gettext("keep: say why, for whom and about what; its page is written at once")),
            (letters["refuse"], gettext("refuse for good, whatever name it comes back under")),
            (letters["later"], gettext("put off: it comes back on its day")),
            (letters["undo"], gettext("take the last decision back, then the one before, and so on")),
            (arrows, gettext("go through the list")),
            (gettext("Space"), gettext("read on")),
            (
                gettext("Tab"),
                gettext("go from the list to the text, and back; the arrows then move the text"),
            ),
            (letters["search"], gettext("show only what holds some words; Esc shows all again")),
            (letters["sort"], gettext("sort by score, or the latest first")),
            ("F5", gettext("read the desk again: what was fetched and decided meanwhile")),
            (letters["leave"], gettext("quit: everything decided is written already")),
        ]
        width = max(len(key) for key, _ in rows) + 2
        for key, what in rows:
            yield Prose((plain(key).ljust(width), "bold"), plain(what), hanging=width)

    def _sentences(self) -> Iterator[RenderableType]:
        gettext = self._say.gettext
        for text in (
            gettext(
                "The score, from 0 to 100, says how much a candidate is like what was kept rather than what was refused,"
                " and because of which words. It sorts; you choose."
            ),
            gettext("The same story told by several sources is one candidate: one decision is enough."),
            gettext(
                "Your decisions are files of the desk: “veillee propose” shares them, or commit them as any other file."
            ),
        ):
            yield Prose(plain(text))
            yield Text()

    def action_leave(self) -> None:
        """Back to the list."""
        self.dismiss(None)
