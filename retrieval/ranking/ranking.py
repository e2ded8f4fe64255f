"""Candidates ranked by what speaks for each (`features`), with what tells how sure it is that the best one answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.config_files import load_toml
from retrieval.index.forward import Longs
from retrieval.index.numbering import KINDS
from retrieval.index.searcher import Only, Searcher
from retrieval.query import Query
from retrieval.ranking.candidates import CANDIDATES, candidates, told_by_date
from retrieval.ranking.features import CLOSER, NAMES
from retrieval.ranking.objections import Objection, Words, objection
from retrieval.ranking.refusal import FACTORS, RANKED, Refusal, factors, lacks, spread_of
from retrieval.ranking.rows import Floats, Mask, Terms

# Sentences rank close to the first with at least e^-1.5, a good fifth, of its odds.
CLOSE = 1.5
CLOSELY = slice(NAMES.index(CLOSER[0]), NAMES.index(CLOSER[-1]) + 1)
_HOLDER, _COVER = NAMES.index("holder"), NAMES.index("cover")
_ALIKE = 0.1  # of the idf of all terms
# First candidates that are looked at more closely: to look takes a quarter of a millisecond each.
LOOKED_AT = 12
# Of these, those that the reader reads: each costs it fifty milliseconds. Of 795 questions to news three of them bring
# the right one first for 529, four for 533, six for 535.
_READ = 4
_EXAMINED = 4  # of those close to the first, for what speaks against them; of a question for the newest more
_EXAMINED_FOR_NEWEST = 12
_AROUND = 60  # sentences of the article to each side that may tell of what a sentence does not


@dataclass(frozen=True, slots=True)
class Ordered:
    """The candidates of a query, as it was understood, by their scores alone; fields as of `Ranked`.

    To rank them anew takes the `terms`, and the `limit`, `only` and `tells` of `rank`.
    """

    query: Query
    terms: Terms
    sentences: Longs
    scores: Floats
    features: Floats
    limit: int
    only: Only | None
    tells: Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of a query, the best first: numbers of sentences (N,), scores (N,), features (N, len(NAMES)).

    `factors` (len(RANKED),) tell how sure it is that the first answers, `objection` what speaks against it, `readings`
    (N,) what the reader says for each candidate, NaN for those that it has not read; `ordered`: as they stood before.
    """

    sentences: Longs
    scores: Floats
    features: Floats
    factors: Floats
    readings: Floats
    objection: Objection = ""
    ordered: Ordered | None = None

    @property
    def reading(self) -> float | None:
        """What the reader says for the first, where it has read it."""
        return None if not len(self.readings) or np.isnan(self.readings[0]) else float(self.readings[0])

    def of(self, kept: Mask) -> "Ranked":
        """With some of the candidates only: a mask (N,)."""
        sentences, scores, features = self.sentences[kept], self.scores[kept], self.features[kept]
        return replace(self, sentences=sentences, scores=scores, features=features, readings=self.readings[kept])


_NONE = np.zeros(0)
NOTHING = Ranked(np.zeros(0, dtype=np.int64), _NONE, np.zeros((0, len(NAMES))), np.zeros(len(RANKED)), _NONE)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature (len(NAMES),), each kind of sentence (len(KINDS),) and what the reader says count, and when to
    refuse.
    """

    features: Floats
    kinds: Floats
    refusal: Refusal
    reading: float = 0.0

    @classmethod
    def from_config(cls) -> "Weights":
        """Of config/ranking.toml, which retrieval/evaluation/tune.py writes. Raises KeyError for an unknown feature."""
        return cls.of(load_toml("ranking.toml"))

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Weights":
        """Of the content of such a file."""
        confidence = settings["confidence"]
        read = confidence.get("reader", {"bias": 0.0, "odds": 1.0, "reading": 0.0})
        refusal = Refusal(
            _row(confidence["weights"], FACTORS),
            confidence["bias"],
            confidence["threshold"],
            (read["bias"], read["odds"], read["reading"]),
        )
        reading = settings.get("reader", {"reading": 0.0})["reading"]
        return cls(_row(settings["ranking"], NAMES), _row(settings["kinds"], KINDS), refusal, reading)


def rank(  # noqa: PLR0913, PLR0917 - a collection, what counts in it, a query, and how far it is asked
    index: Searcher,
    weights: Weights,
    query: Query,
    limit: int = CANDIDATES,
    only: Only | None = None,
    tells: Callable[[int], bool] = lambda _: False,
) -> Ranked:
    """The sentences for a query without parts; where more than the candidates are asked for, others after them.

    Of those that rank close together one that nothing speaks against comes first. `only` says which sentences of the
    collection may be found; None: all. A sentence that surely `tells` what is asked for lacks nothing of it.
    """
    columns, sentences, terms, query = candidates(index, query, only)
    if not len(sentences):
        return NOTHING
    scores = columns @ weights.features + weights.kinds[index.kinds(sentences)]
    # Among equals the newest, then the first in the collection, so that a question has one answer.
    day, month, year = index.dates(sentences)[:, 0].T
    order = np.lexsort((sentences, -day, -month, -year, -np.round(scores, 9)))
    ordered = Ordered(query, terms, sentences[order], scores[order], columns[order], limit, only, tells)
    return _ranked(index, ordered, ordered.scores, np.full(len(order), np.nan))


def reread(
    index: Searcher,
    weights: Weights,
    ranked: Ranked,
    tells: Callable[[Longs], Mask],
    read: Callable[[Longs], Floats] | None,
) -> Ranked:
    """The same, the first of them looked at more closely: `tells` is asked which of LEVELS (M, len(LEVELS)) each of
    some sentences (M,) reaches, `read` how likely each answers, in log-odds (M,), where there is a reader.
    """
    ordered = ranked.ordered
    if ordered is None:
        return ranked
    looked_at = ordered.sentences[:LOOKED_AT]
    articles = np.array(index.places(looked_at)[0])
    columns = ordered.features.copy()
    in_article = np.log((articles[:, None] == articles).sum(axis=1))
    columns[: len(looked_at), CLOSELY] = np.column_stack([tells(looked_at), in_article])
    scores = ordered.scores + columns[:, CLOSELY] @ weights.features[CLOSELY]
    order = np.argsort(-np.round(scores, 9), kind="stable")
    looked = replace(ordered, sentences=ordered.sentences[order], scores=ordered.scores[order], features=columns[order])
    readings = np.full(len(order), np.nan)
    if read is not None:
        readings[:_READ] = read(looked.sentences[:_READ])
    return _ranked(index, looked, scores[order] + weights.reading * above_least(readings), readings)


def _ranked(index: Searcher, ordered: Ordered, scores: Floats, readings: Floats) -> Ranked:
    """By these scores, and by what speaks against those that rank close together."""
    query, order = ordered.query, np.argsort(-np.round(scores, 9), kind="stable")
    sentences, scores, columns = ordered.sentences[order], scores[order], ordered.features[order]
    close = min(int((scores >= scores[0] - CLOSE).sum()), _EXAMINED_FOR_NEWEST if query.newest else _EXAMINED)
    objections = _objections(index, query, sentences[:close], columns, ordered.tells)
    first = _first(query, objections, columns, index.dates(sentences[:close])[:, 0])
    if first:
        scores[first] = scores[0]
        moved = np.concatenate([[first], np.delete(np.arange(len(scores)), first)])
        order, sentences, scores, columns = order[moved], sentences[moved], scores[moved], columns[moved]
    # How far the candidates are in doubt is told without the reader: what it says is a factor of its own.
    spread = spread_of(ordered.features, ordered.scores)
    found = factors(columns[0], ordered.terms.idf, spread)
    ranked = Ranked(sentences, scores, columns, found, readings[order], objections[first], ordered)
    return _with_others(index, ranked, ordered) if ordered.limit > len(order) else ranked


def _first(query: Query, objections: Sequence[Objection], columns: Floats, dates: npt.NDArray[np.int16]) -> int:
    """Which of the sentences that rank close together comes first: one that nothing speaks against; asked for what is
    so at last the newest of them that have as much of the question; of those that say who holds an office, asked of no
    date, the newest.
    """
    free = [at for at, objection in enumerate(objections) if not objection] or [0]
    if query.asks_holder and not any(map(str.isdecimal, query.terms)):
        alike = [at for at in free if columns[at, _HOLDER]]
    elif query.newest:
        alike = [at for at in free if columns[at, _COVER] >= columns[free[0], _COVER] - _ALIKE]
    else:
        alike = []
    return max(alike or free[:1], key=lambda at: (*dates[at, ::-1].tolist(), -at))


def _objections(
    index: Searcher, query: Query, sentences: Longs, columns: Floats, tells: Callable[[int], bool]
) -> list[Objection]:
    """What speaks against each of the sentences, looked for as far as it can matter."""
    found: list[Objection] = []
    for sentence, row, told in zip(sentences, columns, told_by_date(index, query, sentences), strict=False):
        around = _words(index, index.around(int(sentence), _AROUND), query.accented)
        here = _words(index, np.array([sentence]), query.accented)
        lacking = lacks(row, query.kind, query.asks_holder and bool(query.offices))
        if lacking == "nothing of the kind asked for" and not query.asks_holder and tells(int(sentence)):
            lacking = ""  # "mấy tiền" – "6.000 baht", "mấy hôm" – "4 ngày"
        found.append(lacking or objection(query, here, around, told.tolist()))
        if not found[-1] and not query.asks_holder and not query.newest:
            break
    return found


def _words(index: Searcher, sentences: Longs, accented: bool) -> Words:
    _, numbers, marks = index.syllables_in(sentences)
    if not accented:
        numbers = index.folded[numbers]
    different, place = np.unique(numbers, return_inverse=True)
    words = [index.vocabulary.word(number) for number in different.tolist()]
    return Words([words[at] for at in place.tolist()], marks.tolist())


def _with_others(index: Searcher, ranked: Ranked, ordered: Ordered) -> Ranked:
    """After the candidates the next best by BM25 alone, up to the limit in all."""
    query, count = ordered.query, len(ranked.sentences)
    others, bm25 = index.top(query.terms, query.accented, ordered.limit + count, ordered.only)
    new = ~np.isin(others, ranked.sentences)
    others, bm25 = others[new][: ordered.limit - count], bm25[new][: ordered.limit - count]
    scores = ranked.scores[-1] - (bm25.max(initial=0.0) - bm25)
    unknown = np.zeros((len(others), len(NAMES)))
    return replace(
        ranked,
        sentences=np.concatenate([ranked.sentences, others]),
        scores=np.concatenate([ranked.scores, scores]),
        features=np.concatenate([ranked.features, unknown]),
        readings=np.append(ranked.readings, np.full(len(others), np.nan)),
    )


def above_least(readings: Floats) -> Floats:
    """What the reader says for each of some candidates (N,), as it counts for their order: those that it has not read,
    NaN, are not behind the least of those that it has.
    """
    least = np.min(readings, where=~np.isnan(readings), initial=np.inf)
    return np.nan_to_num(readings - least, posinf=0.0, neginf=0.0)


def _row(values: Mapping[str, float], names: Sequence[str]) -> Floats:
    unknown = set(values) - set(names)
    if unknown:
        raise KeyError(f"ranking.toml: unknown: {', '.join(sorted(unknown))}")
    return np.array([values.get(name, 0.0) for name in names])
