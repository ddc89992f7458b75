"""The content model as JSON Schema 2020-12, for editors and other tools. References say which kind they mean."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from portal.records.base import Model
from portal.records.keys import Key, keys_of

DIALECT = GenerateJsonSchema.schema_dialect


class _Schema(GenerateJsonSchema):
    """Pydantic's schema without the titles that it makes up from the keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never: the key is its own title."""
        return False


def json_schema(model: type[Model]) -> dict[str, Any]:
    """The schema of a model, by the names that files use.

    Beyond the standard's words: `x-reference` is the kind of record whose slug is expected;
    `contentMediaType: text/markdown` marks Markdown.
    """
    schema = model.model_json_schema(by_alias=True, schema_generator=_Schema)
    definitions = schema.get("$defs", {})
    _annotate(schema, model, definitions)
    return {"$schema": DIALECT, **schema}


def schema_text(model: type[Model]) -> str:
    """The schema as a file, ended by one line end."""
    return json.dumps(json_schema(model), ensure_ascii=False, indent=2) + "\n"


def _annotate(schema: dict[str, Any], model: type[Model], definitions: dict[str, Any]) -> None:
    for key in keys_of(model):
        _annotate_key(schema["properties"][key.name], key)
        if key.shape.model:
            _annotate(definitions[key.shape.model.__name__], key.shape.model, definitions)


def _annotate_key(prop: dict[str, Any], key: Key) -> None:
    if key.shape.reference:
        _value_of(prop)["x-reference"] = key.shape.reference
    elif key.shape.form == "markdown":
        _value_of(prop)["contentMediaType"] = "text/markdown"


def _value_of(prop: dict[str, Any]) -> dict[str, Any]:
    """The part of a property's schema that describes one value: inside a list, beside `null`."""
    if "items" in prop:
        return _value_of(prop["items"])
    for option in prop.get("anyOf", ()):
        if option.get("type") != "null":
            return _value_of(option)
    return prop
