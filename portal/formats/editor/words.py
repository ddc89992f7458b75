"""What the browser editor calls each key. Keys that a contribution sheet asks for keep the label that they have there.

A key that nothing is said of here is called by its own name, with the sentence of its model as its hint.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.formats.form_words import HINTS, QUESTIONS
from portal.formats.sheet import SHEET_KINDS, labels
from portal.language import Translator
from portal.problems import N_

_LABELS: Mapping[str, str] = {
    "audience": N_("Who may read it"),
    "body": N_("Text"),
    "communities": N_("Communities"),
    "published": N_("Day of publication"),
    "skills": N_("Skills"),
    "status": N_("State"),
    "territory": N_("Territory"),
    "title": N_("Title"),
    "community.animators": N_("Animators"),
    "community.answer_within_days": N_("Promise: a first answer within so many days"),
    "community.channel": N_("Where its members talk"),
    "community.feeds": N_("Sources that it watches"),
    "community.join": N_("How one joins"),
    "community.kind": N_("Kind of community"),
    "community.opened": N_("Day it began"),
    "community.phase": N_("State of life"),
    "community.purpose": N_("Why it exists"),
    "community.resources": N_("What it keeps at hand"),
    "community.resources.description": N_("What one finds there"),
    "community.resources.title": N_("Name"),
    "community.resources.url": N_("Web address"),
    "community.sponsor": N_("Director who supports it"),
    "community.visibility": N_("Open or private"),
    "event.changes": N_("What changed since it was announced"),
    "event.changes.on": N_("Day of the change"),
    "event.changes.what": N_("What those who noted it must know"),
    "event.moved": N_("Moved this time only"),
    "event.moved.day": N_("The day it would have been"),
    "event.moved.end": N_("It then ends"),
    "event.moved.location": N_("Where, if elsewhere"),
    "event.moved.to": N_("It then begins"),
    "event.outcome": N_("What came of it"),
    "event.rrule": N_("Recurrence (RRULE)"),
    "event.skipped": N_("Days without it"),
    "event.timezone": N_("Time zone"),
    "guide.for": N_("Who it is for"),
    "guide.order": N_("Rank among the guides"),
    "guide.summary": N_("What one can do after reading it"),
    "idea.decided_on": N_("Day of the decision"),
    "idea.decision": N_("Decision and its reason"),
    "idea.proposed_on": N_("Day of the proposal"),
    "idea.story": N_("Story that it became"),
    "idea.supporters": N_("Who supports it"),
    "newsletter.community": N_("For the members of a community"),
    "newsletter.lang": N_("Language of the letter"),
    "newsletter.preview": N_("What mailboxes show beside the subject"),
    "newsletter.sections": N_("Parts of the letter"),
    "newsletter.sections.items": N_("What the part shows"),
    "newsletter.sections.items.event": N_("A meeting"),
    "newsletter.sections.items.idea": N_("An idea"),
    "newsletter.sections.items.person": N_("Someone to greet"),
    "newsletter.sections.items.post": N_("A post"),
    "newsletter.sections.items.question": N_("A question"),
    "newsletter.sections.items.story": N_("A story"),
    "newsletter.sections.items.watch_item": N_("A reading of the watch"),
    "newsletter.sections.items.words": N_("Your words about it"),
    "newsletter.sections.title": N_("What the part is called"),
    "person.contact": N_("How to reach the person"),
    "person.handle": N_("Name on the forge"),
    "person.left": N_("Last day in the company"),
    "person.photo": N_("Portrait"),
    "person.roles": N_("Roles in the portal"),
    "post.author": N_("Who speaks"),
    "post.kind": N_("Kind of post"),
    "question.answers": N_("Answers"),
    "question.answers.accepted": N_("This answer solved it"),
    "question.answers.by": N_("Who answers"),
    "question.answers.on": N_("Day of the answer"),
    "question.answers.text": N_("What is answered"),
    "question.asked_on": N_("Day of the question"),
    "skill.aliases": N_("Other names"),
    "skill.broader": N_("Wider skill"),
    "skill.same_as": N_("The same in public vocabularies"),
    "story.agreements": N_("Who agreed to appear"),
    "story.agreements.on": N_("Day of the agreement"),
    "story.agreements.person": N_("Who agreed"),
    "story.archived_on": N_("Day it was archived"),
    "story.editor": N_("Followed in communications by"),
    "story.featured": N_("Story of the month of"),
    "story.image": N_("Picture"),
    "story.image.alt": N_("What the picture shows"),
    "story.image.credit": N_("Who made the picture"),
    "story.image.src": N_("The file"),
    "story.quote": N_("Quote"),
    "story.results.adds_up": N_("May be added to those of other stories"),
    "story.reviewers": N_("Read before publication by"),
    "story.series": N_("Series"),
    "story.series.part": N_("Place in the series"),
    "story.series.title": N_("Name of the series"),
    "story.without_image": N_("Why there is no picture"),
    "territory.ambassadors": N_("Ambassadors"),
    "territory.geo": N_("On the map"),
    "territory.geo.lat": N_("Latitude"),
    "territory.geo.lon": N_("Longitude"),
    "territory.headcount": N_("How many people work there"),
    "territory.kind": N_("Kind of place"),
    "territory.lead": N_("Who answers for it"),
    "territory.parent": N_("Territory around it"),
    "territory.phase": N_("How far the portal has come there"),
    "territory.traits": N_("What makes it unlike the others"),
    "watch_item.curated_on": N_("Day it was chosen"),
}  # fmt: skip
"""The label of a key that no sheet asks for; `kind.key` where it isn't the same for every kind. Ids of the catalogue."""

_HINTS: Mapping[str, str] = {
    "audience": N_("All employees, if you say nothing. Ask before you make it public."),
    "event.rrule": N_("Leave it empty for a meeting that happens once; ask the team otherwise."),
    "event.timezone": N_("The one in which the hours above are said."),
    "story.image.alt": N_("One sentence for those who don’t see it."),
    "story.agreements": N_("Everyone named or quoted, once they have read it. Nobody appears otherwise."),
    "story.featured": N_("A month such as 2026-11: it then stands first on the wall and on the first page."),
    "story.status": N_("Only published stories are in the portal, once the change itself is published."),
}
"""A sentence of help where the form has none, and the model's is too short here; ids of the catalogue."""

_ITEMS: Mapping[str, str] = {
    "community.resources": N_("resource"),
    "event.changes": N_("change"),
    "event.moved": N_("moved meeting"),
    "event.skipped": N_("day"),
    "newsletter.sections": N_("part"),
    "newsletter.sections.items": N_("thing to show"),
    "person.interests": N_("interest"),
    "person.skills": N_("skill name"),
    "question.answers": N_("answer"),
    "story.agreements": N_("agreement"),
    "story.results": N_("figure"),
}
"""One item of a list, as it is added and counted; ids of the catalogue."""

PICTURES = frozenset({"story.image.src", "person.photo"})
"""The keys whose line is the name of a picture beside the file."""


def label(kind: str, name: str, translator: Translator) -> str:
    """What a key is called; `name` is dotted (`results.unit`), and the answer begins with a capital.

    The parts of a group are called as the form asks them: on a sheet they are only words in a row.
    """
    if "." in name and (question := QUESTIONS.get(f"{kind}.{name}")):
        return translator.gettext(question)
    on_sheet = labels(kind, translator).get(name) if kind in SHEET_KINDS else None
    own = _LABELS.get(f"{kind}.{name}")
    shared = None if "." in name else _LABELS.get(name)
    word = translator.gettext(own) if own else on_sheet or (translator.gettext(shared) if shared else None)
    word = word or name.rpartition(".")[2].replace("_", " ")
    return word[:1].upper() + word[1:]


def item(kind: str, name: str, translator: Translator) -> str:
    """What one item of a list is called."""
    own = _ITEMS.get(f"{kind}.{name}")
    return translator.gettext(own) if own else label(kind, name, translator)


def hint(kind: str, name: str, described: str, translator: Translator) -> str:
    """The sentence of help of a key: the form's, or ours, or the one of its model (`described`)."""
    found = HINTS.get(f"{kind}.{name}") or _HINTS.get(f"{kind}.{name}") or _HINTS.get(name) or described
    return translator.gettext(found) if found else ""
