"""Named events whose date is a known fact (config/reference_dates.toml): congresses, elections, founding days."""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import Any

from retrieval.dates import edtf
from retrieval.dates.written import written

# A day-month beside "về dự Đại hội XIV" is of the congress's days, or of the weeks around them.
_AROUND = timedelta(days=31)

# The text must say that the event takes place; "Nghị quyết Đại hội XIII" is spoken of for years.
_TAKES_PLACE = re.compile(
    r"(?<!\w)(?:dự|tại|diễn\sra|tổ\schức|khai\smạc|bế\smạc|bên\slề|phục\svụ|thành\scông|kết\sthúc)(?:\s(?:của|trong|tại|phiên\s\w+))?\s$"
)
_TAKES_PLACE_AFTER = re.compile(r"(?:\s[\w]+){0,6}?\s(?:diễn\sra|khai\smạc|bế\smạc|họp|được\stổ\schức)(?!\w)")
_OTHER_BODY = re.compile(r"\s(?:công\sđoàn|đoàn|hội|liên\sđoàn|đảng\sbộ)(?!\w)")
_ANNIVERSARY = re.compile(r"(?<!\w)kỷ\sniệm\s(?:lần\sthứ\s)?(?P<years>\d{1,4})\s(?:năm\s)?(?:ngày\s)?(?:\w+\s){0,4}?$")


@dataclass(frozen=True)
class Reference:
    """An event: its names, its EDTF date, the source of that fact, and whether its day comes again every year."""

    names: tuple[str, ...]
    date: str
    source: str
    anniversary: bool = False

    def position(self, lower: str) -> tuple[int, int] | None:
        """Where a lower-case passage names it ("Đại hội XI" is not in "Đại hội XIV"), the longest name first."""
        for name, pattern in self._patterns:
            if name in lower and (found := pattern.search(lower)):
                return found.span()
        return None

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Each name in lower case and as whole words, the longest first."""
        names = sorted((name.lower() for name in self.names), key=len, reverse=True)
        return tuple((name, re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")) for name in names)


def load_references(data: dict[str, Any]) -> tuple[Reference, ...]:
    """The content of reference_dates.toml. ValueError where an entry lacks a name, a date of ours or its source."""
    return tuple(_reference(number, entry) for number, entry in enumerate(data.get("reference", ()), start=1))


def _reference(number: int, entry: dict[str, Any]) -> Reference:
    names, date, source = entry.get("names", ()), str(entry.get("date", "")), str(entry.get("source", ""))
    if not names or not source or not edtf.is_known(date):
        raise ValueError(f"reference_dates.toml, [[reference]] {number}: names, date (EDTF) and source are needed")
    return Reference(tuple(names), date, source, bool(entry.get("anniversary", False)))


def named(reference: Reference) -> str:
    """The event and its date, as evidence for readers."""
    return f"{reference.names[0]} ({written(reference.date)})"


def year_of_event(
    month: int, day: int | None, passage: str, references: tuple[Reference, ...]
) -> tuple[int, Reference] | None:
    """The year that puts the day beside a named event which the passage says is taking place."""
    for reference in _taking_place(passage, references):
        limits = edtf.bounds(reference.date)
        for year in range(limits[0].year - 1, limits[1].year + 2) if limits else ():
            days = edtf.bounds(edtf.value(year, month, day))
            if limits and days and limits[0] - _AROUND <= days[0] and days[1] <= limits[1] + _AROUND:
                return year, reference
    return None


def year_of_anniversary(
    month: int, day: int | None, passage: str, references: tuple[Reference, ...]
) -> tuple[int, Reference] | None:
    """ "kỷ niệm 80 năm Quốc khánh 2/9": the known start, on the same day of the year, and 80 years."""
    for reference, years in _anniversaries(passage, references):
        if reference.date[5:] == f"{month:02d}-{day or 0:02d}":
            return int(reference.date[:4]) + years, reference
    return None


# Each date of a sentence asks for what the sentence names: it is looked for once.
@lru_cache(1)
def _taking_place(passage: str, references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """The events that a passage says are taking place."""
    lower = passage.lower()
    named = ((one, one.position(lower)) for one in references if not one.anniversary)
    return tuple(one for one, span in named if span and _is_taking_place(lower, span))


@lru_cache(1)
def _anniversaries(passage: str, references: tuple[Reference, ...]) -> tuple[tuple[Reference, int], ...]:
    """The events whose anniversary a passage tells of, and how many years they are back."""
    lower = passage.lower()
    spans = ((one, one.position(lower)) for one in references if one.anniversary)
    found = ((one, _ANNIVERSARY.search(lower, 0, span[0])) for one, span in spans if span)
    return tuple((one, int(years["years"])) for one, years in found if years)


def mentioned(passage: str, references: tuple[Reference, ...]) -> Reference | None:
    """The first event, of those that come but once, that the passage names."""
    lower = passage.lower()
    return next((one for one in references if not one.anniversary and one.position(lower)), None)


def _is_taking_place(lower: str, span: tuple[int, int]) -> bool:
    start, end = span
    if _OTHER_BODY.match(lower, end):
        return False
    return bool(_TAKES_PLACE.search(lower, max(0, start - 30), start) or _TAKES_PLACE_AFTER.match(lower, end))
