"""Planned or happened, against labelled sentences: python -m tests.labels.score_plans [plans_2] [-v]."""

import sys

from retrieval import sentences
from retrieval.dates import Context, date_sentences, event_date, parse_published
from retrieval.records import NO_DATE, Span
from retrieval.timeline.planning import is_planned
from tests.labels.corpora import articles, labels


def outcomes(name: str = "plans") -> list[tuple[str, bool, bool]]:
    """The sentence, what it is, and what it is taken for."""
    wanted = {row["article"]: row for row in labels(name)}
    found = []
    for article in articles("rss_2025"):
        row = wanted.get(article["id"])
        if row is None:
            continue
        text, published = article["text"], parse_published(article["published"]) or NO_DATE
        spans = [Span(start, end, "body") for start, end in sentences.split(text, 0, len(text))]
        context = Context(published)
        dated = date_sentences(text, spans, event_date(text, spans, context), context)
        for span, date in zip(spans, dated, strict=True):
            if span.start <= row["offset"] < span.end:
                passage = text[span.start : span.end]
                found.append((passage, row["planned"], is_planned(passage, date.edtf, published.edtf)))
    return found


def main() -> None:
    """The share that is right; with -v the others."""
    every = outcomes(next((name for name in sys.argv[1:] if name != "-v"), "plans"))
    right = [one for one in every if one[1] == one[2]]
    for passage, planned, _ in every if "-v" in sys.argv else ():
        if (passage, planned, not planned) in every:
            sys.stdout.write(f"{'planned' if planned else 'happened'}: {passage}\n")
    sys.stdout.write(f"{len(right)} of {len(every)} right\n")


if __name__ == "__main__":
    main()
