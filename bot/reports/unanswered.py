"""What people asked in vain, the same and nearly the same questions together.

Two questions are the same if they are of one kind (who, when, how many …) and have the same terms, as the library reads
them, in any order and with or without diacritics. They are nearly the same if one has a single term more, and that is
neither a number nor a name.
"""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from bot.reports.reading import span
from retrieval.query import QuestionReader
from retrieval.tokens import fold

_IN_VAIN = """
    SELECT question, COUNT(*) AS count, MAX(at) AS last FROM queries
    WHERE outcome = 'not_found' AND (kind = 'question' OR (kind = 'command' AND question LIKE '/%'))
        AND at >= :begin AND at < :end
    GROUP BY question
"""
# Compared with each other are so many wordings, those asked most: the rest is told by number only.
MOST = 2000
# Terms that two questions must share where one has a term more: of shorter ones a term is too much.
_COMMON = 4
_ADDRESS = re.compile(r"^/\w+(@\w+)?|@\w+")


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
    reader = QuestionReader.from_config()
    exact: defaultdict[tuple[str, ...], list[_Wording]] = defaultdict(list)
    for wording in (_Wording.of(row, reader) for row in rows):
        if wording.terms:
            exact[wording.kind, *sorted(wording.terms)].append(wording)
    ordered = sorted(exact.values(), key=lambda wordings: (-sum(w.count for w in wordings), wordings[0].terms))
    groups = [_group(wordings) for wordings in _merged(ordered[:MOST])]
    more = sum(wording.count for wordings in ordered[MOST:] for wording in wordings)
    return Unanswered(since, until, tuple(sorted(groups, key=lambda g: (-g.count, -g.last.timestamp()))), more)


@dataclass(frozen=True, slots=True)
class _Wording:
    question: str
    kind: str
    terms: tuple[str, ...]
    names: frozenset[str]
    count: int
    last: datetime

    @classmethod
    def of(cls, row: sqlite3.Row, reader: QuestionReader) -> Self:
        question = " ".join(_ADDRESS.sub(" ", row["question"]).split())
        names = frozenset(map(fold, reader.read(question).names))
        # Read without diacritics, whether it has any or not: "mấy" and "máy" count alike then, in both wordings.
        query = reader.read(fold(question))
        return cls(question, query.kind, query.terms, names, row["count"], datetime.fromisoformat(row["last"]))

    def is_nearly(self, other: Self) -> bool:
        """Whether one has a term more than the other, and no other difference."""
        if self.kind != other.kind or abs(len(self.terms) - len(other.terms)) != 1:
            return False
        longer, shorter = sorted((self, other), key=lambda wording: len(wording.terms), reverse=True)
        if len(shorter.terms) < _COMMON or Counter(shorter.terms) - Counter(longer.terms):
            return False
        [more] = Counter(longer.terms) - Counter(shorter.terms)
        return not more.isdecimal() and more not in longer.names


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
