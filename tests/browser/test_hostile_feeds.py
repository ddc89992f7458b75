"""From a hostile feed to a page in a real browser: nothing that a feed holds ever runs or calls another site."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape, quoteattr

import pytest
from playwright.sync_api import Page

from curation.desk.items import Words
from portal.loading import load_content
from portal.records.fields import UNSAFE_CHARS
from tests.commands import process
from tests.conftest import NOW, company
from tests.desk.desks import opened
from tests.feeds.companies import watch
from tests.feeds.serving import serving
from tests.payloads import PAYLOADS
from tests.site import build

TEXT = "Un paragraphe assez long pour être lu comme le début d’un article sur les filtres à sable du numéro {n}. "
MARK = "Payload"

LIVE_ATTRIBUTES = r"""() => {
    const shows = /^(src|srcset|poster|data|style|xlink:href)$/i, leads = /^(href|action|formaction)$/i;
    const outside = /evil\.example|^\s*(javascript|vbscript|data):/i;
    const usual = /^(https?:|mailto:|tel:|#|[./]|[\w-]+\/)/i;
    const isLive = ({name, value}) => /^on/i.test(name) || (shows.test(name) && outside.test(value))
        || (leads.test(name) && !usual.test(value));
    return [...document.querySelectorAll('.v-main *, head *')].flatMap(element =>
        [...element.attributes].filter(isLive).map(({name, value}) => `${element.tagName} ${name}=${value}`));
}"""
"""Attributes that run something, show something of another site, or lead somewhere odd."""

TOUCH_EVERYTHING = """() => {
    for (const element of document.querySelectorAll('.v-main *'))
        for (const type of ['mouseover', 'mouseenter', 'focus', 'focusin', 'animationstart', 'toggle', 'error'])
            element.dispatchEvent(new Event(type, {bubbles: true}));
}"""
"""What a reader who passes over a page would start, in every element: handlers hear these events like real ones."""


@dataclass(frozen=True)
class Site:
    """A built site on loopback, and the paths of its pages."""

    root: str
    pages: list[str]


def hostile_rss() -> str:
    """Each payload in every field that RSS and its neighbours have, as text and as markup."""
    items = []
    for number, payload in enumerate(PAYLOADS):
        text, value = escape(UNSAFE_CHARS.sub("", payload)), quoteattr(UNSAFE_CHARS.sub("", payload))
        said, query = escape(TEXT.format(n=number)), escape(payload[:60], {chr(34): ""})
        items.append(
            f"<item><title>{MARK} {number} {text}</title><link>https://a.example/{number}?q={query}</link>"
            f'<guid isPermaLink="false">{number} {text}</guid><author>{text}</author><dc:creator>{text}</dc:creator>'
            f"<category domain={value}>{text}</category><enclosure url={value} type={value} length='1'/>"
            f"<description>{said}{text}</description>"
            f"<content:encoded>{said}{text}{said}</content:encoded><source url={value}>{text}</source>"
            f"<media:thumbnail url={value}/><pubDate>Thu, 12 Nov 2026 08:00:00 GMT</pubDate></item>"
        )
    body = UNSAFE_CHARS.sub("", "".join(items))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>{escape(PAYLOADS[0])}</title><link>javascript:pwned()</link>{body}</channel></rss>"
    )


def hostile_json() -> str:
    """The same in JSON Feed, whose strings hold anything."""
    items = [
        {
            "id": payload, "url": f"https://b.example/{number}", "title": f"{MARK} JSON {number} {payload}",
            "content_html": TEXT.format(n=f"{number} bis") + payload, "tags": [payload],
            "authors": [{"name": payload, "url": payload}],
            "image": payload, "external_url": payload, "date_published": payload, "language": payload,
            "attachments": [{"url": payload, "mime_type": payload}],
        }
        for number, payload in enumerate(PAYLOADS)
    ]  # fmt: skip
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": PAYLOADS[1], "items": items})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Hostile feeds fetched, every candidate kept, the site built and served."""
    here = company(tmp_path_factory.mktemp("hostile"))
    (here / "feeds").mkdir()
    (here / "feeds" / "hostile.xml").write_text(hostile_rss())
    (here / "feeds" / "hostile.json").write_text(hostile_json())
    with serving(here / "feeds") as served:
        watch(here, served, ["hostile.xml", "hostile.json"])
        done = process("fetch", cwd=here)
        assert done.returncode == 0, done.stderr
    desk = opened(here)
    found = [candidate for candidate in desk.candidates if candidate.url]
    assert len(found) > 0.9 * len(PAYLOADS)
    for candidate in found:
        desk.keep(candidate, "ana", Words("Pour voir ce qui en reste."), NOW)
    assert load_content(here / "content").problems == ()
    done = build(here / "site", content=here / "content", config=here / "site_config")
    assert done.returncode == 0, done.stderr
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(here / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pages = [
        file.parent.relative_to(here / "site").as_posix() + "/"
        for file in (here / "site" / "veille").rglob("index.html")
    ]
    yield Site(f"http://127.0.0.1:{server.server_port}/", sorted(pages))
    server.shutdown()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_nothing_of_a_hostile_feed_runs_or_calls_out(page: Page, site: Site) -> None:
    ran: list[str] = []
    left: list[str] = []
    page.expose_function("pwned", lambda: ran.append(page.url))
    page.on("dialog", lambda dialog: (ran.append(page.url), dialog.dismiss()))
    page.on("request", lambda asked: None if asked.url.startswith(site.root) else left.append(asked.url))
    assert len(site.pages) > len(PAYLOADS)
    shown = 0
    for path in site.pages:
        page.goto(site.root + path)
        shown += MARK in (page.text_content("h1") or "")
        live = page.evaluate(LIVE_ATTRIBUTES)
        assert live == [], path
        page.evaluate(TOUCH_EVERYTHING)
    assert shown > len(PAYLOADS)
    assert ran == []
    assert left == []
