"""The topics that a collection tells most of: names as titles have them, counted by the articles that do."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from retrieval.dates.edtf import limits_of
from retrieval.dates.ranges import ALWAYS, Period
from retrieval.facts import is_vietnamese
from retrieval.store.snapshot import Snapshot

# What is told now: the last days of the collection, where no period is asked for; the newest titles are enough.
_RECENT = timedelta(days=30)
_TITLES = 2000
# In how many titles a name stands that is a topic; of a small collection one is enough.
_FEWEST = 3
_SMALL = 50  # titles
# Articles read for what mostly follows a name.
_READ = 200
# Characters: a title may be a whole paragraph.
_LONGEST = 300
# A word in small letters that mostly follows a name is part of it: "Bộ Ngoại giao", "Tổng Bí thư".
_MOSTLY = 0.8

_WORD = re.compile(r"[^\W\d_]+")


def popular(snapshot: Snapshot, count: int, period: Period = ALWAYS) -> tuple[str, ...]:
    """Up to so many names that most titles of the period have; without a period, those of the last month."""
    newest = _newest(snapshot, period)
    titles = [title[:_LONGEST] for _, title in newest]
    texts = [f"{a.title}\n{a.text}" for a in snapshot.articles([key for key, _ in newest[:_READ]])]
    found: Counter[str] = Counter()
    followers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for title in titles:
        for name, follower in dict(_names(title)).items():
            found[name] += 1
            followers[name][follower] += 1
    fewest = 1 if len(titles) < _SMALL else _FEWEST
    ranked = [_whole(name, followers[name], texts) for name, times in found.most_common(4 * count) if times >= fewest]
    return tuple(_distinct(ranked, count))


def _newest(snapshot: Snapshot, period: Period) -> list[tuple[int, str]]:
    """Keys and titles, the newest first; of a collection without any date those read first."""
    if not period:
        last = snapshot.last_day()
        limits = limits_of(last)
        if limits is None:
            return snapshot.first_titles(_TITLES)
        period = Period(limits[1] - _RECENT, limits[1])
    first, last = (day.isoformat() if day else end for day, end in ((period.since, ""), (period.until, "9")))
    return snapshot.titles(first, last, _TITLES)


def _names(title: str) -> Iterator[tuple[str, str]]:
    """Runs of words in capitals, each with the word in small letters that follows. A word that opens a title, or
    follows a colon, has its capital from there.
    """
    words = list(_WORD.finditer(title))
    run: list[str] = []
    for at, word in enumerate(words):
        gap = title[words[at - 1].end() : word.start()] if at else "."
        if gap.strip("- "):
            yield from _name(run, "")
            run = []
        opens = at == 0 or any(mark in gap for mark in ".:?!")
        if word[0][0].isupper() and not (opens and is_vietnamese(word[0])):
            run.append(word[0])
        else:
            yield from _name(run, word[0])
            run = []
    yield from _name(run, "")


def _name(words: Sequence[str], follower: str) -> Iterator[tuple[str, str]]:
    """Several words, or one that is no Vietnamese syllable: "Ukraine", not "Nga" or "Tết"."""
    if len(words) > 1 or (words and len(words[0]) > 3 and not is_vietnamese(words[0])):
        yield " ".join(words), follower


def _whole(name: str, followers: Counter[str], texts: Sequence[str]) -> str:
    follower = followers.most_common(1)[0][0]
    longer = f"{name} {follower}"
    times, more = (sum(text.count(words) for text in texts) for words in (name, longer))
    return longer if follower and more > 1 and more >= _MOSTLY * times else name


def _distinct(names: Sequence[str], count: int) -> list[str]:
    """Without those that are part of another, the more frequent first."""
    kept: list[str] = []
    for name in names:
        if not any(f" {name} " in f" {other} " or f" {other} " in f" {name} " for other in kept):
            kept.append(name)
    return kept[:count]
