"""The JSON interface: what is published of a version never changes, and every document keeps to it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from portal.formats.api_v1 import DOCUMENTS, SCHEMAS
from portal.records import KINDS
from tests.conftest import ROOT
from tests.subscriptions.sites import documents, view

FROZEN = Path(__file__).parent / "api-v1.json"
"""The shape of version 1 as it was published. It is never written again, not even by `make bless`."""

DIGEST = "62a6ca3a738fd2a04eaf6b701a57939fd11957e35df5d0a97d5dabeffa7a8fd8"

NEVER = (
    "Version 1 of the JSON interface is published: programs of other people read it, and its shape never changes, not "
    "by a key more. Undo the change of portal/formats/api_v1, or make version 2 beside it (docs/api.md says how)."
)


def test_a_published_version_never_changes() -> None:
    assert hashlib.sha256(FROZEN.read_bytes()).hexdigest() == DIGEST, NEVER
    assert json.loads(FROZEN.read_text()) == SCHEMAS, NEVER


@pytest.mark.parametrize("audience", ["internal", "external", "private:cercle"])
def test_every_document_keeps_to_its_schema(audience: str) -> None:
    made = documents(view(audience=audience))
    for name in ("index", *DOCUMENTS):
        schema = json.loads(made[f"api/v1/schema/{name}.json"])
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        problems = [error.message for error in validator.iter_errors(json.loads(made[f"api/v1/{name}.json"]))]
        assert problems == [], f"{name}: {problems}\n{NEVER}"


def test_the_demo_keeps_to_it_too() -> None:
    """It has what the miniature company lacks: pictures, figures, every status."""
    from datetime import UTC, datetime

    from portal.formats.api_v1 import document
    from portal.loading import load_content, load_settings

    settings, _ = load_settings(ROOT / "site_config")
    content = load_content(ROOT / "content", settings).content.view(
        "internal", datetime(2026, 11, 21, 9, tzinfo=UTC)
    )
    for name in DOCUMENTS:
        found = json.loads(document(name, content))
        assert list(Draft202012Validator(SCHEMAS[name]).iter_errors(found)) == []
        assert found["count"] == len(found["items"]) > 0
        assert [item["slug"] for item in found["items"]] == sorted(item["slug"] for item in found["items"])


def test_the_index_leads_to_a_document_a_kind() -> None:
    made = documents(view())
    index = json.loads(made["api/v1/index.json"])
    assert {entry["kind"] for entry in index["documents"]} == {model.folder for model in KINDS.values()}
    for entry in index["documents"]:
        assert json.loads(made[entry["address"]])["count"] == entry["count"]
        assert entry["schema"] in made


def test_every_key_is_described() -> None:
    def walk(schema: object, place: str) -> list[str]:
        if not isinstance(schema, dict):
            return []
        missing = [] if schema.get("description") else [place]
        for key, value in schema.get("properties", {}).items():
            missing += walk(value, f"{place}.{key}")
        return missing

    assert [place for name, schema in SCHEMAS.items() for place in walk(schema, name)] == []
