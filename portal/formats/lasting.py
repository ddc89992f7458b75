"""Names that last: what feeds, calendars and cards call things, whatever their title, their rank or the site's address."""

from __future__ import annotations

from uuid import UUID, uuid5

from portal.records import Record
from portal.settings import Site

_NAMESPACE = UUID("6f0c1f0a-9f0e-5d8e-8c1c-2f9a4f3f7b51")
"""Veillée's own namespace (RFC 9562 § 5.5). It never changes: every name ever given hangs on it."""


def lasting_name(site: Site, *parts: str) -> str:
    """A `urn:uuid:` made from the company's `identity` and some words that never change."""
    return f"urn:uuid:{uuid5(uuid5(_NAMESPACE, site.identity or site.company), '/'.join(parts))}"


def name_of(record: Record, site: Site) -> str:
    """The lasting name of a record: it hangs on its kind and its slug alone, so that every audience's site agrees."""
    return lasting_name(site, record.kind, record.slug)
