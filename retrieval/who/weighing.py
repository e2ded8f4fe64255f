"""How much speaks for somebody holding an office, and whether it is more than misreadings would give.

A sentence is misread now and then, and a library of a hundred thousand finds every misreading. What one article says
against hundreds is therefore tested: were all articles that show the office meant for others, so many would be expected
to name this one by mistake (a binomial tail; R. A. Fisher, "Statistical Methods for Research Workers", 1925). Only what
mistakes hardly explain is shown as a fact.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

Key = TypeVar("Key")

# One sighting of an office in so many gives it to one and the same wrong person. Of the 60 offices held most in
# rss_2025 (3,500 sightings) 15 wrong holders had one sighting in 30 to 370 each, the worst two in 137.
MISREAD = 0.01
# And one in so many of a person gives that person one and the same wrong office: 403 of Donald Trump had two such.
MISREAD_OF_PERSON = 0.002
# The chance of so many mistakes below which it is a fact. One sighting stands beside up to four of another holder, two
# beside 35, three beside 80. Of offices that several hold (deputies, members) a new name is less of a surprise: one
# stands beside 34, two beside 108.
CHANCE = 0.05
CHANCE_OF_SEVERAL = 0.3
# Of what shows somebody in office this share is left out at either end, for when it was held beside another.
_TRIMMED = 0.05
# Who holds an office now: from the newest article back, until one is this many articles ahead of every other. One
# article in ten names a predecessor still, or a successor already: two ahead are odds of 81 to one.
_LEAD = 2
_ABOUT = 7  # days: a misreading soon after the last article on the holder stands against that holder
# Where no article shows it for so many days before, whoever is ahead holds it: what is older tells of predecessors.
_SILENCE = 30
# An article that tells of the appointment says as much as so many that mention the holder.
APPOINTED = 2
_FAR = 50  # times what is expected: the tail is nothing there


class Tenure(NamedTuple):
    """So many articles of a paper in a stretch of days show a person in an office: a row of `tenures`.

    `first` and `last` are the ordinals of the first and the last of these days, 0 where the year is not known.
    """

    title: str
    person: str
    status: str
    stretch: int
    paper: str
    articles: int
    first: int
    last: int


@dataclass(frozen=True)
class Evidence:
    """What shows one person in one office: rows, all of one person or of names for that person."""

    rows: tuple[Tenure, ...]

    @cached_property
    def articles(self) -> int:
        """How many articles, near-copies and replaced versions not counted."""
        return sum(row.articles for row in self.rows)

    @cached_property
    def papers(self) -> int:
        """How many papers; articles without one are of one more."""
        return len({row.paper for row in self.rows})

    @cached_property
    def span(self) -> tuple[int, int] | None:
        """The ordinals between which it is shown but for stray articles at either end; None without a known year."""
        dated = sorted((row for row in self.rows if row.first), key=lambda row: row.stretch)
        if not dated:
            return None
        spare = int(_TRIMMED * sum(row.articles for row in dated))
        return _trimmed(dated, spare).first, _trimmed(dated[::-1], spare).last

    def is_beside(self, other: "Evidence") -> bool:
        """Whether both are shown in the office at about one time; what has no year may be of any time."""
        if self.span is None or other.span is None:
            return True
        return self.span[0] <= other.span[1] + _ABOUT and other.span[0] <= self.span[1] + _ABOUT


def _trimmed(rows: Sequence[Tenure], spare: int) -> Tenure:
    """The first row after so many articles."""
    for row in rows:
        if spare < row.articles:
            return row
        spare -= row.articles
    return rows[-1]


def chance_of(wrong: int, among: int, rate: float) -> float:
    """P(X ≥ wrong) for X binomial(among, rate): how likely mistakes alone give so many."""
    if wrong <= 0:
        return 1.0
    if wrong > _FAR + _FAR * among * rate:
        return 0.0
    log_rate, log_other = math.log(rate), math.log1p(-rate)
    fewer = 0.0
    for count in range(wrong):
        log_ways = math.lgamma(among + 1) - math.lgamma(count + 1) - math.lgamma(among - count + 1)
        fewer += math.exp(log_ways + count * log_rate + (among - count) * log_other)
    return max(0.0, 1.0 - fewer)


def stands(own: Evidence, others: Iterable[Evidence], *, several: bool) -> bool:
    """Whether the evidence is more than misreadings of articles that show others in the office at that time.

    `several`: more than one hold it at a time.
    """
    beside = sum(other.articles for other in others if own.is_beside(other))
    chance = chance_of(own.articles, own.articles + beside, MISREAD)
    return chance < (CHANCE_OF_SEVERAL if several else CHANCE)


def is_of_person(own: Evidence, all_of_person: Iterable[Evidence]) -> bool:
    """Whether it is more than misreadings among all articles that show this person in any office at that time."""
    every = sum(other.articles for other in all_of_person if own.is_beside(other))
    return chance_of(own.articles, max(every, own.articles), MISREAD_OF_PERSON) < CHANCE


def died(late: Evidence, held: Evidence) -> int | None:
    """The day from which somebody is called late, as an ordinal; None where that is a mistake, as articles after it
    show the person in office.
    """
    days = [row.first for row in late.rows if row.first]
    if not days:
        return None
    first = min(days)
    after = sum(row.articles for row in held.rows if row.first > first)
    return first if chance_of(late.articles, late.articles + after, MISREAD) < CHANCE else None


class Sign(NamedTuple):
    """An article of a day (an ordinal) that speaks for or against somebody holding an office, by its weight."""

    day: int
    sign: int


def latest(signs: Iterable[tuple[Key, Sign]]) -> Key | None:
    """Who holds an office by the newest solid evidence: going back from the newest article, the first who is ahead of
    all others by enough of them, or at all where articles were silent on it for long before; where nobody ever is, who
    is ahead at the end, the newest of equals.

    A sequential probability ratio test (A. Wald, "Sequential Analysis", 1947), from the end of time.
    """
    votes: Counter[Key] = Counter()
    before: int | None = None
    for who, sign in sorted(signs, key=lambda one: -one[1].day):
        if before is not None and before - sign.day > _SILENCE and _lead(votes) > 0:
            break
        votes[who] += sign.sign
        before = sign.day
        if _lead(votes) >= _LEAD:
            break
    first = votes.most_common(1)
    return first[0][0] if first and first[0][1] > 0 else None


def _lead(votes: Counter[Key]) -> int:
    """By how much the first is ahead of all others, and of nobody."""
    first, second = [*(count for _, count in votes.most_common(2)), 0, 0][:2]
    return first - max(second, 0)
