"""The list of those who receive a letter: what is read in it, what is refused, and where it may lie."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from curation.newsletter.recipients import parse_list
from tests.commands import run
from tests.newsletter.letters import LETTER, listed, plain, with_letter


def test_one_address_a_line_each_once_whatever_its_case() -> None:
    found = parse_list(
        "# la communication\n\nana@mini.example\nBen Roy <ben@mini.example>\nANA@mini.example\n"
        "chloe@mini.example;  \n  dan@mini.example # de retour en mars\n",
        "liste.txt",
    )
    assert found.addresses == (
        "ana@mini.example",
        "ben@mini.example",
        "chloe@mini.example",
        "dan@mini.example",
    )
    assert (found.problems, found.repeated) == ((), 1)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_file_has_its_column(separator: str) -> None:
    rows = [
        ["Nom", "Courriel", "Site"],
        ["Lopès", "ana@mini.example", "Sud"],
        ["Roy", "ben@mini.example", ""],
    ]
    text = "\ufeff" + "\r\n".join(separator.join(row) for row in rows)
    found = parse_list(text, "liste.csv")
    assert (found.addresses, found.problems) == (("ana@mini.example", "ben@mini.example"), ())


def test_what_can_t_be_written_to_is_said_with_its_line() -> None:
    text = "ana@mini.example\nben\nchloé@mini.example\na@b@c.example\nana@mini\n.dan@mini.example\nx@-a.example\n"
    found = parse_list(f"{text}{'a' * 250}@mini.example\nana@mini.example\r\nBcc: x@y.example\n", "l.txt")
    assert found.addresses == ("ana@mini.example",)
    assert [(item.path, item.line) for item in found.problems] == [
        ("l.txt", line) for line in (2, 3, 4, 5, 6, 7, 8, 10)
    ]


def test_with_a_wrong_line_nothing_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(with_letter(tmp_path / "company"))
    file = listed(tmp_path / "apart", "ana@mini.example", "ben chez mini")
    told = run("newsletter", LETTER, "--to", str(file))
    assert told.exit_code == 1
    assert f"{file}:2: erreur: « ben chez mini » n’est pas une adresse" in plain(told.output)
    sent = run("newsletter", LETTER, "--to", str(file), "--send", "--smtp", "smtp://127.0.0.1:9")
    assert sent.exit_code == 1
    assert "rien n’a été envoyé" in plain(sent.stderr)


def test_a_list_in_a_repository_is_refused_links_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(here := with_letter(tmp_path / "company"))
    subprocess.run(["git", "init", "--quiet", str(here)], check=True)
    inside = listed(here / "secret", "ana@mini.example")
    apart = tmp_path / "apart.txt"
    apart.symlink_to(inside)
    for file in (inside, apart):
        refused = run("newsletter", LETTER, "--to", str(file))
        assert refused.exit_code == 2
        assert "gardez la liste d’adresses en dehors" in plain(refused.stderr)
    missing = run("newsletter", LETTER, "--to", str(tmp_path / "nowhere.txt"))
    assert missing.exit_code == 2
    assert "nowhere.txt" in plain(missing.stderr)
