"""A question made whole: what it goes on from, the days it counts from today, the years it compares."""

import datetime
import re

from retrieval import dates
from retrieval.dates.ranges import read_period
from retrieval.query.limits import limit_of
from retrieval.records import Date

# "Tổng Bí thư năm 2023 là ai, còn năm 2025 là ai?", "… năm 2023 và 2025": the same asked of two years.
_COMPARED = re.compile(
    r"(?>(?P<before>.*?)(?P<first>(?:năm|nam) \d{4}))(?>(?P<between>.*?),? (?:còn|con)(?= ))(?: .*?)? (?:(?:năm|nam) )?"
    r"(?P<second>\d{4})\b"
    r"|(?P<head>.*?)(?P<one>(?:năm|nam) \d{4})(?:,| (?:và|va|với|voi|hay|hoặc|hoac|so với|so voi)) (?:(?:năm|nam) )?"
    r"(?P<other>\d{4})\b(?P<tail>.*)",
    re.IGNORECASE,
)
# Questions that go on from the one before: "còn năm 2024?", "ông ấy nói gì về kinh tế?".
_YEAR = re.compile(r"(?:năm|nam) \d{4}", re.IGNORECASE)
_AND_THEN = re.compile(
    r"\s*(?:thế |the |vậy |vay )?(?:còn|con)\s+(?!bao |mấy |may |gì|gi )(?P<rest>\S+(?:\s+\S+){0,5})", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:ông|bà|anh|chị|cô|ong|ba) (?:ấy|ta|này|ay|nay)\b", re.IGNORECASE)
_NAME = re.compile(r"[A-ZĐÀ-Ỹ][^\W\d_]{0,30}+(?: [A-ZĐÀ-Ỹ][^\W\d_]{0,30}+)+")


def completed(text: str, before: str | None, today: datetime.date | None = None) -> str:
    """A question that goes on from the one `before` it, made whole; any other as it is."""
    if before is None:
        return text
    if then := _AND_THEN.fullmatch(text):
        limit = limit_of(before, today)
        if limit and read_period(then["rest"].rstrip("?.! "), today):  # another range in the place of that one
            return f"{limit.text} {then['rest']}"
        year = _YEAR.search(then["rest"])
        return _YEAR.sub(year[0], before) if year and _YEAR.search(before) else f"{before} {then['rest']}"
    name = _NAME.search(before)
    return _PRONOUN.sub(name[0], text) if name else text


def counted_from(today: datetime.date, text: str) -> str:
    """The text with words for a day or a month replaced by the numbers of their date."""
    context = dates.Context(published=Date(today.isoformat(), "published"))
    for expression in reversed(dates.find(text)):
        date = dates.resolve(expression, context) if expression.kind in ("relative", "weekday") else None
        if date:
            text = text[: expression.start] + " ".join(_numbers(date)) + text[expression.end :]
    return text


def compared(text: str) -> list[str]:
    """The questions of one that asks the same of two years, each with its year; none of any other."""
    found = _COMPARED.match(text)
    if not found:
        return []
    before, first, after = found.group("before", "first", "between")
    if first is None:
        before, first, after = found.group("head", "one", "tail")
    second = f"{first[:-4]}{found['second'] or found['other']}"
    return [before + year + after for year in (first, second)]


def asks_of_somebody(text: str) -> bool:
    """Whether it asks about "ông ấy", whoever that is."""
    return bool(_PRONOUN.search(text))


def _numbers(date: Date) -> list[str]:
    """The numbers of a date as a question has them: 2025-09-05 → 5, 9, 2025."""
    day = date.edtf.partition("T")[0]
    return [part.lstrip("0") for part in reversed(day.split("-")) if part.isdecimal()]
