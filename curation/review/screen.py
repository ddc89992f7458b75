"""What is done with the candidate looked at; each decision is a file before the list moves on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from curation.desk.appraisal import Appraised
from curation.desk.desk import ItemRefused
from curation.desk.items import Words
from curation.errors import Stopped
from curation.report import line
from curation.review.keep_form import KeepForm, Typed
from curation.review.looking import Looking, letter
from curation.review.preview import View
from curation.review.questions import UntilWhen, WhyNot
from portal.problems import N_, Severity, message


class DeskScreen(Looking):
    """The whole screen: one looks, then decides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        letter("k", "keep"),
        letter("r", "refuse"),
        letter("l", "later"),
        letter("u", "undo"),
        Binding("f5", "read_again", show=False),
    ]

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._typed: dict[str, Typed] = {}

    def action_read_again(self) -> None:
        """Read the desk again."""
        item = self.candidates.current
        if self._done(self.session.read_again):
            self.fill(item=item)
            self.tell(self.say.gettext("The desk was read again."))
        for problem in self.session.desk.problems[:1]:
            self.tell(str(line(problem, self.say)), "bold red")

    def action_keep(self) -> None:
        """Ask why, for whom and about what; then keep."""
        if item := self._chosen():
            typed = self._typed.get(item.candidate.id) or Typed.proposed(item)
            form = KeepForm(item, typed, self.view, partial(self._keep, item))
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
            self.fill(item=taken[0].item)
            self.tell(
                self.say.gettext("Back on the desk: {title}").format(title=taken[0].item.candidate.title)
            )

    def _chosen(self) -> Appraised | None:
        """The candidate under the cursor, when it may still be decided upon."""
        item = self.candidates.current
        return item if item and self._done(partial(self.session.check, item)) else None

    def _decided(self, sentence: str, item: Appraised, **more: str) -> None:
        self.fill(self.candidates.highlighted or 0)
        self.tell(self.say.gettext(sentence).format(title=item.candidate.title, **more), "green")

    def _done(self, act: Callable[[], object]) -> bool:
        """Whether it could be done; else why not is said, and the list shows what waits now."""
        if (wrong := self._wrong(act)) is not None:
            self.fill(self.candidates.highlighted or 0)
            self.tell(wrong, "bold")
        return wrong is None

    def _wrong(self, act: Callable[[], object]) -> str | None:
        """Do it; what is wrong where it can't be done."""
        try:
            act()
        except ItemRefused as refused:
            errors = (problem for problem in refused.problems if problem.severity is Severity.ERROR)
            return " ".join(self.say.say(problem.message) for problem in errors)
        except Stopped as stopped:
            return self.say.say(stopped.message)
        except OSError as error:
            what = message(
                N_("“{path}” can’t be read or written: {why}"), path=error.filename, why=error.strerror
            )
            return self.say.say(what)
        return None
