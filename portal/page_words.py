"""What the pages that stand for no record are called: listings, forms, and those of the search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.problems import N_

SECTION_TITLES: Mapping[str, str] = {
    "people": N_("Directory"),
    "skills": N_("Skills and interests"),
    "communities": N_("Communities"),
    "territories": N_("Territories"),
    "events": N_("Agenda"),
    "stories": N_("Success stories"),
    "questions": N_("Questions"),
    "ideas": N_("Ideas"),
    "watch": N_("Watch"),
    "posts": N_("Posts"),
    "guides": N_("Guides"),
    "newsletters": N_("Newsletters"),
    "contribute": N_("Contribute"),
    "search": N_("Search"),
    "subscribe": N_("Subscribe"),
}

SECTION_SUMMARIES: Mapping[str, str] = {
    "people": N_("Find who can help, near you."),
    "skills": N_("What we can do, what we like to do, and who teaches it."),
    "communities": N_("People gathered around real work, and how to join them."),
    "territories": N_("Places where we meet in real life."),
    "events": N_("Meetings that are coming, and what came of the last ones."),
    "stories": N_("What we solved together, with figures."),
    "questions": N_("Ask a community: each promised to answer within a few days."),
    "ideas": N_("The idea box: what was proposed, what was decided and why."),
    "watch": N_("What our curators read outside, and why it matters to us."),
    "posts": N_("Short notes, and directors who speak."),
    "guides": N_("How to take part, step by step."),
    "newsletters": N_("The letter that tells what we solved, what is coming, and who waits for an answer."),
    "contribute": N_(
        "No git, no account: a few lines in a form. Someone reads them with you, then they are published."
    ),
    "search": N_("A few words are enough to find a person, a skill, a story or an answer."),
    "subscribe": N_("Let the portal come to you: in your reader of news, your agenda, your address book."),
}

AZ_TITLE = N_("Index from A to Z")
AZ_SUMMARY = N_("Every page of the portal, by the first letter of its name.")


@dataclass(frozen=True)
class Invitation:
    """How a form is announced: its title, what it takes and gives, minutes to fill it in, and an icon of the theme."""

    title: str
    summary: str
    minutes: int
    icon: str


INVITATIONS: Mapping[str, Invitation] = {
    "question": Invitation(
        N_("Ask a question"), N_("A community promised to answer you within a few days."), 3, "question"
    ),
    "idea": Invitation(
        N_("Propose an idea"),
        N_(
            "What would make tomorrow simpler, safer or more useful. Whatever is decided, the reason is written."
        ),
        3,
        "idea",
    ),
    "story": Invitation(
        N_("Tell a story"),
        N_("A title, what happened, who, a figure: one minute is enough, the team writes the rest with you."),
        1,
        "story",
    ),
    "event": Invitation(
        N_("Announce a meeting"),
        N_("A coffee, a visit, a workshop: say where, when and for whom."),
        4,
        "calendar",
    ),
    "watch_item": Invitation(
        N_("Point out a reading"),
        N_("An address and one sentence: why it matters to us."),
        2,
        "guide",
    ),
    "person": Invitation(
        N_("Complete my profile"),
        N_("Your job, what you can do, what you would like to do: people near you will know whom to ask."),
        7,
        "people",
    ),
}
"""The forms, in the order in which they are proposed."""
