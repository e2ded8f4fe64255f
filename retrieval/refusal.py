"""How sure it is that the best candidate answers: a logistic regression over a few of its features."""

from dataclasses import dataclass

import numpy as np

from .features import NAMES, Floats

# What the confidence reads, in order: columns of the best candidate, then what sets it apart from the others.
COLUMNS = ("cover", "passage cover", "passage missing", "passage names", "numbers", "passage numbers", "expected")
FACTORS = ("sentence share of most", *COLUMNS, "spread", "lead")
# BM25 gives a term at most k1 + 1 times its idf.
_MOST = 1.4
# The kinds of question whose answer has what they ask for: of those of ../shared/eval, 97 in 100 (how many: 319
# questions) and 96 (year: 85). For a day there are too few to tell (5 of 7): no day is better than a wrong one.
_ALWAYS = ("how many", "year", "day")
_AT = {name: place for place, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Confidence = 1 / (1 + exp(−(bias + Σ weight · factor))), for FACTORS in order; below `threshold` no answer."""

    weights: Floats
    bias: float
    threshold: float

    def confidence(self, columns: Floats, scores: Floats, idf: Floats, kind: str) -> float:
        """The share of answers with such factors that are right, from 0 to 1.

        `columns` (N, len(NAMES)) and `scores` (N,) are the candidates' features and ranking scores, N ≥ 1; `idf` is
        that of the question's terms. 0 where the best speaks of another office than asked, or gives no number, year or
        day to a question for one.
        """
        best = columns[int(np.argmax(scores))]
        if best[_AT["other head"]] or (kind in _ALWAYS and not best[_AT["expected"]]):
            return 0.0
        return float(1 / (1 + np.exp(-(self.bias + factors(columns, scores, idf) @ self.weights))))


def factors(columns: Floats, scores: Floats, idf: Floats) -> Floats:
    """(len(FACTORS),) what the confidence is computed from.

    "sentence share of most": the best candidate's BM25, of the most that there can be. With the ranking's
    probabilities, a softmax of the scores: "spread" is their entropy in nats, "lead" the greatest of them.
    """
    best = columns[int(np.argmax(scores))]
    odds = np.exp(scores - scores.max())
    shares = odds / odds.sum()
    spread = -float(shares @ np.log(shares + 1e-12))
    share_of_most = best[_AT["sentence"]] / (_MOST * max(float(idf.sum()), 1e-9))
    return np.array([share_of_most, *(best[_AT[name]] for name in COLUMNS), spread, float(shares.max())])
