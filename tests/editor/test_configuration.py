"""The editor's configuration is that of the models, in French, for each forge; nothing leaks, nothing is listed twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from curation.reference import SETTINGS_FILES
from portal.content import Content
from portal.formats import reference
from portal.formats.editor import configuration, configuration_text, is_reviewed, policy
from portal.formats.forms import form_of
from portal.formats.json_schema import json_schema
from portal.formats.sheet import keys as sheet_keys
from portal.language import Translator
from portal.loading import load_content, load_settings
from portal.records import KINDS, Story
from portal.records.fields import Date, Line, PersonRef
from portal.records.keys import keys_of
from portal.settings import Editor, Repository
from tests.conftest import NOW, ROOT, company
from tests.site import declare_with_editor

FRENCH = Translator("fr", "Europe/Paris")
LOCAL = Editor(backend="local")
SAME_IN_FRENCH = {"Image", "Latitude", "Solution", "Source"}


def told(content: Content, editor: Editor = LOCAL) -> dict[str, Any]:
    """The configuration as Decap reads it."""
    return dict(yaml.safe_load(configuration_text(content, editor)))


def collections(content: Content, editor: Editor = LOCAL) -> dict[str, dict[str, Any]]:
    return {collection["name"]: collection for collection in told(content, editor)["collections"]}


def by_name(fields: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in fields}


def every(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from every([*field.get("fields", []), *([field["field"]] if "field" in field else [])])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_a_collection_with_every_key_of_its_model(internal: Content, kind: str) -> None:
    model = KINDS[kind]
    found = collections(internal)[model.folder]
    names = [field["name"] for field in found["fields"]]
    assert sorted(names) == sorted([*(key.name for key in keys_of(model)), "body"])
    assert names[0] in {"title", "name", "url"}, "what it is called comes first"
    assert found["folder"] == f"content/{model.folder}"
    for key in keys_of(model):
        field = by_name(found["fields"])[key.name]
        assert field["required"] == key.required
        if key.shape.model:
            inner = {part.name for part in keys_of(key.shape.model)}
            assert {part["name"] for part in field["fields"]} == inner


def test_stories_come_first_then_what_a_team_writes_most(internal: Content) -> None:
    assert list(collections(internal))[:7] == [
        "stories", "events", "posts", "ideas", "questions", "communities", "people",
    ]  # fmt: skip


def test_a_community_has_a_folder_and_a_watch_item_a_year(internal: Content) -> None:
    found = collections(internal)
    assert found["communities"]["path"] == "{{slug}}/index"
    assert found["watch"]["path"] == "{{year}}/{{slug}}"
    assert "path" not in found["stories"]


def test_every_word_is_french_and_no_key_is_shown_bare(internal: Content) -> None:
    bare: list[str] = []
    for collection in collections(internal).values():
        kind = next(kind for kind, model in KINDS.items() if model.folder == collection["name"])
        for field in every(collection["fields"]):
            known = field["name"].replace("_", " ").capitalize()
            if field["name"] != "item" and field["label"] == known and known not in SAME_IN_FRENCH:
                bare.append(f"{kind}: {field['name']}")
    assert bare == [], "name them in portal/formats/editor/words.py"


def test_names_are_chosen_as_people_read_them(internal: Content) -> None:
    story = by_name(collections(internal)["stories"]["fields"])
    assert story["people"]["options"][0] == {"label": "Ana Lopès", "value": "ana"}
    assert story["people"]["multiple"] is True
    assert story["status"]["options"][0] == {"label": "Brouillon", "value": "draft"}
    person = by_name(collections(internal)["people"]["fields"])
    level = by_name(person["skills"]["fields"])["level"]
    assert level["options"][0] == {"label": "1 · Découvre", "value": 1}
    assert {"label": "français", "value": "fr"} in person["languages"]["options"]


def test_the_file_repeats_a_list_by_reference_so_that_a_large_company_stays_light(internal: Content) -> None:
    text = configuration_text(internal, LOCAL)
    assert text.count("value: ana\n") == 1
    assert configuration_text(internal, LOCAL) == text


def test_what_is_empty_or_half_given_can_be_said(internal: Content) -> None:
    quote = by_name(collections(internal)["stories"]["fields"])["quote"]
    assert [(part["required"], part.get("completes")) for part in quote["fields"]] == [(False, True)] * 2
    question = by_name(collections(internal)["questions"]["fields"])
    assert question["asked_on"]["default"] == "{{now}}"
    assert by_name(collections(internal)["events"]["fields"])["timezone"]["default"] == "Europe/Paris"


FORGES = {
    "github": (
        {"project": "veillee/portail", "url": "https://gateway.example"},
        {"name": "github", "repo": "veillee/portail", "base_url": "https://gateway.example", "auth_endpoint": "auth"},
        "connect-src 'self' blob: data: https://api.github.com;",
    ),
    "gitlab": (
        {"project": "veillee/portail", "app_id": "abc", "url": "https://gitlab.example/"},
        {
            "name": "gitlab", "auth_type": "pkce", "app_id": "abc", "base_url": "https://gitlab.example",
            "api_root": "https://gitlab.example/api/v4",
        },
        "connect-src 'self' blob: data: https://gitlab.example;",
    ),
    "forgejo": (
        {"project": "veillee/portail", "app_id": "abc", "url": "https://forge.example"},
        {"name": "forgejo", "app_id": "abc", "api_root": "https://forge.example/api/v1"},
        "connect-src 'self' blob: data: https://forge.example;",
    ),
    "gitea": (
        {"project": "veillee/portail", "app_id": "abc", "url": "https://forge.example"},
        {"name": "gitea", "app_id": "abc", "base_url": "https://forge.example"},
        "connect-src 'self' blob: data: https://forge.example;",
    ),
    "local": ({}, {"name": "proxy", "proxy_url": "http://127.0.0.1:8081/api/v1"}, "data: http://127.0.0.1:8081;"),
}  # fmt: skip


@pytest.mark.parametrize("forge", FORGES)
def test_each_forge_is_told_in_decaps_words_and_the_page_may_speak_with_it_alone(
    internal: Content, forge: str
) -> None:
    keys, expected, speaks = FORGES[forge]
    editor = Editor.model_validate({"backend": forge, **keys})
    found = told(internal, editor)
    assert expected.items() <= found["backend"].items()
    assert found["backend"]["branch"] == "main"
    assert found["backend"]["commit_messages"]["create"] == "Ajoute {{collection}}\u00a0: {{slug}}"
    assert speaks in policy(Repository(), editor)
    reviewed = forge != "gitea"
    assert is_reviewed(editor) is reviewed
    assert found["publish_mode"] == ("editorial_workflow" if reviewed else "simple")
    said = {collection.get("description") for collection in found["collections"]}
    at_once = "Ici, enregistrer publie aussitôt\u00a0: rien n’attend d’être relu."
    assert said == ({None} if reviewed else {at_once}), "nobody publishes without knowing it"


def test_what_a_forge_lacks_is_said_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "site.yml").write_text(
        "name: Essai\nrepository:\n  editor:\n    backend: forgejo\n    project: a/b\n"
    )
    _, problems = load_settings(tmp_path)
    assert [(problem.line, FRENCH.say(problem.message)) for problem in problems] == [
        (
            3,
            "«\u00a0repository.editor\u00a0»\u00a0: l’éditeur sur forgejo a aussi besoin de\u00a0: app_id, url",
        )
    ]


@pytest.mark.parametrize(
    ("audience", "has_one"), [("internal", True), ("external", False), ("private:cercle", False)]
)
def test_only_the_site_of_all_employees_has_an_editor(tmp_path: Path, audience: str, has_one: bool) -> None:
    content = with_editor(tmp_path).view(audience, NOW)
    found = [output.address for output in declare_with_editor(content) if output.address.startswith("admin/")]
    assert found == (["admin/index.html", "admin/config.yml"] if has_one else [])


def test_the_editor_names_nothing_of_a_private_community(tmp_path: Path) -> None:
    text = configuration_text(with_editor(tmp_path).view("internal", NOW), LOCAL)
    assert [word for word in ("cercle", "zephyr", "Zéphyr") if word in text] == []


def with_editor(folder: Path) -> Content:
    """The miniature company, whose settings name a forge for the editor."""
    of = company(folder)
    site = of / "site_config" / "site.yml"
    site.write_text(site.read_text() + "  editor:\n    backend: local\n")
    settings, problems = load_settings(of / "site_config")
    assert problems == []
    return load_content(of / "content", settings).content


@pytest.fixture
def _grown(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    class Retold(Story):
        retold_on: Date | None = None
        """When it will be told again."""
        storytellers: tuple[PersonRef, ...] = ()
        """Who tells it aloud."""
        motto: Line
        """What one remembers of it."""

    monkeypatch.setitem(KINDS, "story", Retold)
    sheet_keys.asked.cache_clear()
    yield
    sheet_keys.asked.cache_clear()


@pytest.mark.usefixtures("_grown")
def test_a_key_that_a_model_gains_is_in_form_editor_schema_and_reference_with_no_other_edit(
    internal: Content,
) -> None:
    new = ("retold_on", "storytellers", "motto")
    form = {field.name: field for field in form_of("story", internal, FRENCH).fields}
    assert [(form[name].control, form[name].label) for name in new] == [
        ("date", "Retold on"),
        ("names", "Storytellers"),
        ("line", "Motto"),
    ]
    editor = by_name(configuration(internal, LOCAL)["collections"][0]["fields"])
    assert [(editor[name]["widget"], editor[name]["hint"]) for name in new] == [
        ("datetime", "When it will be told again."),
        ("choice", "Who tells it aloud."),
        ("string", "What one remembers of it."),
    ]
    assert editor["motto"]["required"] is True
    assert editor["storytellers"]["options"] == editor["people"]["options"]
    schema = json_schema(KINDS["story"])
    assert set(new) <= set(schema["properties"])
    assert "motto" in schema["required"]
    page = reference.front_matter([KINDS["story"]])
    assert all(f"| `{name}` |" in page for name in new)
    assert "What one remembers of it." in page


def test_the_settings_of_the_editor_are_in_the_reference() -> None:
    page = reference.settings(SETTINGS_FILES)
    assert "`repository.editor.app_id`" in page
    assert json.loads((ROOT / "docs" / "reference" / "schemas" / "site.json").read_text())["$defs"]["Editor"]
