"""Questions over the sample articles, half of them near misses: another ordinal, year, office, person, or a detail that
no article has. The figures are pinned; to lower one takes a reason in the commit.
"""

from pathlib import Path

import pytest

from retrieval import Library
from retrieval.config_files import data_folder
from retrieval.evaluation.evaluate import Question, evaluate, folded, read_questions

QUESTIONS = Path(__file__).with_name("seed_questions.jsonl")


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open([data_folder("seeds")])


@pytest.fixture(scope="module")
def questions() -> tuple[Question, ...]:
    return read_questions(QUESTIONS)


def test_questions_are_answered_and_near_misses_refused(library: Library, questions: tuple[Question, ...]) -> None:
    figures = evaluate(library, questions)
    assert figures.hit_at_1 >= 31 / 35
    assert figures.answered >= 30 / 35  # four more are refused since the reader learned to doubt from near misses
    assert figures.refused >= 47 / 50


def test_without_diacritics_nearly_as_many(library: Library, questions: tuple[Question, ...]) -> None:
    figures = evaluate(library, folded(questions))
    assert figures.hit_at_1 >= 31 / 35
    # Two more are refused since the reader is asked: it is less sure of such questions.
    assert figures.answered >= 31 / 35
    assert figures.refused >= 44 / 50


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Chủ đề hội nghị ngoại giao lần thứ 33 là gì?", "another number"),
        ("hoi nghi ngoai giao lan thu 31 khai mac ngay nao", "another number"),
        ("Bộ trưởng Ngoại giao năm 2019 là ai?", "another number"),
        ("ai là chủ tịch UBND tỉnh Quảng Trị", "another office"),
        ("ai la chu tich ubnd tinh quang tri", "another office"),
        ("Bộ trưởng Quốc phòng là ai", "another office"),
        ("Ai là Tổng thống Pháp?", "another office"),
        ("Phó Chủ tịch Quốc hội là ai", "another office"),
        ("Hà Kim Ngọc quê ở tỉnh nào", "nothing of the kind asked for"),
        ("Lê Hoài Nam giữ chức gì?", "another person"),
        ("Vũ Khoan dự hội nghị ngoại giao 32 khi nào?", "another person"),
        ("pham gia tuan giu chuc gi", "another person"),
        ("Hoàng Nam phát biểu gì tại hội nghị", "nothing of the kind asked for"),
        ("Hội nghị ngoại giao lần thứ 32 khai mạc lúc mấy giờ?", "nothing of the kind asked for"),
        ("hoi nghi ngoai giao 32 bat dau may gio", "nothing of the kind asked for"),
        ("Trụ sở Bộ Ngoại giao ở phố nào?", "nothing of the kind asked for"),
        ("60 di sản được UNESCO ghi danh gồm những di sản nào", "nothing of the kind asked for"),
        ("Kể tên 60 di sản của Việt Nam", "nothing of the kind asked for"),
        ("Vợ Thủ tướng Phạm Minh Chính tên gì?", "nothing of the kind asked for"),
        ("Hội nghị ngoại giao lần thứ 32 bế mạc hôm nào?", "nothing of the kind asked for"),
        ("hoi nghi ngoai giao lan thu 32 be mac ngay nao", "nothing of the kind asked for"),
        ("Hoàng Nam phát biểu gì tại hội nghị ngày 6/1?", "nothing of the kind asked for"),
        ("Bộ trưởng Công an phát biểu gì tại hội nghị ngoại giao 32?", "another office"),
        ("Ba trụ cột đối ngoại của Trung Quốc là gì?", "another place"),
        ("Công dân Việt Nam ở Hoa Kỳ được bảo hộ ra sao", "another place"),
        ("tô lâm thăm trung quốc khi nào", "another place"),
        ("ai dự hội nghị ở huế", "another place"),
        ("pho chu tich tinh quang binh du hoi nghi la ai", "another place"),
        ("hoàng nam phát biểu gì tại hội nghị", "nothing of the kind asked for"),
        ("Ngày 15/9/2023 Tô Lâm làm việc với ai?", "another number"),
        ("Tô Lâm làm việc với Đảng ủy Bộ Ngoại giao ngày 3-7 có ai dự", "another number"),
        ("Bùi Thanh Sơn được bổ nhiệm hôm nào", "nothing of the kind asked for"),
        ("chiều 29-8-2024 Tô Lâm làm việc ở đâu", "another number"),
        ("ai là bộ trưởng ngoại giao đầu tiên", "another office"),
    ],
)
def test_a_near_miss_is_refused_for_its_reason(library: Library, question: str, reason: str) -> None:
    explanation = library.explain(question)
    assert explanation.reason == reason
    assert explanation.answer.confidence < explanation.threshold


def test_of_several_who_held_an_office_the_newest_comes_first(library: Library) -> None:
    [first, *_] = library.ask("ai là chánh văn phòng trung ương đảng").quotes
    assert "Phạm Gia Túc" in first.text


@pytest.mark.parametrize(
    "question",
    [
        "Tổng Bí thư năm 2023 là ai, còn năm 2025 là ai?",
        "Tổng Bí thư năm 2023 và 2025 là ai",
        "tong bi thu nam 2023 la ai con 2025?",
    ],
)
def test_a_comparison_has_a_quote_for_each_year(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert answer.kind == "compare"
    assert "Nguyễn Phú Trọng" in answer.quotes[0].text
    assert "Tô Lâm" in answer.quotes[1].text


def test_a_quote_that_hangs_on_its_neighbour_shows_it(library: Library) -> None:
    [first, *_] = library.ask("3 năm qua tăng thêm bao nhiêu di sản").quotes
    assert first.text.startswith("Chỉ tính 3 năm qua, con số ấy")
    assert first.before is not None
    assert "60 di sản" in first.before.text
    assert first.article.text[first.before.start : first.before.end] == first.before.text


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Phạm Gia Túk giữ chức gì", "Phạm Gia Túc giữ chức gì"),
        ("Lê Hòai Trung là ai", "Lê Hoài Trung là ai"),
        ("pham gia tuc giu chuc gi", None),
        ("Vũ Đình Khoái là ai", None),
    ],
)
def test_what_may_have_been_meant_is_suggested_and_not_answered(
    library: Library, question: str, meant: str | None
) -> None:
    answer = library.ask(question)
    assert answer.suggestions == ((meant,) if meant else ())
    assert not (meant and answer.quotes)


def test_a_question_half_with_diacritics_is_read_as_one_without(library: Library) -> None:
    [first, *_] = library.ask("bo truong Bùi Thanh Sơn thong bao bao nhieu chuyen tham").quotes
    assert "45 chuyến thăm" in first.text
    assert not library.read_question("tong bi thu Tô Lâm noi gi").accented
    assert library.read_question("Tổng Bí thư Tô Lâm nói gì").accented
