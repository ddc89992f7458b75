"""The files that pure functions write: the company’s colours and logo, and what the browser’s scripts read."""

from __future__ import annotations

import json
from collections.abc import Iterator

from portal.addresses import address_of, fragment_address
from portal.content import Content
from portal.formats.forms import names_of
from portal.formats.night import night_stylesheet
from portal.formats.theme import stylesheet
from portal.language import Translator
from portal.outputs.output import INSIDE, DocumentOutput


def data_files(content: Content) -> Iterator[DocumentOutput]:
    """The company’s logo and colours, and what scripts read."""
    if logo := content.settings.logo:
        yield DocumentOutput(logo.address, render=lambda _: logo.content)
    yield DocumentOutput("assets/theme.css", render=lambda content: stylesheet(content.settings.site.colours))
    yield DocumentOutput(
        "assets/night.css", render=lambda content: night_stylesheet(content.settings.site.colours)
    )
    yield DocumentOutput("territories.json", render=territories_json)
    yield DocumentOutput("form-data.json", INSIDE, render=form_data_json)


def territories_json(content: Content) -> str:
    """What the browser needs to sort by nearness: each territory's title, parent and fragment."""
    language = content.settings.site.language
    listed = {
        item.slug: {
            "title": item.title,
            "parent": item.parent,
            "url": address_of(item, language),
            "near": fragment_address(item, language, "near"),
        }
        for item in content.territories()
    }
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def form_data_json(content: Content) -> str:
    """What completes the names that are typed into forms: `names_of`, by list."""
    site = content.settings.site
    names = names_of(content, Translator(site.language, site.timezone))
    return json.dumps(names, ensure_ascii=False, separators=(",", ":"))
