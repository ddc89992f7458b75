"""The list of all rules, and the one function that runs them."""

from __future__ import annotations

from datetime import datetime

from portal.checks import (
    audience,
    communities,
    decisions,
    links,
    markup,
    media,
    meetings,
    moments,
    newsletters,
    people,
    questions,
    references,
    stories,
    vocabulary,
    watch,
)
from portal.checks.case import Case, Change, Rule
from portal.content import Loaded
from portal.problems import Problem, Severity, in_order

RULES: tuple[Rule, ...] = (
    Rule(references.dangling_reference),
    Rule(references.loop),
    Rule(vocabulary.twin_skills),
    Rule(vocabulary.claimed_alias),
    Rule(moments.unlikely_year),
    Rule(moments.end_before_start),
    Rule(moments.missing_timezone),
    Rule(moments.recurrence),
    Rule(moments.event_place),
    Rule(meetings.unknown_occurrence),
    Rule(meetings.moved_moment),
    Rule(meetings.unsaid_change),
    Rule(communities.community_purpose),
    Rule(communities.community_animator),
    Rule(communities.private_free_join),
    Rule(communities.private_share, Severity.WARNING),
    Rule(communities.community_creator),
    Rule(people.thin_profile, Severity.WARNING),
    Rule(stories.story_people),
    Rule(stories.story_figures),
    Rule(stories.story_date),
    Rule(stories.story_agreement),
    Rule(stories.odd_agreement, Severity.WARNING),
    Rule(stories.story_checklist, Severity.WARNING),
    Rule(stories.adding_up),
    Rule(stories.same_month, Severity.WARNING),
    Rule(stories.same_part),
    Rule(questions.late_answer, Severity.WARNING),
    Rule(questions.answered_without_answer),
    Rule(questions.same_question, Severity.WARNING),
    Rule(decisions.unexplained_decision),
    Rule(decisions.untold_idea, Severity.WARNING),
    Rule(watch.unknown_source),
    Rule(watch.same_page, Severity.WARNING),
    Rule(audience.private_home),
    Rule(audience.mixed_audience),
    Rule(audience.doubtful_audience),
    Rule(audience.private_leak),
    Rule(audience.external_consent),
    Rule(newsletters.letter_audience),
    Rule(newsletters.letter_day),
    Rule(newsletters.empty_letter),
    Rule(newsletters.shown_twice, Severity.WARNING),
    Rule(markup.text_too_long),
    Rule(markup.runaway_nesting),
    Rule(markup.invisible_character),
    Rule(markup.executable_html),
    Rule(markup.executable_attribute),
    Rule(markup.executable_link),
    Rule(markup.template_syntax),
    Rule(markup.snippet_include),
    Rule(markup.first_level_heading, Severity.WARNING),
    Rule(links.broken_link),
    Rule(links.unpublished_file),
    Rule(links.absolute_link),
    Rule(links.escaping_link),
    Rule(links.html_link, Severity.WARNING),
    Rule(media.remote_image),
    Rule(media.missing_picture),
    Rule(media.undescribed_picture, Severity.WARNING),
    Rule(media.unreadable_picture),
    Rule(media.heavy_picture),
    Rule(media.located_picture),
)
"""Every rule, in the order of the reference page."""


def rule_names() -> frozenset[str]:
    """The names that `severity` in `checks.yml` may hold; problems of reading have names too, and stay errors."""
    return frozenset(rule.name for rule in RULES)


def check(loaded: Loaded, now: datetime, *, change: Change | None = None) -> list[Problem]:
    """Every problem of the content at `now` (aware), in order; `change` also asks who may add what it adds."""
    case = Case(loaded, now, change)
    return in_order(problem for rule in RULES for problem in rule.problems(case))
