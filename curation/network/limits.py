"""The bounds of a retrieval, and what is raised inside one when a bound is met or no feed can come of it."""

from __future__ import annotations

from dataclasses import dataclass

from curation.entries import Failure
from portal.problems import N_, Message, message

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How long, how large, how many. The time is that of one source over all its hops, without its queueing."""

    total_s: float = 20
    """From the first question asked about a name to the last byte, redirects included."""
    connect_s: float = 5
    """For one address of a name, when others are left to try."""
    max_addresses: int = 4
    """Addresses of one name that are tried."""
    max_bytes: int = 8 * MIB
    """Of a body, decompressed; twice as much may come over the wire, for the framing of chunks."""
    max_head_bytes: int = 64 * 1024
    """Of a status line and its headers, with all interim answers (1xx) before them."""
    max_pieces: int = 20_000
    """Chunks of one body: each costs some work, however small."""
    max_redirects: int = 5
    concurrency: int = 80
    """Requests that run at the same time."""
    per_host: int = 2
    """Of these, how many to one host and port."""
    per_own_host: int = 40
    """The same for what `allow` names: it is the company's own, and still not everybody's place."""
    give_up_after: int = 5
    """How often in a row a host may let the whole time pass; it is asked nothing more in this run."""
    max_retry_after_s: float = 7 * 24 * 3600
    """The longest wait that a server may ask for."""


class Unanswered(Exception):  # noqa: N818 - nothing is wrong with the program
    """Raised inside a retrieval that can't go on; it ends as `Failed`, the same for each reason (entries.Failure)."""

    def __init__(
        self, kind: Failure, reason: Message, status: int | None = None, retry_after_s: float | None = None
    ) -> None:
        super().__init__(str(reason))
        self.kind, self.reason, self.status, self.retry_after_s = kind, reason, status, retry_after_s


def too_large(max_bytes: int) -> Unanswered:
    """The answer for a body that is announced as larger, or is."""
    return Unanswered(
        "too-large", message(N_("the answer is larger than {limit} MiB"), limit=float(max_bytes / MIB))
    )
