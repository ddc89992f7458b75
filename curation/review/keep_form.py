"""What is asked before a candidate is kept: why, for whom, about what. The candidate stays in sight."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from curation.desk.appraisal import Appraised
from curation.desk.items import Words
from curation.judging.topics import Proposal
from curation.review import keys
from curation.review.lines import Heading, KeyLine, Line
from curation.review.names import Names, listed
from curation.review.names_field import NamesField
from curation.review.preview import View, preview
from curation.review.prose import Prose, outside, plain
from portal.problems import N_, Message, message

MAX_PROPOSED = 3
"""How many communities and how many skills are filled in beforehand."""


@dataclass(frozen=True)
class Typed:
    """What stands in the form, as it was typed."""

    why: str = ""
    communities: str = ""
    skills: str = ""
    url: str = ""

    @classmethod
    def proposed(cls, item: Appraised) -> Typed:
        """What stands there at first."""
        return cls(communities=_first(item.proposals.communities), skills=_first(item.proposals.skills))


def _first(proposals: tuple[Proposal, ...]) -> str:
    return ", ".join(one.slug for one in proposals[:MAX_PROPOSED])


class KeepForm(ModalScreen[Typed]):
    """Asks until nothing is wrong or the curator goes back; either way, what was typed is the answer.

    `keep` does it, and says what is wrong with it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
        Binding("escape", "leave", show=False),
    ]

    def __init__(
        self,
        item: Appraised,
        typed: Typed,
        view: View,
        keep: Callable[[Words], Awaitable[str | None]],
    ) -> None:
        super().__init__()
        self._item, self._typed, self._view, self._keep = item, typed, view, keep
        self._say, self._needs_url = view.say, item.candidate.url is None
        content = view.session.desk.tree.content
        self._communities = Names.of(content, "community")
        self._skills = Names.of(content, "skill")

    def compose(self) -> ComposeResult:
        """The questions, then the candidate."""
        gettext = self._say.gettext
        heading = Heading()
        heading.left = gettext("Keep")
        yield heading
        with Container(classes="panes"):
            with VerticalScroll(id="form", can_focus=False):
                yield Static(Prose(plain(gettext("Why does it matter to us? Readers see it first."))))
                yield TextArea(self._typed.why, id="why", tab_behavior="focus", compact=True)
                yield NamesField(
                    "communities", gettext("For whom"), self._typed.communities, self._communities, self._say
                )
                yield NamesField("skills", gettext("About what"), self._typed.skills, self._skills, self._say)
                if self._needs_url:
                    with Horizontal(classes="field"):
                        yield Static(Prose(plain(gettext("Its address"))), classes="label")
                        yield Line(self._typed.url, id="url", placeholder="https://")
            with VerticalScroll(id="preview"):
                yield Static(preview(self._item, self._view))
        yield Static(id="told")
        line = KeyLine()
        line.keys = (
            keys.Key(plain(gettext("Ctrl+S")), gettext("keep")),
            keys.Key(plain(gettext("Tab")), gettext("next field")),
            keys.Key(plain(gettext("Esc")), gettext("go back")),
        )
        yield line

    def on_mount(self) -> None:
        """The why comes first, after what was typed of it before."""
        why = self.query_one("#why", TextArea)
        why.cursor_blink = False
        why.move_cursor(why.document.end)
        why.focus()

    def on_key(self, event: Key) -> None:
        """What was typed before the form was drawn belongs to the why."""
        if event.character and event.is_printable and not self.query_one("#preview").has_focus:
            self.query_one("#why", TextArea).insert(event.character)

    def on_input_submitted(self) -> None:
        """Enter in a line goes on to the next field."""
        self.focus_next()

    @property
    def typed(self) -> Typed:
        """What stands in the fields."""
        urls = [field.value for field in self.query("#url").results(Input)]
        return Typed(
            self.query_one("#why", TextArea).text,
            self.query_one("#communities", Input).value,
            self.query_one("#skills", Input).value,
            "".join(urls),
        )

    async def action_save(self) -> None:
        """Keep it, or say what is wrong and go there."""
        typed = self.typed
        if found := self._wrong(typed):
            field, what = found
            self.query_one(f"#{field}").focus()
            self._tell(self._say.say(what))
            return
        self.query_one("#told", Static).update(Prose(plain(self._say.gettext("Writing…")), style="dim"))
        if wrong := await self._keep(self._words(typed)):
            self._tell(wrong)
        else:
            self.dismiss(typed)

    def _wrong(self, typed: Typed) -> tuple[str, Message] | None:
        """The first field that can't be, and what is said of it."""
        if not typed.why.strip():
            return "why", message(N_("Say why it matters to us: one sentence is enough."))
        for field, names, text in (
            ("communities", self._communities, typed.communities),
            ("skills", self._skills, typed.skills),
        ):
            if what := names.unknown(listed(text)):
                return field, what
        if self._needs_url and not typed.url.strip():
            return "url", message(N_("Give its address: the source gives none."))
        return None

    def _words(self, typed: Typed) -> Words:
        return Words(
            typed.why.strip(),
            self._communities.slugs(listed(typed.communities)),
            self._skills.slugs(listed(typed.skills)),
            url=typed.url.strip() or None,
        )

    def _tell(self, text: str) -> None:
        self.query_one("#told", Static).update(Prose(outside(text), style="bold red"))

    def action_leave(self) -> None:
        """Go back: nothing is decided, nothing typed is lost."""
        self.dismiss(self.typed)
