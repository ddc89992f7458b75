"""The words for each value that front matter may hold, by group. Checked against the models by a test."""

from __future__ import annotations

from collections.abc import Mapping

from portal.problems import N_

LABELS: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "person": N_("Person"), "skill": N_("Skill"), "community": N_("Community"), "territory": N_("Territory"),
        "event": N_("Event"), "story": N_("Success story"), "question": N_("Question"), "idea": N_("Idea"),
        "watch_item": N_("Watch item"), "post": N_("Post"), "guide": N_("Guide"),
        "newsletter": N_("Newsletter"),
    },
    "audience": {"internal": N_("All employees"), "external": N_("Everyone, outside too"), "private": N_("Members only")},
    "offer": {"teach": N_("can teach"), "help": N_("can help")},
    "level": {1: N_("Discovers"), 2: N_("Practises with help"), 3: N_("Autonomous"), 4: N_("Confirmed"), 5: N_("Reference")},  # type: ignore[dict-item]
    "interest": {1: N_("Curious"), 2: N_("Interested"), 3: N_("Likes it"), 4: N_("Loves it"), 5: N_("Passionate")},  # type: ignore[dict-item]
    "role": {
        "animator": N_("Animator"), "curator": N_("Curator"), "communications": N_("Communications"),
        "director": N_("Director"), "ambassador": N_("Ambassador"), "community_creator": N_("May open communities"),
    },
    "community_kind": {
        "practice": N_("Community of practice"), "interest": N_("Community of interest"),
        "project": N_("Project community"),
    },
    "visibility": {"open": N_("Open"), "private": N_("Private")},
    "join": {"free": N_("Free to join"), "request": N_("Joined on request"), "invite": N_("Joined by invitation")},
    "life": {"pilot": N_("Pilot"), "active": N_("Active"), "quiet": N_("Quiet"), "closed": N_("Closed")},
    "territory_kind": {"region": N_("Region"), "subsidiary": N_("Subsidiary"), "site": N_("Site"), "floor": N_("Floor")},
    "accompaniment": {"study": N_("Under study"), "pilot": N_("Pilot"), "launch": N_("Launching"), "active": N_("Active")},
    "event_status": {"confirmed": N_("Confirmed"), "tentative": N_("To be confirmed"), "cancelled": N_("Cancelled")},
    "story_status": {
        "draft": N_("Draft"), "review": N_("In review"), "scheduled": N_("Scheduled"), "published": N_("Published"),
        "archived": N_("Archived"),
    },
    "question_status": {"open": N_("Open"), "answered": N_("Answered"), "closed": N_("Closed")},
    "idea_status": {
        "proposed": N_("Proposed"), "studied": N_("Being studied"), "adopted": N_("Adopted"), "declined": N_("Declined"),
        "done": N_("Done"),
    },
    "post_kind": {"note": N_("Note"), "leadership": N_("A director’s word")},
    "site_language": {"fr": N_("French"), "en": N_("English")},
    "reader": {
        "everyone": N_("For everyone"), "curator": N_("For curators"), "animator": N_("For animators"),
        "communications": N_("For communications"),
    },
}  # fmt: skip
"""Group → value → English label (the catalogue's id)."""
