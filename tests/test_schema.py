"""What is generated from the code: JSON Schemas and reference pages, complete and up to date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import typer

from curation.catalogue import field_docstrings
from curation.cli import app
from curation.reference import SETTINGS_FILES
from portal.checks import RULES
from portal.formats.json_schema import json_schema
from portal.formats.reference import example
from portal.labels import LABELS
from portal.language import LANGUAGES
from portal.loading import load_content
from portal.records import KINDS, Model, Source
from portal.records.keys import EXPECTED, Key, keys_of, label_key
from portal.records.places import layout, path_of
from tests.commands import run, write
from tests.conftest import ROOT, company

REFERENCE = ROOT / "docs" / "reference"
MODELS = [*KINDS.values(), *SETTINGS_FILES.values()]


def all_keys(model: type[Model], prefix: str = "") -> Iterator[tuple[str, Key]]:
    """Every key of a model and of its groups, by the name that the reference gives it."""
    for key in keys_of(model):
        yield prefix + key.name, key
        if key.shape.model:
            yield from all_keys(key.shape.model, f"{prefix}{key.name}{'[]' if key.shape.many else ''}.")


def test_the_committed_references_are_those_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = run("schema", "--check")
    assert result.exit_code == 0, f"run `make bless`:\n{result.stdout}"
    assert result.stdout == ""


def test_stale_files_are_named_then_written_again(tmp_path: Path) -> None:
    folder = ["--docs", str(tmp_path), "--lang", "en"]
    first = run("schema", *folder)
    assert first.exit_code == 0
    assert first.stdout.count("Written: ") == len([path for path in tmp_path.rglob("*") if path.is_file()])
    assert run("schema", *folder).stdout == ""
    assert run("schema", "--check", *folder).exit_code == 0
    (tmp_path / "checks.md").write_text("old")
    (tmp_path / "schemas" / "person.json").unlink()
    (tmp_path / "schemas" / "gone.json").write_text("{}")
    checked = run("schema", "--check", *folder)
    assert checked.exit_code == 1
    stale = [
        f"“{tmp_path}/{path}” is stale" for path in ("checks.md", "schemas/gone.json", "schemas/person.json")
    ]
    assert checked.stdout.splitlines() == stale
    assert (tmp_path / "checks.md").read_text() == "old", "--check writes nothing"
    run("schema", *folder)
    assert (tmp_path / "schemas" / "gone.json").exists(), "what isn’t ours to delete stays"
    assert run("schema", "--check", *folder).stdout.splitlines() == stale[1:2]


# --- the pages say everything -----------------------------------------------------------------------------------------


def all_commands(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every command that can be run, with the groups around it in its name."""
    for name, command in group.commands.items():
        if not hasattr(command, "commands") or command.invoke_without_command:
            yield prefix + name, command
        if hasattr(command, "commands"):
            yield from all_commands(command, f"{prefix}{name} ")


def test_every_command_and_option_is_documented() -> None:
    page = (REFERENCE / "commands.md").read_text()
    for name, command in all_commands(typer.main.get_command(app)):
        section = page.partition(f"## `veillee {name}`")[2].partition("\n## ")[0]
        assert section, name
        assert command.help
        for param in command.params:
            assert param.help, f"{name} {param.name} has no help"
            assert param.opts[0] in section or param.metavar in section
            assert param.help in section


def test_every_rule_is_documented() -> None:
    page = (REFERENCE / "checks.md").read_text()
    for rule in RULES:
        assert re.search(rf"^\| `{rule.name}` \| {rule.severity.value} \| \S.+ \|$", page, re.MULTILINE), (
            rule.name
        )


def test_the_rules_of_reading_are_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(company(tmp_path))
    write(tmp_path, skills__a="x", skills__b="---\n---\n", skills__c="---\ntitle: x\nz: 1\n---\n", x__y="")
    write(tmp_path, skills__d="---\ntitle: 3\n---\n", skills__e="\0")
    problems = json.loads(run("check", "--format", "json").stdout)["problems"]
    page = (REFERENCE / "checks.md").read_text()
    found = {problem["rule"] for problem in problems}
    assert len(found) == 6
    assert all(f"| `{rule}` |" in page for rule in found)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_described_and_documented(model: type[Model]) -> None:
    page = (
        REFERENCE / ("settings.md" if model in SETTINGS_FILES.values() else "front-matter.md")
    ).read_text()
    for name, key in all_keys(model):
        assert key.description, f"{model.__name__}.{name} has no docstring"
        assert re.search(rf"^\| `{re.escape(name)}` \|", page, re.MULTILINE), name


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_shows_its_least_front_matter_and_it_is_accepted(kind: str) -> None:
    model = KINDS[kind]
    least = example(model)
    record = model.read(least, Source(path_of(model, "x", 2026), "x"))
    assert record.label == least[label_key(model).name]
    page = (REFERENCE / "front-matter.md").read_text()
    assert f"veillee new {kind}" in page
    assert f"content/{layout(model)}" in page


def test_the_paths_that_are_documented_are_those_that_are_read(tmp_path: Path) -> None:
    for model in KINDS.values():
        file = tmp_path / path_of(model, "x", 2026)
        file.parent.mkdir(parents=True)
        file.write_text("x")
    loaded = load_content(tmp_path)
    assert {problem.rule for problem in loaded.problems} == {"front-matter"}, "each is in its place"
    assert loaded.unreadable == {(kind, "x") for kind in KINDS}


# --- keys, labels and words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_a_choice_has_its_label(kind: str) -> None:
    for name, key in all_keys(KINDS[kind]):
        if key.shape.form == "choice":
            assert key.shape.labels.keys() == set(key.shape.choices), name


def test_no_two_groups_of_labels_are_taken_for_each_other() -> None:
    groups = [frozenset(group) for name, group in LABELS.items() if name not in {"level", "interest"}]
    assert len(set(groups)) == len(groups)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_shapes_agree_with_the_models(model: type[Model]) -> None:
    for key in keys_of(model):
        names = [name for name, info in model.model_fields.items() if (info.alias or name) == key.name]
        (name,) = names
        info = model.model_fields[name]
        assert key.required == info.is_required()
        assert key.shape.expected in EXPECTED.values()
        assert key.shape.many == (
            get_origin(info.annotation) is tuple and Ellipsis in get_args(info.annotation)
        )


def test_what_babel_extracts_is_what_is_said() -> None:
    files = [
        *(ROOT / "portal" / "records").glob("*.py"),
        *(
            ROOT / "portal" / name
            for name in ("settings.py", "subscriptions.py", "directory_import.py", "mailing.py")
        ),
    ]
    extracted = {text for file in files for _, text in field_docstrings(file.read_bytes())}
    said = {key.description for model in MODELS for _, key in all_keys(model)}
    assert said <= extracted


# --- JSON Schema ------------------------------------------------------------------------------------------------------


def resolved(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """The part that describes one value: without `null`, list and `$ref`."""
    if "$ref" in schema:
        return resolved(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root)
    if "items" in schema:
        return resolved(schema["items"], root)
    others = [option for option in schema.get("anyOf", []) if option.get("type") != "null"]
    return resolved(others[0], root) if others else schema


def agrees(schema: dict[str, Any], model: type[Model], root: dict[str, Any]) -> None:
    keys = keys_of(model)
    assert schema["properties"].keys() == {key.name for key in keys}
    assert set(schema.get("required", [])) == {key.name for key in keys if key.required}
    assert schema["additionalProperties"] is False
    for key in keys:
        prop = schema["properties"][key.name]
        value = resolved(prop, root)
        # Pydantic leaves out what a definition says in the same words.
        assert prop.get("description", value.get("description")) == key.description
        assert value.get("x-reference") == key.shape.reference
        assert tuple(value.get("enum", ())) == (key.shape.choices if key.shape.form == "choice" else ())
        assert (value.get("contentMediaType") == "text/markdown") == (key.shape.form == "markdown")
        assert (prop.get("type") == "array") == key.shape.many
        if key.shape.model:
            agrees(value, key.shape.model, root)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_schemas_agree_with_the_models(model: type[Model]) -> None:
    schema = json_schema(model)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    agrees(schema, model, schema)


def test_there_is_a_schema_a_kind_and_a_settings_file() -> None:
    names = {file.stem for file in (REFERENCE / "schemas").glob("*.json")}
    assert names == {*KINDS, "site", "checks", "feeds", "import", "synonyms", "mailing"}
    for file in (REFERENCE / "schemas").glob("*.json"):
        assert json.loads(file.read_text())["type"] == "object"


def test_decisions_have_their_three_parts() -> None:
    for file in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        text = file.read_text()
        assert text.startswith(f"# {file.name[:4]} · ")
        assert all(part in text for part in ("**What.**", "**Why.**", "**What would change our mind.**")), (
            file.name
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_can_speak_each_language(language: str, tmp_path: Path) -> None:
    assert run("schema", "--docs", str(tmp_path), "--lang", language).exit_code == 0
