"""Rules: small functions that yield what they find. All run at once; each one's docstring is the rule.

Nothing here reads files, and nothing here raises, whatever was written in the content.
"""

from portal.checks.case import Change, Rule
from portal.checks.run import RULES, check, rule_names

__all__ = ["RULES", "Change", "Rule", "check", "rule_names"]
