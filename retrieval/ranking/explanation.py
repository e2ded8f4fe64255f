"""What an answer was chosen by: the question as understood, the candidates with their features, the confidence."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.ask import Reason
from retrieval.index.numbering import KINDS
from retrieval.query import Query
from retrieval.ranking.features import NAMES
from retrieval.ranking.ranking import Ranked, Weights, above_least
from retrieval.ranking.refusal import FACTORS, Judgement
from retrieval.records import Answer, Quote

_SENTENCE, _PASSAGE = NAMES.index("sentence"), NAMES.index("passage")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to a score, or one factor to the confidence's log-odds: `adds` is value · weight."""

    name: str
    value: float
    weight: float
    adds: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that was ranked: `quote.score` is the sum of what its features add.

    `sentence_bm25` and `passage_bm25` are relative to the highest idf of the collection.
    """

    quote: Quote
    sentence_bm25: float
    passage_bm25: float
    features: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class PartExplained:
    """A question, or one of the two that a comparing question asks: as understood, and what was found for it.

    `text` is the question made whole, `terms` what is looked for, `since` and `until` the days that it is limited to;
    the other fields are as those of `Query`, `offices` in words. `factors` and `bias` add up to the log-odds of
    `confidence`, unless an `objection` makes it 0.
    """

    text: str
    kind: str
    accented: bool
    terms: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    offices: tuple[str, ...]
    unresolved: bool
    since: datetime.date | None
    until: datetime.date | None
    confidence: float
    objection: str
    bias: float
    factors: tuple[Contribution, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An `answer` and what it was chosen by. It was refused for `reason`, or where that is "" answered.

    A comparing question has several `parts`, the least sure of which decides; any other has one.
    """

    answer: Answer
    reason: Reason
    threshold: float
    parts: tuple[PartExplained, ...]


def part_explained(  # noqa: PLR0913, PLR0917 - what is shown of a query
    query: Query,
    ranked: Ranked,
    judgement: Judgement,
    quotes: Sequence[Quote],
    kinds: Sequence[int],
    weights: Weights,
) -> PartExplained:
    """A query and its candidates: `quotes` are the first ones of `ranked`, `kinds` their indices of KINDS."""
    refusal = weights.refusal
    bias, share, reading = (0.0, 1.0, 0.0) if judgement.reading is None else refusal.read
    factors = [*zip(FACTORS, judgement.factors.tolist(), (share * refusal.weights).tolist(), strict=True)]
    if judgement.reading is not None:
        factors.append(("reader", judgement.reading, reading))
    readings = above_least(ranked.readings).tolist()
    return PartExplained(
        text=query.text,
        kind=query.kind,
        accented=query.accented,
        terms=query.terms,
        names=tuple(term for term in query.terms if term in query.names),
        numbers=tuple(term for term in query.terms if term.isdecimal()),
        offices=tuple(" ".join(query.terms[start:end]) for start, end in query.offices),
        unresolved=query.unresolved,
        since=query.period.since,
        until=query.period.until,
        confidence=judgement.confidence,
        objection=judgement.objection,
        bias=bias + share * refusal.bias,
        factors=tuple(_contribution(*factor) for factor in factors) if len(ranked.sentences) else (),
        candidates=tuple(
            Candidate(quote, float(row[_SENTENCE]), float(row[_PASSAGE]), tuple(_added(row, kind, read, weights)))
            for quote, kind, row, read in zip(quotes, kinds, ranked.features, readings, strict=False)
        ),
    )


def _added(
    row: "np.ndarray[tuple[int], np.dtype[np.float64]]", kind: int, read: float, weights: Weights
) -> Iterator[Contribution]:
    """What counts for a candidate, that which counts most first; what has no weight or is not there is left out."""
    features = [*zip(NAMES, row.tolist(), weights.features.tolist(), strict=True)]
    features.append((f"kind: {KINDS[kind]}", 1.0, float(weights.kinds[kind])))
    features.append(("reader", read, weights.reading))
    added = [_contribution(*feature) for feature in features if feature[1] * feature[2]]
    yield from sorted(added, key=lambda contribution: -abs(contribution.adds))


def _contribution(name: str, value: float, weight: float) -> Contribution:
    return Contribution(name, value, weight, value * weight)
