"""A timeline as files for other programs: comma-separated values, and a calendar (iCalendar, RFC 5545)."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from retrieval import dates
from retrieval.dates.edtf import limits_of
from retrieval.records import Quote, Timeline, TimelineEntry
from retrieval.spreadsheets import harmless

_COLUMNS = (
    "date", "date_shown", "basis", "evidence", "planned", "background", "quote", "title", "publisher",
    "published", "url", "article",
)  # fmt: skip
_LINE = 75  # bytes of a line, without its end
# Of a quote as the title of an event in a calendar; the whole quote is in its description.
_SUMMARY = 120


def as_csv(timeline: Timeline) -> str:
    """One line a quote, the first of each date first. A cell that a spreadsheet would run begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for entry in timeline.entries:
        for quote in entry.quotes:
            writer.writerow(map(harmless, _cells(entry, quote)))
    return out.getvalue()


def _cells(entry: TimelineEntry, quote: Quote) -> tuple[str, ...]:
    article = quote.article
    return (
        entry.date.edtf,
        dates.for_people(entry.date),
        quote.date.basis,
        quote.date.evidence,
        "changed" if entry.changed else "yes" if entry.planned else "no",
        "yes" if entry.background else "no",
        quote.text,
        article.title or "",
        article.publisher or "",
        article.published.edtf,
        article.url or "",
        article.id,
    )


def as_ics(timeline: Timeline, stamp: datetime) -> str:
    """One all-day event for each entry of days that is no background: a month, a year and a day without a year have no
    place in a calendar.

    `stamp` is the moment of the export, aware.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Trich//Timeline//VI", "CALSCALE:GREGORIAN"]
    for entry in timeline.entries:
        days = _days(entry)
        if days:
            lines += _event(entry, *days, stamp)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def has_days(timeline: Timeline) -> bool:
    """Whether a calendar holds any of it."""
    return any(_days(entry) for entry in timeline.entries)


def _days(entry: TimelineEntry) -> tuple[date, date] | None:
    limits = limits_of(entry.date.edtf)
    days = all(len(end) >= len("2025-09-15") for end in entry.date.edtf.split("/"))
    return limits if limits and days and limits[1] < date.max and not entry.background else None


def _event(entry: TimelineEntry, first: date, last: date, stamp: datetime) -> Iterator[str]:
    quote = entry.quotes[0]
    note = dates.basis_note(entry.date)
    source = " · ".join(filter(None, [quote.article.publisher, quote.article.title, quote.article.url, note]))
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.date.edtf.replace('/', '-')}-{quote.article.id}-{quote.start}@trich"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(_shortened(quote.text))}"
    yield f"DESCRIPTION:{_escaped(f'“{quote.text}” — {source}' if source else f'“{quote.text}”')}"
    yield f"STATUS:{'CANCELLED' if entry.changed else 'TENTATIVE' if entry.planned else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11; what ends a line elsewhere (a line separator) becomes a blank."""
    words = " ".join(text.split())
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _shortened(text: str) -> str:
    if len(text) <= _SUMMARY:
        return text
    return text[:_SUMMARY].rpartition(" ")[0] + " …"


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, the further ones indented; no character is torn (RFC 5545, 3.1)."""
    piece, size = "", 0
    for character in line:
        bytes_ = len(character.encode())
        if size + bytes_ > _LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + bytes_
    yield piece
