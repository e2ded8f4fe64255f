"""Dates as people write them."""

import re
from typing import Literal

from retrieval.dates.edtf import day_part
from retrieval.records import Date

Language = Literal["vi", "en"]

_ROMAN = ("I", "II", "III", "IV")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NO_DATE = {"vi": "không rõ ngày", "en": "date unknown"}
# What evidence names beside the text's own words, and how it is said; the longer first.
_EVIDENCE: dict[Language, tuple[tuple[str, str], ...]] = {
    "vi": (
        ("việc chính của bài, ngày", "ngày"),
        ("ngày trong địa chỉ bài", "đường dẫn"),
        ("địa chỉ bài", "đường dẫn"),
    ),
    "en": (
        ("việc chính của bài, ", "the main event of the article, "),
        ("ngày trong địa chỉ bài", "the date in the link"),
        ("địa chỉ bài", "the link"),
        ("ngày đăng ", "the day of publication, "),
        ("ngày đăng", "the day of publication"),
        ("” trong bài", "” in the article"),
    ),
}
_NO_YEAR = {"vi": "không rõ năm", "en": "year unknown"}


def for_people(date: Date, language: Language = "vi") -> str:
    """ "15/9/2025", "9/2025", "năm 2024", "25/1, không rõ năm", "quý III/2025", "2020–2025", "không rõ ngày"."""
    if not date.edtf:
        return _NO_DATE[language]
    shown = written(date.edtf, language)
    return f"{shown}, {_NO_YEAR[language]}" if "XXXX" in date.edtf else shown


def basis_note(date: Date, language: Language = "vi") -> str:
    """ "tính theo ngày đăng 16/9/2025" for an inferred date, else empty: a missing year is said by the date itself."""
    if date.basis != "inferred" or not date.evidence:
        return ""
    # The day that stands beside the note is not said twice.
    evidence = date.evidence.removesuffix(f" {for_people(date)}")
    for kept, said in _EVIDENCE[language]:
        evidence = evidence.replace(kept, said)
    return f"tính theo {evidence}" if language == "vi" else f"reckoned from {evidence}"


def written(edtf: str, language: Language = "vi") -> str:
    """An EDTF value in words and digits; of a missing year, nothing."""
    first, _, last = edtf.partition("/")
    if not last:
        return _point(first, language)
    if last == "..":
        return f"từ {_point(first, language)}" if language == "vi" else f"since {_point(first, language)}"
    start, end = (re.sub(r"^năm ", "", _point(part, language)) for part in (first, last))
    shared = "/" + end.partition("/")[2] if language == "vi" else " " + end.partition(" ")[2]
    if first[:7] == last[:7] and len(first) == len(last) == 10:
        start = start.removesuffix(shared)
    return f"{start}–{end}"


def _point(point: str, language: Language) -> str:
    year, month, day = ([*day_part(point).split("-"), "", ""])[:3]
    if not month:
        return _year(year, language)
    if int(month) > 12:
        return _quarter(year, int(month) - 33, language)
    known = "" if year == "XXXX" else year
    if language == "en":
        return " ".join(part for part in (day.lstrip("0"), _MONTHS[int(month) - 1], known) if part)
    if not day and not known:
        return f"tháng {int(month)}"
    return "/".join(part for part in (day.lstrip("0"), month.lstrip("0"), known) if part)


def _year(year: str, language: Language) -> str:
    if year.endswith("XX"):
        century = int(year[:2]) + 1
        return f"thế kỷ {century}" if language == "vi" else f"{century}{'st' if century == 21 else 'th'} century"
    if year.endswith("X"):
        return f"thập niên {year[:3]}0" if language == "vi" else f"{year[:3]}0s"
    return f"năm {year}" if language == "vi" else year


def _quarter(year: str, index: int, language: Language) -> str:
    if language == "en":
        return f"Q{index + 1}" if year == "XXXX" else f"Q{index + 1} {year}"
    return f"quý {_ROMAN[index]}" if year == "XXXX" else f"quý {_ROMAN[index]}/{year}"
