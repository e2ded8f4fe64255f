"""Over the five given documents and their questions (../shared)."""

import pytest

from retrieval import Library
from retrieval.evaluation.evaluate import read_questions
from tests.conftest import SHARED, needs_shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open([SHARED / "seeds"])


def test_every_document_has_sentences_and_a_date(library: Library) -> None:
    assert len(library.articles) == 5
    assert not library.problems
    for article in library.articles:
        assert article.event_date
        assert any(other is article for other, _ in library.sentences)


def test_every_quote_is_an_exact_substring_of_the_file_it_names(library: Library) -> None:
    for question in read_questions(SHARED / "eval" / "seed_questions.jsonl"):
        for quote in library.search(question.question):
            assert quote.text == quote.article.text[quote.start : quote.end]
            assert quote.text in (SHARED / "seeds" / quote.article.id).read_text(encoding="utf-8")
