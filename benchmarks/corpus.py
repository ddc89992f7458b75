"""Writes a made-up company of a given number of pages, always the same for the same number: `corpus.py 1000 DIR`.

Four pages in five are people; the rest are communities, territories, skills, events, questions and stories in
the proportions of a real portal. Names, tastes and texts are drawn from small French lists.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from portal.frontmatter import write
from portal.slugs import slugify

FIRST = [
    "Awa",
    "Léa",
    "Hugo",
    "Inès",
    "Jean-Luc",
    "Noémie",
    "Yann",
    "Zoé",
    "Œdipe",
    "Anaïs",
    "Étienne",
    "Fatou",
    "Gaëlle",
    "Ibrahima",
    "Karim",
    "Lætitia",
    "Maëlys",
    "Ngoc",
    "Omar",
    "Pía",
]
LAST = [
    "Diop",
    "Le-Goff",
    "Martin",
    "Nguyen",
    "Ferreira",
    "D’Argent",
    "Kowalski",
    "Sissoko",
    "Bélanger",
    "Ó-Briain",
    "Haddad",
    "Müller",
    "Roussel",
    "Traoré",
    "Vidal",
    "Çelik",
]
JOBS = [
    "Technicienne réseau",
    "Opérateur de traitement",
    "Ingénieure procédés",
    "Chargé de clientèle",
    "Analyste de données",
]
DOMAINS = [
    "eau potable",
    "boues",
    "réseau",
    "capteurs",
    "données",
    "énergie",
    "clientèle",
    "sécurité",
    "laboratoire",
    "travaux",
]
VERBS = [
    "mesurer",
    "réparer",
    "cartographier",
    "prévoir",
    "expliquer",
    "transmettre",
    "réduire",
    "sécuriser",
    "nettoyer",
    "prélever",
]
WORDS = [
    "fuite",
    "pompe",
    "membrane",
    "digesteur",
    "relevé",
    "capteur",
    "réunion",
    "équipe",
    "nuit",
    "chantier",
    "usager",
    "tableau",
    "mesure",
    "vanne",
    "station",
    "pluie",
    "été",
    "captage",
    "compteur",
    "alerte",
    "carte",
    "réglage",
    "atelier",
    "récit",
    "retour",
    "expérience",
    "bassin",
    "filtre",
    "sable",
    "chlore",
    "ozone",
    "boue",
    "biogaz",
    "odeur",
]


def sentences(rng: random.Random, count: int) -> str:
    """A few sentences of plausible length."""
    made = [" ".join(rng.choices(WORDS, k=rng.randint(6, 16))).capitalize() + "." for _ in range(count)]
    return "\n\n".join(" ".join(made[at : at + 4]) for at in range(0, count, 4))


def save(folder: Path, path: str, values: dict[str, object], body: str) -> None:
    """Write one record."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(write(values, body), encoding="utf-8")


def generate(folder: Path, pages: int, seed: int = 7) -> None:
    """Write about `pages` records below `folder`."""
    rng = random.Random(seed)
    communities = [f"communaute-{n}" for n in range(max(3, pages // 50))]
    territories = [f"territoire-{n}" for n in range(max(3, min(60, pages // 100)))]
    skills = [slugify(f"{verb} {domain}") for verb in VERBS for domain in DOMAINS][
        : max(20, min(100, pages // 10))
    ]
    people = [f"{slugify(rng.choice(FIRST))}-{slugify(rng.choice(LAST))}-{n}" for n in range(pages * 4 // 5)]
    for slug in skills:
        save(folder, f"skills/{slug}.md", {"title": slug.replace("-", " ").capitalize()}, sentences(rng, 2))
    for n, slug in enumerate(territories):
        values = {"title": f"Territoire {n}", "kind": "region", "phase": "active", "lead": rng.choice(people)}
        save(
            folder,
            f"territories/{slug}.md",
            {**values, "geo": {"lat": 43 + n % 7, "lon": -2 + n % 9}},
            sentences(rng, 8),
        )
    for n, slug in enumerate(communities):
        values = {"title": f"Communauté {n}", "purpose": sentences(rng, 1), "animators": [rng.choice(people)]}
        save(folder, f"communities/{slug}/index.md", {**values, "answer_within_days": 3}, sentences(rng, 12))
    for slug in people:
        save(
            folder,
            f"people/{slug}.md",
            person(rng, slug, skills, territories, communities),
            sentences(rng, rng.randint(2, 6)),
        )
    left = pages - len(people) - len(communities) - len(territories) - len(skills)
    for n in range(max(left, 0)):
        save(folder, *dated(rng, n, people, skills, territories, communities))


def person(
    rng: random.Random, slug: str, skills: list[str], territories: list[str], communities: list[str]
) -> dict[str, object]:
    """The front matter of one profile."""
    return {
        "name": " ".join(word.capitalize() for word in slug.split("-")),
        "job_title": rng.choice(JOBS),
        "territory": rng.choice(territories),
        "skills": [
            {"skill": skill, "level": rng.randint(1, 5), "offers": ["help"]}
            for skill in rng.sample(skills, 4)
        ],
        "interests": [{"skill": skill, "level": rng.randint(1, 5)} for skill in rng.sample(skills, 3)],
        "wants_to_learn": rng.sample(skills, 1),
        "languages": ["fr"],
        "communities": rng.sample(communities, 2),
        "contact": {"email": f"{slug}@corpus.example"},
    }


def dated(
    rng: random.Random,
    n: int,
    people: list[str],
    skills: list[str],
    territories: list[str],
    communities: list[str],
) -> tuple[str, dict[str, object], str]:
    """A story, a question or an event: its path, front matter and body."""
    day = f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    title = " ".join(rng.choices(WORDS, k=5)).capitalize()
    common = {"skills": rng.sample(skills, 2)}
    if n % 3 == 0:
        result = {"label": "Temps gagné", "before": 10, "after": 4, "unit": "h"}
        values = {
            "title": title,
            "published": day,
            "people": rng.sample(people, 2),
            "results": [result],
            **common,
        }
        extra = {
            "challenge": title,
            "solution": title,
            "communities": rng.sample(communities, 1),
            "territory": rng.choice(territories),
            # Without them, nobody would read it.
            "agreements": [{"person": person, "on": day} for person in values["people"]],
        }
        return f"stories/histoire-{n}.md", {**values, **extra}, sentences(rng, 24)
    if n % 3 == 1:
        values = {
            "title": title + " ?",
            "asked_by": rng.choice(people),
            "asked_on": day,
            "community": rng.choice(communities),
        }
        return f"questions/question-{n}.md", {**values, **common}, sentences(rng, 6)
    values = {
        "title": title,
        "start": day,
        "location": "Salle 1",
        "organizers": rng.sample(people, 1),
        **common,
    }
    return f"events/rencontre-{n}.md", {**values, "territory": rng.choice(territories)}, sentences(rng, 6)


if __name__ == "__main__":
    generate(Path(sys.argv[2]), int(sys.argv[1]))
