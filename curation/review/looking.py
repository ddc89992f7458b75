"""What waits and the candidate looked at: moving, reading, searching, sorting. Nothing is decided here."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from curation.desk.appraisal import Appraised
from curation.review.empty import nothing_found, nothing_waits
from curation.review.help import Help
from curation.review.keys import keys, keys_of_nothing, search_keys
from curation.review.lines import Heading, KeyLine, Line
from curation.review.preview import View, preview
from curation.review.prose import Prose, outside
from curation.review.rows import Candidates
from curation.review.seeking import ORDERS, Sought, in_order


def letter(key: str, name: str, action: str | None = None) -> Binding:
    """A key that the keymap of the curator's language changes by its name.

    It is obeyed when it arrives rather than when the list is done with it: what is typed right after goes to what it
    opened. Where a line is typed in, it is a letter.
    """
    return Binding(key, action or name, show=False, priority=True, id=name)


class Looking(Screen[None]):
    """The list and the candidate."""

    BINDINGS: ClassVar[list[BindingType]] = [
        letter("s", "sort"),
        letter("q", "leave"),
        letter("J", "down", "move(1)"),
        letter("K", "up", "move(-1)"),
        Binding("slash", "search", show=False, priority=True),
        Binding("question_mark", "help", show=False, priority=True),
        Binding("escape", "back", show=False),
        Binding("space", "page", show=False),
    ]

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view, self.session, self.say = view, view.session, view.say
        self._sought, self._order = Sought(), "score"

    def compose(self) -> ComposeResult:
        """Heading, list and candidate, the line to search with, how it went, the keys."""
        yield Heading()
        with Container(classes="panes"):
            yield Candidates(self.say)
            with VerticalScroll(id="preview"):
                yield Static(id="shown")
        yield Line(id="search", placeholder=self.say.gettext("words to look for"))
        yield Static(id="told")
        yield KeyLine()

    def on_mount(self) -> None:
        """Fill the list and look at the first candidate."""
        self.query_one("#search").display = False
        self.candidates.focus()
        self.fill()

    @property
    def candidates(self) -> Candidates:
        """The list."""
        return self.query_one(Candidates)

    @property
    def _text(self) -> VerticalScroll:
        return self.query_one("#preview", VerticalScroll)

    @property
    def _words(self) -> str:
        return self.query_one("#search", Input).value

    # --- what is shown --------------------------------------------------------------------------------------------

    def fill(self, place: int = 0, item: Appraised | None = None) -> None:
        """Show what waits and holds the words sought, with the cursor on a place, or on an item where it is shown."""
        found = in_order(self._sought.found(self.session.waiting, self._words), self._order)
        self.candidates.fill(found, self.session.desk, found.index(item) if item in found else place)
        is_back = bool(found) and not self.candidates.display
        self.candidates.display = bool(found)
        if is_back and not self.query_one("#search").has_focus:
            self.call_after_refresh(self.candidates.focus)
        self._head(len(found))
        self._show()

    def _head(self, found: int) -> None:
        waiting, heading = len(self.session.waiting), self.query_one(Heading)
        count = self.say.ngettext("{count} candidate waits", "{count} candidates wait", waiting).format(
            count=waiting
        )
        if self._words.strip():
            count = self.say.gettext("{found} of {count}").format(found=found, count=waiting)
        heading.left = self.say.gettext("The watch")
        heading.more = f"{count} · {self.say.gettext(ORDERS[self._order])}" if waiting else ""
        heading.right = self.session.name_of(self.session.by)

    def on_descendant_focus(self) -> None:
        """The text that is read takes the room of the list where it stands below it."""
        self.set_class(self._text.has_focus, "-reading")
        self._show_keys()

    def _show_keys(self) -> None:
        """Those that do something now."""
        if self.query_one("#search").has_focus:
            shown = search_keys(self.say)
        else:
            shown = keys(self.say) if self.session.waiting else keys_of_nothing(self.say)
        self.query_one(KeyLine).keys = shown

    def on_option_list_option_highlighted(self) -> None:
        """Another candidate is looked at."""
        self._show()

    def on_option_list_option_selected(self) -> None:
        """Enter goes to the text."""
        self._text.focus()

    def _show(self) -> None:
        if item := self.candidates.current:
            shown = preview(item, self.view)
        elif self.session.waiting:
            shown = nothing_found(self._words, self.say)
        else:
            shown = nothing_waits(self.session, self.say)
        self.query_one("#shown", Static).update(shown)
        self._show_keys()
        self._text.scroll_home(animate=False)

    def tell(self, text: str, style: str = "") -> None:
        """Say how it went, above the keys."""
        self.query_one("#told", Static).update(Prose(outside(text), style=style))

    # --- moves ----------------------------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """Down (1) or up (-1), in the list or in the text."""
        if self._text.has_focus:
            self._text.scroll_relative(y=step, animate=False)
        elif step > 0:
            self.candidates.action_cursor_down()
        else:
            self.candidates.action_cursor_up()

    def action_page(self) -> None:
        """Read on."""
        self._text.scroll_page_down(animate=False)

    def action_back(self) -> None:
        """From the text or the search to the list; from the list, to all that waits."""
        search = self.query_one("#search", Input)
        if self.candidates.has_focus or search.has_focus:
            search.value, search.display = "", False
        self.candidates.focus()

    def action_search(self) -> None:
        """Type words to look for."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def on_input_changed(self) -> None:
        """Show what holds the words typed so far."""
        self.fill()

    def on_input_submitted(self) -> None:
        """Go to what was found; the words stay."""
        self.query_one("#search").display = bool(self._words.strip())
        self.candidates.focus()

    def action_sort(self) -> None:
        """By score, then by day, then by score again."""
        orders = list(ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self.fill()

    def action_help(self) -> None:
        """Show the page of help."""
        self.app.push_screen(Help(self.say))

    def action_leave(self) -> None:
        """Leave: everything that was decided is written already."""
        self.app.exit()
