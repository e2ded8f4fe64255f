"""From ranked sentences to a timeline: which of them tell an event, and what is told of one and the same date."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from retrieval import dates
from retrieval.dates.edtf import limits_of
from retrieval.dates.ranges import ALWAYS, Period
from retrieval.dates.roles import spoken_of
from retrieval.query import Query
from retrieval.records import Article, Quote, Sentence, Timeline, quote
from retrieval.timeline import published
from retrieval.timeline.changing import with_changes
from retrieval.timeline.entries import entry_of, merged, once_told
from retrieval.timeline.planning import is_planned, only_says
from retrieval.timeline.telling import Telling, is_inherited
from retrieval.timeline.topic import Topic

# Sentences on a topic that show an article to be about it, where neither its title nor its opening does.
_RETURNS = 2
# Words of a topic; no sentence speaks of one that is longer.
LONGEST = 40
# Nearest quotes shown where there is no event.
_NEAREST = 3

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
# What a telling counts as evidence for its day where it tells what somebody said, or no day at all.
_SAYING = 0.8
_COARSE = {10: 1.0, 7: 0.3, 4: 0.1}
_PUBLISHED = 0.7


def timeline(  # noqa: PLR0913, PLR0917 - a topic, what was found on it, and how far it is told
    query: Query,
    ranked: Sequence[Quote],
    sentences_of: Callable[[Article], Sequence[Sentence]],
    period: Period = ALWAYS,
    rarity: Sequence[float] | None = None,
    whole: Sequence[tuple[int, int]] = (),
) -> Timeline:
    """The events of a topic from sentences ranked best first; `sentences_of` an article are all its sentences. `rarity`
    are the idf of the query's terms, or numbers that are in proportion; `whole` are places in them where a name stands
    that is one.

    Pure: no clock, no file. Each date has one entry, at the granularity of the text.
    """
    if not 0 < len(query.terms) <= LONGEST:
        return Timeline(query.question, (), period.since, period.until)
    topic = Topic.of(query, rarity, (q.text for q in ranked), whole)
    if not topic.is_told(f"{q.article.title or ''}\n{q.text}" for q in ranked):
        return Timeline(query.question, (), period.since, period.until, _nearest(ranked, topic))
    by_article: defaultdict[str, list[Quote]] = defaultdict(list)
    for q in ranked:
        by_article[q.article.id].append(q)

    def tellings() -> Iterator[Telling]:
        for q in ranked:
            if q.date and period.overlaps(q.date.edtf) and _is_on(topic, q) and _tells_event(q):
                telling = _telling(q, topic, by_article[q.article.id], sentences_of)
                if telling:
                    yield telling

    stated = _by_date(tellings())
    by_date = _with_published(topic, stated, by_article, period)
    planned = (entry_of(day, told, sentences_of) for day, told in merged(by_date).items())
    entries = list(with_changes(once_told(planned), topic, ranked))
    entries.sort(key=lambda entry: _order(entry.date.edtf))
    nearest = () if entries else _nearest(ranked, topic)
    return Timeline(query.question, tuple(entries), period.since, period.until, nearest)


def _is_on(topic: Topic, q: Quote) -> bool:
    """Whether a sentence speaks of the topic, or opens an article that is called after it."""
    title = q.article.title or ""
    return topic.is_in(q.text, title) or (q.kind == "lead" and topic.is_in(title))


def _with_published(
    topic: Topic, stated: dict[str, list[Telling]], by_article: Mapping[str, Sequence[Quote]], period: Period
) -> dict[str, list[Telling]]:
    """The tellings of each date, with the articles that say no day at the day they came out."""
    articles = {telling.event.article.id for told in stated.values() for telling in told}
    votes = published.unstated(topic, by_article, articles)
    quotes = {day: [telling.event for telling in told] for day, told in stated.items()}
    voted = published.by_day(topic, votes, quotes)
    news = published.spread({day: sum(weight for _, weight in told) for day, told in voted.items()})
    by_date = dict(stated)
    for day, told in voted.items():
        if period.overlaps(day):
            share = _PUBLISHED * news[day] / sum(weight for _, weight in told)
            added = [Telling(q, own=False, planned=False, weight=weight * share) for q, weight in told]
            by_date[day] = [*by_date.get(day, ()), *added]
    return by_date


def _by_date(tellings: Iterable[Telling]) -> dict[str, list[Telling]]:
    """Of each date one telling an article: the first, or the first that says its date itself."""
    by_date: defaultdict[str, dict[str, Telling]] = defaultdict(dict)
    for telling in tellings:
        same_date = by_date[telling.event.date.edtf]
        known = same_date.get(telling.event.article.id)
        if known is None or (telling.own and not known.own):
            same_date[telling.event.article.id] = telling
    return {day: list(same_date.values()) for day, same_date in by_date.items()}


def _nearest(ranked: Sequence[Quote], topic: Topic) -> tuple[Quote, ...]:
    """What speaks of the topic without a date or, failing that, has its telling word."""
    on_topic = tuple(islice((q for q in ranked if topic.is_in(q.text)), _NEAREST))
    return on_topic or tuple(islice((q for q in ranked if topic.tells(q.text)), _NEAREST))


def _order(edtf: str) -> tuple[bool, date, date, str]:
    limits = limits_of(edtf)
    return (False, *limits, edtf) if limits else (True, date.max, date.max, edtf)


def _tells_event(q: Quote) -> bool:
    """Whether the date is when something happened: no habit, no anniversary, no year that only names something."""
    if published.is_roundup(q) or ("XXXX" in q.date.edtf and _RECURRING.search(q.text)):
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
    q: Quote, topic: Topic, found: Sequence[Quote], sentences_of: Callable[[Article], Sequence[Sentence]]
) -> Telling | None:
    """None where an article that is about something else mentions the topic in passing.

    `found` are all sentences of the article that were found, `sentences_of` it all that it has.
    """
    if not is_inherited(q):
        return _weighed(Telling(q, own=True, planned=_is_planned(q)), topic, q)
    opening = _opening(q, sentences_of(q.article))
    hinted = topic.is_in(q.article.title or "") or (opening is not None and topic.is_hinted_at(opening.text))
    if not hinted and sum(topic.is_in(other.text) for other in found) < _RETURNS:
        return None
    if opening is None:
        return _weighed(Telling(q, own=False, planned=_is_planned(q)), topic, q)
    about = () if topic.is_in(opening.text) else (q,)
    return _weighed(Telling(opening, own=True, planned=_is_planned(opening), about=about), topic, q)


def _weighed(telling: Telling, topic: Topic, on_topic: Quote) -> Telling:
    """With what it counts as evidence: how much of the topic the sentence and its title have, and how it is told."""
    q = telling.event
    share = topic.share(f"{q.article.title or ''}\n{on_topic.text}")
    share *= _SAYING if only_says(q.text) else 1.0
    return replace(telling, weight=share * share * min(_COARSE.get(len(end), 1.0) for end in q.date.edtf.split("/")))


def _is_planned(q: Quote) -> bool:
    return is_planned(q.text, q.date.edtf, (q.article.published or q.article.event_date).edtf)


def _opening(q: Quote, sentences: Sequence[Sentence]) -> Quote | None:
    """The sentence that tells the event which this one goes on telling: the first of its date that says the date."""
    for sentence in sentences:
        if sentence.date.edtf == q.date.edtf and sentence.kind in {"lead", "body"}:
            opening = quote(q.article, sentence, q.score)
            if not is_inherited(opening):
                return opening
    return None
