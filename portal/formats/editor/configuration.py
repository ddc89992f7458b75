"""The whole configuration of the browser editor, as Decap CMS reads it: one collection a kind of record.

A pure function of the view: it lists no name that its audience may not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import join
from typing import Any

from portal import frontmatter
from portal.content import Content
from portal.formats.editor.fields import Fields
from portal.formats.editor.forge import backend, is_reviewed
from portal.labels import LABELS
from portal.language import Translator
from portal.page_words import SECTION_TITLES
from portal.problems import N_
from portal.records import KINDS, Record
from portal.records.keys import keys_of, label_key
from portal.records.places import layout
from portal.settings import Editor

FIRST = ("story", "event", "post", "idea", "question", "community", "person")
"""The kinds that come first in the editor's list; every other one follows."""

PICTURES_FOLDER = "images"
"""The folder of pictures, beside the files that show them."""

MAX_SLUG_CHARS = 70
"""A title is cut there to make the file's name: what accents and ligatures add to it still fits in a slug."""

AT_ONCE = N_("Here, saving publishes at once: nothing waits for someone to read it again.")


def configuration(content: Content, editor: Editor) -> dict[str, Any]:
    """The configuration as values; lists of names that several fields share are one object."""
    site = content.settings.site
    translator = Translator(site.language, site.timezone)
    fields = Fields(content, translator)
    logo = content.settings.logo
    return {
        "backend": backend(site.repository, editor, translator),
        "publish_mode": "editorial_workflow" if is_reviewed(editor) else "simple",
        "locale": site.language,
        **({"site_url": site.url, "display_url": site.url} if site.url else {}),
        "logo": {
            "src": f"../{logo.address if logo else 'assets/images/veillee.svg'}",
            "show_in_header": True,
        },
        "show_preview_links": False,
        "media_folder": join(editor.folder, PICTURES_FOLDER),
        "public_folder": PICTURES_FOLDER,
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "collections": [_collection(model, fields, editor, translator) for model in _kinds()],
    }


def configuration_text(content: Content, editor: Editor) -> str:
    """The same as `config.yml`."""
    return frontmatter.HANDLER.export(configuration(content, editor)) + "\n"


def _kinds() -> Iterator[type[Record]]:
    yield from (KINDS[kind] for kind in FIRST)
    yield from (model for kind, model in KINDS.items() if kind not in FIRST)


def _collection(
    model: type[Record], fields: Fields, editor: Editor, translator: Translator
) -> dict[str, Any]:
    say, kind, name = translator.gettext, model.kind, label_key(model).name
    singular = say(LABELS["kind"].get(kind, kind.replace("_", " ").capitalize()))
    found: dict[str, Any] = {
        "name": model.folder,
        "label": say(SECTION_TITLES[model.folder]) if model.folder in SECTION_TITLES else singular,
        "label_singular": singular,
        "folder": join(editor.folder, model.folder),
        "create": True,
        "extension": "md",
        "format": "veillee",
        "identifier_field": name,
        "slug": f"{{{{{name} | truncate({MAX_SLUG_CHARS})}}}}",
        "summary": f"{{{{{name}}}}}",
        "sortable_fields": _sorted_by(model, name, translator),
        "media_folder": PICTURES_FOLDER,
        "public_folder": PICTURES_FOLDER,
        "fields": fields.of(kind),
    }
    if not is_reviewed(editor):
        found["description"] = say(AT_ONCE)
    if (path := _path(model)) != "{{slug}}":
        found["path"] = path
    return found


def _path(model: type[Record]) -> str:
    """Where the file of a record is inside the folder of its kind, without its extension."""
    inner = layout(model).removeprefix(f"{model.folder}/").removesuffix(".md")
    return inner.replace("<slug>", "{{slug}}").replace("<year>", "{{year}}")


def _sorted_by(model: type[Record], name: str, translator: Translator) -> list[str]:
    """The name first, then the days: the editor sorts its lists by them."""
    days = [key.name for key in keys_of(model) if key.shape.form in {"date", "moment"}]
    return [name, *days[:2]]
