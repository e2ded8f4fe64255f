"""How sure it is that the best candidate answers: a logistic regression over what the ranking and the evidence tell."""

from dataclasses import dataclass

import numpy as np

from retrieval.evidence import LEVELS, Level
from retrieval.ranking.features import NAMES
from retrieval.ranking.objections import Objection
from retrieval.ranking.rows import Floats

# What the confidence reads, in order: columns of the best candidate, what sets it apart from the others, and how far it
# tells what is asked for (`LEVELS`; none of these where the question does not say).
COLUMNS = (
    "passage cover", "passage missing", "article names", "numbers", "passage numbers", "expected",
    "counted beside",
)  # fmt: skip
RANKED = ("sentence share of most", *COLUMNS, "spread")
FACTORS = (*RANKED, *LEVELS)
# BM25 gives a term at most k1 + 1 times its idf.
_MOST = 1.4
# The kinds of question whose answer has what they ask for: of those of ../shared/eval, 97 in 100 (how many: 319
# questions) and 96 (year: 85). For a day there are too few to tell (5 of 7): no day is better than a wrong one.
_ALWAYS = ("how many", "year", "day")
# The spread is told as if there were so many candidates more, of no odds: two that are all a small library has are no
# more in doubt than two among hundreds.
_FEW = 40
# Of best candidates whose passage has less of the question, one in twenty-five answers (of 298 in the training half).
_LEAST_COVER = 0.4
_AT = {name: place for place, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Judgement:
    """`confidence`, from 0 to 1, that the best candidate answers; below the threshold with an `objection`, or where its
    passage has little of the question.

    `factors` (len(FACTORS),) are what it is computed from.
    """

    confidence: float
    factors: Floats
    objection: Objection = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Confidence = 1 / (1 + exp(−(bias + Σ weight · factor))), for FACTORS in order; below `threshold` no answer."""

    weights: Floats
    bias: float
    threshold: float

    def judge(self, ranked: Floats, level: Level, objection: Objection) -> Judgement:
        """How sure the best of some candidates answers, where nothing speaks against it.

        `ranked` (len(RANKED),) are its `factors`, `level` says how far it tells what is asked for.
        """
        found = np.append(ranked, [level == one for one in LEVELS])
        confidence = float(1 / (1 + np.exp(-(self.bias + found @ self.weights))))
        if objection or ranked[RANKED.index("passage cover")] < _LEAST_COVER:
            confidence *= self.threshold
        return Judgement(confidence, found, objection)


def lacks(features: Floats, kind: str, asks_holder: bool) -> Objection:
    """What a candidate with these features (len(NAMES),) lacks of an answer, as far as they tell.

    `asks_holder`: it is asked who holds an office.
    """
    if features[_AT["other head"]]:
        return "another office"
    if asks_holder and not features[_AT["holder"]]:
        return "nothing of the kind asked for"
    lacking = kind in _ALWAYS and not (features[_AT["expected"]] and features[_AT["counted"]])
    return "nothing of the kind asked for" if lacking else ""


def factors(columns: Floats, scores: Floats, idf: Floats) -> Floats:
    """(len(RANKED),) what of the ranking the confidence is computed from.

    "sentence share of most": the best candidate's BM25, of the most that there can be; "spread": the entropy of the
    ranking's probabilities, a softmax of the scores, of the most that so many candidates and a few more can have.
    """
    best = columns[int(np.argmax(scores))]
    odds = np.exp(scores - scores.max())
    shares = odds / odds.sum()
    if best[_AT["holder"]]:  # all that show who holds the office answer: they are one
        holding = columns[:, _AT["holder"]] > 0
        shares = np.append(shares[~holding], shares[holding].sum())
    spread = -float(shares @ np.log(shares + 1e-12)) / np.log(len(scores) + _FEW)
    share_of_most = best[_AT["sentence"]] / (_MOST * max(float(idf.sum()), 1e-9))
    return np.array([share_of_most, *(best[_AT[name]] for name in COLUMNS), spread])
