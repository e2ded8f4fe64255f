"""What a refusal says was looked for, and what it suggests."""

import datetime

import pytest

from bot.pages.asked_for import asks_about_today, makes_sense, sought
from retrieval.query import QuestionReader

TODAY = datetime.date(2026, 11, 30)


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Thủ tướng Nhật Bản là ai?", "Thủ tướng Nhật Bản"),
        ("Việt Nam có bao nhiêu sân bay?", "Việt Nam"),
        ("gia vang SJC bao nhieu", "gia vang SJC"),
        ("Vì sao giá vàng tăng?", "giá vàng tăng"),
        ("Hôm nay có gì mới?", ""),
        ("năm nay là năm bao nhiêu", ""),
        ("giá vàng hôm nay", "giá vàng"),
        ("Tuvalu ở đâu?", "Tuvalu"),
        ("thời tiết ngày mai ở Hà Nội", "thời tiết"),
        ("ông ấy nói gì về ASEAN?", "ASEAN"),
        ("lũ ở Huế sao rồi", "lũ ở Huế"),
        ("thoi tiet ha noi ngay mai", "thoi tiet ha noi ngay mai"),
        ("có bão nào không?", ""),
        ("Thị trường việc làm ra sao?", "Thị trường việc làm"),
        ("Bão Bualoi làm bao nhiêu người chết?", "Bão Bualoi"),
        ("có động đất ở đâu?", "động đất"),
    ],
)
def test_it_is_the_longest_phrase_of_the_question(question: str, shown: str) -> None:
    assert sought(QuestionReader.from_config().read(question, today=TODAY)) == shown


@pytest.mark.parametrize(
    ("question", "suggestion", "sense"),
    [
        ("Việt Nam có bao nhiêu sân bay?", "Việt Nam có bao nhiêu sản bay?", False),
        ("Viet Nam co bao nhieu di san?", "Việt Nam có bao nhiêu di sản?", True),
        ("Vũ Hoài Trug là ai?", "Vũ Hoài Trung là ai?", True),
    ],
)
def test_no_word_with_its_diacritics_becomes_another(question: str, suggestion: str, sense: bool) -> None:
    assert makes_sense(suggestion, QuestionReader.from_config().read(question)) is sense


def test_what_is_asked_of_today_is_known() -> None:
    reader = QuestionReader.from_config()
    assert asks_about_today(reader.read("giá vàng hôm nay"))
    assert not asks_about_today(reader.read("Cầu Hương An dài bao nhiêu?"))
