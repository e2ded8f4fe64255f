"""What templates do with dates and numbers, in the words of a language."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from bot.ground.splitting import beginning
from bot.texts.catalogue import date_words, short_texts
from retrieval import Date
from retrieval.dates import DateWords, basis_note, for_people
from retrieval.dates.edtf import vietnamese_day
from retrieval.records import VIETNAM

# Titles, publishers and evidence come from files: one of a thousand characters must not crowd out the quote.
_LABEL_LIMIT = 200
# UTF-16 units of a sentence of what an operator has added.
_ADDED_SENTENCE = 300
_WHOLE_DAY = len("2025-09-15")
_FIRST_YEAR = 1970  # of the numbers that say a moment
NOON = time(12)
_MONTHS = 12  # in EDTF what is more is a season or a quarter


def filters_of(language: str, folder: Path) -> dict[str, Callable[..., str]]:
    """By name; `folder` is that of all languages."""
    words, said = date_words(language, folder), short_texts(language, "dates", folder)["said"]
    return {
        "date": partial(for_people, words=words),
        "when": partial(_when, words=words, said=said),
        "tapped": _tapped,
        "basis": partial(basis_note, words=words),
        "day": partial(calendar_day, words=words),
        "time": partial(_time, words=words, said=said),
        "number": partial(_number, said=said),
        "kind": partial(_kind, page=short_texts(language, "page", folder)),
        "short": _short,
        "beginning": partial(beginning, limit=_ADDED_SENTENCE),
    }


def calendar_day(day: date, words: DateWords) -> str:
    """A day of the calendar."""
    return for_people(Date(day.isoformat()[:10]), words)


def _when(date: Date, words: DateWords, said: Mapping[str, Any]) -> str:
    """A date as it stands after a noun: "ngày 15/9/2025", "tháng 9/2025", "năm 2024"."""
    shown, precise = for_people(date, words), date.edtf.partition("T")[0]
    parts = precise.split("-")
    if "/" in precise or (len(parts) == 2 and (not parts[1].isdecimal() or int(parts[1]) > _MONTHS)):
        return shown
    if len(parts) == 2:
        before = str(said["month"]).partition("{date}")[0]  # "tháng 9" says by itself that it is a month
        return str(said["month"]).format(date=shown.removeprefix(before))
    return str(said["day"]).format(date=shown) if len(parts) == 3 else shown


def _tapped(said: str, date: Date) -> str | Markup:
    """What is said of a date, as one that a tap puts into a calendar (Bot API 9.5) where its day is certain; what is
    shown stays as it is. At noon in Vietnam it is that day nearly everywhere.
    """
    day = vietnamese_day(date.edtf) if date.basis == "stated" and len(date.edtf) == _WHOLE_DAY else None
    if day is None or day.year < _FIRST_YEAR:
        return said
    noon = datetime.combine(day, NOON, VIETNAM)
    return Markup('<tg-time unix="{}">{}</tg-time>').format(int(noon.timestamp()), said)


def _time(at: datetime, words: DateWords, said: Mapping[str, Any]) -> str:
    """A moment, in Vietnam."""
    there = at.astimezone(VIETNAM)
    return str(said["moment"]).format(time=f"{there:%H:%M}", date=calendar_day(there.date(), words))


def _number(number: float, said: Mapping[str, Any]) -> str:
    """1234.5 as 1.234,5 or 1,234.5."""
    return f"{number:,}".translate(str.maketrans(",.", f"{said['thousands']}{said['decimals']}"))


def _kind(kind: str, page: Mapping[str, Any]) -> str:
    """What a question of this kind asks for: "how many" as "bao nhiêu"; one that is new, as it is."""
    return str(page.get("kind" + "".join(word.capitalize() for word in re.findall(r"[a-z]+", kind)), kind))


def _short(label: str) -> str:
    return label if len(label) <= _LABEL_LIMIT else f"{label[:_LABEL_LIMIT].rstrip()}…"
