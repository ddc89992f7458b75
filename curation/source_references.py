"""What the sources of `feeds.yml` name in the content exists. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from portal.content import Content
from portal.problems import N_, Message, Problem, message
from portal.subscriptions import Feeds
from portal.validation import nearest

_NAMED = {"communities": "community", "skills": "skill", "owner": "person"}


def dangling(feeds: Feeds, content: Content, path: str) -> Iterator[Problem]:
    """A problem a name that no file has; `path` is the settings file as the user reads it."""
    for place, source in enumerate(feeds.sources):
        for key, kind in _NAMED.items():
            value = getattr(source, key)
            for slug in value if isinstance(value, tuple) else filter(None, (value,)):
                if content.get(kind, slug) is None:
                    said = _dangling(key, slug, nearest(slug, [record.slug for record in content.of(kind)]))
                    yield Problem(path, feeds.line_of("sources", place, key), "dangling-reference", said)


def _dangling(key: str, slug: str, proposal: str | None) -> Message:
    if proposal:
        what = N_("“{key}” names “{slug}”, which doesn’t exist: did you mean “{proposal}”?")
        return message(what, key=key, slug=slug, proposal=proposal)
    what = N_("“{key}” names “{slug}”, which doesn’t exist: take the name away, or create its file")
    return message(what, key=key, slug=slug)
