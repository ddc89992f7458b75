"""Changes to the text of `site_config/feeds.yml` that leave every other line as someone wrote it. Text in, text out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from curation.errors import FAILED, Stopped
from portal import frontmatter, yaml12
from portal.problems import N_, Refused, message
from portal.subscriptions import Subscription

EMPTY = "# What the company watches. The keys are in docs/reference/settings.md.\nsources:\n"


def with_sources(text: str, added: Sequence[Subscription]) -> str:
    """The file with sources added below those that are there.

    Raises:
        Stopped: the file is written in a way that can't be added to.
    """
    before = yaml12.load(text).values
    written = [_item(item) for item in added]
    if "sources" not in before or not before["sources"]:
        begun = _without_empty_list(text)
        changed = f"{begun}{''.join(written)}"
    else:
        lines = text.splitlines(keepends=True)
        end = _end_of_sources(text)
        above = "".join(lines[:end])
        changed = above + ("" if above.endswith("\n") else "\n") + "".join(written) + "".join(lines[end:])
    wanted = [*_plain(before.get("sources") or ()), *(_facts(item) for item in added)]
    return _verified(changed, before, wanted)


def with_address(text: str, source: str, url: str) -> str:
    """The file with another address for a source.

    Raises:
        Stopped: the file is written in a way that can't be changed.
    """
    document = yaml12.load(text)
    sources = _plain(document.values.get("sources") or ())
    place = next(index for index, item in enumerate(sources) if item.get("id") == source)
    line = document.line_of(("sources", place, "url"))
    lines = text.splitlines(keepends=True)
    old = str(sources[place]["url"])
    sources[place]["url"] = url
    lines[line - 1] = lines[line - 1].replace(old, url, 1)
    return _verified("".join(lines), document.values, sources)


def _facts(subscription: Subscription) -> dict[str, Any]:
    return subscription.model_dump(mode="json", exclude_defaults=True)


def _item(subscription: Subscription) -> str:
    lines = frontmatter.HANDLER.export(_facts(subscription)).splitlines()
    return "".join(f"  {'- ' if number == 0 else '  '}{line}\n" for number, line in enumerate(lines))


def _without_empty_list(text: str) -> str:
    """The text ending in a line `sources:`, whatever emptiness stood after it."""
    kept = [line for line in text.splitlines() if not line.startswith("sources:")]
    return "".join(f"{line}\n" for line in [*kept, "sources:"])


def _end_of_sources(text: str) -> int:
    """How many lines stand before the end of the list of sources: blank lines and comments below it stay below."""
    document = yaml12.load(text)
    begin = document.line_of(("sources",))
    below = [line for at, line in document.lines.items() if len(at) == 1 and line > begin]
    lines = text.splitlines()
    end = min(below, default=len(lines) + 1) - 1
    while end > begin and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


def _verified(changed: str, before: dict[str, Any], sources: list[Any]) -> str:
    """The changed text, if it reads back as what was wanted and nothing else."""
    try:
        after = _plain(yaml12.load(changed).values)
    except Refused:
        after = None
    if after != {**_plain(before), "sources": sources}:
        what = N_("feeds.yml is written in a way that can’t be changed safely: add these lines by hand")
        raise Stopped(message(what), FAILED)
    return changed
