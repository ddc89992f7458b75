"""A small company with a directory, for the tests: writes its exports, imports them, and looks at what came of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.commands import run

SETTINGS = """\
id: Matricule
keys:
  - {key: name, columns: ["{Prénom} {Nom}"]}
  - {key: job_title, columns: [Emploi]}
  - {key: territory, columns: [Site], values: {Lille: nord, Marseille: sud}}
  - {key: contact.email, columns: [Courriel]}
  - {key: contact.phone, columns: [Tél]}
  - {key: languages, columns: [Langues], separator: /}
  - {key: joined, columns: [Entrée]}
  - {key: left, columns: [Sortie], values: {31/12/2099: ""}}
dates: [dd/mm/yyyy]
departed: {column: Statut, values: [Sorti]}
max_leaving_share: 1
"""
HEADER = "Matricule;Prénom;Nom;Emploi;Site;Courriel;Tél;Langues;Entrée;Sortie;Statut"
COLUMNS = HEADER.split(";")
ZOE = {
    "Matricule": "007", "Prénom": "Zoé", "Nom": "Ba", "Emploi": "Hydraulicienne", "Site": "Lille",
    "Courriel": "zoe@mini.example", "Tél": "01 02", "Langues": "français/anglais", "Entrée": "05/11/2026",
    "Sortie": "31/12/2099", "Statut": "Actif",
}  # fmt: skip
ANA = {
    "Matricule": "001", "Prénom": "Ana", "Nom": "Lopès", "Emploi": "Directrice du Sud", "Site": "Marseille",
    "Courriel": "ana@mini.example", "Langues": "français/portugais", "Entrée": "06/01/2020",
}  # fmt: skip
BEN = {
    "Matricule": "002", "Prénom": "Ben", "Nom": "Okoye", "Emploi": "Technicien", "Site": "Usine", "Langues": "fr/en",
    "Courriel": "ben@mini.example", "Entrée": "01/10/2026",
}  # fmt: skip


def settings(here: Path, more: str = "", text: str = SETTINGS) -> None:
    """What the company says of its directory."""
    (here / "site_config" / "import.yml").write_text(text + more)


def export(here: Path, *rows: dict[str, str]) -> Path:
    """A directory of these people."""
    lines = [HEADER, *(";".join(row.get(column, "") for column in COLUMNS) for row in rows)]
    file = here / "rh.csv"
    file.write_text("\n".join(lines) + "\n")
    return file


def imported(*options: str, file: str = "rh.csv", code: int = 0) -> dict[str, Any]:
    """Import and write; what the command says to programs."""
    return planned("--apply", *options, file=file, code=code)


def planned(*options: str, file: str = "rh.csv", code: int = 0) -> dict[str, Any]:
    """What an import would do, as the command says it to programs."""
    result = run("import", "people", file, "--json", "--lang", "en", *options)
    assert result.exit_code == code, result.output
    document = json.loads(result.stdout)
    assert isinstance(document, dict)
    return document


def actions(document: dict[str, Any]) -> dict[str, str]:
    """What is done for each profile that is named, by its slug."""
    return {Path(change["path"]).stem: change["action"] for change in document["changes"]}


def kept(document: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Key, value here and value in the directory of each difference that stays."""
    return [
        (item["key"], item["here"], item["there"])
        for change in document["changes"]
        for item in change["kept"]
    ]


def said(document: dict[str, Any]) -> list[tuple[int, str]]:
    """Line and sentence of each problem."""
    return [(problem["line"], problem["message"]) for problem in document["problems"]]


def profile(here: Path, slug: str) -> str:
    """The file of a person."""
    return (here / "content" / "people" / f"{slug}.md").read_text()


def memory(here: Path, slug: str) -> Path:
    """The file that remembers what the last import put in a profile."""
    return here / "desk" / "imports" / "people" / f"{slug}.yml"


def files(here: Path) -> dict[str, bytes]:
    """Every file of the content and the desk, with its bytes."""
    return {
        file.relative_to(here).as_posix(): file.read_bytes()
        for folder in ("content", "desk")
        for file in sorted((here / folder).rglob("*"))
        if file.is_file()
    }


def change(here: Path, slug: str, before: str, after: str) -> None:
    file = here / "content" / "people" / f"{slug}.md"
    assert before in file.read_text()
    file.write_text(file.read_text().replace(before, after))
