"""Plans that were moved or dropped: a later article names the planned day and says that it is no longer so."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from retrieval import dates
from retrieval.dates.edtf import is_day, limits_of
from retrieval.records import Quote, TimelineEntry
from retrieval.timeline.topic import Topic

_CHANGED = re.compile(
    r"(?<!\w)(?<!không\s)(?<!chưa\s)(?<!khó\s)(?:(?:tạm\s)?hoãn|(?:dời|lùi|chuyển)\s(?:lại|sang|đến|tới|về|lịch|ngày|thời)"
    r"|(?:hủy|huỷ)(?!\s(?:hoại|diệt))|không\sdiễn\sra|thay\svì)(?!\w)",
    re.IGNORECASE,
)

_FROM = re.compile(r"(?<!\w)từ\s(?:ngày\s)?$", re.IGNORECASE)
_TO = re.compile(r"(?<!\w)(?:sang|đến|tới|vào|thành)\s(?:ngày\s)?$", re.IGNORECASE)


def with_changes(entries: Iterable[TimelineEntry], topic: Topic, ranked: Sequence[Quote]) -> Iterator[TimelineEntry]:
    """The entries; one that is planned for a day shows first what of the `ranked` says that it was moved or dropped,
    and the day that this moves it to has an entry.
    """
    every = list(entries)
    changes = []
    if any(entry.planned and is_day(entry.date.edtf) for entry in every):
        told = (q for q in ranked if _CHANGED.search(q.text) and topic.is_in(q.text, q.article.title or ""))
        changes = [(q, dates.bounds(q.article.published.edtf)) for q in told]
    days = {entry.date.edtf for entry in every}
    for entry in every:
        limits = limits_of(entry.date.edtf) if changes and entry.planned and is_day(entry.date.edtf) else None
        if limits is None:
            yield entry
            continue
        # What says so itself does not tell when it was planned.
        first = min(_published([q for q in entry.quotes if not _CHANGED.search(q.text)]), default=date.min)
        moved = (q for q, known in changes if known and known[0] >= first and _names(q.text, limits[0]))
        newest = max(moved, key=lambda q: q.article.published.edtf, default=None)
        if newest is None:
            yield entry
            continue
        rest = (q for q in entry.quotes if (q.article.id, q.start) != (newest.article.id, newest.start))
        yield replace(entry, quotes=(newest, *rest), about=(), changed=True)
        later = _moved_to(newest)
        if later is not None and later.date.edtf not in days:
            days.add(later.date.edtf)
            yield TimelineEntry(later.date, (later,), planned=True, weight=entry.weight)


def _moved_to(q: Quote) -> Quote | None:
    """What says that a plan was moved, as told of the day it was moved to: behind "sang", "đến", still to come."""
    context = dates.Context(q.article.published, passage=q.text)
    published = dates.bounds(q.article.published.edtf)
    for one in dates.find(q.text):
        over = one.until is not None and _FROM.search(q.text, 0, one.start) is not None  # "từ 20/10 đến 5/11"
        if not over and not _TO.search(q.text, 0, one.start):
            continue
        day = dates.resolve(one, context)
        day = replace(day, edtf=day.edtf.rpartition("/")[2]) if over else day
        known = limits_of(day.edtf) if is_day(day.edtf) else None
        if known and published and known[0] > published[1]:
            return replace(q, date=day)
    return None


def _published(quotes: Sequence[Quote]) -> Iterator[date]:
    for q in quotes:
        known = dates.bounds(q.article.published.edtf)
        if known:
            yield known[0]


def _names(text: str, day: date) -> bool:
    """Whether a sentence names a day, with its year or without."""
    found = ((one.year, one.month, one.day) for one in dates.find(text))
    return any(named in ((day.year, day.month, day.day), (None, day.month, day.day)) for named in found)
