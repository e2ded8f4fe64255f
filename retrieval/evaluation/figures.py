"""Outcomes of questions → figures, and what changed between two evaluations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

MRR_DEPTH = 10
PRECISION = 0.95  # of the rate of right answers: what a reader may be asked to trust
_BINS = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question got.

    `rank` of the first hit from 1 in `search`, 0 for none among the first ten or where there is none to find.
    `answered` by `ask`, with `confidence`; `right`: a hit is among the quotes shown, as the answer or the nearest;
    `first_right`: the first of them is one. `style` and `miss` are the question's own.
    """

    id: str
    question: str
    answerable: bool
    rank: int
    answered: bool
    kind: str = "what"
    confidence: float = 0.0
    right: bool = False
    first_right: bool = False
    style: str = ""
    miss: str = ""


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions with a confidence from `low` up to the next bin's: its mean `stated`, and the share `true` of right.

    The confidence is learned from whether the articles hold the answer: the share of such questions is `answerable`.
    """

    low: float
    questions: int
    stated: float
    true: float
    answerable: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1; None where there is nothing to take a share of.

    `precision` is over all answers given: the share whose first quote is right. `calibration_error` is the mean
    distance of the confidence stated from the share of right first quotes, over bins of a tenth (Naeini, Cooper,
    Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", 2015).
    Hits and `answered` are over the answerable questions, `refused` (the recall of refusing) over the unanswerable,
    `refusal_precision` over all that were refused. `refusal_auc` is the chance that an answerable question has a
    higher confidence than an unanswerable one. `right_at_95` is the share of the answerable questions that are answered
    rightly with the threshold that is best for it, of those by which 95 % of the answers given are right. Bins without
    a question are left out.
    """

    answerable: int
    unanswerable: int
    hit_at_1: float
    hit_at_3: float
    mrr_at_10: float
    answered: float
    refused: float
    refusal_precision: float | None
    refusal_recall: float | None
    refusal_auc: float | None
    right_at_95: float | None
    precision: float | None
    calibration_error: float | None
    reliability: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Evaluation(Figures):
    """The figures of all questions, then those of each kind, style and miss in alphabetical order, and every outcome.

    Questions that name no style or miss are in none.
    """

    by_kind: Mapping[str, Figures]
    by_style: Mapping[str, Figures]
    by_miss: Mapping[str, Figures]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a question won and lost since an earlier evaluation: of "hit@1", "hit@3", "answered", "refused"."""

    id: str
    question: str
    won: tuple[str, ...]
    lost: tuple[str, ...]


def summarize(outcomes: Iterable[Outcome]) -> Evaluation:
    """The figures of the outcomes, all, by kind, by style and by miss."""
    every = tuple(outcomes)
    parts = ([(getattr(o, field), o) for o in every if getattr(o, field)] for field in ("kind", "style", "miss"))
    by_kind, by_style, by_miss = map(_by, parts)
    return Evaluation(**_figures(every), by_kind=by_kind, by_style=by_style, by_miss=by_miss, outcomes=every)


def _by(named: Iterable[tuple[str, Outcome]]) -> dict[str, Figures]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for name, outcome in named:
        groups[name].append(outcome)
    return {name: Figures(**_figures(groups[name])) for name in sorted(groups)}


def changes(before: Iterable[Outcome], after: Iterable[Outcome]) -> Iterator[Change]:
    """The questions, matched by id, that have won or lost something, in the order of `after`."""
    earlier = {outcome.id: _achieved(outcome) for outcome in before}
    for outcome in after:
        then, now = earlier.get(outcome.id), _achieved(outcome)
        if then is None:
            continue
        won = tuple(what for what in now if now[what] and not then.get(what, True))
        lost = tuple(what for what in now if then.get(what, False) and not now[what])
        if won or lost:
            yield Change(outcome.id, outcome.question, won, lost)


def _achieved(outcome: Outcome) -> dict[str, bool]:
    if not outcome.answerable:
        return {"refused": not outcome.answered}
    return {"hit@1": outcome.rank == 1, "hit@3": 1 <= outcome.rank <= 3, "answered": outcome.answered}


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The fields of `Figures`."""
    answerable = [o for o in outcomes if o.answerable]
    unanswerable = [o for o in outcomes if not o.answerable]
    refused = _share(not o.answered for o in unanswerable)
    return {
        "answerable": len(answerable),
        "unanswerable": len(unanswerable),
        "hit_at_1": _share(o.rank == 1 for o in answerable) or 0.0,
        "hit_at_3": _share(1 <= o.rank <= 3 for o in answerable) or 0.0,
        "mrr_at_10": _share(1 / o.rank if 1 <= o.rank <= MRR_DEPTH else 0.0 for o in answerable) or 0.0,
        "answered": _share(o.answered for o in answerable) or 0.0,
        "refused": refused or 0.0,
        "refusal_precision": _share(not o.answerable for o in outcomes if not o.answered),
        "refusal_recall": refused,
        "refusal_auc": auc([o.confidence for o in answerable], [o.confidence for o in unanswerable]),
        "right_at_95": _right_at(PRECISION, outcomes),
        "precision": _share(o.first_right for o in outcomes if o.answered),
        "calibration_error": _calibration_error(outcomes),
        "reliability": tuple(_reliability(outcomes)),
    }


def auc(higher: Sequence[float], lower: Sequence[float]) -> float | None:
    """The chance that one of `higher` is above one of `lower`, equals counted half (Mann and Whitney's U)."""
    if not higher or not lower:
        return None
    ordered = np.sort(lower)
    below, not_above = np.searchsorted(ordered, higher, "left"), np.searchsorted(ordered, higher, "right")
    return float((below + not_above).mean() / 2 / len(lower))


def _right_at(precision: float, outcomes: Sequence[Outcome]) -> float | None:
    """The greatest share of the answerable questions that are rightly answered, of thresholds with the precision."""
    answerable = sum(o.answerable for o in outcomes)
    if not answerable:
        return None
    confidence = np.array([o.confidence for o in outcomes])
    order = np.argsort(-confidence, kind="stable")
    right = np.cumsum(np.array([o.right for o in outcomes])[order])
    last = np.append(np.diff(confidence[order]) < 0, True)  # a threshold can't part equals
    enough = last & (right >= precision * np.arange(1, len(order) + 1))
    return float(right[enough].max(initial=0) / answerable)


def _calibration_error(outcomes: Sequence[Outcome]) -> float | None:
    bins: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        bins[min(int(outcome.confidence * _BINS), _BINS - 1)].append(outcome)
    apart = (abs(sum(o.confidence for o in inside) - sum(o.first_right for o in inside)) for inside in bins.values())
    return sum(apart) / len(outcomes) if outcomes else None


def _reliability(outcomes: Sequence[Outcome]) -> Iterator[Bin]:
    for number in range(_BINS):
        inside = [o for o in outcomes if min(int(o.confidence * _BINS), _BINS - 1) == number]
        if inside:
            shares = ([o.confidence for o in inside], [o.right for o in inside], [o.answerable for o in inside])
            yield Bin(number / _BINS, len(inside), *(sum(values) / len(inside) for values in shares))


def _share(values: Iterable[float]) -> float | None:
    counted = list(values)
    return sum(counted) / len(counted) if counted else None
