"""How a command stops when it can't go on: with a sentence that says why, and an exit code."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn

import typer

from curation.options import CONFIG
from portal.language import Translator
from portal.loading import load_settings
from portal.problems import N_, Message, message
from portal.settings import Site

FAILED = 1
"""The work was done, and its answer is no."""
MISUSED = 2
"""The command was called wrongly, or can't find what it needs."""


class Stopped(Exception):  # noqa: N818 - nothing is wrong with the program
    """Raised anywhere in a command; the command line says `message` and leaves with `code`."""

    def __init__(self, message: Message, code: int = MISUSED) -> None:
        super().__init__(str(message))
        self.message, self.code = message, code


def day_of(text: str) -> date:
    """The day that an option names.

    Raises:
        Stopped: it names none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        asked = message(N_("a date such as 2026-11-05 is expected, not “{value}”"), value=text)
        raise Stopped(asked) from None


def said(command: Callable[..., None]) -> Callable[..., None]:
    """A command that says in a sentence why it can't go on."""

    @functools.wraps(command)
    def run(**options: Any) -> None:
        try:
            command(**options)
        except Stopped as stopped:
            _leave(stopped, options)
        except typer.Abort:
            _leave(Stopped(message(N_("Stopped: nothing was written.")), FAILED), options)
        except BrokenPipeError:
            raise
        except OSError as error:
            path, why = error.filename or "?", error.strerror or error
            _leave(
                Stopped(message(N_("“{path}” can’t be read or written: {why}"), path=path, why=why)), options
            )

    return run


def _leave(stopped: Stopped, options: dict[str, Any]) -> NoReturn:
    typer.echo(f"veillee: {_voice(options).say(stopped.message)}", err=True)
    raise typer.Exit(stopped.code)


def _voice(options: dict[str, Any]) -> Translator:
    """The language asked for, or that of the site, or the first where the settings can't tell."""
    try:
        language = load_settings(options.get("config", CONFIG))[0].site.language
    except OSError:
        language = Site().language
    return Translator(options.get("lang") or language)
