"""The two short questions: why not, and until when. A line to type in, with what is usual at hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar, Generic, TypeVar

from rich.console import Group, RenderableType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from curation.review.keys import Key
from curation.review.lines import KeyLine, Line
from curation.review.prose import Prose, outside, plain
from portal.language import Translator
from portal.problems import N_, Message, message

REASONS = (
    N_("advertisement"),
    N_("off topic"),
    N_("seen before"),
    N_("too thin: no figures, no results"),
    N_("too far from us"),
)
"""Why candidates are usually refused; each is picked by its number."""
_NUMBERS = tuple(str(number) for number in range(1, len(REASONS) + 1))
USUAL_DAYS = 7
_MOST_DAYS = 3650

_Answer = TypeVar("_Answer")


class Question(ModalScreen[_Answer | None], Generic[_Answer]):
    """A question about one candidate, in a box over the list; the answer is None when the curator goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: str, say: Translator) -> None:
        super().__init__()
        self.about, self.say = title, say

    def compose(self) -> ComposeResult:
        """What it is about, the question, the line to type in, what is wrong with it, the keys."""
        with VerticalScroll(classes="box", can_focus=False):
            yield Static(Prose(outside(self.about), style="bold"))
            yield Static(Group(*self.question()), classes="spaced")
            yield self.line()
            yield Static(id="told")
        keys = KeyLine()
        keys.keys = (*self.keys(), Key(plain(self.say.gettext("Esc")), self.say.gettext("go back")))
        yield keys

    def question(self) -> Iterable[RenderableType]:
        """What is asked."""
        raise NotImplementedError

    def line(self) -> Input:
        """Where the answer is typed."""
        raise NotImplementedError

    def keys(self) -> Iterable[Key]:
        """Those that answer."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Go back: nothing is decided."""
        self.dismiss(None)


class _Reason(Line):
    """Its first sign may be the number of a reason; later ones are letters like any other."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is a letter here."""
        is_number = not self.value and key in _NUMBERS
        return not is_number and super().check_consume_key(key, character)


class WhyNot(Question[str]):
    """Why a candidate is refused: a usual reason by its number, words of one's own, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(number, f"pick({number})", show=False, priority=True) for number in _NUMBERS
    ]

    def question(self) -> Iterable[RenderableType]:
        """The usual reasons, numbered."""
        yield Prose(plain(self.say.gettext("Why not? The score learns from your refusals.")))
        for number, reason in enumerate(REASONS, 1):
            yield Prose("  ", (f"{number}", "bold"), "  ", plain(self.say.gettext(reason)), hanging=5)

    def line(self) -> Input:
        """For other reasons."""
        return _Reason(placeholder=plain(self.say.gettext("or in your own words; nothing will do")))

    def keys(self) -> Iterable[Key]:
        """A number, or Enter."""
        yield Key(f"1–{len(REASONS)}", self.say.gettext("reason"))
        yield Key(plain(self.say.gettext("Enter")), self.say.gettext("refuse for good"))

    def action_pick(self, number: int) -> None:
        """Refuse for a usual reason."""
        self.dismiss(plain(self.say.gettext(REASONS[number - 1])))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Refuse for what is typed."""
        self.dismiss(event.value.strip())


class UntilWhen(Question[date]):
    """The day on which a candidate comes back: some days from now, or a date."""

    def __init__(self, title: str, say: Translator, today: date) -> None:
        super().__init__(title, say)
        self._today = today

    def question(self) -> Iterable[RenderableType]:
        """What may be typed."""
        how = N_("In how many days should it come back? A date such as 2026-11-05 will do too.")
        yield Prose(plain(self.say.gettext(how)))

    def line(self) -> Input:
        """A week, ready to be typed over."""
        return Line(str(USUAL_DAYS))

    def keys(self) -> Iterable[Key]:
        """Enter."""
        yield Key(plain(self.say.gettext("Enter")), self.say.gettext("put off"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say at once which day is meant."""
        found = day_meant(event.value, self._today)
        if isinstance(found, date):
            text = self.say.gettext("It comes back on {day}.").format(day=self.say.date(found, "full"))
            self.query_one("#told", Static).update(Prose(plain(text), style="dim"))
        else:
            self.query_one("#told", Static).update(Prose(outside(self.say.say(found)), style="bold red"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Put off until the day that is meant, when there is one."""
        found = day_meant(event.value, self._today)
        if isinstance(found, date):
            self.dismiss(found)


def day_meant(text: str, today: date) -> date | Message:
    """The day that a number of days or a date means; what is wrong with it where it means none."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= 4:
        days = int(text)
        if 1 <= days <= _MOST_DAYS:
            return today + timedelta(days=days)
        return message(N_("from 1 to {most} days are possible"), most=_MOST_DAYS)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return message(N_("a date such as 2026-11-05 is expected, not “{value}”"), value=text)
    return day if day > today else message(N_("that day is over: name one to come"))
