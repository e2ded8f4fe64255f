"""The day an article tells of, and which date each of its sentences speaks of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from retrieval import sentences
from retrieval.dates import edtf, references
from retrieval.dates.context import Context, anchor
from retrieval.dates.continuing import GATHERING, continues
from retrieval.dates.expression import Expression
from retrieval.dates.expressions import find
from retrieval.dates.resolve import resolve
from retrieval.dates.roles import spoken_of
from retrieval.records import NO_DATE, Date, Span

# The event stands in the lead; a day further down or further back is background.
_LEAD_PARAGRAPHS = 3
_NEWS = timedelta(days=31)
_ONE_DAY = timedelta(days=1)
_STATED = {"day", "month", "year", "part"}
_MAIN_EVENT = "việc chính của bài"
# Sentences before whose dates may give a day its year.
_NEIGHBOURHOOD = 4

# Characters. Where nothing was cut into sentences, the words around a date say nothing about it (and reading them
# again for every date would take for ever).
_LONGEST_SENTENCE = 5000

_BACKGROUND = re.compile(r"(?:trước\sđó|trước\sđây|cách\sđây)(?!\w)", re.IGNORECASE)
_AS_OF_NOW = re.compile(r"(?:^|[,;:–]\s)(?:tính\s)?đến\snay(?!\w)", re.IGNORECASE)
_SINCE = re.compile(r"(?<!\w)từ\s(?:sau\s|khi\s)?(?P<event>[^,.;:]{1,80}?)\s(?:cho\s)?đến\snay(?!\w)", re.IGNORECASE)


def event_date(text: str, body: Sequence[Span], context: Context) -> Date:
    """The day of an article's main event: the first in its lead that is news; `NO_DATE` where the lead tells none."""
    told = [paragraph for paragraph in body if paragraph.kind in {"lead", "body"}]
    for paragraph in told[:_LEAD_PARAGRAPHS]:
        for start, end in sentences.split(text, paragraph.start, paragraph.end):
            passage = text[start:end]
            expression = None if _BACKGROUND.match(passage) else spoken_of(passage, find(passage))
            date = resolve(expression, _around(passage, context)) if expression else NO_DATE
            if edtf.is_day(date.edtf) and _is_news(date, context):
                return date
    return NO_DATE


def _is_news(date: Date, context: Context) -> bool:
    """Whether the day lies shortly before the publication (or nothing is known that could tell)."""
    limits, base = edtf.bounds(date.edtf), anchor(context)
    return not limits or not base or base[0] - _NEWS <= limits[0] <= base[0] + _ONE_DAY


def date_sentences(text: str, spans: Sequence[Span], event: Date, context: Context) -> tuple[Date, ...]:
    """One date for each sentence of an article (`spans`, in order): the date that it speaks of; the article's `event`
    date, inferred, where it goes on telling that event; or `NO_DATE`.
    """
    passages = [text[span.start : span.end] for span in spans]
    own = [_own_date(passage, found, event, around) for passage, found, around in in_context(passages, context)]
    gathers = bool(event) and any(
        date and date.edtf == event.edtf and GATHERING.search(passage)
        for date, passage in zip(own, passages, strict=True)
    )
    inherited = _inherited(event)

    def date_of(index: int) -> Date:
        date, told = own[index], gathers and continues(passages[index], spans[index].kind, is_title=index == 0)
        return date if date is not None else inherited if told else NO_DATE

    return tuple(map(date_of, range(len(spans))))


def is_inherited(date: Date) -> bool:
    """Whether a sentence does not say its date itself but goes on telling the main event of its article."""
    return date.basis == "inferred" and date.evidence.startswith(_MAIN_EVENT)


def _inherited(event: Date) -> Date:
    """The event's date as that of a sentence which does not say it itself."""
    if event.basis == "unknown":
        return event
    evidence = event.evidence if event.basis == "inferred" else f"“{event.evidence}”"
    return Date(event.edtf, "inferred", f"{_MAIN_EVENT}, {evidence}")


def in_context(passages: Iterable[str], context: Context) -> Iterator[tuple[str, tuple[Expression, ...], Context]]:
    """Each sentence of an article with its expressions, and the context to resolve them in: the sentence, and the dates
    with a stated year in it and in the sentences before it.
    """
    before: list[tuple[Date, ...]] = []
    told = NO_DATE
    for passage in passages:
        expressions = find(passage)
        stated = tuple(resolve(one, context) for one in expressions if one.kind in _STATED and one.year)
        before = [stated, *before[:_NEIGHBOURHOOD]]
        around = replace(_around(passage, context, tuple(chain(*before))), told=told)
        yield passage, expressions, around
        told = _last_day(expressions, around) or told


def _last_day(expressions: tuple[Expression, ...], around: Context) -> Date | None:
    """The last day that a sentence tells: the next may be told of "cùng ngày"."""
    days = (one for one in reversed(expressions) if one.kind == "day" or (one.kind == "relative" and one.unit == "day"))
    return next((date for date in (resolve(one, around) for one in days) if edtf.bounds(date.edtf)), None)


def _around(passage: str, context: Context, neighbours: tuple[Date, ...] = ()) -> Context:
    words = passage if len(passage) <= _LONGEST_SENTENCE else ""
    return Context(context.published, context.url_date, context.references, words, neighbours)


def _own_date(passage: str, expressions: tuple[Expression, ...], event: Date, context: Context) -> Date | None:
    base = anchor(context)
    times = tuple(one for one in expressions if not (base and _is_ahead(one, base[0].year)))
    expression = spoken_of(passage, times)
    if expression:
        date = resolve(expression, context)
        return event if _is_same_day(date, event) else date
    since = _since_event(passage, context)
    if since is not None:
        return since
    if base and _AS_OF_NOW.search(passage):
        return Date(base[0].isoformat(), "inferred", base[1])
    return NO_DATE if any(one.target or one not in times for one in expressions) else None


def _is_ahead(one: Expression, year: int) -> bool:
    """A year after the publication's, as a goal."""
    return one.month is None and one.year is not None and one.year > year


def _is_same_day(date: Date, event: Date) -> bool:
    """A day without a year that is the event's day ("sáng 29-8" under a picture)."""
    return date.basis == "unknown" and bool(date) and date.edtf[4:] == event.edtf[4:]


def _since_event(passage: str, context: Context) -> Date | None:
    """ "từ sau <sự kiện> đến nay": from the month of a known event (the text gives no day) to the publication."""
    since = _SINCE.search(passage)
    if not since:
        return None
    event, base = references.mentioned(since["event"], context.references), anchor(context)
    if not event or not base:
        return NO_DATE
    evidence = f"{references.named(event)} và {base[1]}"
    return Date(edtf.interval(event.date[:7], base[0].isoformat()), "inferred", evidence)
