"""From tellings to the entry of a date: which quote reports it best, what else was done; stretches put to their day."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from math import sqrt

from retrieval.dates.edtf import is_day, limits_of
from retrieval.records import Article, Quote, Sentence, TimelineEntry, quote
from retrieval.store.counting import newspaper
from retrieval.timeline.planning import is_comment, is_preview
from retrieval.timeline.telling import Telling, is_after, is_background, is_inherited
from retrieval.timeline.topic import words_of

# Quotes of one date that are compared with each other; further ones follow by score.
_COMPARED = 40
# A short sentence is not central for the two words that it shares.
_FEWEST_PAIRS = 12
# At a gathering an act is an event of its day: who came, what was given. What was said there is none.
_ACT = re.compile(
    r"^(?!cùng\s)(?:[^;:“\"]{0,160},\s)?[^,;:“\"]{0,120}(?<!\w)(?:(?:tới|đến|tham)\sdự|tặng|trao(?!\sđổi)|mặc\sniệm|dâng\shương)(?!\w)"
    r"|^kết\sluận\s(?:hội\snghị|buổi|cuộc|phiên|đại\shội)",
    re.IGNORECASE,
)
_LONG_ARTICLE = 600  # characters; a shorter one tells its event in a sentence or two
_PAPERS = 0.15  # that each further paper adds
# What a heavier day just beside it tells in the same words is told for the second time: how much less that counts.
_BESIDE, _REPEATED = range(-2, 3), 0.5
_LOOKED_AT = 12  # quotes of a day
# A stretch of so many days is put to a day in it that outweighs it so many times, or that its articles tell, too.
_STRETCH, _MONTH = timedelta(days=9), timedelta(days=30)
_OUTWEIGHS = 2


def merged(by_date: Mapping[str, Sequence[Telling]]) -> dict[str, list[Telling]]:
    """The tellings by date, without the short stretches ("tuần trước", "6 và 7/11") and months that tell of a day in
    them.
    """
    found = {day: list(told) for day, told in by_date.items()}
    days = {edtf: limits[0] for edtf in by_date if is_day(edtf) and "/" not in edtf and (limits := limits_of(edtf))}
    for edtf, told in by_date.items():
        limits = limits_of(edtf) if edtf not in days else None
        longest = _STRETCH if is_day(edtf) else _MONTH
        if limits is None or limits[1] - limits[0] > longest:
            continue
        inside = [day for day, known in days.items() if limits[0] <= known <= limits[1]]
        articles = {telling.event.article.id for telling in told}
        into = next((day for day in inside if articles & {one.event.article.id for one in by_date[day]}), None)
        if into is None and is_day(edtf):
            heaviest = max(inside, key=lambda day: _weight(found[day]), default=edtf)
            into = heaviest if _weight(found[heaviest]) >= _OUTWEIGHS * _weight(told) else None
        if into is not None and into != edtf:
            found[into] += found.pop(edtf)
    return found


def _weight(tellings: Iterable[Telling]) -> float:
    return sum(telling.weight for telling in tellings)


def entry_of(
    day: str, tellings: Sequence[Telling], sentences_of: Callable[[Article], Sequence[Sentence]]
) -> TimelineEntry:
    """One date (EDTF): the telling that most others repeat first, then those that tell the same, each article once;
    then what else was done on that day where the articles tell it at length.
    """
    by_score = sorted(tellings, key=lambda telling: -telling.event.score)
    compared, rest = by_score[:_COMPARED], by_score[_COMPARED:]
    if len(compared) > 1:
        compared = _by_agreement(day, compared)
    first, quotes = compared[0], tuple(telling.event for telling in (*compared, *rest))
    papers = len({newspaper(telling.event.article) for telling in tellings})
    # What papers come back to day after day is what mattered: the root, as each tells less than the one before.
    returns = len({telling.event.article.published.edtf[: len("2025-01-01")] for telling in tellings})
    weight = _weight(tellings) * (1 + _PAPERS * (papers - 1)) * sqrt(returns)
    planned = all(telling.planned for telling in tellings)
    acts = tuple(act for telling in tellings for act in _acts(telling, sentences_of))
    shown = {(q.article.id, q.start) for q in (*quotes, *first.about)}
    quotes += tuple(act for act in acts if (act.article.id, act.start) not in shown)
    stated = (telling.event.date for telling in (first, *tellings) if telling.event.date.basis != "published")
    date_ = next((date for date in stated if date.edtf == day), first.event.date)
    background = all(is_background(telling.event) for telling in tellings)
    return TimelineEntry(date_, quotes, planned, first.about, weight, background=background)


def once_told(entries: Iterable[TimelineEntry]) -> Iterator[TimelineEntry]:
    """The entries, with less weight where a heavier one of a day or two before or after tells in the same words."""
    every = list(entries)
    days = [limits[0] if (limits := limits_of(entry.date.edtf)) else None for entry in every]
    by_day: defaultdict[date, list[int]] = defaultdict(list)
    for at, day in enumerate(days):
        if day:
            by_day[day].append(at)
    words = cache(lambda at: _words(every[at].quotes))
    for at, (day, entry) in enumerate(zip(days, every, strict=True)):
        near = (day + timedelta(days=gap) for gap in _BESIDE) if day else ()
        beside = [other for one in near for other in by_day.get(one, ()) if every[other].weight > entry.weight]
        own = words(at) if beside else frozenset()
        repeated = max((len(own & words(other)) for other in beside), default=0) / max(len(own), 1)
        yield replace(entry, weight=entry.weight * (1 - _REPEATED * repeated)) if repeated else entry


def _words(quotes: Sequence[Quote]) -> frozenset[tuple[str, str]]:
    return frozenset().union(*(words_of(q.text) for q in quotes[:_LOOKED_AT]))


def _acts(telling: Telling, sentences_of: Callable[[Article], Sequence[Sentence]]) -> Iterator[Quote]:
    """What was done at the gathering whose day a long article tells."""
    event = telling.event
    if not telling.own or len(event.article.text) < _LONG_ARTICLE:
        return
    for sentence in sentences_of(event.article):
        if sentence.date.edtf == event.date.edtf and sentence.kind in {"lead", "body"}:
            act = quote(event.article, sentence, event.score)
            if act.start != event.start and is_inherited(act) and _ACT.search(act.text):
                yield act


def _by_agreement(day: str, tellings: Sequence[Telling]) -> list[Telling]:
    """Best first.

    A quote is central where its pairs of words stand in many others of the date: the centroid of Radev, Jing, Styś and
    Tam, "Centroid-based summarization of multiple documents" (2004). What happened goes before what was expected.
    """
    pairs = [words_of(telling.event.text) for telling in tellings]
    shared = Counter(pair for one in pairs for pair in one)

    def rank(index: int) -> tuple[bool, bool, bool, bool, bool, float, float]:
        telling = tellings[index]
        agreement = sum(shared[pair] - 1 for pair in pairs[index]) / max(_FEWEST_PAIRS, len(pairs[index]))
        told = telling.event.kind in {"lead", "body"}
        text = telling.event.text
        aside = is_comment(text) or (not is_after(telling.event) and is_preview(text))
        other = telling.event.date.edtf != day and telling.event.date.basis != "published"
        return other, telling.planned, aside, not telling.own, not told, -agreement, -telling.event.score

    best, *others = sorted(range(len(tellings)), key=rank)

    def likeness(index: int) -> tuple[bool, float]:
        common = len(pairs[best] & pairs[index])
        return tellings[index].planned, -common / max(_FEWEST_PAIRS, len(pairs[index]))

    order = [best, *sorted(others, key=likeness)]
    return [tellings[index] for index in _each_paper_first(order, tellings)]


def _each_paper_first(order: Iterable[int], tellings: Sequence[Telling]) -> list[int]:
    """The first of each paper, then all others."""
    first: dict[str, int] = {}
    rest: list[int] = []
    for index in order:
        paper = newspaper(tellings[index].event.article)
        if paper in first:
            rest.append(index)
        else:
            first[paper] = index
    return [*first.values(), *rest]
