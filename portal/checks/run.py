"""Runs every rule over what was loaded."""

from datetime import datetime

from portal.loading import Loaded
from portal.problems import Problem


def check(loaded: Loaded, now: datetime) -> list[Problem]:
    """Every problem of the content at `now`."""
    return []
