"""`veillee fetch` against a real server: what is new, what repeats, what changes, what fails, and what is remembered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run
from tests.desk.desks import LONG, ids, listed
from tests.feeds.companies import fetched, on_desk, outcomes, rss, watch
from tests.feeds.serving import Served, serving

A = {"title": "Le lavage des filtres à sable", "link": "https://journal.example/lavage", "text": LONG}
B = {
    "title": "Une canne acoustique contre les fuites",
    "link": "https://journal.example/canne",
    "text": "Deux agents, une nuit de gel et un tuyau percé : le récit d’une recherche menée à l’oreille, rue après rue, "
    "jusqu’au branchement oublié qui perdait huit mètres cubes par heure depuis le printemps.",
}


@pytest.fixture
def served(here: Path) -> Iterator[Served]:
    """A server of the folder `feeds`, and a company that watches `journal.xml` there."""
    (here / "feeds").mkdir()
    with serving(here / "feeds") as found:
        watch(here, found, ["journal.xml"])
        yield found


def publish(here: Path, *items: dict[str, str], name: str = "journal.xml", **more: str) -> None:
    (here / "feeds" / name).write_text(rss(*items, **more))


def test_new_entries_become_candidates_once(here: Path, served: Served) -> None:
    publish(here, A, B)
    assert outcomes(fetched()) == {"candidate": 2}
    assert {item["title"] for item in listed()} == {A["title"], B["title"]}
    before = on_desk(here)
    assert fetched()["sources"] == []  # not due yet
    assert outcomes(fetched("--force")) == {}  # not modified
    assert served.answers["journal.xml", 304] == 1
    assert on_desk(here) == before


def test_a_dry_run_writes_nothing(here: Path, served: Served) -> None:
    publish(here, A)
    assert outcomes(fetched("--dry-run")) == {"candidate": 1}
    assert not (here / "desk").exists()
    assert not (here / ".cache").exists()
    assert "Nothing was written." in run("fetch", "--dry-run", "--lang", "en").stdout


def test_without_its_memory_a_fetch_finds_the_same(here: Path, served: Served) -> None:
    publish(here, A, B)
    fetched()
    before = on_desk(here)
    (here / ".cache" / "veillee" / "sources.sqlite3").unlink()
    assert outcomes(fetched()) == {"known": 2}
    assert on_desk(here) == before


def test_a_desk_that_lacks_what_was_found_is_filled_again(here: Path, served: Served) -> None:
    publish(here, A)
    fetched()
    before = on_desk(here)
    for path in before:
        (here / "desk" / path).unlink()
    assert outcomes(fetched("--force")) == {"candidate": 1}
    assert on_desk(here) == before


@pytest.mark.parametrize("change", ["guid", "tracking", "no guid"])
def test_an_entry_that_comes_back_otherwise_is_known(here: Path, served: Served, change: str) -> None:
    publish(here, A)
    fetched()
    again = {
        "guid": {**A, "guid": "un-autre"},
        "tracking": {**A, "link": A["link"] + "?utm_source=rss&amp;utm_medium=flux"},
        "no guid": {**A, "guid": ""},
    }[change]
    publish(here, again)
    before = on_desk(here)
    assert outcomes(fetched("--force")) == {"known": 1}
    assert on_desk(here) == before


def test_an_entry_that_its_source_rewrote_is_rewritten(here: Path, served: Served) -> None:
    publish(here, A)
    fetched()
    publish(here, {**A, "title": "Le lavage des filtres à sable : mise à jour"})
    assert outcomes(fetched("--force")) == {"changed": 1}
    (one,) = listed()
    assert one["title"].endswith("mise à jour")


def test_a_file_that_a_curator_broke_is_never_written_over(here: Path, served: Served) -> None:
    publish(here, A)
    fetched()
    (path,) = on_desk(here)
    file = here / "desk" / path
    file.write_text(file.read_text().replace("---\n", "---\ndecision: garder\nwhy: Un long pourquoi.\n", 1))
    before = on_desk(here)
    publish(here, {**A, "title": "Un autre titre"}, B)
    assert outcomes(fetched("--force")) == {"known": 1, "candidate": 1}
    assert before.items() <= on_desk(here).items()


def test_what_was_refused_never_comes_back(here: Path, served: Served) -> None:
    publish(here, A, B)
    fetched()
    names = {item["title"]: item["id"] for item in listed()}
    run("refuse", names[A["title"]], "--by", "ana", "--why", "Vu.")
    moved = {**A, "link": "https://journal.example/nouvelle-adresse/lavage-2", "guid": "neuf"}
    publish(here, A, moved, B)
    assert outcomes(fetched("--force")) == {"refused": 2, "known": 1}
    publish(here, moved, name="autre.xml")
    watch(here, served, ["journal.xml", "autre.xml"])
    assert outcomes(fetched("--force"), "autre-xml") == {"refused": 1}
    assert ids() == {names[B["title"]]}


def test_what_was_kept_is_not_proposed_again(here: Path, served: Served) -> None:
    publish(here, A)
    fetched()
    (one,) = listed()
    assert run("keep", one["id"], "--by", "ana", "--why", "Utile.").exit_code == 0
    assert outcomes(fetched("--force")) == {}  # not modified
    publish(here, A, B)
    assert outcomes(fetched("--force")) == {"kept": 1, "candidate": 1}


def test_two_sources_that_tell_the_same_are_one_candidate(here: Path, served: Served) -> None:
    publish(here, A)
    publish(
        here,
        {
            **A,
            "link": "https://gazette.example/2026/lavage?utm_campaign=x",
            "text": LONG.replace("trois", "3"),
        },
        B,
        name="gazette.xml",
    )
    watch(here, served, ["journal.xml", "gazette.xml"])
    document = fetched()
    assert outcomes(document) == {"candidate": 2, "duplicate": 1}
    found = {item["title"]: item for item in listed()}
    assert sorted(found[A["title"]]["sources"]) == ["gazette-xml", "journal-xml"]
    assert len(found) == 2


def test_a_podcast_that_links_to_its_home_page_isn_t_a_heap_of_duplicates(here: Path, served: Served) -> None:
    episodes = [
        {
            "title": f"Épisode {n}",
            "link": "https://balado.example/",
            "guid": f"balado-{n}",
            "text": f"{n} : {LONG[n * 9 :]}",
        }
        for n in range(5)
    ]
    publish(here, *episodes, link="https://balado.example/")
    assert outcomes(fetched()) == {"candidate": 5}
    assert len(listed()) == 5


def test_a_topic_filter_says_why(here: Path, served: Served) -> None:
    publish(here, A, B)
    watch(here, served, ["journal.xml"], journal_xml="take: filtered\nwords: [fuite]")
    document = fetched()
    assert outcomes(document) == {"candidate": 1, "filtered": 1}
    (reason,) = [
        entry["reason"] for entry in document["sources"][0]["entries"] if entry["outcome"] == "filtered"
    ]
    assert "journal.xml" in reason


def test_a_source_that_fails_is_named_waited_for_and_the_others_go_on(here: Path, served: Served) -> None:
    publish(here, A)
    (here / "feeds" / "vide.xml").write_text("")
    (here / "feeds" / "page.html").write_text("<html><p>Rien ici.</p></html>")
    served.statuses["gone.xml"] = 410
    watch(here, served, ["vide.xml", "absent.xml", "gone.xml", "page.html", "journal.xml"])
    document = fetched()
    assert outcomes(document) == {"candidate": 1}
    failures = {item["source"]: item["failure"] for item in document["sources"] if item["status"] == "failed"}
    assert failures == {
        "vide-xml": "empty",
        "absent-xml": "http",
        "gone-xml": "gone",
        "page-html": "unreadable",
    }
    assert all(item["reason"] for item in document["sources"] if item["status"] == "failed")
    alarms = {item["id"]: [one["alarm"] for one in item["alarms"]] for item in health()}
    assert alarms["gone-xml"] == ["gone"]
    assert alarms["absent-xml"] == ["failing"]
    # A day later, a first failure is tried again; after a second one, the wait is twice as long.
    assert {item["source"] for item in fetched(**at(hours=21))["sources"]} == {*failures, "journal-xml"}
    assert {item["source"] for item in fetched(**at(hours=43))["sources"]} == {"journal-xml"}
    assert {item["source"] for item in fetched(**at(hours=64))["sources"]} == {*failures, "journal-xml"}


def at(hours: int) -> dict[str, str]:
    return {"SOURCE_DATE_EPOCH": str(1795251600 + hours * 3600)}


def health(**variables: str) -> list[dict[str, object]]:
    result = run("sources", "--json", **variables)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["sources"]
    assert isinstance(found, list)
    return found


def test_a_source_that_moved_is_followed_when_someone_says_so(here: Path, served: Served) -> None:
    publish(here, A, name="nouveau.xml")
    served.moved["journal.xml"] = "nouveau.xml"
    file = here / "site_config" / "feeds.yml"
    file.write_text("# Nos sources.\n" + file.read_text())
    assert outcomes(fetched()) == {"candidate": 1}
    (source,) = health()
    assert [item["alarm"] for item in source["alarms"]] == ["moved"]  # type: ignore[attr-defined]
    assert "nouveau.xml" not in file.read_text()
    assert run("sources", "follow").exit_code == 0
    assert file.read_text().startswith("# Nos sources.\n")
    assert f"{served.root}/nouveau.xml" in file.read_text()
    assert outcomes(fetched("--force")) == {"known": 1}
    assert health()[0]["alarms"] == []


def test_silence_and_strangeness_are_alarms(here: Path, served: Served) -> None:
    publish(here, A, B, {"title": "Troisième", "link": "https://journal.example/3", "text": f"Trois. {LONG}"})
    fetched()
    assert [item["alarm"] for item in health(**at(hours=24 * 120))[0]["alarms"]] == ["silent"]  # type: ignore[attr-defined]
    spam = [
        {
            "title": f"Best casino bonus offers number {n} for players this week",
            "link": f"https://casino.example/{n}",
            "text": f"Play the best slots online and win big prizes with our exclusive welcome bonus today {n}.",
        }
        for n in range(4)
    ]
    publish(here, *spam, link="https://casino.example/")
    fetched("--force")
    assert [item["alarm"] for item in health()[0]["alarms"]] == ["language", "host"]  # type: ignore[attr-defined]


def test_what_is_disabled_is_not_asked_and_keeps_what_it_gave(here: Path, served: Served) -> None:
    publish(here, A)
    fetched()
    watch(here, served, ["journal.xml"], journal_xml="disabled: Le journal a fermé.")
    before = on_desk(here)
    assert fetched("--force")["sources"] == []
    assert on_desk(here) == before
    assert [item["alarm"] for item in health()[0]["alarms"]] == ["disabled"]  # type: ignore[attr-defined]


def test_the_yield_counts_what_was_kept_and_the_stories_born_of_it(here: Path, served: Served) -> None:
    publish(here, A, B)
    fetched()
    names = {item["title"]: item["id"] for item in listed()}
    run("keep", names[A["title"]], "--by", "ana", "--why", "Utile.")
    (item,) = (here / "content" / "watch" / "2026").glob("le-lavage*.md")
    story = here / "content" / "stories" / "cartes.md"
    story.write_text(story.read_text() + f"\nTout vient de [là](../watch/2026/{item.name}).\n")
    (source,) = health()
    assert (source["proposed"], source["kept"], source["stories"]) == (2, 1, 1)


def test_no_one_else_fetches_meanwhile(here: Path, served: Served) -> None:
    from curation.feeds.state import State

    publish(here, A)
    with State.open(here / ".cache" / "veillee" / "sources.sqlite3"):
        result = run("fetch", "--lang", "en")
    assert result.exit_code == 1
    assert "another fetch is under way" in result.stderr


def test_a_state_that_can_t_be_read_is_said(here: Path, served: Served) -> None:
    file = here / ".cache" / "veillee" / "sources.sqlite3"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"not a database at all" * 99)
    result = run("fetch", "--lang", "en")
    assert result.exit_code == 2
    assert "delete" in result.stderr
    assert file.name in result.stderr


@pytest.mark.parametrize(
    ("feeds", "sentence"),
    [
        ("sources: []\n", "no source is watched yet"),
        ("sources:\n  - id: A b\n    name: x\n    url: https://x.example/f\n", "site_config/feeds.yml:2"),
        ("sources:\n  - id: a\n    name: x\n    url: x\n", "site_config/feeds.yml:4"),
        (
            "sources:\n  - id: a\n    name: x\n    url: https://x.example\n    take: filtered\n",
            "needs “words” or “tags”",
        ),
    ],
)
def test_settings_that_are_wrong_are_said_with_their_line(here: Path, feeds: str, sentence: str) -> None:
    (here / "site_config" / "feeds.yml").write_text(feeds)
    result = run("fetch", "--lang", "en")
    assert result.exit_code == 2
    assert sentence in result.stderr
