import pytest

from retrieval.query import QuestionReader
from retrieval.ranking.objections.words import Words, is_told
from retrieval.tokens import syllables


@pytest.mark.parametrize(
    ("article", "told"),
    [
        ("Bộ Ngoại giao họp", True),
        ("BNG họp", True),
        ("TBT đến Bộ Quốc phòng", False),  # the abbreviation of something else in the question
    ],
)
def test_what_a_question_names_is_told_by_its_words_or_its_own_abbreviation(article: str, told: bool) -> None:
    query = QuestionReader.from_config().read("Tổng Bí thư tặng gì cho Bộ Ngoại giao")
    [ministry] = query.known_names
    assert is_told(query, ministry, Words(syllables(article), [])) is told
