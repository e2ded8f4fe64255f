"""When a sentence shows a person, and which date is the newer."""

import re
from datetime import date, timedelta

from retrieval import dates
from retrieval.dates.roles import spoken_of
from retrieval.records import NO_DATE, Article, Date, Sentence

# A day, a month or a year, known or not. A range, a decade or a quarter is what is spoken of, not when it is spoken of.
_MOMENT = re.compile(r"(?:\d{4}|XXXX)(?:-(?:0\d|1[0-2])(?:-\d\d)?)?(?:T.*)?")
# The date of a birth or a death: "Tổng Bí thư Tô Lâm (sinh năm 1957)".
_LIFE = re.compile(r"(?<!\w)(?:sinh|mất|từ\strần|qua\sđời)\s(?:ngày|tháng|năm|vào|hồi|\d)", re.IGNORECASE)

_LONG_AGO = timedelta(days=366)

Order = tuple[bool, int, int]


def when(article: Article, sentence: Sentence, person: int, *, says: bool) -> Date:
    """The sentence's date, else that of the article's event, else its publication; `person` is where the person stands.

    The sentence's own is passed over where the person is not seen at it: one still to come, a range, a birth, and one
    of which the person only speaks (`says`). Of long ago and behind the person ("Giám đốc Bình là người đầu tiên từ năm
    1969") it may mean anything: then it is not known when.
    """
    told = article.event_date or article.published
    own = sentence.date
    if not own or (says and told) or not _MOMENT.fullmatch(own.edtf):
        return told or own
    if own.edtf != told.edtf and _LIFE.search(article.text, sentence.start, sentence.end):
        return told
    spoken, latest = dates.bounds(own.edtf), dates.bounds((article.published or told).edtf)
    if spoken is None:
        return told or own
    if latest is None or spoken[0] > latest[1]:
        return own if latest is None else told
    return NO_DATE if latest[0] - spoken[1] > _LONG_AGO and _is_behind(article, sentence, person) else own


def _is_behind(article: Article, sentence: Sentence, person: int) -> bool:
    text = article.text[sentence.start : sentence.end]
    expression = spoken_of(text, dates.find(text))
    return expression is not None and sentence.start + expression.start > person


def newest_first(limits: tuple[date, date] | None) -> Order:
    """For sorting by the days between which a date is: the newest first, those whose year is not known last."""
    if limits is None:
        return True, 0, 0
    return False, -limits[0].toordinal(), -limits[1].toordinal()
