"""python -m retrieval eval: tables of figures, and of what changed."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from retrieval.evaluation.figures import Change, Evaluation, Figures, Outcome, changes

_LEGEND = """\
asked: answerable + unanswerable; true: of the answers given, those whose first
quote is right; right: of the answerable, those rightly answered where 95 % of
the answers given are right; refused, prec.: recall and precision of refusing;
off: how far the confidence is from the share of right first quotes. In percent."""


def as_json(evaluation: Evaluation, before: Iterable[Outcome] | None) -> dict[str, Any]:
    """The evaluation's own field names; with an earlier one's outcomes also the "changes"."""
    record = dataclasses.asdict(evaluation)
    if before is not None:
        record["changes"] = [dataclasses.asdict(change) for change in changes(before, evaluation.outcomes)]
    return record


def show(evaluation: Evaluation, before: Iterable[Outcome] | None) -> None:
    """The figures of all questions and of each kind, the reliability of all, and what changed."""
    console = Console(highlight=False)
    console.print(figures_table(evaluation))
    console.print(_LEGEND)
    console.print(reliability_table(evaluation))
    if before is None:
        return
    changed = list(changes(before, evaluation.outcomes))
    won, lost = sum(bool(change.won) for change in changed), sum(bool(change.lost) for change in changed)
    console.print(f"{won} questions won, {lost} lost")
    if changed:
        console.print(changes_table(changed))


def figures_table(evaluation: Evaluation) -> Table:
    """One row for all questions, one for each kind, style ("typed") and miss."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("kind", no_wrap=True)
    for heading in ("asked", "hit@1", "hit@3", "MRR@10", "answered", "true", "right", "refused", "prec.", "AUC", "off"):
        table.add_column(heading, justify="right", no_wrap=True)
    typed = ((f"typed: {style}", figures) for style, figures in evaluation.by_style.items())
    misses = ((f"miss: {miss}", figures) for miss, figures in evaluation.by_miss.items())
    for kind, figures in (("all", evaluation), *evaluation.by_kind.items(), *typed, *misses):
        table.add_row(escape(kind), *_row(figures))
    return table


def reliability_table(figures: Figures) -> Table:
    """How often the quotes shown were right, beside the confidence stated, and how often there was an answer at all."""
    table = Table("confidence", box=box.SIMPLE_HEAD)
    for heading in ("questions", "stated", "true", "answerable"):
        table.add_column(heading, justify="right")
    for found in figures.reliability:
        shares = map(_percent, (found.stated, found.true, found.answerable))
        table.add_row(f"from {found.low:.1f}", str(found.questions), *shares)
    return table


def changes_table(changed: Iterable[Change]) -> Table:
    """A row for each question that has won or lost."""
    table = Table("id", "question", "won", "lost", box=box.SIMPLE_HEAD)
    for change in changed:
        table.add_row(*map(escape, (change.id, change.question, ", ".join(change.won), ", ".join(change.lost))))
    return table


def _row(figures: Figures) -> list[str]:
    hits = (figures.hit_at_1, figures.hit_at_3, figures.mrr_at_10, figures.answered)
    refusal = (figures.refusal_recall, figures.refusal_precision, figures.refusal_auc, figures.calibration_error)
    return [
        f"{figures.answerable}+{figures.unanswerable}",
        *(_percent(share if figures.answerable else None) for share in hits),
        *map(_percent, (figures.precision, figures.right_at_95 if figures.answerable else None, *refusal)),
    ]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"
