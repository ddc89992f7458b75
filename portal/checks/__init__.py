"""Rules: small functions that yield problems. All run at once; each one's docstring is the rule."""

from portal.checks.run import check

__all__ = ["check"]
