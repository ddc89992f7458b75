"""The program around the curator's screen: its keys, and the terminal's own colours."""

from __future__ import annotations

from textual.app import App
from textual.screen import Screen
from textual.theme import Theme

from curation.review.keys import keymap
from curation.review.preview import View
from curation.review.screen import DeskScreen

WIDE = 100
"""From so many columns on, a candidate is shown beside the list instead of below it."""
HIGH = 23
"""From so many lines on, there is room for blank ones."""
_PLAIN = "ansi_default"
TERMINAL = Theme(
    name="terminal",
    primary=_PLAIN,
    secondary=_PLAIN,
    warning=_PLAIN,
    error="ansi_red",
    success="ansi_green",
    accent="ansi_green",
    foreground=_PLAIN,
    background=_PLAIN,
    surface=_PLAIN,
    panel=_PLAIN,
    boost=_PLAIN,
    variables={
        "ansi-background": _PLAIN,
        "ansi-foreground": _PLAIN,
    },
    ansi=True,
)
"""Light or dark as the terminal is: nothing has a background of ours, and what matters is said in words too."""


class Review(App[None]):
    """The curator's screen. It needs nothing of the terminal but cursor moves: it works over SSH, without colours too."""

    CSS_PATH = "screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - as the toolkit has it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]  # noqa: RUF012
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, view: View) -> None:
        super().__init__(ansi_color=True)
        self.register_theme(TERMINAL)
        self.theme = TERMINAL.name
        self._desk = DeskScreen(view)
        self.set_keymap(keymap(view.say))

    def get_default_screen(self) -> Screen[None]:
        """The desk."""
        return self._desk

    def action_help_quit(self) -> None:
        """Ctrl+C leaves too: everything that was decided is written already."""
        self.exit()
