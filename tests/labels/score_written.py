"""How dates and plans of the sentences that we wrote ourselves are read: python -m tests.labels.score_written [-v].

`written_dates.jsonl` are news sentences of our own, each with a date expression and the EDTF values that a careful
reader may give it (an empty one: can't be told; "none": no date), and some that tempt and hold none.
`written_plans.jsonl` are sentences that tell of something planned or of something that happened.
"""

import sys
from typing import Any, NamedTuple

from retrieval.dates import Context, date_sentences, event_date, parse_published, resolve
from retrieval.dates.sentence_dates import in_context
from retrieval.records import NO_DATE, Span
from retrieval.timeline.planning import is_planned
from tests.labels.corpora import labels


class Outcome(NamedTuple):
    """A sentence, what is accepted of it, and what came of it."""

    text: str
    wanted: list[str]
    got: str


def dates(name: str = "written_dates") -> list[Outcome]:
    """Of each sentence with a date, its value; of one without, the first that is given all the same."""
    return [_dated(row) for row in labels(name)]


def _dated(row: dict[str, Any]) -> Outcome:
    context = Context(parse_published(row["published"]) or NO_DATE)
    _, expressions, around = next(iter(in_context([row["text"]], context)))
    if "surface" not in row:
        values = (resolve(one, around).edtf for one in expressions)
        return Outcome(row["text"], ["none", ""], next((value for value in values if value), "none"))
    start = row["offset"]
    end = start + len(row["surface"])
    one = next((one for one in expressions if one.start < end and one.end > start), None)
    return Outcome(row["text"], row["edtf"], resolve(one, around).edtf if one else "none")


def plans(name: str = "written_plans") -> list[Outcome]:
    """Of each sentence whether it is taken for a plan."""
    found = []
    for row in labels(name):
        text, published = row["text"], parse_published(row["published"]) or NO_DATE
        spans, context = [Span(0, len(text), "body")], Context(published)
        date = date_sentences(text, spans, event_date(text, spans, context), context)[0]
        got = is_planned(text, date.edtf, published.edtf)
        found.append(Outcome(text, [str(row["planned"])], str(got)))
    return found


def main() -> None:
    """The shares that are right; with -v the others."""
    every, planned = dates(), plans()
    told = [one for one in every if "none" not in one.wanted[:1]]
    without = [one for one in every if "none" in one.wanted[:1]]
    for what, outcomes in (("dates", told), ("false alarms", without), ("plans", planned)):
        wrong = [one for one in outcomes if one.got not in one.wanted]
        for one in wrong if "-v" in sys.argv else ():
            sys.stdout.write(f"  {one.got:24} for {' | '.join(one.wanted)}: {one.text}\n")
        sys.stdout.write(f"{what}: {len(outcomes) - len(wrong)} of {len(outcomes)} right\n")
    years = [one for one in told if one.wanted[0][:4].isdigit() and one.got[:4].isdigit()]
    far = [one for one in years if one.got[:4] not in {value[:4] for value in one.wanted}]
    sys.stdout.write(f"another year than any accepted: {len(far)}\n")


if __name__ == "__main__":
    main()
