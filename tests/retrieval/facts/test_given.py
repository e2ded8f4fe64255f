"""Measured floors: the annotated five documents, and hand-labelled mentions of unseen news.

A figure may rise; lowering one takes a reason. How the labels were drawn: tests/labels/draw_persons.py.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from retrieval.facts import Facts, Mention
from tests.conftest import SHARED, needs_shared
from tests.retrieval.facts.conftest import sentences_of

_LABELS = Path(__file__).parents[2] / "labels"

# Where the annotation and the text say it differently: the country stands once and goes with both offices.
_SAID_OTHERWISE = {"Tổng Bí thư, Chủ tịch nước Trung Quốc": "Tổng Bí thư Trung Quốc, Chủ tịch nước Trung Quốc"}


@dataclass(slots=True)
class Score:
    """Mentions and offices: right, wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


def _same_office(gold: dict[str, Any], mention: Mention) -> bool:
    """Whether the mention's offices are the annotated ones, as said or as resolved."""
    if gold["mention"] == "pronoun":
        return not mention.offices
    prefix = "cố " if mention.status == "late" else ""
    mine = prefix + ", ".join(office for office in mention.offices if office not in gold["offices_also"])
    wanted = [_SAID_OTHERWISE.get(gold[key] or "", gold[key] or "") for key in ("office", "office_resolved")]
    return mine.lower() in [office.lower() for office in wanted] and set(gold["offices_also"]) <= set(mention.offices)


@needs_shared
def test_the_five_documents(facts: Facts) -> None:
    gold = json.loads((SHARED / "eval" / "gold_persons.json").read_text(encoding="utf-8"))
    persons, offices = Score(), Score()
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        wanted = {(row["start"], row["end"]): row for row in gold if row["doc"] == path.name}
        found = {(m.start, m.end): m for m in facts.mentions(text, sentences_of(text))}
        persons.right += len(found.keys() & wanted.keys())
        persons.wrong += len(found.keys() - wanted.keys())
        persons.missed += len(wanted.keys() - found.keys())
        for span in found.keys() & wanted.keys():
            row, mention = wanted[span], found[span]
            assert mention.role == ("actor" if row["role"] in ("actor", "deceased") else "other"), mention
            assert mention.name.casefold() == row["name"].casefold(), mention
            offices.right += _same_office(row, mention)
            offices.wrong += not _same_office(row, mention)
    assert persons.precision == 1.0
    assert persons.recall == 1.0
    assert offices.precision == 1.0


@needs_shared
@pytest.mark.parametrize(
    ("file", "least"),
    [
        ("dantri_persons.jsonl", (0.99, 0.93, 0.99, 0.92)),
        ("dantri_persons_2.jsonl", (0.95, 0.9, 0.98, 0.85)),
    ],
)
def test_unseen_news(facts: Facts, file: str, least: tuple[float, float, float, float]) -> None:
    persons, offices, over = Score(), Score(), 0
    for row, mentions in _labelled(facts, file):
        hit = _hit(row, mentions)
        exact = hit is not None and "surface" in row and (hit.start, hit.end) == (row["start"], row["end"])
        exact = exact and ("name" not in row or (hit is not None and hit.name == row["name"]))
        persons.right += exact
        persons.wrong += hit is not None and not exact
        persons.missed += "surface" in row and not exact
        over += hit is not None and hit.how == "title" and not exact
        if "surface" not in row:
            continue
        assert row["role"] == "actor" or hit is None or hit.role == "other", row
        if row["role"] == "other":
            continue
        claimed = hit.offices if hit else ()
        held = bool(claimed) and all(_is_given(facts, office, row["offices"]) for office in claimed)
        held = held and hit is not None and hit.status == row["status"]
        offices.right += held
        offices.wrong += bool(claimed) and not held
        offices.missed += bool(row["offices"]) and not claimed
        over += bool(claimed) and not held
    figures = (persons.precision, persons.recall, offices.precision, offices.recall)
    assert all(figure >= floor for figure, floor in zip(figures, least, strict=True)), figures
    assert over / (persons.right + persons.wrong) <= 0.01


def _hit(row: dict[str, Any], mentions: Sequence[Mention]) -> Mention | None:
    """The mention at a label; where an office word is labelled as nobody's, a title alone there."""
    start, end = (row["start"], row["end"]) if "surface" in row else row["candidate"]
    title = "name" in row or (row["draw"] == "office word" and "surface" not in row)
    how = "title" if title else "named"
    return next((m for m in mentions if m.how == how and m.start < end and start < m.end), None)


def _is_given(facts: Facts, claimed: str, labelled: list[str]) -> bool:
    """Whether the label says as much, or the one adds the body or the country that the other leaves out."""
    mine, *others = (f"{facts.form(office, accented=True)} " for office in (claimed, *labelled))
    return any(mine.startswith(one) or one.startswith(mine) for one in others)


def _labelled(facts: Facts, file: str) -> Iterator[tuple[dict[str, Any], tuple[Mention, ...]]]:
    """Every label with the mentions of its article."""
    labels = [json.loads(line) for line in (_LABELS / file).read_text(encoding="utf-8").splitlines()]
    wanted = {label["id"] for label in labels}
    read: dict[str, tuple[Mention, ...]] = {}
    with gzip.open(SHARED / "corpora" / "dantri_2020_2021.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article["id"] in wanted:
                text = article["text"]
                for label in labels:
                    if label["id"] == article["id"] and "surface" in label:
                        assert text[label["start"] : label["end"]] == label["surface"]
                read[article["id"]] = facts.mentions(text, sentences_of(text))
    for label in labels:
        yield label, read[label["id"]]


@needs_shared
@pytest.mark.parametrize("corpus", ["dantri_2020_2021", "rss_2025"])
def test_every_mention_is_the_letter_of_its_article(facts: Facts, corpus: str) -> None:
    with gzip.open(SHARED / "corpora" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 50:
                continue
            text = json.loads(line)["text"]
            assert all(text[m.start : m.end] == m.surface for m in facts.mentions(text, sentences_of(text)))
