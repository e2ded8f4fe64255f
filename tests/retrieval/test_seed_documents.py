"""Over the five given documents and their questions (../shared)."""

import pytest

from retrieval import Library
from retrieval.evaluate import evaluate, read_questions
from tests.conftest import SHARED, needs_shared

pytestmark = needs_shared

# Figures reached when this was written; lowering one needs a reason in the commit.
HIT_AT_1 = 0.86
HIT_AT_3 = 0.86


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


def test_the_questions_find_their_sentences_at_least_as_often_as_before(library: Library) -> None:
    figures = evaluate(library, read_questions(SHARED / "eval" / "seed_questions.jsonl"))
    assert figures.hit_at_1 >= HIT_AT_1
    assert figures.hit_at_3 >= HIT_AT_3
