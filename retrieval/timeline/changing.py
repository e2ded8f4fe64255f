"""Plans that were moved or dropped: a later article names the planned day and says that it is no longer so."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from retrieval import dates
from retrieval.dates.edtf import is_day, limits_of
from retrieval.records import Quote, TimelineEntry

_CHANGED = re.compile(
    r"(?<!\w)(?<!không\s)(?<!chưa\s)(?<!khó\s)(?:(?:tạm\s)?hoãn|(?:dời|lùi|chuyển)\s(?:lại|sang|đến|tới|về|lịch|ngày|thời)"
    r"|(?:hủy|huỷ)(?!\s(?:hoại|diệt))|không\sdiễn\sra|thay\svì)(?!\w)",
    re.IGNORECASE,
)


def with_changes(entries: Iterable[TimelineEntry], on_topic: Sequence[Quote]) -> Iterator[TimelineEntry]:
    """The entries; one that is planned for a day shows first what says that it was moved or dropped."""
    changes = [(q, dates.bounds(q.article.published.edtf)) for q in on_topic if _CHANGED.search(q.text)]
    for entry in entries:
        limits = limits_of(entry.date.edtf) if entry.planned and is_day(entry.date.edtf) else None
        first = min(_published(entry.quotes), default=date.max)
        told = (q for q, known in changes if limits and known and known[0] >= first and _names(q.text, limits[0]))
        newest = max(told, key=lambda q: q.article.published.edtf, default=None)
        if newest is None:
            yield entry
            continue
        rest = (q for q in entry.quotes if (q.article.id, q.start) != (newest.article.id, newest.start))
        yield replace(entry, quotes=(newest, *rest), about=(), changed=True)


def _published(quotes: Sequence[Quote]) -> Iterator[date]:
    for q in quotes:
        known = dates.bounds(q.article.published.edtf)
        if known:
            yield known[0]


def _names(text: str, day: date) -> bool:
    """Whether a sentence names a day, with its year or without."""
    found = ((one.year, one.month, one.day) for one in dates.find(text))
    return any(named in ((day.year, day.month, day.day), (None, day.month, day.day)) for named in found)
