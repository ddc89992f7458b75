"""The reference page of the commands, from their own help."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from portal.formats.reference import GENERATED, table

_HEAD = """# Commands

`veillee` reads the content folder and the settings of the working folder, or those that `--content` and `--config`
name. Every command stops with 0 when its work is done, with 1 when the answer is no (errors were found, a file is
stale, values were refused) and with 2 when it was called wrongly or can’t find what it needs.

`SOURCE_DATE_EPOCH`, in seconds, stands for the clock when it is set. `veillee --version` prints the version, and
`veillee COMMAND --help` what is written here.
"""


def commands(group: Any, name: str) -> str:
    """The page of every command of a click-like group: its help, its usage, its arguments and options."""
    return "\n".join([GENERATED, "", _HEAD, *_group(group, name)])


def _group(group: Any, name: str) -> Iterator[str]:
    """Every command below a group, by name; a group that does something itself comes before its commands."""
    for command_name in sorted(group.commands):
        command = group.commands[command_name]
        inner = hasattr(command, "commands")
        if not inner or command.invoke_without_command:
            yield from _command(command, f"{name} {command_name}")
        if inner:
            yield from _group(command, f"{name} {command_name}")


def _command(command: Any, name: str) -> Iterator[str]:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    usage = " ".join([name, *(_metavar(param) for param in arguments), "[OPTIONS]"])
    yield from (f"## `{name}`", "", inspect.cleandoc(command.help or ""), "", "```", usage, "```", "")
    rows = (
        (_option(param), _notes(param)) for param in command.params if not getattr(param, "hidden", False)
    )
    yield from table(("Option", "What it does"), rows)
    yield ""


def _option(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"`{_metavar(param)}`"
    names = ", ".join(param.opts)
    return f"`{names}`" if param.is_flag else f"`{names} {_metavar(param)}`"


def _metavar(param: Any) -> str:
    return str(param.metavar or param.name).upper() if not param.metavar else str(param.metavar)


def _notes(param: Any) -> str:
    notes = [param.help or ""]
    if param.default not in (None, False, (), []) and not callable(param.default):
        notes.append(f"Default: `{param.default}`.")
    if param.envvar:
        notes.append(f"Environment: `{param.envvar}`.")
    return " ".join(filter(None, notes))
