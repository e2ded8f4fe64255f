"""How sure it is that the best candidate answers: a logistic regression over a few of its features."""

from dataclasses import dataclass
from typing import Literal

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


# What speaks against an answer however well the rest fits; "" where nothing does.
Objection = Literal["", "another office", "nothing of the kind asked for"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`confidence`, from 0 to 1, that the best candidate answers; 0 with an `objection`. `factors` (len(FACTORS),)."""

    confidence: float
    factors: Floats
    objection: Objection = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Confidence = 1 / (1 + exp(−(bias + Σ weight · factor))), for FACTORS in order; below `threshold` no answer."""

    weights: Floats
    bias: float
    threshold: float

    def judge(self, columns: Floats, scores: Floats, idf: Floats, kind: str) -> Judgement:
        """How sure the best of some candidates answers.

        `columns` (N, len(NAMES)) and `scores` (N,) are the candidates' features and ranking scores, N ≥ 1; `idf` is
        that of the question's terms.
        """
        found = factors(columns, scores, idf)
        objection = _objection(columns[int(np.argmax(scores))], kind)
        confidence = 0.0 if objection else float(1 / (1 + np.exp(-(self.bias + found @ self.weights))))
        return Judgement(confidence, found, objection)


def _objection(best: Floats, kind: str) -> Objection:
    """Why the best candidate can't be the answer: it speaks of another office, or has no number, year or day."""
    if best[_AT["other head"]]:
        return "another office"
    return "nothing of the kind asked for" if kind in _ALWAYS and not best[_AT["expected"]] else ""


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
