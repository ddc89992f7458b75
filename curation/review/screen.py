"""What waits, the candidate looked at, and what is done with it; each decision is a file before the list moves on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from curation.desk.appraisal import Appraised
from curation.desk.desk import ItemRefused
from curation.desk.items import Words
from curation.errors import Stopped
from curation.review.empty import nothing_found, nothing_waits
from curation.review.help import Help
from curation.review.keep_form import KeepForm, Typed
from curation.review.keys import keys
from curation.review.lines import Heading, KeyLine
from curation.review.preview import View, preview
from curation.review.prose import Prose, outside
from curation.review.questions import UntilWhen, WhyNot
from curation.review.rows import Candidates
from curation.review.seeking import ORDERS, Sought, in_order
from portal.problems import N_, message

WIDE = 100
"""From so many columns on, the candidate is shown beside the list instead of below it."""


class DeskScreen(Screen[None]):
    """The list and the candidate; the keys are bound by the program, in the curator's language."""

    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [(0, "-narrow"), (WIDE, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("space", "page", show=False),
        Binding("f5", "read_again", show=False),
    ]

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view, self.session, self.say = view, view.session, view.say
        self._sought, self._order = Sought(), "score"
        self._typed: dict[str, Typed] = {}

    def compose(self) -> ComposeResult:
        """Heading, list and candidate, the line to search with, how it went, the keys."""
        yield Heading()
        with Container(classes="panes"):
            yield Candidates(self.say)
            with VerticalScroll(id="preview"):
                yield Static(id="shown")
        yield Input(id="search", placeholder=self.say.gettext("words to look for"), compact=True)
        yield Static(id="told")
        line = KeyLine()
        line.keys = keys(self.say)
        yield line

    def on_mount(self) -> None:
        """Fill the list and look at the first candidate."""
        self.query_one("#search").display = False
        self._list.focus()
        self._fill()

    @property
    def _list(self) -> Candidates:
        return self.query_one(Candidates)

    @property
    def _text(self) -> VerticalScroll:
        return self.query_one("#preview", VerticalScroll)

    @property
    def _words(self) -> str:
        return self.query_one("#search", Input).value

    # --- what is shown --------------------------------------------------------------------------------------------

    def _fill(self, place: int = 0, item: Appraised | None = None) -> None:
        """Show what waits and holds the words sought, with the cursor on a place, or on an item where it is shown."""
        found = in_order(self._sought.found(self.session.waiting, self._words), self._order)
        self._list.fill(found, self.session.desk, found.index(item) if item in found else place)
        self._list.display = bool(found)
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
        heading.more = f"{count} · {self.say.gettext(ORDERS[self._order])}"
        heading.right = self.session.name_of(self.session.by)

    def on_option_list_option_highlighted(self) -> None:
        """Another candidate is looked at."""
        self._show()

    def on_option_list_option_selected(self) -> None:
        """Enter goes to the text."""
        self._text.focus()

    def _show(self) -> None:
        if item := self._list.current:
            shown = preview(item, self._view)
        elif self.session.waiting:
            shown = nothing_found(self._words, self.say)
        else:
            shown = nothing_waits(self.session, self.say)
        self.query_one("#shown", Static).update(shown)
        self._text.scroll_home(animate=False)

    def _tell(self, text: str, style: str = "") -> None:
        self.query_one("#told", Static).update(Prose(outside(text), style=style))

    # --- moves ----------------------------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """Down (1) or up (-1), in the list or in the text."""
        if self._text.has_focus:
            self._text.scroll_relative(y=step, animate=False)
        elif step > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def action_page(self) -> None:
        """Read on."""
        self._text.scroll_page_down(animate=False)

    def action_back(self) -> None:
        """From the text or the search to the list; from the list, to all that waits."""
        search = self.query_one("#search", Input)
        if self._list.has_focus or search.has_focus:
            search.value, search.display = "", False
        self._list.focus()

    def action_search(self) -> None:
        """Type words to look for."""
        search = self.query_one("#search", Input)
        search.display = True
        search.focus()

    def on_input_changed(self) -> None:
        """Show what holds the words typed so far."""
        self._fill()

    def on_input_submitted(self) -> None:
        """Go to what was found; the words stay."""
        self.query_one("#search").display = bool(self._words.strip())
        self._list.focus()

    def action_sort(self) -> None:
        """By score, then by day, then by score again."""
        orders = list(ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._fill()

    def action_help(self) -> None:
        """Show the page of help."""
        self.app.push_screen(Help(self.say))

    def action_read_again(self) -> None:
        """Read the desk again."""
        item = self._list.current
        if self._done(self.session.read_again):
            self._fill(item=item)
            self._tell(self.say.gettext("The desk was read again."))

    # --- decisions ------------------------------------------------------------------------------------------------

    def action_keep(self) -> None:
        """Ask why, for whom and about what; then keep."""
        if item := self._chosen():
            typed = self._typed.get(item.candidate.id) or Typed.proposed(item)
            form = KeepForm(item, typed, self._view, partial(self._keep, item))
            self.app.push_screen(form, partial(self._left, item))

    async def _keep(self, item: Appraised, words: Words) -> str | None:
        """Keep with some words; what is wrong with them. The rules may take a while: the screen is drawn meanwhile."""
        wrong = await asyncio.to_thread(self._wrong, partial(self.session.keep, item, words))
        if wrong is None:
            self._decided(N_("Kept: {title}"), item)
        return wrong

    def _left(self, item: Appraised, typed: Typed | None) -> None:
        """Remember what was typed, for when the form is opened again."""
        if typed:
            self._typed[item.candidate.id] = typed

    def action_refuse(self) -> None:
        """Ask why not; then refuse."""
        if item := self._chosen():
            self.app.push_screen(WhyNot(item.candidate.title, self.say), partial(self._refuse, item))

    def _refuse(self, item: Appraised, why: str | None) -> None:
        if why is not None and self._done(partial(self.session.refuse, item, why or None)):
            self._decided(N_("Refused: {title}"), item)

    def action_later(self) -> None:
        """Ask until when; then put off."""
        if item := self._chosen():
            today = self.say.local(self.session.now)
            question = UntilWhen(item.candidate.title, self.say, date(today.year, today.month, today.day))
            self.app.push_screen(question, partial(self._put_off, item))

    def _put_off(self, item: Appraised, until: date | None) -> None:
        if until and self._done(partial(self.session.put_off, item, until)):
            self._decided(N_("Put off until {day}: {title}"), item, day=self.say.date(until))

    def action_undo(self) -> None:
        """Take the last decision of this screen back."""
        taken = self.session.taken[-1:]
        if self._done(self.session.undo):
            self._fill(item=taken[0].item)
            self._tell(
                self.say.gettext("Back on the desk: {title}").format(title=taken[0].item.candidate.title)
            )

    def _chosen(self) -> Appraised | None:
        """The candidate under the cursor, when it may still be decided upon."""
        item = self._list.current
        return item if item and self._done(partial(self.session.check, item)) else None

    def _decided(self, sentence: str, item: Appraised, **more: str) -> None:
        self._fill(self._list.highlighted or 0)
        self._tell(self.say.gettext(sentence).format(title=item.candidate.title, **more), "green")

    def _done(self, act: Callable[[], object]) -> bool:
        """Whether it could be done; else why not is said, and the list shows what waits now."""
        if (wrong := self._wrong(act)) is not None:
            self._fill(self._list.highlighted or 0)
            self._tell(wrong, "bold")
        return wrong is None

    def _wrong(self, act: Callable[[], object]) -> str | None:
        """Do it; what is wrong where it can't be done."""
        try:
            act()
        except ItemRefused as refused:
            return " ".join(self.say.say(problem.message) for problem in refused.problems)
        except Stopped as stopped:
            return self.say.say(stopped.message)
        except OSError as error:
            what = message(
                N_("“{path}” can’t be read or written: {why}"), path=error.filename, why=error.strerror
            )
            return self.say.say(what)
        return None
