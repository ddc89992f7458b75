"""A script of ours that comes late, as on a slow link."""

from __future__ import annotations

from playwright.sync_api import Page, Route


class LateScript:
    """A module that no page gets until `come` is called, whether it was asked before or is afterwards."""

    def __init__(self, page: Page, name: str) -> None:
        self._held: list[Route] = []
        self._comes = False
        page.route(f"**/veillee/{name}", self._answer)

    def _answer(self, route: Route) -> None:
        if self._comes:
            route.continue_()
        else:
            self._held.append(route)

    def come(self) -> None:
        """Let it reach the page."""
        self._comes = True
        for route in self._held:
            route.continue_()
