"""A script of ours that comes late, as on a slow link."""

from __future__ import annotations

from playwright.sync_api import Page, Route


class LateScript:
    """What a page asks of a module, held until `come` is called; the page must have asked it by then."""

    def __init__(self, page: Page, name: str) -> None:
        self._held: list[Route] = []
        page.route(f"**/veillee/{name}", self._hold)

    def _hold(self, route: Route) -> None:
        self._held.append(route)

    def come(self) -> None:
        """Let it reach the page."""
        [route] = self._held
        route.continue_()
