"""python -m retrieval ask --explain: what an answer was chosen by, for whoever works on the ranking."""

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from retrieval.ranking.explanation import Contribution, Explanation, PartExplained

_FEATURES = 6  # named for each candidate, those that count most


def show(explanation: Explanation) -> None:
    """The question as understood, its candidates, the factors of the confidence, and what follows from it."""
    console = Console(highlight=False, soft_wrap=False)
    for part in explanation.parts:
        console.print()
        for name, value in understood(part).items():
            console.print(f"{name:>10}  {value}", markup=False)
        if part.candidates:
            console.print(candidates_table(part))
            console.print(factors_table(part))
    console.print(f"\n{verdict(explanation)}", markup=False)


def understood(part: PartExplained) -> dict[str, str]:
    """What the question was read as, by name; what it has nothing of is left out."""
    lists = {"terms": part.terms, "names": part.names, "numbers": part.numbers, "offices": part.offices}
    return {
        "question": part.text,
        "kind": part.kind,
        "typed": "with diacritics" if part.accented else "without diacritics",
        **{name: " · ".join(values) for name, values in lists.items() if values},
        **({"days": f"{part.since or ''} – {part.until or ''}"} if part.since or part.until else {}),
        **({"unresolved": "whom a pronoun means"} if part.unresolved else {}),
    }


def candidates_table(part: PartExplained) -> Table:
    """One row a candidate: score, BM25 of sentence and passage, what counts most, the sentence."""
    table = Table("", "score", "BM25", "passage", "features", "sentence", box=box.SIMPLE_HEAD, show_lines=True)
    for heading in ("score", "BM25", "passage"):
        next(column for column in table.columns if column.header == heading).justify = "right"
    for number, candidate in enumerate(part.candidates, 1):
        scores = (candidate.quote.score, candidate.sentence_bm25, candidate.passage_bm25)
        features = "\n".join(map(_signed, candidate.features[:_FEATURES]))
        source = candidate.quote.article.title or candidate.quote.article.id
        sentence = f"{candidate.quote.text}\n— {source}"
        table.add_row(str(number), *(f"{score:.2f}" for score in scores), escape(features), escape(sentence))
    return table


def factors_table(part: PartExplained) -> Table:
    """What the confidence is made of."""
    table = Table("factor of the confidence", "value", "weight", "adds", box=box.SIMPLE_HEAD)
    for column in table.columns[1:]:
        column.justify = "right"
    for factor in _with_bias(part):
        table.add_row(factor.name, f"{factor.value:.2f}", f"{factor.weight:.2f}", f"{factor.adds:+.2f}")
    return table


def verdict(explanation: Explanation) -> str:
    """That it was answered or why not, beside the confidence."""
    least = min(explanation.parts, key=lambda part: part.confidence)
    against = "≥" if least.confidence >= explanation.threshold else "<"
    confidence = f"confidence {least.confidence:.3f} {against} threshold {explanation.threshold:g}"
    return f"refused: {explanation.reason} ({confidence})" if explanation.reason else f"answered: {confidence}"


def _with_bias(part: PartExplained) -> Iterable[Contribution]:
    yield Contribution("bias", 1.0, part.bias, part.bias)
    yield from part.factors


def _signed(contribution: Contribution) -> str:
    return f"{contribution.adds:+.2f} {contribution.name}"
