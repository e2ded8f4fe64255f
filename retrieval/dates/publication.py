"""Publication dates as pages and feeds write them, and dates in article addresses."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from retrieval.dates import edtf
from retrieval.records import NO_DATE, Date

_LONGEST = 100  # characters; a publication date is never longer
_CLOCK = r"(?P<hour>\d{1,2})[:hg](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
_HALF = r"(?:\s*+(?P<half>am|pm|sa|ch)(?!\w))?"
_ZONE = r"(?P<zone>Z|z|(?:\(?(?:GMT|UTC)\s?)?[+-]\d{1,2}(?::?\d{2})?\)?|\(?(?:GMT|UTC|ICT)\)?)"
_ISO = re.compile(
    r"(?P<year>\d{4})(?:(?P<sep>[-/])(?P<month>\d{2})(?:(?P=sep)(?P<day>\d{2})"
    rf"(?:(?:T|\s+){_CLOCK}\s*{_ZONE}?)?)?)?"
)
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_LABEL = r"(?:(?:(?:cập\snhật|(?:ngày\s)?đăng|xuất\sbản)(?:\slúc|\sngày)?|ngày|lúc|published)(?:\s?:)?\s*+)?"
_WEEKDAY = r"(?:(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s?nhật|t[2-7]|cn|[a-z]{3,9}day)\s*+(?:[,|-]\s*+)?)?"
# Without Giêng and Chạp, which are months of the moon.
_WORDED = ["một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"]
_DATE = (
    r"(?:ngày\s)?(?P<day>\d{1,2})(?:(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)"
    rf"|\s(?:tháng|thg\.?)\s(?P<named>\d{{1,2}}|mười\s(?:một|hai)|{'|'.join(_WORDED[:10])})(?:,?\s(?:năm\s)?|/))"
    r"(?P<year>\d{4}|\d{2}(?=\s))"
)
_VIETNAMESE = re.compile(
    rf"{_LABEL}{_WEEKDAY}{_DATE}(?:[\s,|-]++(?:lúc\s)?{_CLOCK})?{_HALF}\s*+{_ZONE}?", re.IGNORECASE
)
_CLOCK_FIRST = re.compile(rf"{_LABEL}{_CLOCK}{_HALF}(?:\s*+{_ZONE})?[\s,|-]++{_WEEKDAY}{_DATE}", re.IGNORECASE)
# "10/5/2026 3:42:00 PM", which programs write that were not told a country: month first, and nothing padded.
_AMERICAN = re.compile(
    rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}})\s{_CLOCK}\s?(?P<half>AM|PM)(?:\s?{_ZONE})?"
)
_PADDED = re.compile(r"(?<![\d:])0\d[/:]")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH_MONTH = r"(?P<english>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}+\.?"
_ENGLISH = re.compile(
    rf"(?:[a-z]{{3,9}}+,?\s*+)?(?:{_ENGLISH_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s?(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})[\s-]{_ENGLISH_MONTH.replace('english', 'english2')},?[\s-](?P<year2>\d{{4}}|\d{{2}}))"
    rf"(?:,?\s(?:at\s)?{_CLOCK}{_HALF}\s?{_ZONE}?(?:\s\([^()]{{1,40}}\))?)?",
    re.IGNORECASE,
)
_ZONES = {"GMT": "+00:00", "UTC": "+00:00", "ICT": "+07:00"}
_YEAR = re.compile(r"(?<![+-])(?<!\d)\d{4}")
_PAIR = re.compile(r"\s{0,9}(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}")
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")

_PATH_DATE = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})/")
# Year to second, and mostly milliseconds: "-20240829104649811.htm". Six digits ("-190924.htm") are an article's number.
_STAMP = re.compile(
    r"[-/](?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:\d{2,3})?(?:\.\w{3,5})?/?$"
)
# A channel of three digits before it, and a year of two: "-185240127092524316.htm" (Thanh Niên, Chính phủ, CafeF).
_CHANNEL_STAMP = re.compile(
    r"[-/]\d{3}(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:[01]\d|2[0-3])[0-5]\d[0-5]\d\d{3}\.\w{3,5}$"
)


def parse_published(value: str, *, month_first: bool | None = None) -> Date | None:
    """A publication date with the precision it is given in; None if it is no date ("30/2/2024", "12/20221").

    ISO 8601 (RFC 3339), RFC 822 as in feeds, other English forms, and day/month/year as Vietnamese pages write it.
    `month_first`: the order of two numbers that may both be a month, where it is known; else the form tells.
    """
    trimmed = " ".join(value.split())
    if not trimmed or len(trimmed) > _LONGEST:
        return None
    if found := _AMERICAN.fullmatch(trimmed):
        first = not _PADDED.search(trimmed) if month_first is None else month_first
        read = _published(found, value.strip()) if first or int(found["day"]) > 12 else None
        if read or first:
            return read or _published(found, value.strip(), swapped=True)
    for pattern in (_ISO, _COMPACT, _VIETNAMESE, _CLOCK_FIRST, _ENGLISH):
        found = pattern.fullmatch(trimmed)
        if found:
            figures = pattern in (_VIETNAMESE, _CLOCK_FIRST) and found["month"]
            swapped = bool(figures and (int(found["month"]) > 12 or month_first) and int(found["day"]) <= 12)
            return _published(found, value.strip(), swapped=swapped)
    return _rfc822(trimmed)


def in_order(values: Sequence[tuple[str, str | None]]) -> bool | None:
    """Whether all these dates of one feed, each with its entry's address, are month first; None where nothing tells.

    A number above twelve is a day. Else addresses that hold the day tell; else the order that leaves the
    dates closer together is right: a feed tells of some days.
    """
    numbers = [(int(pair[1]), int(pair[2])) for value, _ in values if (pair := _PAIR.match(value))]
    told = {second > 12 for first, second in numbers if max(first, second) > 12}
    if len(told) == 1:
        return told.pop()
    found: dict[bool, tuple[int, float]] = {}
    for month_first in (False, True):
        read = [(parse_published(value, month_first=month_first), url_date(url)) for value, url in values]
        days = [date.edtf[:10] for date, _ in read if date]
        if len(days) < len(values):
            continue
        agree = sum(1 for date, url in read if date and url and date.edtf[:10] == url.edtf)
        found[month_first] = -agree, (_ordinal(max(days)) - _ordinal(min(days))) if days else 0
    if len(found) == 2 and found[False] == found[True]:
        return None
    return min(found, key=lambda month_first: found[month_first]) if found else None


def _ordinal(day: str) -> int:
    """The day's number; of a month or year its first day's."""
    return datetime.fromisoformat(f"{day}-01-01"[:10]).toordinal()


def in_seconds(value: str) -> str | None:
    """A count of seconds, or of thousandths, since 1970 as a date; None where it is none."""
    if not _SECONDS.fullmatch(value):
        return None
    return datetime.fromtimestamp(int(value[:10]), UTC).isoformat()


def url_date(url: str | None) -> Date:
    """The date in an address's path, where it can be nothing else; never from an article's number."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return NO_DATE
    found = _PATH_DATE.search(path) or _STAMP.search(path) or _CHANNEL_STAMP.search(path)
    if not found:
        return NO_DATE
    value = edtf.value(_year(found["year"]), int(found["month"]), int(found["day"]))
    return Date(value, "inferred", "địa chỉ bài") if value else NO_DATE


def _published(found: re.Match[str], value: str, *, swapped: bool = False) -> Date | None:
    parts = found.groupdict()
    english = parts.get("english") or parts.get("english2")
    month = _MONTHS.index(english[:3].lower()) + 1 if english else _month(parts.get("month") or parts.get("named"))
    day, year = _number(parts.get("day") or parts.get("day2")), _year(parts.get("year") or parts["year2"] or "")
    written = edtf.value(year, *((day, month) if swapped else (month, day)))
    time = _time(parts)
    made = f"{written}{time}"
    # No year before the press, and nothing this pattern does not know: an hour of 25, a zone of +99:00.
    if not written or time is None or year < 1600 or not edtf.PATTERN.fullmatch(made):
        return None
    return Date(made, "published", value)


def _month(written: str | None) -> int | None:
    words = " ".join((written or "").lower().split())
    return _WORDED.index(words) + 1 if words in _WORDED else _number(written)


def _year(digits: str) -> int:
    """A year, of two digits one of this or the last century: no article of a feed is older."""
    return int(digits) if len(digits) > 2 else int(digits) + (2000 if int(digits) < 70 else 1900)


def _time(parts: dict[str, str | None]) -> str | None:
    """ "T10:35+07:00" as far as given; empty without a clock time, None for one that does not exist."""
    hour, minute, second = parts["hour"], parts["minute"], parts["second"]
    if hour is None or minute is None:
        return ""
    hours, half = int(hour), (parts.get("half") or "").lower()
    if half in ("pm", "ch") and hours < 12:
        hours += 12
    if half in ("am", "sa") and hours == 12:
        hours = 0
    if hours > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    zone = _zone(parts["zone"] or "")
    if zone is None:
        return None
    return f"T{hours:02d}:{minute}{f':{second}' if second else ''}{zone}"


def _zone(written: str) -> str | None:
    if not written or written in "Zz":
        return written.upper()
    if named := _ZONES.get(written.strip("()").upper()):
        return named
    found = re.search(r"([+-])(\d{1,2}?):?(\d{2})?\)?$", written)
    if not found or int(found[2]) > 14 or int(found[3] or 0) > 59:
        return None
    return f"{found[1]}{int(found[2]):02d}:{found[3] or '00'}"


def _rfc822(value: str) -> Date | None:
    try:
        parsed: datetime = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return Date(parsed.isoformat(), "published", value) if _YEAR.search(value) else None


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
