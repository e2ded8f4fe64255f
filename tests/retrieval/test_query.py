import pytest

from retrieval.query import QuestionReader


@pytest.fixture(scope="module")
def reader() -> QuestionReader:
    return QuestionReader.from_config()


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Thứ trưởng nào phát biểu dẫn đề?", "thứ trưởng phát biểu dẫn đề"),
        ("TBT đến BNG khi nào?", "tổng bí thư đến bộ ngoại giao"),
        ("tbt den bng khi nao", "tong bi thu den bo ngoai giao"),
        ("có bn di sản đc công nhận zậy", "có di sản được công nhận"),
        ("hà kim ngọc là ai", "hà kim ngọc"),
        ("AI là gì?", "ai"),
    ],
)
def test_abbreviations_are_spelt_out_and_question_words_taken_off(
    reader: QuestionReader, question: str, terms: str
) -> None:
    assert " ".join(reader.read(question).terms) == terms


def test_abbreviations_as_typed_are_kept_for_articles_that_use_them(reader: QuestionReader) -> None:
    assert reader.read("UBND tỉnh họp").abbreviations == ("ubnd",)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("hội nghị khai mạc ngày nào?", "when"),
        ("có bn chuyến thăm?", "how many"),
        ("họp ở đâu", "where"),
        ("hà kim ngọc là ai", "who"),
        ("vì sao hoãn họp", "why"),
        ("số phiếu ntn", "how"),
        ("Thủ tướng có dự họp ko", "yes/no"),
        ("chủ đề hội nghị là gì", "what"),
    ],
)
def test_the_kind_of_question_is_recognised(reader: QuestionReader, question: str, kind: str) -> None:
    assert reader.read(question).kind == kind


@pytest.mark.parametrize("question", ["", "?!…", "🙂🙂", "là gì", "\u200b"])
def test_a_question_without_content_has_no_terms(reader: QuestionReader, question: str) -> None:
    assert reader.read(question).terms == ()
