"""Days on which a story was told by articles that do not say when it happened: the day of publication stands for it.

Papers write "vừa", "sắp" or nothing. Such an article is a vote for the day on which it came out, a weaker one than a
stated day; one that retells what is stated of a day just before is a vote for that day.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, pairwise

from retrieval import dates
from retrieval.records import Date, Quote
from retrieval.timeline.planning import looks_ahead
from retrieval.timeline.subject import lower_of
from retrieval.timeline.topic import Topic, words_of

# Days before the publication of which it may be a retelling, and how much of its words, those of the topic left out,
# the sentences of that day have then.
_BEFORE = 3
_RETOLD = 0.15
_FEWEST_PAIRS = 10
_NOTHING: frozenset[tuple[str, str]] = frozenset()
# Something has happened; so many articles of a day without such a word are about the topic, too.
_MANY = 3
# So much of the topic's weight in a sentence is the topic, whatever its article is called.
_WHOLE = 0.75
_NEWS = re.compile(r"(?<!\w)(?:vừa|bị|bắt|ban\shành|ký)(?!\w)", re.IGNORECASE)
# What so many of a story's articles have is no sign that two tell the same.
_COMMON = 0.15
_COUNTED = 150  # of them that are looked at for that
# Features tell of a day that is over ("Khoảnh khắc …", "Vì sao …?"), as does what somebody has to say ("Rooney: '…'").
_FEATURE = re.compile(
    r"(?:khoảnh\skhắc|bên\strong|cận\scảnh|toàn\scảnh|chân\sdung|v[iì]\ssao|tại\ssao|lý\sdo|những|hé\slộ|nhìn\slại|hành\strình"
    r"|chuyện|nỗi|hình\sảnh|giải\smã|dấu\sấn)(?!\w)|.{1,200}\?$|[^:?!]{2,60}:\s?['‘\"“]",
    re.IGNORECASE,
)
_FEATURED = 0.3
# A story is told on the next day with half of the weight that it had; at least a quarter of what is told then is news.
_FADING, _GOES_ON = 0.5, 0.25
# "Xem nhanh 20h ngày 27.9 có nhiều tin tức đáng chú ý": a list of other news.
_ROUNDUPS = (
    "tin tức đáng chú ý", "thông tin đáng chú ý", "tin đáng chú ý", "tin tức nổi bật", "thông tin nổi bật",
    "tin nổi bật", "tin tức bạn đọc", "thông tin bạn đọc", "điểm tin", "Điểm tin",
)  # fmt: skip
_ROUNDUP = re.compile(r"\s*(?:điểm tin|xem nhanh|bản tin|tin tức|tin nóng|tin sáng|tin tối)\b", re.IGNORECASE)
_ON_TOPIC, _ENTITLED = 0.6, 0.55


def unstated(
    topic: Topic, by_article: Mapping[str, Sequence[Quote]], stated: Iterable[str]
) -> list[tuple[Quote, float]]:
    """Of each article without a stated day the sentence that speaks most of the topic, dated as published, and how much
    it does; previews are left out.
    """
    told, found = set(stated), []
    days: dict[date, Date] = {}
    for article_id, quotes in by_article.items():
        article = quotes[0].article
        if article_id in told:
            continue
        title = lower_of(article.title or "")
        entitled = topic.tells(title)
        shares = [(topic.share(q.text, title, own=True), q) for q in quotes]
        share, best = max(shares, key=lambda one: one[0])
        day = _day(article.published) if share >= (_ENTITLED if entitled else _ON_TOPIC) else None
        if day is None:
            continue
        counted = (1.0 if entitled else 0.5) * (_FEATURED if _FEATURE.match(article.title or "") else 1.0)
        if not looks_ahead(best.text, dated=False, announced=True) and not is_roundup(best):
            if day not in days:
                shown = dates.for_people(Date(day.isoformat()))
                days[day] = Date(day.isoformat(), "published", f"ngày đăng {shown}")
            found.append((replace(best, date=days[day]), share * counted))
    return found


def is_roundup(q: Quote) -> bool:
    """Whether it is a list of other news: "Xem nhanh 20h ngày 27.9 có nhiều tin tức đáng chú ý"."""
    return _ROUNDUP.match(q.article.title or "") is not None or any(words in q.text for words in _ROUNDUPS)


def by_day(
    topic: Topic, votes: Sequence[tuple[Quote, float]], stated: Mapping[str, Sequence[Quote]]
) -> dict[str, list[tuple[Quote, float]]]:
    """The votes by the day they are for: a stated one that they retell, else that of publication; of these days one
    article at least must be about the topic by its title or its lead, or say that something has happened, or
    several tell of it.
    """
    own = [words_of(q.text) for q, _ in votes]
    days = {day: [words_of(q.text) for q in quotes] for day, quotes in stated.items() if len(day) == len("2025-01-01")}
    words = {day: frozenset().union(*told) for day, told in days.items()}
    every = [*own, *(told for day in days.values() for told in day)]
    sample = every[:: 1 + len(every) // _COUNTED]
    counts = Counter(chain.from_iterable(sample))
    common = frozenset(pair for pair, count in counts.items() if count > max(2, _COMMON * len(sample)))
    found: defaultdict[str, list[tuple[Quote, float]]] = defaultdict(list)
    for (q, weight), pairs in zip(votes, own, strict=True):
        found[_retold(topic, q, pairs - common, words)].append((q, weight))
    return {
        day: told
        for day, told in found.items()
        if day in words
        or len(told) >= _MANY
        or any(topic.tells(q.article.title or "") or _NEWS.search(q.text) or _is_about(topic, q) for q, _ in told)
    }


def _is_about(topic: Topic, q: Quote) -> bool:
    """Whether a sentence speaks of most that the topic says, below a title that has some of it."""
    return topic.has_some(q.article.title or "") and topic.share(q.text) >= _WHOLE


def _retold(
    topic: Topic, q: Quote, own: frozenset[tuple[str, str]], words: Mapping[str, frozenset[tuple[str, str]]]
) -> str:
    """The stated day, of the last few, whose sentences have most of the quote's words; else its own. Words of the topic
    are in all of them.
    """
    best, day = _RETOLD, q.date.edtf
    for before in _days_before(q.date.edtf):
        shared = own & words.get(before, _NOTHING)
        if len(shared) > best * max(_FEWEST_PAIRS, len(own)):
            likeness = sum(not topic.names(pair) for pair in shared) / max(_FEWEST_PAIRS, len(own))
            if likeness > best:
                best, day = likeness, before
    return day


@lru_cache(256)
def _days_before(day: str) -> tuple[str, ...]:
    """The day and the few before it."""
    return tuple((date.fromisoformat(day) - timedelta(days=back)).isoformat() for back in range(_BEFORE + 1))


def _day(published: Date) -> date | None:
    limits = dates.bounds(published.edtf)
    return limits[0] if limits and limits[0] == limits[1] else None


def spread(days: Mapping[str, float]) -> dict[str, float]:
    """How much of each day's weight is news of that day: what was told as much the day before goes on from it."""
    ordered = sorted(days)
    kept = {ordered[0]: days[ordered[0]]} if ordered else {}
    for before, day in pairwise(ordered):
        follows = date.fromisoformat(day) - date.fromisoformat(before) == timedelta(days=1)
        kept[day] = max(days[day] * _GOES_ON, days[day] - days[before] * _FADING) if follows else days[day]
    return kept
