"""An iCalendar to subscribe to (RFC 5545): when each listing opens, closes and starts.

Written here and not by a library, which holds a whole calendar before it writes any (docs/decisions/0012). An hour in
the UK stands in the UK's zone, which the calendar describes; one of another zone is given in UTC, the same moment
everywhere. An entry that is off says nothing but its name, its number and a day, which RFC 5546 asks for.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from directory.catalogue import wording
from directory.catalogue.kinds import KINDS
from directory.catalogue.models import DatedEntry, Opportunity
from directory.catalogue.vocabulary import Milestone
from directory.exports.plain import line, lines
from directory.exports.selection import Selection
from directory.foundation import addresses
from directory.foundation.clock import UK
from directory.foundation.date_words import hour, paper_day
from directory.foundation.settings import Settings

MEDIA_TYPE = "text/calendar; charset=utf-8"
# Dates gone by, and words that one is off, stay for as long as a phone may take to come back to its calendars.
KEPT_FOR = timedelta(days=90)
REFRESHED_EVERY = "PT12H"
LONGEST_LINE = 75  # octets, without the line's end

SAYS = {Milestone.OPENS: "Opens", Milestone.CLOSES: "Closes", Milestone.STARTS: "Starts"}
UK_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:STANDARD",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZNAME:GMT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19970330T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZNAME:BST",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_NOT_IN_AN_ADDRESS = re.compile(r"[^!-~]")

Dated = tuple[Opportunity, list[DatedEntry]]


def write(
    selection: Selection,
    dated: Iterable[Dated],
    off: Iterable[tuple[DatedEntry, bool]],
    settings: Settings,
) -> Iterator[str]:
    """Write the calendar: each listing with its entries, then the entries that are ``off`` and if theirs is public."""
    yield _folded(_opening(selection, settings))
    for row, entries in dated:
        for entry in entries:
            yield _folded(_event(row, entry, settings, selection.notes.get(row.id, "")))
    for entry, is_public in off:
        yield _folded(_cancelled(entry, is_public, settings))
    yield "END:VCALENDAR\r\n"


def _opening(selection: Selection, settings: Settings) -> Iterator[str]:
    name = _text(line(f"{settings.site_name}: {selection.title}"))
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_text(line(settings.site_name))}//Opportunities//EN")
    yield from ("CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield from (f"NAME:{name}", f"X-WR-CALNAME:{name}", f"X-WR-CALDESC:{_text(lines(selection.description))}")
    yield from (f"X-WR-TIMEZONE:{UK.key}", f"URL:{_address(selection.page(settings))}")
    yield from (f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESHED_EVERY}", f"X-PUBLISHED-TTL:{REFRESHED_EVERY}")
    yield from UK_ZONE


def _event(row: Opportunity, entry: DatedEntry, settings: Settings, note: str) -> Iterator[str]:
    page = addresses.opportunity(settings, row.slug)
    changed_at = max(entry.changed_at, row.changed_at)
    yield from ("BEGIN:VEVENT", *_identity(entry, settings, changed_at), f"LAST-MODIFIED:{_stamp(changed_at)}")
    yield f"SUMMARY:{_text(line(f'{SAYS[entry.what]}: {row.title} ({row.organisation.name})'))}"
    yield f"DESCRIPTION:{_text(lines(_description(row, entry, page, note)))}"
    yield f"URL:{_address(page)}"
    yield f"CATEGORIES:{_text(KINDS[row.kind].singular)}"
    yield from ("STATUS:CONFIRMED", "TRANSP:TRANSPARENT", "END:VEVENT")


def _cancelled(entry: DatedEntry, is_public: bool, settings: Settings) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", *_identity(entry, settings, entry.changed_at))
    yield f"SUMMARY:{'No longer on this day' if is_public else 'No longer listed'}"
    yield from ("STATUS:CANCELLED", "TRANSP:TRANSPARENT", "END:VEVENT")


def _identity(entry: DatedEntry, settings: Settings, changed_at: datetime) -> Iterator[str]:
    """Give its name and its version; of two with one number programs take the later stamp (RFC 5546, 2.1.5)."""
    host = urlsplit(settings.site_address).hostname
    yield f"UID:{entry.opportunity_id}-{entry.position}-{entry.what}@{host}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTAMP:{_stamp(changed_at)}"
    yield f"DTSTART{_when(entry.day, entry.hour, entry.zone)}"


def _when(day: date, at: time | None, zone: str) -> str:
    digits = day.isoformat().replace("-", "")
    if at is None:
        return f";VALUE=DATE:{digits}"
    if zone == UK.key:
        return f";TZID={UK.key}:{digits}T{at:%H%M%S}"
    return f":{_stamp(datetime.combine(day, at, ZoneInfo(zone)))}"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _description(row: Opportunity, entry: DatedEntry, page: str, note: str) -> str:
    at = f", {hour(entry.hour)}" if entry.hour else ""
    zone = "" if entry.zone == UK.key else f" ({entry.zone.rpartition('/')[2].replace('_', ' ')} time)"
    label, money = wording.money(row)
    said = (
        f"{KINDS[row.kind].singular}, {row.organisation.name}. {wording.place(row.locations) or 'Place not said'}.",
        f"{SAYS[entry.what]} {paper_day(entry.day)}{at}{zone}. {label}: {money or 'not said'}.",
        f"Note: {note}" if note else "",
        f"Details change. The latest: {page}",
    )
    return "\n".join(filter(None, said))


def _text(value: str) -> str:
    return value.translate(_ESCAPED)


def _address(value: str) -> str:
    return _NOT_IN_AN_ADDRESS.sub("", value)


def _folded(written: Iterable[str]) -> str:
    """End each line, and go on below where it is longer than a line may be; no letter is cut in two."""
    return "".join(f"{part}\r\n" for one in written for part in _parts(one))


def _parts(one: str) -> Iterator[str]:
    if one.isascii() and len(one) <= LONGEST_LINE:
        yield one
        return
    part, octets = "", 0
    for letter in one:
        width = len(letter.encode())
        if octets + width > LONGEST_LINE:
            yield part
            part, octets = " ", 1
        part += letter
        octets += width
    yield part
