"""What templates may call: words, dates, addresses and Markdown. All else they ask of the content."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

import markdown
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from hooks.build import Build
from portal import labels
from portal.addresses import (
    absolute,
    address_of,
    az_address,
    event_file_address,
    feeds_list_address,
    form_address,
    fragment_address,
    poster_address,
    screen_address,
    section_address,
    sources_address,
    vcard_address,
)
from portal.content.sums import Sum
from portal.formats import jsonld
from portal.formats.editor import policy
from portal.formats.excerpt import excerpt, plain, sentences
from portal.formats.following import subject_of, subjects, ways
from portal.formats.form_ways import issue_parameters, mailto
from portal.formats.forms import form_of
from portal.formats.prefill import ABOUT, BEGINNINGS, story_query
from portal.formats.prose import finish, resolve_links
from portal.formats.qr import qr_svg
from portal.formats.sheet import Names
from portal.formats.sum_chart import draw_sum
from portal.formats.territory_map import draw_map
from portal.formats.typography import typeset
from portal.outputs import card_address
from portal.page_words import INVITATIONS
from portal.records import Record, Story
from portal.records.places import SEARCH
from portal.slugs import fold

ESCAPED = (
    "pages/", "fragments/", "components/", "supports/", "main.html", "404.html", "503.html", "editor.html",
)  # fmt: skip
"""Templates of ours: whatever they print is escaped. Material's own print HTML as it is."""


def prepare(env: Environment, build: Build, extensions: list[str], options: Mapping[str, Any]) -> Environment:
    """Give MkDocs' environment our filters, our words and our escaping."""
    say = build.translator
    env.autoescape = lambda name: name is not None and name.startswith(ESCAPED)
    env.trim_blocks = env.lstrip_blocks = True
    env.install_gettext_callables(say.gettext, say.ngettext, newstyle=True, pgettext=say.pgettext)  # type: ignore[attr-defined]
    env.filters.update(
        day=say.date,
        clock=say.time,
        skeleton=say.skeleton,
        iso=lambda moment: moment.isoformat(),
        number=say.number,
        percent=say.percent,
        listed=say.listed,
        language_name=say.language_name,
        zone_name=say.zone_name,
        hue=_hue,
        folded=fold,
        label=lambda value, group: say.gettext(labels.LABELS[group][value]),
        excerpt=excerpt,
        plain=plain,
        sentences=sentences,
        typeset=typeset if say.language == "fr" else str,
        prose=_prose_filter(build, extensions, options),
        local=say.local,
        month=lambda text: say.skeleton(date.fromisoformat(f"{text}-01"), "yMMMM"),
    )
    env.globals.update(
        content=build.content,
        site=build.settings.site,
        now=build.content.now,
        href=_href(build),
        to=_to(build),
        section_href=_section_href(build),
        form_href=_form_href(build),
        tell_href=_tell_href(build),
        came_from=ABOUT,
        beginnings=BEGINNINGS,
        sum_svg=_sum_svg(build),
        search_href=_search_href(build),
        close_to=build.close_to,
        editor_address=build.editor_address,
        editor_policy=policy,
        at=at,
        whole=lambda address: absolute(address, site_url) if (site_url := build.settings.site.url) else "",
        subjects=partial(subjects, build.content),
        subject_of=subject_of,
        subject_title=lambda subject: subject.title(say),
        ways=partial(ways, content=build.content),
        file_of=_file_of(build),
        listed_feeds=partial(_listed_feeds, build),
        form_of=partial(form_of, content=build.content, translator=say),
        forms=INVITATIONS,
        mailto=mailto,
        issue_parameters=issue_parameters(build.settings.site.repository),
        fragment_href=_fragment_href(build),
        screen_href=_screen_href(build),
        poster_href=_poster_href(build),
        card_url=lambda record: _absolute(build, card_address(record)),
        absolute=lambda page: _absolute(build, _page_address(build, page)),
        qr=lambda page, words: _qr(build, page, words),
        interval=say.interval,
        map_svg=_map(build),
        json_ld=_json_ld(build),
        labels=labels.LABELS,
    )
    return env


def _hue(slug: str) -> int:
    """One of the eight hues of avatars (0–7), always the same for a slug."""
    return sum(slug.encode()) % 8


def _href(build: Build) -> Callable[..., str]:
    @pass_context
    def href(context: Context, record: Record) -> str:
        """A record's address, relative to the page being made."""
        return _relative(context, address_of(record, build.settings.site.language))

    return href


def _to(build: Build) -> Callable[..., Markup]:
    @pass_context
    def to(context: Context, record: Record) -> Markup:
        """The `href` attribute that leads to a record; nothing for one without a page, such as someone who left."""
        found = build.address(record.path)
        return Markup("") if found is None else Markup(' href="{}"').format(_relative(context, found))

    return to


def _section_href(build: Build) -> Callable[..., str]:
    @pass_context
    def section_href(context: Context, section: str) -> str:
        """A listing's address, relative to the page being made; `home` is the first page."""
        return _relative(context, "" if section == "home" else build.section_address(section))

    return section_href


def _form_href(build: Build) -> Callable[..., str]:
    @pass_context
    def form_href(context: Context, kind: str) -> str:
        """The address of the form of a kind, relative to the page being made."""
        return _relative(context, form_address(kind, build.settings.site.language))

    return form_href


def _tell_href(build: Build) -> Callable[..., str]:
    names = Names(build.content, proposes=False)

    @pass_context
    def tell_href(context: Context, record: Record | None = None) -> str:
        """The address of the form of a story, which knows from which record's page the reader comes."""
        address = form_address(Story.kind, build.settings.site.language)
        return _relative(context, address) + story_query(record, names)

    return tell_href


def _sum_svg(build: Build) -> Callable[..., Markup]:
    def sum_svg(found: Sum, name: str) -> Markup:
        """A sum of stories' figures, drawn; `name` makes its ids unique."""
        svg = draw_sum(found, build.content, build.translator, name)
        return Markup(svg)  # noqa: S704 - the drawing escapes its own labels

    return sum_svg


def _search_href(build: Build) -> Callable[..., str]:
    @pass_context
    def search_href(context: Context, page: str = "search") -> str:
        """The address of the search, or of the index from A to Z (`a_z`), relative to the page being made."""
        language = build.settings.site.language
        return _relative(context, az_address(language) if page == "a_z" else build.section_address(SEARCH))

    return search_href


@pass_context
def at(context: Context, address: str) -> str:
    """An address of the site, relative to the page being made."""
    return _relative(context, address)


def _file_of(build: Build) -> Callable[[Record], str]:
    def file_of(record: Record) -> str:
        """The address of what puts a meeting in an agenda, or someone in an address book."""
        language = build.settings.site.language
        return (event_file_address if record.kind == "event" else vcard_address)(record, language)

    return file_of


def _listed_feeds(build: Build) -> Mapping[str, str]:
    """The addresses of the lists of feeds: the portal's own, and those that it watches."""
    language = build.settings.site.language
    return {"feeds": feeds_list_address(language), "sources": sources_address(language)}


def _fragment_href(build: Build) -> Callable[..., str]:
    @pass_context
    def fragment_href(context: Context, record: Record, name: str) -> str:
        """A fragment's address, relative to the page being made."""
        return _relative(context, fragment_address(record, build.settings.site.language, name))

    return fragment_href


def _screen_href(build: Build) -> Callable[..., str]:
    @pass_context
    def screen_href(context: Context, territory: Record | None = None) -> str:
        """The address of the lobby's screen, of all or of a territory, relative to the page being made."""
        return _relative(context, screen_address(build.settings.site.language, territory))

    return screen_href


def _poster_href(build: Build) -> Callable[..., str]:
    @pass_context
    def poster_href(context: Context, record: Record) -> str:
        """The address of a record's poster, relative to the page being made."""
        return _relative(context, poster_address(record, build.settings.site.language))

    return poster_href


def _absolute(build: Build, address: str) -> str:
    """An address as the whole world writes it; nothing where the site doesn't know its own."""
    url = build.settings.site.url
    return f"{url.rstrip('/')}/{address}" if url else ""


def _page_address(build: Build, page: Record | str) -> str:
    """The address of a record, or of a listing named by its section; `home` is the first page."""
    language = build.settings.site.language
    if isinstance(page, Record):
        return address_of(page, language)
    return "" if page == "home" else section_address(page, language)


def _qr(build: Build, page: Record | str, words: str) -> Markup:
    """The code that opens a page on a phone; nothing where the site doesn't know its own address."""
    url = _absolute(build, _page_address(build, page))
    return Markup(qr_svg(url, words)) if url else Markup("")  # noqa: S704 - the drawing escapes its own label


def _relative(context: Context, address: str) -> str:
    base = str(context.get("base_url") or ".").rstrip("/")
    return f"{base}/{address}" if base != "." or not address else address


def _prose_filter(build: Build, extensions: list[str], options: Mapping[str, Any]) -> Callable[..., Markup]:
    renderer = markdown.Markdown(extensions=extensions, extension_configs=dict(options))

    @pass_context
    def prose(context: Context, text: str, record: Record) -> Markup:
        """Markdown of a front-matter key of `record`, as safe HTML."""

        def locate(path: str) -> str | None:
            found = build.address(path)
            return None if found is None else _relative(context, found)

        renderer.reset()
        html = resolve_links(renderer.convert("\n" + text), record.path, locate)
        return Markup(finish(html, build.settings.site.language))  # noqa: S704 - sanitised on this line

    return prose


def _map(build: Build) -> Callable[..., Markup]:
    @pass_context
    def map_svg(context: Context, current: Record | None = None) -> Markup:
        """The territories on a map, each linked to its page; `current` stands out."""
        language = build.settings.site.language
        links = {
            item.slug: _relative(context, address_of(item, language)) for item in build.content.territories()
        }
        svg = draw_map(build.content, links, build.translator, current.slug if current else None)
        return Markup(svg)  # noqa: S704 - the drawing escapes its own labels

    return map_svg


def _json_ld(build: Build) -> Callable[..., Markup]:
    def json_ld(record: Record) -> Markup:
        """schema.org data of a record as a script element, or nothing for a kind that has none."""
        site = build.settings.site
        url = site.url.rstrip("/") + "/" + address_of(record, site.language) if site.url else ""
        described = jsonld.describe(record, build.content, url)
        if described is None:
            return Markup("")
        text = json.dumps(described, ensure_ascii=False, default=_iso).translate(_SCRIPT_SAFE)
        return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 - `<` can't end the script

    return json_ld


# Inside a script element only `<` and `>` and `&` could end it or begin a comment (HTML § 4.12.1.3).
_SCRIPT_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def _iso(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(value)
