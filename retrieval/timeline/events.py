"""From ranked sentences to a timeline: which of them tell an event, and what is told of one and the same date."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from retrieval import dates
from retrieval.dates.edtf import limits_of
from retrieval.dates.roles import spoken_of
from retrieval.query import Query
from retrieval.records import Article, Quote, Sentence, Timeline, TimelineEntry, quote
from retrieval.timeline.ranges import ALWAYS, Period
from retrieval.timeline.subject import Subject

# Sentences on a topic that show an article to be about it, where neither its title nor its opening does.
_RETURNS = 2
# Quotes of one date that are compared with each other; further ones follow by score.
_COMPARED = 40
# Words of a topic; no sentence speaks of one that is longer.
_LONGEST = 40
# A short sentence is not central for the two words that it shares.
_FEWEST_PAIRS = 12
# Nearest quotes shown where there is no event.
_NEAREST = 3

_FUTURE = re.compile(r"(?<!\w)(?:sẽ|dự\skiến|dự\sbáo|sắp|tới\sđây|chuẩn\sbị)(?!\w)", re.IGNORECASE)
# Before a word of the future they make it what was said, or done, on that day: "ngày 21/9, ông nói sẽ ...".
_TOLD = re.compile(
    r"(?<!\w)(?:đã|vừa|nói|cho\sbiết|thông\s(?:báo|tin)|tuyên\sbố|khẳng\sđịnh|cảnh\sbáo|yêu\scầu|đề\snghị|dẫn\slời|đưa\stin"
    r"|công\sbố|cam\skết|nhấn\smạnh|quyết\sđịnh|họp|ký)(?!\w)",
    re.IGNORECASE,
)
_RECURRING = re.compile(r"(?<!\w)(?:h[àằ]ng|mỗi)\s(?:năm|tháng|quý|tuần|ngày)(?!\w)", re.IGNORECASE)
# A year that opens a sentence or clause, or follows a word of time, says when; else it is part of what is spoken of:
# "tổng kết công tác của cả năm 2023", "mạnh như bão Yagi năm 2024".
_SAYS_WHEN = re.compile(
    r"(?:^\W*(?:[\w\s]{1,20},\s)?(?:(?:trong|vào|từ|kể\stừ|hồi|đến|suốt|riêng|ngay)\s){0,2}"
    r"|[,;:–(]\s?|(?<!\w)(?:vào|hồi|ngay|trong\snhững)\s)$",
    re.IGNORECASE,
)
# The date of what is commemorated, not of the commemoration: "kỷ niệm 80 năm Quốc khánh (2/9/1945 - 2/9/2025)".
_ANNIVERSARY = re.compile(
    r"(?<!\w)k[ỷỉ]\sniệm\s(?:(?!(?:diễn|tổ|được|vào|tại|trong|sẽ|đã|sáng|trưa|chiều|tối|hôm)(?!\w))[\w(/.-]++\s[\s(]*+){0,14}"
    r"(?:[\w(/.-]++(?<=\())?$",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(r"(?:sáng|trưa|chiều|tối|đêm|hôm)(?!\w)", re.IGNORECASE)
# "Xem nhanh 20h ngày 27.9 có nhiều tin tức đáng chú ý": a list of other news.
_ROUNDUPS = (
    "tin tức đáng chú ý", "thông tin đáng chú ý", "tin đáng chú ý", "tin tức nổi bật", "thông tin nổi bật",
    "tin nổi bật", "tin tức bạn đọc", "thông tin bạn đọc", "điểm tin", "Điểm tin",
)  # fmt: skip
_DAY = re.compile(r"(?:\d{4}|XXXX)-(?:0\d|1[0-2])-\d\d")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Telling:
    """What one article says of a date: the sentence that tells the event, and the one on the topic where that is
    another. `own` where the first says its date itself.
    """

    event: Quote
    own: bool
    planned: bool
    about: tuple[Quote, ...] = ()


def timeline(
    query: Query,
    ranked: Sequence[Quote],
    sentences_of: Callable[[Article], Sequence[Sentence]],
    period: Period = ALWAYS,
) -> Timeline:
    """The events of a topic from sentences ranked best first; `sentences_of` an article are all its sentences.

    Pure: no clock, no file. Each date has one entry, at the granularity of the text.
    """
    if not 0 < len(query.terms) <= _LONGEST:
        return Timeline(query.question, (), period.since, period.until)
    subject = Subject.of(query)
    by_article: defaultdict[str, list[Quote]] = defaultdict(list)
    for q in ranked:
        by_article[q.article.id].append(q)

    def tellings() -> Iterator[_Telling]:
        for q in ranked:
            if q.date and period.overlaps(q.date.edtf) and subject.is_in(q.text) and _tells_event(q):
                telling = _telling(q, subject, by_article[q.article.id], sentences_of)
                if telling:
                    yield telling

    entries = [_entry(told) for told in _by_date(tellings())]
    entries.sort(key=lambda entry: _order(entry.date.edtf))
    nearest = () if entries else _nearest(ranked, subject)
    return Timeline(query.question, tuple(entries), period.since, period.until, nearest)


def _by_date(tellings: Iterable[_Telling]) -> list[list[_Telling]]:
    """Of each date one telling an article: the first, or the first that says its date itself."""
    by_date: defaultdict[str, dict[str, _Telling]] = defaultdict(dict)
    for telling in tellings:
        same_date = by_date[telling.event.date.edtf]
        known = same_date.get(telling.event.article.id)
        if known is None or (telling.own and not known.own):
            same_date[telling.event.article.id] = telling
    return [list(same_date.values()) for same_date in by_date.values()]


def _nearest(ranked: Sequence[Quote], subject: Subject) -> tuple[Quote, ...]:
    """What speaks of the topic without a date or, failing that, has most of its words."""
    on_topic = tuple(islice((q for q in ranked if subject.is_in(q.text)), _NEAREST))
    return on_topic or tuple(islice((q for q in ranked if subject.is_hinted_at(q.text)), _NEAREST))


def _order(edtf: str) -> tuple[bool, date, date, str]:
    limits = limits_of(edtf)
    return (False, *limits, edtf) if limits else (True, date.max, date.max, edtf)


def _tells_event(q: Quote) -> bool:
    """Whether the date is when something happened: no habit, no anniversary, no year that only names something."""
    if any(words in q.text for words in _ROUNDUPS) or ("XXXX" in q.date.edtf and _RECURRING.search(q.text)):
        return False
    coarse, commemorates = not _has_day_or_month(q.date.edtf), "niệm" in q.text
    expression = spoken_of(q.text, dates.find(q.text)) if coarse or commemorates else None
    if expression is None:
        return True
    before = q.text[: expression.start]
    if commemorates and _ANNIVERSARY.search(before) and not _PART_OF_DAY.match(expression.text):
        return False
    return not coarse or bool(_SAYS_WHEN.search(before))


def _has_day_or_month(edtf: str) -> bool:
    return any(len(end) > 4 for end in edtf.split("/"))


def _telling(
    q: Quote, subject: Subject, found: Sequence[Quote], sentences_of: Callable[[Article], Sequence[Sentence]]
) -> _Telling | None:
    """None where an article that is about something else mentions the topic in passing.

    `found` are all sentences of the article that were found, `sentences_of` it all that it has.
    """
    if not _is_inherited(q):
        return _Telling(q, own=True, planned=_is_planned(q))
    opening = _opening(q, sentences_of(q.article))
    hinted = subject.is_in_title(q.article) or (opening is not None and subject.is_hinted_at(opening.text))
    if not hinted and sum(subject.is_in(other.text) for other in found) < _RETURNS:
        return None
    if opening is None:
        return _Telling(q, own=False, planned=_is_planned(q))
    about = () if subject.is_in(opening.text) else (q,)
    return _Telling(opening, own=True, planned=_is_planned(opening), about=about)


def _is_inherited(q: Quote) -> bool:
    """Whether the sentence goes on telling the event of its article; a day without a year is the same in both."""
    if q.date.basis == "unknown":
        return spoken_of(q.text, dates.find(q.text)) is None
    return dates.is_inherited(q.date)


def _opening(q: Quote, sentences: Sequence[Sentence]) -> Quote | None:
    """The sentence that tells the event which this one goes on telling: the first of its date that says the date."""
    for sentence in sentences:
        if sentence.date.edtf == q.date.edtf and sentence.kind in {"lead", "body"}:
            opening = quote(q.article, sentence, q.score)
            if not _is_inherited(opening):
                return opening
    return None


def _is_planned(q: Quote) -> bool:
    """Whether the sentence looks ahead from the day on which it was published."""
    day, published = q.date.edtf, (q.article.published or q.article.event_date).edtf[:10]
    if _DAY.fullmatch(day) and _DAY.fullmatch(published) and "XXXX" not in day + published:
        return day > published or (day == published and _looks_ahead(q.text))
    told, known = limits_of(day), dates.bounds(published)
    if told is None or known is None:
        return False
    return told[0] > known[1] or (told[1] >= known[0] and bool(_DAY.match(day)) and _looks_ahead(q.text))


def _looks_ahead(text: str) -> bool:
    future = _FUTURE.search(text)
    return future is not None and not _TOLD.search(text, 0, future.start())


def _entry(tellings: Sequence[_Telling]) -> TimelineEntry:
    """One date: the telling that most others repeat first, then those that tell the same, each article once."""
    by_score = sorted(tellings, key=lambda telling: -telling.event.score)
    compared, rest = by_score[:_COMPARED], by_score[_COMPARED:]
    if len(compared) > 1:
        compared = _by_agreement(compared)
    first, quotes = compared[0], tuple(telling.event for telling in (*compared, *rest))
    return TimelineEntry(first.event.date, quotes, all(telling.planned for telling in tellings), first.about)


def _by_agreement(tellings: Sequence[_Telling]) -> list[_Telling]:
    """Best first.

    A quote is central where its pairs of words stand in many others of the date: the centroid of Radev, Jing, Styś and
    Tam, "Centroid-based summarization of multiple documents" (2004). What happened goes before what was expected.
    """
    pairs = [_pairs(telling.event.text) for telling in tellings]
    shared = Counter(pair for one in pairs for pair in one)

    def rank(index: int) -> tuple[bool, bool, bool, float, float]:
        telling = tellings[index]
        agreement = sum(shared[pair] - 1 for pair in pairs[index]) / max(_FEWEST_PAIRS, len(pairs[index]))
        told = telling.event.kind in {"lead", "body"}
        return telling.planned, not telling.own, not told, -agreement, -telling.event.score

    best, *others = sorted(range(len(tellings)), key=rank)

    def likeness(index: int) -> tuple[bool, float]:
        common = len(pairs[best] & pairs[index])
        return tellings[index].planned, -common / max(_FEWEST_PAIRS, len(pairs[index]))

    order = [best, *sorted(others, key=likeness)]
    return [tellings[index] for index in _each_publisher_first(order, tellings)]


def _each_publisher_first(order: Iterable[int], tellings: Sequence[_Telling]) -> list[int]:
    """The first of each publisher, then all others."""
    first: dict[str | None, int] = {}
    rest: list[int] = []
    for index in order:
        publisher = tellings[index].event.article.publisher
        if publisher in first:
            rest.append(index)
        else:
            first[publisher] = index
    return [*first.values(), *rest]


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """The neighbouring words of a sentence; numbers are none."""
    return frozenset(pairwise(_WORD.findall(text.lower())))
