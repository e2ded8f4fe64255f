"""The five given documents: /timeline đối ngoại and /timeline Bộ Ngoại giao."""

import json
from functools import cache
from typing import Any

import pytest

from retrieval import Library, Timeline
from retrieval.dates import bounds
from tests.conftest import SHARED, needs_shared

pytestmark = needs_shared

TOPICS = ("đối ngoại", "Bộ Ngoại giao")
F1_FLOOR = {"đối ngoại": 1.0, "Bộ Ngoại giao": 0.909}


def squeezed(text: str) -> str:
    return " ".join(text.split())


@cache
def gold() -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((SHARED / "eval" / "gold_events.json").read_text(encoding="utf-8"))
    return records


@cache
def library() -> Library:
    return Library.open([SHARED / "seeds"])


@cache
def timeline(topic: str) -> Timeline:
    return library().timeline(topic)


def relevant(topic: str) -> dict[str, set[str]]:
    """What a timeline of the topic must hold: each date with the gold sentences that tell it, any of which will do.

    A gold record counts if it is an event, has a date, and either its own sentence has the topic's words as they stand,
    or it lies on the date of its document's main event and the document has them: that event is then about the topic.
    Nothing is excused: the date that the annotator notes as optional (1945, "79 năm") counts as missed if not shown.
    """
    mains = {record["doc"]: record["event_date"] for record in gold() if record["main"]}
    texts = {doc: (SHARED / "seeds" / doc).read_text(encoding="utf-8") for doc in mains}
    wanted: dict[str, set[str]] = {}
    for record in gold():
        about_all = record["event_date"] == mains[record["doc"]] and topic.lower() in texts[record["doc"]].lower()
        if record["is_event"] and record["event_date"] and (about_all or topic.lower() in record["sentence"].lower()):
            wanted.setdefault(record["event_date"], set()).add(squeezed(record["sentence"]))
    return wanted


def same(ours: str, theirs: str) -> bool:
    return ours in theirs or theirs in ours


@pytest.mark.parametrize("topic", TOPICS)
def test_events_reach_the_floor(topic: str) -> None:
    """F1 over pairs of a date and a sentence. An entry is a hit if its very EDTF value is wanted and its first quote,
    the one that is said to tell the event, is one of the gold sentences of that date; every entry counts for precision.
    """
    wanted = relevant(topic)
    entries = timeline(topic).entries
    hits = [
        entry
        for entry in entries
        if any(same(squeezed(entry.quotes[0].text), sentence) for sentence in wanted.get(entry.date.edtf, ()))
    ]
    precision, recall = len(hits) / len(entries), len(hits) / len(wanted)
    assert len(wanted) == {"đối ngoại": 8, "Bộ Ngoại giao": 6}[topic]
    assert 2 * precision * recall / (precision + recall) >= F1_FLOOR[topic]
    assert precision == 1


@pytest.mark.parametrize("topic", TOPICS)
def test_every_quote_of_an_entry_tells_an_event_of_its_date(topic: str) -> None:
    wanted = relevant(topic)
    for entry in timeline(topic).entries:
        for quote in entry.quotes:
            assert any(same(squeezed(quote.text), sentence) for sentence in wanted[entry.date.edtf]), quote.text


@pytest.mark.parametrize(("topic", "fewest", "pairs"), [("đối ngoại", 10, 13), ("Bộ Ngoại giao", 8, 11)])
def test_most_of_what_was_done_on_a_day_is_quoted(topic: str, fewest: int, pairs: int) -> None:
    """Pairs of a date and a gold sentence, whichever quote of the entry it is."""
    wanted = relevant(topic)
    found = {
        (entry.date.edtf, sentence)
        for entry in timeline(topic).entries
        for quote in entry.quotes
        for sentence in wanted[entry.date.edtf]
        if same(squeezed(quote.text), sentence)
    }
    assert sum(map(len, wanted.values())) == pairs
    assert len(found) >= fewest


@pytest.mark.parametrize("topic", TOPICS)
def test_entries_are_in_order(topic: str) -> None:
    known = [limits for entry in timeline(topic).entries if (limits := bounds(entry.date.edtf))]
    assert known == sorted(known)
    assert len(known) == len(timeline(topic).entries)


@pytest.mark.parametrize("topic", TOPICS)
def test_no_year_is_wrong_and_no_trap_is_shown(topic: str) -> None:
    """Whatever quote is shown at a date and stands in the gold file has that date there; traps have none."""
    for entry in timeline(topic).entries:
        for quote in (*entry.quotes, *entry.about):
            for record in gold():
                if same(squeezed(quote.text), squeezed(record["sentence"])):
                    assert record["is_event"], quote.text
                    assert record["event_date"] == entry.date.edtf, quote.text
