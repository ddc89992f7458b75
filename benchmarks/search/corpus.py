"""Writes the content folder of a made-up company: its people, skills, territories, communities and what they tell.

The proportions and lengths are a real portal's: short profiles, longer questions with answers, stories and guides
with headings; about 190 words a page. Always the same for the same number of pages and seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

from benchmarks.search import lexicon
from benchmarks.search.words import vocabulary
from benchmarks.search.writing import Topic, Writer
from portal.frontmatter import write
from portal.slugs import slugify

Values = Mapping[str, object]

SHARES = {
    "question": 0.34,
    "story": 0.18,
    "event": 0.14,
    "watch": 0.14,
    "idea": 0.09,
    "post": 0.08,
    "guide": 0.03,
}
"""What the pages that are neither people nor places nor skills are."""

PEOPLE = 0.4


class Company:
    """What records refer to, and the folder that they are written to."""

    def __init__(self, folder: Path, pages: int, seed: int) -> None:
        self._folder = folder
        self.writer = Writer(vocabulary(), seed, topics=max(24, round(0.8 * pages**0.5)))
        self._taken: set[str] = set()
        self.territories = [self.slug(place) for place in self.writer.places[: min(60, max(5, pages // 120))]]
        self.skills = {}
        for _ in range(min(500, max(20, pages // 40))):
            subject = self.writer.subject()
            title = self._skill(subject)
            self.skills[self.slug(title)] = (title, subject)
        self._names = {slugify(title) for title, _ in self.skills.values()}
        self.communities = {}
        for _ in range(min(400, max(4, pages // 60))):
            subject = self.writer.subject()
            title = self.writer.title(subject)
            self.communities[self.slug(title)] = (title, subject)
        self.people = {}
        for _ in range(round(pages * PEOPLE)):
            name = self.writer.name()
            self.people[self.slug(name)] = name
        self.writer.people[:] = self.writer.some(tuple(self.people.values()), 400, 2000)
        self.names = tuple(self.people)

    def slug(self, title: str) -> str:
        """A slug that nobody has yet."""
        base = slugify(title)[:80].strip("-")
        slug, rank = base, 1
        while slug in self._taken:
            rank += 1
            slug = f"{base}-{rank}"
        self._taken.add(slug)
        return slug

    def is_free(self, alias: str) -> bool:
        """Whether no skill is called so; from now on, one is."""
        free = slugify(alias) not in self._names
        self._names.add(slugify(alias))
        return free

    def save(self, path: str, values: Values, body: str) -> None:
        """Write one record."""
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(write(dict(values), body), encoding="utf-8")

    def length(self, usual: int) -> int:
        """A number of words around the usual one, sometimes three times as many."""
        return int(min(max(usual * self.writer.chance.lognormal(-0.1, 0.5), usual * 0.3), usual * 4))

    def day(self) -> str:
        """A day of four years."""
        return str(date(2023, 1, 1) + timedelta(days=int(self.writer.chance.integers(0, 1400))))

    def _skill(self, subject: tuple[Topic, ...]) -> str:
        words = self.writer.some(subject[0].nouns, 1, 2)
        return " ".join(words).capitalize()


def generate(folder: Path, pages: int, seed: int) -> None:
    """Write about `pages` records below `folder`."""
    company = Company(folder, pages, seed)
    for rank, slug in enumerate(company.territories):
        _territory(company, slug, company.writer.places[rank])
    for slug, (title, subject) in company.skills.items():
        _skill(company, slug, title, subject)
    for slug, (title, subject) in company.communities.items():
        _community(company, slug, title, subject)
    for slug, name in company.people.items():
        _person(company, slug, name)
    left = (
        pages
        - len(company.territories)
        - len(company.skills)
        - len(company.communities)
        - len(company.people)
    )
    kinds = [kind for kind, share in SHARES.items() for _ in range(round(share * 100))]
    for rank in range(left):
        subject = company.writer.subject()
        title = company.writer.title(subject)
        _WRITTEN[kinds[rank * 37 % 100]](company, company.slug(title), title, subject)


def _territory(company: Company, slug: str, place: str) -> None:
    chance, subject = company.writer.chance, company.writer.subject()
    geo = {"lat": round(43 + 7 * chance.random(), 2), "lon": round(-2 + 9 * chance.random(), 2)}
    values = {
        "title": place,
        "kind": "region",
        "phase": "active",
        "lead": company.writer.one(company.names),
        "geo": geo,
    }
    company.save(f"territories/{slug}.md", values, company.writer.text(subject, company.length(160)))


def _skill(company: Company, slug: str, title: str, subject: tuple[Topic, ...]) -> None:
    aliases = [word for word in company.writer.some(subject[-1].nouns, 0, 2) if company.is_free(word)]
    values: Values = {"title": title} | ({"aliases": aliases} if aliases else {})
    company.save(f"skills/{slug}.md", values, company.writer.text(subject, company.length(40)))


def _community(company: Company, slug: str, title: str, subject: tuple[Topic, ...]) -> None:
    values = {
        "title": title,
        "purpose": company.writer.sentence(subject, 14),
        "animators": company.writer.some(company.names, 1, 2),
        "answer_within_days": 3,
    }
    company.save(f"communities/{slug}/index.md", values, company.writer.text(subject, company.length(200)))


def _person(company: Company, slug: str, name: str) -> None:
    writer, skills = company.writer, tuple(company.skills)
    mastered = [
        {"skill": skill, "level": int(writer.chance.integers(1, 6)), "offers": ["help"]}
        for skill in writer.some(skills, 2, 5)
    ]
    values = {
        "name": name,
        "job_title": writer.one(lexicon.JOBS),
        "territory": writer.one(company.territories),
        "skills": mastered,
        "interests": [{"skill": skill, "level": 3} for skill in writer.some(skills, 0, 3)],
        "wants_to_learn": writer.some(skills, 0, 2),
        "languages": ["fr", *writer.some(("en", "es", "de", "pt"), 0, 1)],
        "communities": writer.some(tuple(company.communities), 0, 3),
        "contact": {"email": f"{slug}@corpus.example"},
    }
    company.save(f"people/{slug}.md", values, writer.text(writer.subject(), company.length(55)))


def _question(company: Company, slug: str, title: str, subject: tuple[Topic, ...]) -> None:
    writer, day = company.writer, company.day()
    answers = [
        {"by": by, "on": day, "text": writer.text(subject, company.length(70))}
        for by in writer.some(company.names, 0, 3)
    ]
    values = {
        "title": title if title.endswith("?") else title + " ?",
        "asked_by": writer.one(company.names),
        "asked_on": day,
        "community": writer.one(tuple(company.communities)),
        "skills": writer.some(tuple(company.skills), 0, 2),
        "answers": answers,
        "status": "answered" if answers else "open",
    }
    company.save(f"questions/{slug}.md", values, writer.text(subject, company.length(90)))


def _story(company: Company, slug: str, title: str, subject: tuple[Topic, ...]) -> None:
    writer = company.writer
    values = {
        "title": title,
        "published": company.day(),
        "people": writer.some(company.names, 1, 3),
        "territory": writer.one(company.territories),
        "communities": writer.some(tuple(company.communities), 0, 1),
        "skills": writer.some(tuple(company.skills), 1, 3),
        "challenge": writer.sentence(subject, 16),
        "solution": writer.sentence(subject, 16),
        "results": [
            {"label": writer.sentence(subject, 5).rstrip("."), "before": 10, "after": 4, "unit": "h"}
        ],
    }
    # Without them, nobody would read it.
    values["agreements"] = [{"person": person, "on": values["published"]} for person in values["people"]]
    company.save(f"stories/{slug}.md", values, writer.text(subject, company.length(420)))


def _event(company: Company, slug: str, title: str, subject: tuple[Topic, ...]) -> None:
    writer = company.writer
    values = {
        "title": title,
        "start": company.day(),
        "location": f"{writer.one(writer.places)}, salle {writer.chance.integers(1, 9)}",
        "territory": writer.one(company.territories),
        "organizers": writer.some(company.names, 1, 2),
        "skills": writer.some(tuple(company.skills), 0, 2),
    }
    company.save(f"events/{slug}.md", values, writer.text(subject, company.length(110)))


def _idea(company: Company, slug: str, title: str, subject: tuple[Topic, ...]) -> None:
    writer = company.writer
    values = {"title": title, "proposed_by": writer.one(company.names), "proposed_on": company.day(),
              "territory": writer.one(company.territories)}  # fmt: skip
    company.save(f"ideas/{slug}.md", values, writer.text(subject, company.length(120)))


def _watch(company: Company, slug: str, title: str, subject: tuple[Topic, ...]) -> None:
    writer, day = company.writer, company.day()
    values = {
        "title": title,
        "url": f"https://{slug}.corpus.example/",
        "source": writer.one(writer.places),
        "published": day,
        "curated_by": writer.one(company.names),
        "curated_on": day,
        "why": writer.sentence(subject, 30),
        "skills": writer.some(tuple(company.skills), 0, 2),
    }
    company.save(f"watch/{day[:4]}/{slug}.md", values, writer.text(subject, company.length(60)))


def _post(company: Company, slug: str, title: str, subject: tuple[Topic, ...]) -> None:
    values = {"title": title, "author": company.writer.one(company.names), "published": company.day()}
    company.save(f"posts/{slug}.md", values, company.writer.text(subject, company.length(320)))


def _guide(company: Company, slug: str, title: str, subject: tuple[Topic, ...]) -> None:
    values = {"title": title, "summary": company.writer.sentence(subject, 14)}
    company.save(f"guides/{slug}.md", values, company.writer.text(subject, company.length(800)))


_WRITTEN: dict[str, Callable[[Company, str, str, tuple[Topic, ...]], None]] = {
    "question": _question, "story": _story, "event": _event, "watch": _watch, "idea": _idea, "post": _post,
    "guide": _guide,
}  # fmt: skip
