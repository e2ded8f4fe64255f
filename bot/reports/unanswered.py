"""What people asked in vain, the same and nearly the same questions together.

Two questions are the same if they are of one kind (who, when, how many …) and have the same terms, as the library reads
them, in any order and with or without diacritics. They are nearly the same if one has a single term more, and that is
neither a number nor a name.
"""

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from bot.querylog.reading import span
from retrieval.query import QuestionReader
from retrieval.tokens import fold, syllables

_IN_VAIN = """
    SELECT question, COUNT(*) AS count, MAX(at) AS last FROM queries
    WHERE outcome = 'not_found' AND (kind = 'question' OR (kind = 'command' AND question LIKE '/%'))
        AND at >= :begin AND at < :end
    GROUP BY question
"""
_BAD = """
    SELECT question, reason, words FROM feedback JOIN queries ON queries.id = feedback.query
    WHERE value < 0 AND question IS NOT NULL AND feedback.at >= :begin AND feedback.at < :end ORDER BY feedback.at DESC
"""
# Compared with each other are so many wordings, those asked most: the rest is told by number only.
MOST = 2000
# Terms that two questions must share where one has a term more: of shorter ones a term is too much.
_COMMON = 4
_Key = tuple[str, ...]
_ADDRESS = re.compile(r"^/\w+(@\w+)?|@\w+")


@dataclass(frozen=True, slots=True)
class Group:
    """One question as it was mostly asked, how often in all its wordings, when last, and its other wordings."""

    question: str
    count: int
    last: datetime
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disliked:
    """A question whose answer people found bad, how many, and why: reasons with their counts, and their own words."""

    question: str
    count: int
    reasons: tuple[tuple[str, int], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The groups, those asked most first; `more` questions were asked in wordings that were not looked at.

    `disliked` are questions with answers that people found bad, those with most votes first.
    """

    since: date
    until: date
    groups: tuple[Group, ...]
    more: int = 0
    disliked: tuple[Disliked, ...] = ()


def unanswered(db: sqlite3.Connection, since: date, until: date) -> Unanswered:
    """What was asked in vain on these days, both included."""
    spelt: defaultdict[tuple[str, ...], list[sqlite3.Row]] = defaultdict(list)
    for row in db.execute(_IN_VAIN, span(since, until)):
        spelt[tuple(map(fold, syllables(_ADDRESS.sub(" ", row["question"]))))].append(row)
    ordered = sorted(spelt.items(), key=lambda each: (-sum(row["count"] for row in each[1]), each[0]))
    reader = QuestionReader.from_config()
    groups = _Groups()
    for _, rows in ordered[:MOST]:
        groups.add([_Wording.of(row, reader) for row in rows])
    more = sum(row["count"] for _, rows in ordered[MOST:] for row in rows)
    told = sorted(map(_group, groups.all), key=lambda group: (-group.count, -group.last.timestamp()))
    return Unanswered(since, until, tuple(told), more, tuple(_disliked(db, since, until)))


def _disliked(db: sqlite3.Connection, since: date, until: date) -> list[Disliked]:
    """The votes against answers of these days, by question in any spelling."""
    votes: defaultdict[tuple[str, ...], list[sqlite3.Row]] = defaultdict(list)
    for row in db.execute(_BAD, span(since, until)):
        votes[tuple(map(fold, syllables(_ADDRESS.sub(" ", row["question"]))))].append(row)
    found = []
    for rows in votes.values():
        reasons = Counter(row["reason"] for row in rows if row["reason"])
        words = tuple(row["words"] for row in rows if row["words"])
        question = " ".join(_ADDRESS.sub(" ", rows[0]["question"]).split())
        ordered = sorted(reasons.items(), key=lambda counted: (-counted[1], counted[0]))
        found.append(Disliked(question, len(rows), tuple(ordered), words))
    return sorted(found, key=lambda one: -one.count)


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

    @property
    def key(self) -> _Key:
        """What the same questions have in common."""
        return (self.kind, *sorted(self.terms))

    def shortened(self) -> Iterator[_Key]:
        """The keys of what is nearly the same: without a term that is neither a number nor a name."""
        if len(self.terms) > _COMMON:
            for at, term in enumerate(self.terms):
                if not term.isdecimal() and term not in self.names:
                    yield (self.kind, *sorted((*self.terms[:at], *self.terms[at + 1 :])))


class _Groups:
    """Wordings are added in the order of how much they are asked; each goes to the first group that it is near to."""

    def __init__(self) -> None:
        self.all: list[list[_Wording]] = []
        self._same: dict[_Key, list[_Wording]] = {}
        self._shortened: dict[_Key, list[_Wording]] = {}

    def add(self, wordings: list[_Wording]) -> None:
        """Add wordings that are spelt alike."""
        first = wordings[0]
        if not first.terms:
            return
        # The same; one whose group has a term more; one that itself has a term more.
        near = self._same.get(first.key) or self._shortened.get(first.key)
        near = near or next((self._same[key] for key in first.shortened() if key in self._same), None)
        if near is not None:
            near += wordings
            return
        self.all.append(wordings)
        self._same[first.key] = wordings
        for key in first.shortened():
            self._shortened.setdefault(key, wordings)


def _group(wordings: list[_Wording]) -> Group:
    # Of wordings asked as often, the one with diacritics: it is the longer one in bytes.
    first, *others = sorted(wordings, key=lambda w: (-w.count, -len(w.question.encode()), w.question))
    distinct = dict.fromkeys(wording.question for wording in others if wording.question != first.question)
    return Group(first.question, sum(w.count for w in wordings), max(w.last for w in wordings), tuple(distinct))
