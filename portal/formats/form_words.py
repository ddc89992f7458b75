"""What the forms say: a title and a promise for each kind, and for each key a question and a sentence of help.

Keys that nothing is said of here are asked by the label of their sheet, with the sentence of their model.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.problems import N_

ESSENTIAL = N_("The essentials")
FURTHER = N_("To go further")

SECTIONS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "person": (
        (ESSENTIAL, ("name", "job_title", "territory")),
        (N_("What you can do, what you like to do"), ("skills", "interests", "wants_to_learn")),
        (N_("How to reach you"), ("contact.email", "contact.phone", "contact.chat", "contact.office")),
    ),
    "story": ((N_("In one minute"), ("title", "body", "people", "results")),),
    "event": ((ESSENTIAL, ("title", "start", "end", "location", "body")),),
    "question": ((ESSENTIAL, ("title", "body", "community", "asked_by")),),
    "idea": ((ESSENTIAL, ("title", "body", "proposed_by")),),
    "watch_item": ((ESSENTIAL, ("url", "title", "source", "published", "why", "curated_by")),),
}
"""The sections of each form and the keys that they ask for; every other key comes last, under `FURTHER`."""

FOLDED = frozenset({"story"})
"""Forms whose last section is folded away: what comes before it is enough."""

ROWS: Mapping[str, tuple[str, ...]] = {"story.results": ("label", "before", "after", "unit", "evidence")}
"""The parts of a row in the order in which people say them; the others follow in the order of the sheet."""

QUESTIONS: Mapping[str, str] = {
    "person.name": N_("Your first and last name"),
    "person.job_title": N_("Your job"),
    "person.territory": N_("Where you work"),
    "person.skills": N_("What you can do"),
    "person.skills.skill": N_("Skill"),
    "person.skills.level": N_("Your level"),
    "person.skills.offers": N_("You offer"),
    "person.interests": N_("What you like to do"),
    "person.interests.skill": N_("Skill or interest"),
    "person.interests.level": N_("How much"),
    "person.wants_to_learn": N_("What you would like to learn"),
    "person.languages": N_("The languages that you speak"),
    "person.communities": N_("Your communities"),
    "person.joined": N_("Your first day in the company"),
    "person.body": N_("In your own words"),
    "story.title": N_("Title of the story"),
    "story.people": N_("Who made it"),
    "story.challenge": N_("What was hard"),
    "story.solution": N_("What you did"),
    "story.results": N_("Before and after"),
    "story.results.label": N_("What is measured"),
    "story.results.before": N_("Figure before"),
    "story.results.after": N_("Figure after"),
    "story.results.unit": N_("Unit: %, days…"),
    "story.results.evidence": N_("How you know"),
    "story.territory": N_("Where it happened"),
    "story.communities": N_("The communities where it was born"),
    "story.skills": N_("The skills that it took"),
    "story.quote.text": N_("What someone said of it"),
    "story.quote.by": N_("Who said it"),
    "story.sequel_of": N_("The story that it continues"),
    "story.body": N_("What happened"),
    "event.title": N_("Name of the meeting"),
    "event.start": N_("It begins"),
    "event.end": N_("It ends"),
    "event.location": N_("Where to meet"),
    "event.territory": N_("Territory that hosts it"),
    "event.communities": N_("Communities that it gathers"),
    "event.organizers": N_("Who runs it"),
    "event.skills": N_("What it is about"),
    "event.registration_url": N_("Page to sign up"),
    "event.body": N_("What will happen there"),
    "question.title": N_("Your question in one line"),
    "question.body": N_("Your question in detail"),
    "question.community": N_("Which community could know?"),
    "question.asked_by": N_("Your name"),
    "question.skills": N_("What it is about"),
    "idea.title": N_("Your idea in one line"),
    "idea.body": N_("Your idea, as you would say it"),
    "idea.proposed_by": N_("Your name"),
    "idea.territory": N_("Where to try it"),
    "idea.communities": N_("Communities that it concerns"),
    "watch_item.url": N_("Address of the page"),
    "watch_item.title": N_("Its title"),
    "watch_item.source": N_("Who published it"),
    "watch_item.published": N_("When it was published"),
    "watch_item.why": N_("Why it matters to us"),
    "watch_item.curated_by": N_("Your name"),
    "watch_item.communities": N_("Who should read it"),
    "watch_item.skills": N_("What it is about"),
    "watch_item.lang": N_("Its language"),
    "watch_item.body": N_("What you take from it"),
}
"""How each key is asked, where that differs from its label on the sheet; ids of the catalogue."""

HINTS: Mapping[str, str] = {
    "person.name": N_("As you write them yourself."),
    "person.job_title": N_("In the words of your door or your badge: “Leak detection technician”."),
    "person.territory": N_("The place where colleagues can meet you."),
    "person.skills": N_(
        "Three are enough to begin. From 1, you are discovering, to 5, you are the reference."
    ),
    "person.interests": N_("At work or elsewhere: bees count too. From 1, curious, to 5, passionate."),
    "person.wants_to_learn": N_("Someone near you may teach it."),
    "person.languages": N_("Those in which a colleague may call you."),
    "person.communities": N_("Those where you take part already."),
    "person.contact.email": N_("Never shown outside the company."),
    "person.contact.phone": N_("The number at work."),
    "person.contact.chat": N_("Your name on the company’s chat."),
    "person.contact.office": N_("Where to knock."),
    "person.joined": N_("Newcomers are welcomed on the first page."),
    "person.body": N_("A few sentences: what your days are made of, and what one may ask you."),
    "story.title": N_("What you would tell a colleague in the lift."),
    "story.people": N_("Everyone who counted, from the portal’s directory."),
    "story.challenge": N_("Two or three sentences: what didn’t work, and for whom."),
    "story.solution": N_("What you tried, and what worked in the end."),
    "story.results": N_("One figure is worth ten adjectives. Without an earlier one, leave “before” empty."),
    "story.results.evidence": N_("A meter, a report, a survey."),
    "story.territory": N_("The site, or the region."),
    "story.communities": N_("If it was born in one."),
    "story.skills": N_("They will be proven on the profiles of those who made it."),
    "story.quote.text": N_("Their own words, without quotation marks."),
    "story.quote.by": N_("With their agreement."),
    "story.sequel_of": N_("If the portal has told its beginning."),
    "story.body": N_("As you would tell it at the coffee machine: five lines are enough, mistakes included."),
    "event.title": N_("What will be read in the agenda."),
    "event.start": N_("Without a time: the whole day."),
    "event.end": N_("The same day or later."),
    "event.location": N_("A room, an address, or a link to connect."),
    "event.territory": N_("People there will see it first."),
    "event.communities": N_("Their members are told."),
    "event.organizers": N_("Whom to ask before coming."),
    "event.skills": N_("Skills that will be spoken of."),
    "event.registration_url": N_("Where to sign up, if one must."),
    "event.body": N_("For whom, how it goes, what to bring."),
    "question.title": N_("As you would put it to the person who knows."),
    "question.body": N_("Where you are, what you tried already, and what an answer would change."),
    "question.community": N_("Its members promised an answer."),
    "question.asked_by": N_("As in the directory: whoever knows will know whom to call back."),
    "question.skills": N_("To reach those who have them."),
    "idea.title": N_("What you would say on the way home."),
    "idea.body": N_("What bothers today, what you would change, and for whom."),
    "idea.proposed_by": N_("As in the directory: the answer will come to you."),
    "idea.territory": N_("A first place, to see if it works."),
    "idea.communities": N_("Those who would make it live."),
    "watch_item.url": N_("Copied from your browser."),
    "watch_item.title": N_("As its author gave it."),
    "watch_item.source": N_("A paper, a site, an author."),
    "watch_item.published": N_("The day that stands on the page."),
    "watch_item.why": N_("One or two sentences, for a colleague in a hurry."),
    "watch_item.curated_by": N_("As in the directory."),
    "watch_item.communities": N_("It will stand on their page."),
    "watch_item.skills": N_("Its subjects, among the portal’s skills."),
    "watch_item.lang": N_("French, if you say nothing."),
    "watch_item.body": N_("A passage, an objection, a question."),
}
"""One sentence of help a key, for people; ids of the catalogue."""

SCALES: Mapping[str, str] = {"person.skills.level": "level", "person.interests.level": "interest"}
"""The group of `portal.labels` that names the steps of a number."""
