"""Which columns a key comes from: those that the settings name, then those that each format always has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from curation.imports.export import Export, Format, Row
from portal.directory_import import DirectoryImport, ImportedKey
from portal.problems import N_, Problem, message
from portal.validation import nearest

KEYS: tuple[ImportedKey, ...] = get_args(ImportedKey)

_JOINED = re.compile(r"\{([^{}]+)\}")

_USUAL: Mapping[Format, Mapping[str, Sequence[str]]] = {
    "csv": {},
    # RFC 6350 § 6.
    "vcard": {
        "id": ("UID",),
        "name": ("FN", "{N.given} {N.family}"),
        "job_title": ("TITLE", "ROLE"),
        "territory": ("ORG.unit", "ADR.city"),
        "languages": ("LANG",),
        "contact.email": ("EMAIL.work", "EMAIL"),
        "contact.phone": ("TEL.work", "TEL"),
    },
    # RFC 2798 (inetOrgPerson) and RFC 4519; `employeeID` is Active Directory's.
    "ldif": {
        "id": ("employeeNumber", "employeeID", "uid"),
        "name": ("displayName", "cn", "{givenName} {sn}"),
        "job_title": ("title",),
        "territory": ("l", "departmentNumber", "department"),
        "languages": ("preferredLanguage",),
        "contact.email": ("mail",),
        "contact.phone": ("telephoneNumber", "mobile"),
        "contact.office": ("physicalDeliveryOfficeName", "roomNumber"),
    },
}


def sources(key: str, settings: DirectoryImport, form: Format) -> tuple[str, ...]:
    """The columns of a key or of the `id`, the first that isn't empty first."""
    given = [settings.id] if settings.id else []
    if key != "id":
        given = [source for column in settings.keys if column.key == key for source in column.columns]
    return (*given, *_USUAL[form].get(key, ()), *([] if key == "id" else [key]))


def wanted(settings: DirectoryImport) -> tuple[str, ...]:
    """Every column that the settings name, or that a CSV file may name like a key."""
    found = [
        name for key in ("id", *KEYS) for source in sources(key, settings, "csv") for name in names(source)
    ]
    return (*found, *([settings.departed.column] if settings.departed else []))


def names(source: str) -> tuple[str, ...]:
    """The columns that a source is made of: itself, or those in its braces."""
    return tuple(_JOINED.findall(source)) or (source,)


def texts(row: Row, candidates: Sequence[str]) -> tuple[str, ...]:
    """What the first of these sources that isn't empty holds."""
    return next((found for source in candidates if (found := _texts(row, source))), ())


def _texts(row: Row, source: str) -> tuple[str, ...]:
    if not _JOINED.search(source):
        return row.texts(source)
    joined = _JOINED.sub(lambda found: " ".join(row.texts(found[1])[:1]), source)
    return (" ".join(joined.split()),) if any(row.texts(name) for name in names(source)) else ()


def spoken_of(export: Export, settings: DirectoryImport) -> frozenset[ImportedKey]:
    """The keys that this file has columns for: what it leaves empty there, it says is empty."""
    return frozenset(
        key
        for key in KEYS
        if any(export.has(name) for source in sources(key, settings, export.format) for name in names(source))
    )


def missing(export: Export, settings: DirectoryImport, path: str) -> Iterator[Problem]:
    """Columns of a CSV file that the settings name and that its first line doesn't."""
    if export.format != "csv":
        return
    what = N_("there is no column “{column}”: the first line names {columns}")
    near = N_("there is no column “{column}”: did you mean “{proposal}”?")
    named = [
        names(column.columns[0])[0]
        for column in settings.keys
        if column.columns and not any(export.has(name) for source in column.columns for name in names(source))
    ]
    named += [settings.id] if settings.id else []
    named += [settings.departed.column] if settings.departed else []
    known = tuple(export.columns.values())
    for column in dict.fromkeys(named):
        if not export.has(column):
            said = message(what, column=column, columns=known[:20])
            if proposal := nearest(column, known):
                said = message(near, column=column, proposal=proposal)
            yield Problem(path, 1, "missing-column", said)
