"""A kept candidate → the watch item that readers will see. Text out; nothing is written here."""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from curation.desk.candidates import Candidate
from curation.desk.decision import Decision
from curation.judging.text import as_markdown_quote
from curation.new import Draft, compose
from curation.tree import Tree
from portal import frontmatter
from portal.records import WatchItem
from portal.records.keys import keys_of
from portal.slugs import MAX_SLUG_BYTES, slugify


@dataclass(frozen=True)
class Words:
    """What a curator says of what is kept; `title` and `url` only where they aren't the source's."""

    why: str
    communities: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    title: str | None = None
    url: str | None = None


def item_draft(decision: Decision, tree: Tree) -> Draft:
    """The watch item that a decision makes, judged by the models and the rules, at a free place."""
    return compose(WatchItem, _values(decision, tree), tree, _body(decision, tree), _slug(decision))


def item_text(decision: Decision, tree: Tree) -> str:
    """The file of the watch item that a decision makes: the same decision gives the same bytes."""
    values = _values(decision, tree)
    ordered = {key.name: values[key.name] for key in keys_of(WatchItem) if key.name in values}
    return frontmatter.write(
        {key: list(item) if isinstance(item, tuple) else item for key, item in ordered.items()},
        _body(decision, tree),
    )


def _values(decision: Decision, tree: Tree) -> dict[str, Any]:
    candidate = Candidate(decision.findings)
    curated = _day(decision.at, tree)
    published = candidate.first.published
    return {
        "title": decision.title or candidate.title,
        **({"url": url} if (url := decision.url or candidate.url) else {}),
        "source": _source(candidate, tree),
        "published": _day(published, tree) if published else curated,
        "curated_by": decision.by,
        "curated_on": curated,
        "why": decision.why or "",
        **({"communities": decision.communities} if decision.communities else {}),
        **({"skills": decision.skills} if decision.skills else {}),
        "lang": candidate.first.lang or tree.settings.site.language,
    }


def _day(moment: str, tree: Tree) -> str:
    """The portal's day of a moment."""
    return tree.translator.local(datetime.fromisoformat(moment)).isoformat()[:10]


def _source(candidate: Candidate, tree: Tree) -> str:
    """What readers call the first source."""
    subscription = tree.settings.feeds.get(candidate.first.source)
    return subscription.name if subscription else candidate.first.source


def _body(decision: Decision, tree: Tree) -> str:
    candidate = Candidate(decision.findings)
    if not candidate.first.excerpt:
        return ""
    named = (candidate.first.author, _source(candidate, tree))
    return as_markdown_quote(candidate.first.excerpt, ", ".join(filter(None, named)))


def _slug(decision: Decision) -> str:
    """The title's slug and a mark of the curator's choice: two who keep the same story never write the same file."""
    title = decision.title or decision.findings[0].title
    digest = sha256(f"{decision.findings[0].id}\0{decision.by}".encode()).digest()
    mark = b32encode(digest).decode().lower()[:3]
    return f"{slugify(title)[: MAX_SLUG_BYTES - 4].rstrip('-')}-{mark}"
