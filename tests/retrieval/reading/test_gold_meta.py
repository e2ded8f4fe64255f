"""The five given documents against their labels: metadata, what is dropped, what stays, and as what."""

import json
import unicodedata
from typing import Any

import pytest

from retrieval import dates, reading
from retrieval.config_files import load_toml
from retrieval.records import Reading
from tests.conftest import SHARED, needs_shared

pytestmark = needs_shared

_GOLD_FILE = SHARED / "eval" / "gold_meta.json"
GOLD: list[dict[str, Any]] = json.loads(_GOLD_FILE.read_text(encoding="utf-8")) if _GOLD_FILE.exists() else []
# Where there is none, each test is skipped once.
each_document = pytest.mark.parametrize("gold", GOLD or [{"doc": "none"}], ids=lambda gold: gold["doc"][:3])


def read_document(name: str, *, references: bool = True) -> Reading:
    path = SHARED / "seeds" / name
    known = dates.load_references(load_toml("reference_dates.toml")) if references else ()
    (only,) = reading.read(name, path.read_bytes(), path=str(path), references=known)
    assert isinstance(only, Reading)
    return only


def original(name: str) -> str:
    return unicodedata.normalize("NFC", (SHARED / "seeds" / name).read_text(encoding="utf-8"))


@each_document
def test_title_author_section_and_url_are_those_of_the_document_and_none_is_made_up(gold: dict[str, Any]) -> None:
    article = read_document(gold["doc"]).article
    assert article.title == gold["title"]
    assert article.author == gold["author"]
    assert article.section == gold["section"]
    assert article.url == gold["url"]


@each_document
def test_publisher_is_the_documents_and_none_is_made_up(gold: dict[str, Any]) -> None:
    publisher = read_document(gold["doc"]).article.publisher
    if gold["publisher"] is None:
        assert publisher is None
    else:
        assert publisher is not None
        assert gold["publisher"] in publisher


@each_document
def test_publication_is_dated_as_precisely_as_the_document_says(gold: dict[str, Any]) -> None:
    published = read_document(gold["doc"]).article.published
    assert published.edtf == (gold["published"] or "")
    assert published.basis == ("published" if gold["published"] else "unknown")


@each_document
def test_event_date_is_right(gold: dict[str, Any]) -> None:
    assert read_document(gold["doc"]).article.event_date.edtf == gold["event_date"]


def test_the_year_of_the_first_document_needs_the_congress_as_evidence() -> None:
    name = "000_4c1b37e41dce5bc3.txt"
    inferred = read_document(name).article.event_date
    assert (inferred.edtf, inferred.basis) == ("2026-01-25", "inferred")
    assert "XIV" in inferred.evidence
    unknown = read_document(name, references=False).article.event_date
    assert (unknown.edtf, unknown.basis) == ("XXXX-01-25", "unknown")


@each_document
def test_every_boilerplate_line_is_dropped(gold: dict[str, Any]) -> None:
    left_out = [dropped.text.strip() for dropped in read_document(gold["doc"]).dropped]
    for line in gold["boilerplate lines"]:
        left_out.remove(line.strip())
    if prefix := gold.get("boilerplate prefix"):
        left_out.remove(prefix.strip())
    repeated = [line.strip() for line in gold["duplicate lines"]]
    assert [line for line in left_out if line not in repeated] == []


@each_document
def test_every_other_line_stays_in_order_and_to_the_letter(gold: dict[str, Any]) -> None:
    document = read_document(gold["doc"])
    dropped = {d.line for d in document.dropped if d.text.strip() != gold.get("boilerplate prefix", "-").strip()}
    lines = original(gold["doc"]).split("\n")
    expected = [line for number, line in enumerate(lines, 1) if line.strip() and number not in dropped]
    expected[0] = expected[0].removeprefix(gold.get("boilerplate prefix", ""))
    text = document.article.text
    assert [line for line in text.split("\n") if line.strip()] == expected


@each_document
def test_every_caption_is_a_caption(gold: dict[str, Any]) -> None:
    document = read_document(gold["doc"])
    captions = {document.article.text[s.start : s.end] for s in document.paragraphs if s.kind == "caption"}
    assert captions == set(gold["captions"])


@each_document
def test_title_and_subheads_are_headlines(gold: dict[str, Any]) -> None:
    document = read_document(gold["doc"])
    headlines = [document.article.text[s.start : s.end] for s in document.paragraphs if s.kind == "headline"]
    in_text = gold["title"] if gold["title"] in original(gold["doc"]).split("\n") else None
    assert headlines == [line.strip() for line in [in_text, *gold["subheads"]] if line]


@each_document
def test_paragraphs_lie_in_the_text_in_order_and_cover_it(gold: dict[str, Any]) -> None:
    document = read_document(gold["doc"])
    end = 0
    for span in document.paragraphs:
        assert not document.article.text[end : span.start].strip()
        end = span.end
    assert not document.article.text[end:].strip()
