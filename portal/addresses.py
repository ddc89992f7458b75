"""Where every page of a site is: words of addresses follow the language, the rest comes from slugs."""

from __future__ import annotations

from collections.abc import Mapping

from portal.records import Record
from portal.records.places import CONTRIBUTE, SEARCH, SUBSCRIBE

ADDRESSES: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "people": "annuaire", "skills": "competences", "communities": "communautes", "territories": "territoires",
        "events": "agenda", "stories": "histoires", "questions": "questions", "ideas": "idees", "watch": "veille",
        "posts": "billets", "guides": "guides", "newsletters": "lettres", "contribute": "contribuer", "search": "recherche",
        "subscribe": "s-abonner",
    },
    "en": {
        "people": "directory", "skills": "skills", "communities": "communities", "territories": "territories",
        "events": "agenda", "stories": "stories", "questions": "questions", "ideas": "ideas", "watch": "watch",
        "posts": "posts", "guides": "guides", "newsletters": "newsletters", "contribute": "contribute", "search": "search",
        "subscribe": "subscribe",
    },
}  # fmt: skip
"""The first part of every address, by language and folder; `contribute` is that of the forms, which have no folder."""

FORM_ADDRESSES: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "person": "profil", "story": "histoire", "event": "rencontre", "question": "question", "idea": "idee",
        "watch_item": "lecture",
    },
    "en": {
        "person": "profile", "story": "story", "event": "meeting", "question": "question", "idea": "idea",
        "watch_item": "reading",
    },
}  # fmt: skip
"""The second part of each form's address, by language and kind."""


SCREEN: Mapping[str, str] = {"fr": "ecran", "en": "screen"}
"""The first part of the address of the lobby's screens, by language."""

POSTER: Mapping[str, str] = {"fr": "affiche", "en": "poster"}
"""The last part of a poster's address, below the page that it shows, by language."""


def address_of(record: Record, language: str) -> str:
    """The address of a record's page, without `index.html` (`annuaire/awa-diop/`)."""
    base = ADDRESSES[language][record.folder]
    inner = record.path.removeprefix(record.folder + "/").removesuffix(".md").removesuffix("/index")
    return f"{base}/{inner}/"


def section_address(section: str, language: str) -> str:
    """The address of a listing (`annuaire/`)."""
    return ADDRESSES[language][section] + "/"


def form_address(kind: str, language: str) -> str:
    """The address of the form of a kind (`contribuer/question/`)."""
    return f"{section_address(CONTRIBUTE, language)}{FORM_ADDRESSES[language][kind]}/"


def az_address(language: str) -> str:
    """The address of the index from A to Z (`recherche/a-z/`)."""
    return f"{section_address(SEARCH, language)}a-z/"


def fragment_address(record: Record, language: str, name: str) -> str:
    """The address of a fragment that belongs to a record."""
    return f"{address_of(record, language)}{name}.html"


def screen_address(language: str, territory: Record | None = None) -> str:
    """The address of the lobby's screen, of the whole company or of a territory (`ecran/bretagne/`)."""
    return f"{SCREEN[language]}/{territory.slug}/" if territory else f"{SCREEN[language]}/"


def poster_address(record: Record, language: str) -> str:
    """The address of a record's poster (`histoires/ecouter-le-plastique/affiche/`)."""
    return f"{address_of(record, language)}{POSTER[language]}/"


def absolute(address: str, site_url: str) -> str:
    """An address of the site with the whole of where it is read."""
    return f"{site_url.rstrip('/')}/{address}"


def atom_address(page: str) -> str:
    """The Atom feed of a page, which stands beside it (`communautes/donnees/atom.xml`); `page` is empty for all."""
    return f"{page}atom.xml"


def json_feed_address(page: str) -> str:
    """The JSON Feed of a page, beside it too."""
    return f"{page}feed.json"


def calendar_address(page: str) -> str:
    """The calendar of a page (`territoires/occitanie/agenda.ics`)."""
    return f"{page}agenda.ics"


def event_file_address(record: Record, language: str) -> str:
    """The file that puts one meeting in someone's own agenda; its name is what they find among their downloads."""
    return f"{address_of(record, language)}{record.slug}.ics"


def vcard_address(record: Record, language: str) -> str:
    """The vCard of a person or a community."""
    return f"{address_of(record, language)}{record.slug}.vcf"


def sources_address(language: str) -> str:
    """The list of the sources of the watch, as OPML."""
    return f"{section_address('watch', language)}sources.opml"


def feeds_list_address(language: str) -> str:
    """The list of every feed of the portal, as OPML."""
    return f"{section_address(SUBSCRIBE, language)}veillee.opml"
