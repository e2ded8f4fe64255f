"""How sure it is that the best candidate answers: a logistic regression over what the ranking and the evidence tell."""

import math
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
# Of best candidates whose passage has less of the question, one in twenty-five answers (of 298 in the training half);
# of those that it has read the reader knows more.
_LEAST_COVER = 0.4
# What is as sure as that is answered, or refused, without the reader: of 138 questions to news between .9 and .94 it
# would answer 14 wrongly that the reader refuses, and the reader refuses two that are right; above, neither more.
_CLEARLY_NOT, _CLEARLY = 0.03, 0.94
_AT = {name: place for place, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Judgement:
    """`confidence`, from 0 to 1, that the best candidate answers; below the threshold with an `objection`, or where its
    passage has little of the question and was not read.

    `factors` (len(FACTORS),) are what it is computed from, with the `reading` where there is one.
    """

    confidence: float
    factors: Floats
    objection: Objection = ""
    reading: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether to read the sentences may change whether, and with which of them, it is answered."""
        return not self.objection and _CLEARLY_NOT <= self.confidence < _CLEARLY


@dataclass(frozen=True, slots=True)
class Refusal:
    """Confidence = 1 / (1 + exp(−odds)), odds = bias + Σ weight · factor, for FACTORS in order; of what was read
    `read`[0] + `read`[1] · odds + `read`[2] · reading. Below `threshold` no answer.
    """

    weights: Floats
    bias: float
    threshold: float
    read: tuple[float, float, float] = (0.0, 1.0, 0.0)

    def odds(self, factors: Floats) -> float:
        """The log-odds by the factors (len(FACTORS),) alone, without what was read."""
        return self.bias + float(np.dot(factors, self.weights))

    def judge(self, ranked: Floats, level: Level, objection: Objection, reading: float | None = None) -> Judgement:
        """How sure the best of some candidates answers, where nothing speaks against it.

        `ranked` (len(RANKED),) are its `factors`, `level` says how far it tells what is asked for, `reading` what the
        reader says for it.
        """
        found = np.append(ranked, [level == one for one in LEVELS])
        odds = self.odds(found)
        if reading is not None:
            bias, share, weight = self.read
            odds = bias + share * odds + weight * reading
        confidence = float(1 / (1 + np.exp(-odds)))
        if objection or (reading is None and ranked[RANKED.index("passage cover")] < _LEAST_COVER):
            confidence *= self.threshold
        return Judgement(confidence, found, objection, reading)


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


def factors(best: Floats, idf: Floats, spread: float) -> Floats:
    """(len(RANKED),) what of the ranking the confidence is computed from, for the features of the best candidate.

    "sentence share of most": its BM25, of the most that there can be; "spread" as of `spread_of`.
    """
    share_of_most = best[_AT["sentence"]] / (_MOST * max(float(idf.sum()), 1e-9))
    return np.array([share_of_most, *(best[_AT[name]] for name in COLUMNS), spread])


def spread_of(columns: Floats, scores: Floats) -> float:
    """The entropy of the ranking's probabilities, a softmax of the scores (N,), of the most that so many candidates and
    a few more can have.
    """
    odds = np.exp(scores - scores.max())
    shares = odds / odds.sum()
    if columns[int(np.argmax(scores)), _AT["holder"]]:  # all that show who holds the office answer: they are one
        holding = columns[:, _AT["holder"]] > 0
        shares = np.append(shares[~holding], shares[holding].sum())
    return -float(shares @ np.log(shares + 1e-12)) / math.log(len(scores) + _FEW)
