"""Answers where overlap is not reading: the sentence that answers has fewer words of the question than another."""

from pathlib import Path

import pytest

from retrieval import Library, known
from retrieval.records import Answer
from tests.libraries import written

ARTICLES = [
    {
        "id": "cau",
        "title": "Cầu Gió khánh thành",
        "text": "Cầu Gió bắc qua sông Bến được khánh thành sáng thứ Hai. Cầu Gió và con đường qua cầu Gió được trồng "
        "hoa hai bên, ban quản lý cầu cho biết. Công trình dài 420 mét, rộng 12 mét. Xe máy được đi miễn phí.",
        "published": "2025-03-03",
    },
    {
        "id": "thu-vien",
        "title": "Thư viện thị trấn Gió mở cửa",
        "text": "Thư viện thị trấn Gió mở cửa từ thứ Hai đến thứ Bảy. Kiến trúc sư Trần Văn Bình vẽ ngôi nhà này. "
        "Thư viện thị trấn có năm nghìn cuốn sách.",
        "published": "2025-04-03",
    },
]
RIGHT = [
    ("Cầu Gió dài bao nhiêu?", "Công trình dài 420 mét, rộng 12 mét."),
    ("Ai thiết kế thư viện thị trấn Gió?", "Kiến trúc sư Trần Văn Bình vẽ ngôi nhà này."),
]
DAYS = "Thư viện thị trấn Gió mở cửa những hôm nào?"
NEAR_MISS = "Vé qua cầu Gió giá bao nhiêu?"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("library") / "articles.jsonl", ARTICLES)


@pytest.fixture(scope="module")
def library(path: Path) -> Library:
    return Library.open([path])


@pytest.fixture
def without(path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The same library where TRICH_READER is off."""
    monkeypatch.setattr(known, "cross_encoder", lambda: None)
    return Library.open([path])


def first(answer: Answer) -> str:
    return answer.quotes[0].text if answer.quotes else ""


def marked(answer: Answer) -> str:
    quote, words = answer.quotes[0], answer.quotes[0].answer
    return quote.article.text[words.start : words.end] if words else ""


@pytest.mark.parametrize(("question", "sentence"), RIGHT)
def test_the_sentence_that_answers_comes_before_one_with_more_of_the_words(
    library: Library, question: str, sentence: str
) -> None:
    assert first(library.ask(question)) == sentence


def test_the_words_that_answer_are_those_that_were_read(library: Library) -> None:
    assert marked(library.ask(DAYS)) == "thứ Hai đến thứ Bảy"


def test_without_the_reader_they_are_what_is_surely_of_the_kind_asked_for(without: Library) -> None:
    assert marked(without.ask(DAYS)) == "thứ Hai"


def test_what_no_sentence_tells_is_refused_however_much_of_the_question_they_have(library: Library) -> None:
    assert library.ask(NEAR_MISS).status == "not_found"


def test_without_the_reader_what_is_not_told_is_taken_for_it(without: Library) -> None:
    assert without.ask(NEAR_MISS).status == "answered"


@pytest.mark.parametrize(("question", "sentence"), RIGHT)
def test_without_the_reader_what_tells_what_is_asked_for_comes_first(
    without: Library, question: str, sentence: str
) -> None:
    assert without.search(question)[0].text != sentence  # overlap alone ranks another first
    assert first(without.ask(question)) == sentence


def test_search_ranks_without_the_reader(library: Library, without: Library) -> None:
    for question, _ in RIGHT:
        assert library.search(question) == without.search(question)


def test_what_the_reader_says_is_explained_and_adds_up(library: Library) -> None:
    part = library.explain(RIGHT[0][0]).parts[0]
    for candidate in part.candidates:
        assert candidate.quote.score == pytest.approx(sum(feature.adds for feature in candidate.features))
    assert any(feature.name == "reader" for candidate in part.candidates for feature in candidate.features)
    assert [factor.name for factor in part.factors][-1] == "reader"
    odds = part.bias + sum(factor.adds for factor in part.factors)
    assert part.confidence == pytest.approx(1 / (1 + 2.718281828459045**-odds))
