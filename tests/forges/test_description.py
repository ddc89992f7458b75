"""The description of a request: for curators, in the portal's language, safe whatever a feed wrote, and never too long."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.desk.desk import Desk
from curation.desk.store import Store
from curation.feeds.health import Health
from curation.forges.description import MAX_CHARS, description, title
from portal.language import Translator
from portal.problems import N_, message
from portal.subscriptions import Subscription
from tests.desk.desks import LONG, filed, finding, opened

NO_BREAK = "\N{NO-BREAK SPACE}"
FRENCH, ENGLISH = Translator("fr"), Translator("en")
SOURCES = """sources:
  - {id: une-source, name: "Eau | Presse", url: "https://une-source.example/feed", skills: [sig]}
  - {id: deux, name: Deux, url: "https://deux.example/feed"}
"""


@pytest.fixture
def company(here: Path) -> Path:
    (here / "site_config" / "feeds.yml").write_text(SOURCES)
    return here


def rows(text: str) -> list[list[str]]:
    """The cells of the table's rows, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line[2:-2].replace(r"\|", "¦").split(" | ")] for line in lines[2:]]


def unhealthy(name: str, *alarms: tuple[str, str]) -> Health:
    subscription = Subscription(id="deux", name=name, url="https://deux.example/feed")
    told = tuple((alarm, message(text)) for alarm, text in alarms)
    return Health(subscription, None, 3, 1, 0, told)  # type: ignore[arg-type]


def test_each_candidate_is_a_row_with_why_and_its_file(company: Path) -> None:
    one = finding("reseaux", title="Un SIG pour l’eau")
    desk = filed(company, one, finding("autre", source="deux"))
    text = description(desk, (), FRENCH)
    assert text.startswith("2 candidats attendent une décision.\n\n| Score | Titre | Source | Pourquoi")
    (cells,) = [cells for cells in rows(text) if "SIG" in cells[1]]
    score, linked, source, why, alike, file = cells
    assert 0 <= int(score) <= 100
    assert linked == "[Un SIG pour l’eau](<https://une-source.example/reseaux>)"
    assert source == "Eau ¦ Presse"
    assert "sig" in why
    assert alike == "–"
    assert file == f"`une-source/{one.id}.md`"


def test_who_else_tells_it_stands_in_the_same_row(company: Path) -> None:
    same = {"title": "La perte de charge des filtres mesurée pendant trois hivers", "excerpt": LONG}
    one = finding("a", **same)
    other = finding("b", source="deux", **same)
    desk = filed(company, one, other)
    (cells,) = rows(description(desk, (), FRENCH))
    assert {name.strip() for name in cells[2].split(",")} == {"Eau ¦ Presse", "Deux"}
    assert cells[4].startswith("[La perte de charge")
    assert "(Deux)" in cells[4] or "(Eau ¦ Presse)" in cells[4]


def test_what_a_feed_wrote_has_no_effect(company: Path) -> None:
    nasty = "@ana | fixes #12 <b>*x*</b> `y` https://github.com/h/v/issues/1"
    desk = filed(company, finding("x", title=nasty, url="https://une-source.example/@ana?a=1&copy;=(2)"))
    text = description(desk, [unhealthy("@deux <i>", ("silent", "silent since #12"))], FRENCH)
    assert len(rows(text)) == 1
    for forbidden in ("@ana |", "@ana ", " #12", "<b>", "<i>", "://github.com/h/v/issues/1 "):
        assert forbidden not in text.replace("https://une-source.example", "")
    assert "@&#8203;ana" in text
    assert r"\*x\*" in text


def test_sources_that_need_someone_are_told_and_those_at_rest_are_not(company: Path) -> None:
    desk = filed(company, finding("x"))
    sources = [
        unhealthy("Bleue", ("moved", N_("moved")), ("silent", "silent")),
        unhealthy("Rouge", ("disabled", "asleep")),
        unhealthy("Verte"),
    ]
    text = description(desk, sources, ENGLISH)
    assert "## Alerts about the sources\n\n- **Bleue**: moved · silent\n\n## How to decide" in text
    assert "Rouge" not in text
    assert "## Alerts" not in description(desk, [unhealthy("Verte")], ENGLISH)


def test_how_to_decide_is_told_in_the_portals_language(company: Path) -> None:
    text = description(filed(company, finding("x")), (), FRENCH)
    assert "## Comment décider" in text
    assert (
        "```yaml\ndecision: keep\nby: votre-nom\nwhy: Ce que cela change pour nous, en une phrase.\n```"
        in text
    )
    assert "1 candidat attend une décision." in text


def test_what_a_curator_must_mend_is_told(company: Path) -> None:
    one, two = finding("un"), finding("deux")
    filed(company, one, two)
    file = Store(company / "desk").folder / "candidates" / "une-source" / f"{one.id}.md"
    file.write_text(file.read_text().replace("---\n", "---\ndecision: keep\nwhy: Utile\n", 1))
    broken = company / "desk" / "candidates" / "une-source" / f"{two.id}.md"
    broken.write_text("---\ndecision: [\n---\n")
    text = description(opened(company), (), FRENCH)
    assert "## À corriger" in text
    assert f"- `desk/candidates/une-source/{two.id}.md:" in text
    assert f"- `desk/candidates/une-source/{one.id}.md` Cette décision n’a pas pu être appliquée" in text


def test_an_empty_desk_is_told(company: Path) -> None:
    desk = opened(company)
    assert description(desk, (), FRENCH).startswith("0 candidat attend une décision.\n\n## Comment")


def test_a_long_description_counts_its_last_candidates(company: Path) -> None:
    desk = filed(
        company, *(finding(f"n-{number}", title=f"Titre {number} " + "mot " * 45) for number in range(30))
    )
    text = description(desk, [unhealthy("Bleue", ("gone", "gone"))], FRENCH, max_chars=6_000)
    assert 6_000 - 800 < len(text) <= 6_000 < MAX_CHARS
    shown = len(rows(text))
    assert f"… et {len(desk.appraised) - shown} autres, dans les fichiers." in text
    assert "## Comment décider" in text
    assert "## Alertes sur les sources" in text


def test_the_title_says_the_day_and_how_many(company: Path) -> None:
    assert title(filed(company, finding("x")), FRENCH) == f"Veille du 21 novembre 2026{NO_BREAK}: 1 candidat"


def test_the_desk_is_a_value_all_along(company: Path) -> None:
    desk: Desk = filed(company, finding("x"))
    assert description(desk, (), FRENCH) == description(desk, (), FRENCH)
