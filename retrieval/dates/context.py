"""What is known about the article around an expression."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from retrieval.dates import edtf
from retrieval.dates.references import Reference
from retrieval.dates.written import written
from retrieval.records import NO_DATE, Date


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about the article around an expression.

    `passage` is the sentence it stands in, whose words decide between past and future and may name an event;
    `neighbours` are dates with a stated year near it in the same article, the nearest first. `told` is the last day
    that the article tells before it.
    """

    published: Date = NO_DATE
    url_date: Date = NO_DATE
    references: tuple[Reference, ...] = ()
    passage: str = ""
    neighbours: tuple[Date, ...] = ()
    told: Date = NO_DATE


def anchor(context: Context) -> tuple[date, str] | None:
    """The day that relative dates count from, with its name as evidence: the publication's, else the URL's."""
    return _anchor(context.published, context.url_date)


@lru_cache(256)
def _anchor(published: Date, url_date: Date) -> tuple[date, str] | None:
    for known, name in ((published, "ngày đăng"), (url_date, "ngày trong địa chỉ bài")):
        if edtf.is_day(known.edtf) and (day := edtf.vietnamese_day(known.edtf)):
            return day, f"{name} {written(day.isoformat())}"
    return None
