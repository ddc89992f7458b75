"""When a meeting is held, in words, on the clock of its place; the portal's own hour is added where it differs."""

from __future__ import annotations

from datetime import datetime

from portal.language import Translator
from portal.records import Event


def days_of(event: Event, start: datetime, end: datetime, say: Translator) -> str:
    """« jeudi 3 décembre 2026 », or both days for several whole ones."""
    first, last = start.date(), end.date()
    if event.all_day and first != last:
        both = {"start": say.date(first, "full"), "end": say.date(last, "full")}
        return say.gettext("From %(start)s to %(end)s") % both
    return say.date(first, "full")


def hours_of(event: Event, start: datetime, end: datetime, say: Translator) -> str:
    """« 08:30 à 09:30 », maybe of another day."""
    times = {"start": say.time(start.timetz()), "end": say.time(end.timetz())}
    days = (end.date() - start.date()).days
    if days == 0:
        said = say.gettext("%(start)s to %(end)s") % times
    elif days == 1:
        said = say.gettext("%(start)s to %(end)s the next day") % times
    else:
        said = say.gettext("%(start)s to %(end)s on %(day)s") % {**times, "day": say.date(end.date())}
    local = say.local(start)
    if not isinstance(local, datetime) or local.utcoffset() == start.utcoffset():
        return said
    there = {"time": say.time(start), "place": say.zone_name(say.timezone)}
    return f"{said} {say.gettext('on the spot (%(time)s in %(place)s)') % there}"
