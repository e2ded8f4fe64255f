"""Publication dates as pages and feeds write them, and dates in article addresses."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from retrieval.dates import edtf
from retrieval.records import NO_DATE, Date

_LONGEST = 100  # characters; a publication date is never longer
_CLOCK = r"(?P<hour>\d{1,2})[:hg](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
_ZONE = r"(?P<zone>Z|z|(?:\(?(?:GMT|UTC)\s?)?[+-]\d{1,2}(?::?\d{2})?\)?)"
_ISO = re.compile(rf"(?P<year>\d{{4}})(?:-(?P<month>\d{{2}})(?:-(?P<day>\d{{2}})(?:(?:T|\s+){_CLOCK}\s*{_ZONE}?)?)?)?")
_LABEL = r"(?:(?:ngày|cập\snhật|đăng|xuất\sbản|lúc|ngày\sđăng|published)(?:\s?:)?\s*+)?"
_WEEKDAY = r"(?:(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s?nhật|[a-z]{3,9}day)\s*+(?:[,|-]\s*+)?)?"
_DATE = (
    r"(?:ngày\s)?(?P<day>\d{1,2})"
    r"(?:(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)|\stháng\s(?P<named>\d{1,2})(?:,\s|\snăm\s|/))(?P<year>\d{4})"
)
_VIETNAMESE = re.compile(
    rf"{_LABEL}{_WEEKDAY}{_DATE}(?:[\s,|-]++(?:lúc\s)?{_CLOCK})?(?:\s*+(?:am|pm|sa|ch))?\s*+{_ZONE}?", re.IGNORECASE
)
_CLOCK_FIRST = re.compile(rf"{_LABEL}{_CLOCK}(?:\s*+{_ZONE})?[\s,|-]++{_WEEKDAY}{_DATE}", re.IGNORECASE)
_AFTERNOON = re.compile(r"\d\s*(?:pm|ch)(?!\w)", re.IGNORECASE)

_PATH_DATE = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})/")
# Year to second, and mostly milliseconds: "-20240829104649811.htm". Six digits ("-190924.htm") are an article's number.
_STAMP = re.compile(
    r"[-/](?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:\d{2,3})?(?:\.\w{3,5})?/?$"
)


def parse_published(value: str) -> Date | None:
    """A publication date with the precision it is given in; None if it is no date ("30/2/2024", "12/20221").

    ISO 8601 (RFC 3339), RFC 822 as in feeds, and day/month/year as Vietnamese pages write it.
    """
    trimmed = " ".join(value.split())
    if not trimmed or len(trimmed) > _LONGEST:
        return None
    for pattern in (_ISO, _VIETNAMESE, _CLOCK_FIRST):
        found = pattern.fullmatch(trimmed)
        if found:
            return _published(found, value.strip())
    return _rfc822(trimmed)


def url_date(url: str | None) -> Date:
    """The date in an address's path, where it can be nothing else; never from an article's number."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return NO_DATE
    found = _PATH_DATE.search(path) or _STAMP.search(path)
    if not found:
        return NO_DATE
    value = edtf.value(int(found["year"]), int(found["month"]), int(found["day"]))
    return Date(value, "inferred", "địa chỉ bài") if value else NO_DATE


def _published(found: re.Match[str], value: str) -> Date | None:
    parts = found.groupdict()
    month = parts["month"] or parts.get("named")
    day = edtf.value(int(parts["year"]), _number(month), _number(parts["day"]))
    time = _time(parts, afternoon=bool(_AFTERNOON.search(value)))
    made = f"{day}{time}"
    # No year before the press, and nothing this pattern does not know: an hour of 25, a zone of +99:00.
    if not day or time is None or int(parts["year"]) < 1600 or not edtf.PATTERN.fullmatch(made):
        return None
    return Date(made, "published", value)


def _time(parts: dict[str, str | None], *, afternoon: bool) -> str | None:
    """ "T10:35+07:00" as far as given; empty without a clock time, None for one that does not exist."""
    hour, minute, second = parts["hour"], parts["minute"], parts["second"]
    if hour is None or minute is None:
        return ""
    hours = int(hour) + (12 if afternoon and int(hour) < 12 else 0)
    if hours > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    zone = _zone(parts["zone"] or "")
    if zone is None:
        return None
    return f"T{hours:02d}:{minute}{f':{second}' if second else ''}{zone}"


def _zone(written: str) -> str | None:
    if not written or written in "Zz":
        return written.upper()
    found = re.search(r"([+-])(\d{1,2}?):?(\d{2})?\)?$", written)
    if not found or int(found[2]) > 14 or int(found[3] or 0) > 59:
        return None
    return f"{found[1]}{int(found[2]):02d}:{found[3] or '00'}"


def _rfc822(value: str) -> Date | None:
    try:
        parsed: datetime = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return Date(parsed.isoformat(), "published", value) if re.search(r"\d{4}", value) else None


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
