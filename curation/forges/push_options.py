"""What a push itself may ask of a forge, for whoever has no token: a request, with its title and description. Pure.

An option is one line (git-push(1)) and one packet: at most 65,516 bytes (gitprotocol-common(5)).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from curation.forges.request import Change, one_line

MAX_OPTION_BYTES = 60_000
_URL = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"]+")
_NUMBER = re.compile(r"/(?:pull|pulls|merge_requests)/(\d+)/?")


def gitlab(change: Change, target: str) -> tuple[str, ...]:
    r"""GitLab's options of a push (“Push options for merge requests”), on the push of the branch itself.

    They make a merge request, or refresh the open one. GitLab reads `\n` in a description as an end of line since 15.0.
    """
    lines = re.sub(r"\r\n?|\n", r"\\n", change.body.strip())
    return (
        "merge_request.create",
        f"merge_request.target={target}",
        f"merge_request.title={one_line(change.title)}",
        f"merge_request.description={_cut(lines)}",
        "merge_request.remove_source_branch",
    )


def agit(change: Change, is_open: bool) -> tuple[str, ...]:
    """Forgejo's and Gitea's options of a push to `refs/for/<target>` (“AGit Workflow Usage”).

    They take no end of line in a description: it is left out, and both read it in the commit's message then. A title
    counts for a new request only. `force-push` replaces the commits of the open one.
    """
    options = (f"topic={change.branch}", f"title={one_line(change.title)}")
    return (*options, "force-push=true") if is_open else options


def addressed(said: Iterable[str]) -> tuple[str | None, int | None]:
    """The address that a forge prints after a push, of the request or of the page to open one; and the request's number."""
    found = [address for line in said for address in _URL.findall(line)]
    numbered = [(address, number) for address in found if (number := _NUMBER.search(address))]
    if numbered:
        address, number = numbered[0]
        return address, int(number[1])
    return (found[0] if found else None), None


def _cut(line: str) -> str:
    """A line that fits in one option, cut between two of the lines that it stands for."""
    if len(line.encode()) <= MAX_OPTION_BYTES:
        return line
    kept = line.encode()[:MAX_OPTION_BYTES].decode(errors="ignore")
    return kept[: kept.rfind(r"\n")] + r"\n\n…"
