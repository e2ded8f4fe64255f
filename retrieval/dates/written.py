"""Dates as people write them."""

from dataclasses import dataclass

from retrieval.dates.edtf import day_part
from retrieval.records import Date


@dataclass(frozen=True, slots=True)
class DateWords:
    """How dates are said in a language, `{blanks}` to be filled: by itself as Vietnamese is, which the articles are in.

    `…_of_any_year`: where the year is not known. `days`: from one to another of the same month. `months`, `quarters`
    and `centuries` are their names, in order. `evidence`: what the evidence of a date names beside the text's own
    words, and how that is said, the longer first.
    """

    unknown: str = "không rõ ngày"
    no_year: str = "{date}, không rõ năm"
    day: str = "{day}/{month}/{year}"
    day_of_any_year: str = "{day}/{month}"
    days: str = "{first}–{last}/{month}/{year}"
    days_of_any_year: str = "{first}–{last}/{month}"
    month: str = "{month}/{year}"
    month_of_any_year: str = "tháng {month}"
    quarter: str = "quý {quarter}/{year}"
    quarter_of_any_year: str = "quý {quarter}"
    year: str = "năm {year}"
    decade: str = "thập niên {year}"
    century: str = "thế kỷ {century}"
    since: str = "từ {date}"
    inferred: str = "tính theo {evidence}"
    months: tuple[str, ...] = tuple(map(str, range(1, 13)))
    quarters: tuple[str, ...] = ("I", "II", "III", "IV")
    centuries: tuple[str, ...] = tuple(map(str, range(1, 22)))
    evidence: tuple[tuple[str, str], ...] = (
        ("việc chính của bài, ", ""),
        ("ngày trong địa chỉ bài", "đường dẫn"),
        ("địa chỉ bài", "đường dẫn"),
    )


VIETNAMESE = DateWords()


def for_people(date: Date, words: DateWords = VIETNAMESE) -> str:
    """ "15/9/2025", "9/2025", "năm 2024", "25/1, không rõ năm", "quý III/2025", "2020–2025", "không rõ ngày"."""
    if not date.edtf:
        return words.unknown
    shown = written(date.edtf, words)
    return words.no_year.format(date=shown) if "XXXX" in date.edtf else shown


def basis_note(date: Date, words: DateWords = VIETNAMESE) -> str:
    """ "tính theo ngày đăng 16/9/2025" for an inferred date, else empty: a missing year is said by the date itself."""
    if date.basis != "inferred" or not date.evidence:
        return ""
    # The day that stands beside the note is not said twice.
    evidence = date.evidence.removesuffix(f" {for_people(date)}")
    for kept, said in words.evidence:
        evidence = evidence.replace(kept, said)
    return words.inferred.format(evidence=evidence)


def written(edtf: str, words: DateWords = VIETNAMESE) -> str:
    """An EDTF value in words and digits; of a missing year, nothing."""
    first, _, last = edtf.partition("/")
    if not last:
        return _point(first, words)
    if last == "..":
        return words.since.format(date=_point(first, words))
    if first[:7] == last[:7] and len(first) == len(last) == len("2025-09-15"):
        year, month, day = first.split("-")
        pattern = words.days_of_any_year if year == "XXXX" else words.days
        name = words.months[int(month) - 1]
        return pattern.format(first=int(day), last=int(last[8:]), month=name, year=year)
    # From one year to another needs no "năm".
    return "–".join(part if part.isdecimal() else _point(part, words) for part in (first, last))


def _point(point: str, words: DateWords) -> str:
    year, month, day = ([*day_part(point).split("-"), "", ""])[:3]
    if not month:
        return _year(year, words)
    if int(month) > 12:  # from 33 on they are quarters
        name, some, any_year = words.quarters[int(month) - 33], words.quarter, words.quarter_of_any_year
        return (any_year if year == "XXXX" else some).format(quarter=name, year=year)
    some, any_year = (words.day, words.day_of_any_year) if day else (words.month, words.month_of_any_year)
    pattern = any_year if year == "XXXX" else some
    return pattern.format(day=day.lstrip("0"), month=words.months[int(month) - 1], year=year)


def _year(year: str, words: DateWords) -> str:
    if year.endswith("XX"):
        return words.century.format(century=words.centuries[int(year[:2])])
    if year.endswith("X"):
        return words.decade.format(year=f"{year[:3]}0")
    return words.year.format(year=year)
