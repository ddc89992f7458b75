"""Findings → candidates: the same story told by several sources is one. Pure; nothing here is kept in a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from curation.desk.finding import Finding
from curation.judging.identity import groups, likeness
from curation.judging.urls import same_page_key


@dataclass(frozen=True)
class Candidate:
    """One or more findings that tell the same story; the first published stands for all."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one that stands for all."""
        return self.findings[0]

    @property
    def id(self) -> str:
        """What commands call it; the id of each of its findings means it too."""
        return self.first.id

    @property
    def title(self) -> str:
        """The title that readers would see."""
        return self.first.title

    @property
    def url(self) -> str | None:
        """The address that readers would follow."""
        return next((item.url for item in self.findings if item.url), None)

    @property
    def excerpt(self) -> str:
        """The longest excerpt of all."""
        return max((item.excerpt or "" for item in self.findings), key=len)

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the sources that tell it, each once."""
        return tuple(dict.fromkeys(item.source for item in self.findings))

    @property
    def tags(self) -> tuple[str, ...]:
        """All the tags that it was given."""
        return tuple(dict.fromkeys(tag for item in self.findings for tag in item.tags))

    @property
    def published(self) -> date | None:
        """The day (UTC) on which it was first published, where a feed told."""
        return moment_of(self.first).date() if self.first.published else None


def moment_of(finding: Finding) -> datetime:
    """When it was published; long ago where its feed doesn't tell."""
    if finding.published is None:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.fromisoformat(finding.published)


def candidates(findings: Iterable[Finding]) -> tuple[Candidate, ...]:
    """The candidates that findings make, the latest first; independent of the order of findings."""
    known = {finding.id: finding for finding in findings}
    items = [
        (finding.id, page_of(finding), likeness(finding.title, finding.excerpt or ""))
        for finding in known.values()
    ]
    grouped = [_candidate([known[name] for name in group]) for group in groups(items)]
    return tuple(sorted(grouped, key=_latest_first))


def page_of(finding: Finding) -> str | None:
    """What says that two findings are the same page; nothing where the address is shared by many entries."""
    return same_page_key(finding.url) if finding.url and finding.url_is_its_own else None


def _candidate(findings: Sequence[Finding]) -> Candidate:
    """The first published stands for all; one with a page of its own before one without."""
    ordered = sorted(findings, key=lambda item: (page_of(item) is None, item.published or "9", item.id))
    return Candidate(tuple(ordered))


def _latest_first(candidate: Candidate) -> tuple[float, str]:
    published = moment_of(candidate.first)
    return (-(published - datetime.min.replace(tzinfo=UTC)).total_seconds(), candidate.id)
