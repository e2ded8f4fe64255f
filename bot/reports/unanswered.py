"""What people asked in vain, the same and nearly the same questions together."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from rapidfuzz import fuzz

from bot.reports.reading import span
from retrieval.tokens import fold, syllables

_IN_VAIN = """
    SELECT question, COUNT(*) AS count, MAX(at) AS last FROM queries
    WHERE outcome = 'not_found' AND (kind = 'question' OR (kind = 'command' AND question LIKE '/%'))
        AND at >= :begin AND at < :end
    GROUP BY question
"""
# Compared with each other are so many wordings, those asked most: the rest is told by number only.
MOST = 2000
# Of 100: "ai là bộ trưởng ngoại giao" and "bộ trưởng ngoại giao là ai" have 100, and two questions about two people
# of three syllables each, one of which is another, 85 to 90.
_SAME = 93
_ADDRESS = re.compile(r"^/\w+(@\w+)?|@\w+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Group:
    """One question as it was mostly asked, how often in all its wordings, when last, and its other wordings."""

    question: str
    count: int
    last: datetime
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The groups, those asked most first; `more` questions were asked in wordings that were not looked at."""

    since: date
    until: date
    groups: tuple[Group, ...]
    more: int = 0


def unanswered(db: sqlite3.Connection, since: date, until: date) -> Unanswered:
    """What was asked in vain on these days, both included."""
    rows = db.execute(_IN_VAIN, span(since, until)).fetchall()
    exact: defaultdict[str, list[_Wording]] = defaultdict(list)
    for wording in map(_Wording.of, rows):
        exact[wording.folded].append(wording)
    exact.pop("", None)
    ordered = sorted(exact.values(), key=lambda wordings: (-sum(w.count for w in wordings), wordings[0].folded))
    groups = [_group(wordings) for wordings in _merged(ordered[:MOST])]
    more = sum(wording.count for wordings in ordered[MOST:] for wording in wordings)
    return Unanswered(since, until, tuple(sorted(groups, key=lambda g: (-g.count, -g.last.timestamp()))), more)


@dataclass(frozen=True, slots=True)
class _Wording:
    question: str
    folded: str
    count: int
    last: datetime

    @classmethod
    def of(cls, row: sqlite3.Row) -> Self:
        question = " ".join(_ADDRESS.sub(" ", row["question"]).split())
        folded = " ".join(fold(syllable) for syllable in syllables(question))
        return cls(question, folded, row["count"], datetime.fromisoformat(row["last"]))

    def is_nearly(self, other: Self) -> bool:
        """Whether both ask the same, apart from the order of words and a slip; another number is another question."""
        return sorted(_NUMBER.findall(self.folded)) == sorted(_NUMBER.findall(other.folded)) and bool(
            fuzz.token_sort_ratio(self.folded, other.folded, score_cutoff=_SAME)
        )


def _merged(exact: Iterable[list[_Wording]]) -> list[list[_Wording]]:
    """Each in the first group, of those asked more, that is nearly the same."""
    groups: list[list[_Wording]] = []
    for wordings in exact:
        near = next((group for group in groups if wordings[0].is_nearly(group[0])), None)
        if near is None:
            groups.append(wordings)
        else:
            near += wordings
    return groups


def _group(wordings: list[_Wording]) -> Group:
    # Of wordings asked as often, the one with diacritics: it is the longer one in bytes.
    first, *others = sorted(wordings, key=lambda w: (-w.count, -len(w.question.encode()), w.question))
    distinct = dict.fromkeys(wording.question for wording in others if wording.question != first.question)
    return Group(first.question, sum(w.count for w in wordings), max(w.last for w in wordings), tuple(distinct))
