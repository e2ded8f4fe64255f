"""Weights of the ranking and of the confidence, from questions whose answers are known.

Deterministic: Newton's method on two convex losses, without random numbers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.evidence import LEVELS
from retrieval.ranking.features import RANKING
from retrieval.ranking.refusal import RANKED
from retrieval.ranking.rows import Floats, Mask

# Chosen by cross-validation inside the training half.
# On the squares of the weights.
_RANKING_PENALTY, _CONFIDENCE_PENALTY, _EVIDENCE_PENALTY, _READING_PENALTY = 2.0, 0.5, 3.0, 0.5
_ORDER_PENALTY = 1.0
_RANKED = 40  # candidates learned from, of each question: those far behind teach nothing
_STEPS = 50
_LONGEST_STEP = 2.0
_CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates, the likeliest by BM25 first: columns (N, len(NAMES)), which are hits (N,)."""

    columns: Floats
    hits: Mask


def learn_ranking(examples: Sequence[Example]) -> dict[str, float]:
    """Listwise logistic regression: the weights of RANKING by which a softmax gives the hits the most.

    The loss of a question is −log Σ_{hits} exp(s) / Σ exp(s) (Cao et al., "Learning to Rank: From Pairwise Approach
    to Listwise Approach", 2007, with several hits). Questions without a hit, or with hits only, say nothing.
    """
    lists = [(e.columns[:_RANKED, : len(RANKING)], e.hits[:_RANKED]) for e in examples]
    lists = [(columns, hits) for columns, hits in lists if hits.any() and not hits.all()]
    columns = np.concatenate([c for c, _ in lists])
    hits = np.concatenate([h for _, h in lists])
    starts = np.cumsum([0, *(len(h) for _, h in lists[:-1])])
    question = np.repeat(np.arange(len(lists)), [len(h) for _, h in lists])

    def slope(weights: Floats) -> tuple[Floats, Floats]:
        scores = columns @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[question])
        share = odds / np.add.reduceat(odds, starts)[question]
        share_of_hits = odds * hits / np.maximum(np.add.reduceat(odds * hits, starts), 1e-300)[question]
        weighted = columns * share[:, None]
        means = np.add.reduceat(weighted, starts)
        return columns.T @ (share_of_hits - share), weighted.T @ columns - means.T @ means

    weights = _newton(slope, np.full(len(RANKING), _RANKING_PENALTY))
    return dict(zip(RANKING, weights.tolist(), strict=True))


def learn_confidence(rows: Floats, right: Mask) -> tuple[dict[str, float], float]:
    """Logistic regression of `right` (E,) on RANKED of factors (E, len(FACTORS)): the weights, and the bias."""
    ranked = rows[:, : len(RANKED)]
    middle, width = ranked.mean(axis=0), ranked.std(axis=0) + 1e-9
    found = _logistic((ranked - middle) / width, right, np.zeros(len(rows)), _CONFIDENCE_PENALTY)
    weights = found[:-1] / width
    return dict(zip(RANKED, weights.tolist(), strict=True)), float(found[-1] - weights @ middle)


def learn_evidence(rows: Floats, right: Mask, ranked: Mapping[str, float], bias: float) -> dict[str, float]:
    """The weights of LEVELS beside those of RANKED and the bias, from factors (E, len(FACTORS)).

    How many of these questions can be answered is a matter of how they were drawn: what that alone would shift the
    log-odds by is left out.
    """
    odds = rows[:, : len(RANKED)] @ np.array([ranked[name] for name in RANKED]) + bias
    found = _logistic(rows[:, len(RANKED) :], right, odds, _EVIDENCE_PENALTY)
    return dict(zip(LEVELS, found[:-1].tolist(), strict=True))


def learn_reading(odds: Floats, readings: Floats, right: Mask, counts: Floats) -> dict[str, float]:
    """What the confidence of what was read is made of, by logistic regression of `right` (E,), of which each counts as
    often as `counts` (E,) says: a bias, and how much the log-odds without the reader (E,) and what it says (E,) count.
    """
    rows = np.column_stack([odds, readings])
    share, weight, bias = _logistic(rows, right, np.zeros(len(rows)), _READING_PENALTY, counts).tolist()
    return {"bias": bias, "odds": share, "reading": weight}


def learn_order(examples: Sequence[tuple[Floats, Floats, Mask]]) -> Floats:
    """(K,) how much columns of candidates (N, K) count beside their scores (N,), that the hits (N,) come first: the
    loss of `learn_ranking`.
    """
    lists = [(scores, columns, hits) for scores, columns, hits in examples if hits.any() and not hits.all()]

    def slope(weights: Floats) -> tuple[Floats, Floats]:
        gradient, curvature = np.zeros(len(weights)), np.zeros((len(weights), len(weights)))
        for scores, columns, hits in lists:
            ranks = scores + columns @ weights
            odds = np.exp(ranks - ranks.max())
            share, of_hits = odds / odds.sum(), odds * hits / (odds * hits).sum()
            mean = share @ columns
            gradient += columns.T @ (of_hits - share)
            curvature += (columns * share[:, None]).T @ columns - np.outer(mean, mean)
        return gradient, curvature

    return _newton(slope, np.full(examples[0][1].shape[1], _ORDER_PENALTY))


def _logistic(inputs: Floats, right: Mask, odds: Floats, penalty: float, counts: Floats | float = 1.0) -> Floats:
    """(K + 1,) the weights of inputs (E, K) and the bias that are to be added to given log-odds (E,)."""
    columns = np.column_stack([inputs, np.ones(len(inputs))])

    def slope(weights: Floats) -> tuple[Floats, Floats]:
        share = 1 / (1 + np.exp(-(odds + columns @ weights)))
        return columns.T @ (counts * (right - share)), (columns * (counts * share * (1 - share))[:, None]).T @ columns

    return _newton(slope, np.append(np.full(inputs.shape[1], penalty), _CLOSE))


def _newton(slope: Callable[[Floats], tuple[Floats, Floats]], penalty: Floats) -> Floats:
    """Where the gradient less the penalty's is zero; `slope` gives gradient and curvature."""
    weights = np.zeros(len(penalty))
    for _ in range(_STEPS):
        gradient, curvature = slope(weights)
        step = np.linalg.solve(curvature + np.diag(penalty), gradient - penalty * weights)
        longest = float(np.abs(step).max())
        weights += step * min(1.0, _LONGEST_STEP / max(longest, _CLOSE))  # no leaps while far away
        if longest < _CLOSE:
            break
    return weights
