"""Rules about profiles."""

from __future__ import annotations

from collections.abc import Iterator

from portal.checks.case import Case, Finding, at
from portal.problems import N_, message


def thin_profile(case: Case) -> Iterator[Finding]:
    """A profile says enough to be found: at least the share of the expected keys that the company set."""
    what = N_("the profile is {share} % complete and {least} % is expected: add {missing}")
    least = case.content.settings.checks.completeness
    for person in case.content.people():
        found = case.content.completeness(person)
        if found.share < least:
            missing = tuple(message(label) for label in found.missing)
            said = message(what, share=round(found.share * 100), least=round(least * 100), missing=missing)
            yield at(person, (), said)
