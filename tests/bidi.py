"""A headless Firefox driven by WebDriver BiDi (a W3C protocol: JSON over one websocket), with a profile of its own.

Only what the tests of the main path need: open a page, ask it something, press keys, wait until something is true.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser_setup import FIREFOX

START_S, ANSWER_S = 120.0, 60.0

# What a fresh profile would otherwise ask of the network, or do beside the test.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.region.network.url": "",
    "browser.safebrowsing.update.enabled": False,
    "browser.search.update": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "fr",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 0,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}

# Keys that aren't a character: WebDriver's code points (W3C WebDriver § 17.4.2).
KEYS = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Escape": "\ue00c",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
}


class Firefox:
    """One tab. `faults` are the errors that its pages wrote on the console, scripts' and policy's alike."""

    def __init__(self, wire: ClientConnection) -> None:
        self.faults: list[str] = []
        self._wire = wire
        self._sent = 0
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self._tab = self._ask("browsingContext.create", type="tab")["context"]

    def open(self, address: str) -> None:
        """Go to a page; it is back once the page and what it names are loaded."""
        self._ask("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page, or of its promise, as JSON would say it."""
        answer = self._ask(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))",
            target={"context": self._tab},
            awaitPromise=True,
        )
        if answer["type"] != "success":
            raise AssertionError(f"{expression}: {answer['exceptionDetails']['text']}")
        return json.loads(answer["result"]["value"])

    def wait(self, expression: str, timeout_s: float = ANSWER_S) -> Any:
        """The expression's first value that is true; a page on its way to another is asked again."""
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            try:
                if value := self.ask(expression):
                    return value
            except BidiError:
                pass  # the page that was asked is gone
            time.sleep(0.05)
        raise AssertionError(f"never true: {expression}; at {self.ask('location.href')}; {self.faults}")

    def press(self, chord: str) -> None:
        """Press a key, or several at once: `"Enter"`, `"/"`, `"Control+k"`."""
        keys = [KEYS.get(name, name) for name in chord.split("+")]
        self._keys([("keyDown", key) for key in keys] + [("keyUp", key) for key in reversed(keys)])

    def type(self, text: str) -> None:
        """Type a text, character by character."""
        self._keys([(way, letter) for letter in text for way in ("keyDown", "keyUp")])

    def close(self) -> None:
        """Ask the browser to end."""
        self._ask("browser.close")

    def _keys(self, strokes: list[tuple[str, str]]) -> None:
        actions = [{"type": way, "value": key} for way, key in strokes]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self._ask("input.performActions", context=self._tab, actions=[source])

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and read until its answer; events that come meanwhile are noted."""
        self._sent += 1
        self._wire.send(json.dumps({"id": self._sent, "method": method, "params": parameters}))
        while True:
            said = json.loads(self._wire.recv(timeout=ANSWER_S))
            if said["type"] == "event":
                self._note(said["params"])
            elif said["id"] == self._sent:
                if said["type"] == "error":
                    raise BidiError(f"{method}: {said['error']}: {said['message']}")
                return said["result"]

    def _note(self, entry: dict[str, Any]) -> None:
        if entry.get("level") == "error":
            self.faults.append(entry["text"])


class BidiError(Exception):
    """The browser refused a command."""


@contextmanager
def firefox() -> Iterator[Firefox]:
    """A headless Firefox until the end of the block."""
    path = FIREFOX.find()
    assert path, "Firefox is missing: run `make test`, which installs it"
    with tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()
        ]
        (profile / "user.js").write_text("\n".join(lines))
        process = subprocess.Popen(
            [path, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port", "0"],
            env={**os.environ, "HOME": folder, "MOZ_HEADLESS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with connect(_address(profile, process), max_size=None, proxy=None) as wire:
                browser = Firefox(wire)
                yield browser
                browser.close()
                process.wait(timeout=ANSWER_S)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def _address(profile: Path, process: subprocess.Popen[bytes]) -> str:
    """Where the browser listens: it writes its port in the profile once it is ready."""
    told, until = profile / "WebDriverBiDiServer.json", time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        if told.exists() and (text := told.read_text()):
            return f"ws://127.0.0.1:{json.loads(text)['ws_port']}/session"
        time.sleep(0.05)
    raise AssertionError(f"Firefox never listened (exit code {process.poll()})")
