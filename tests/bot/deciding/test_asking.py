"""What passes for a question among people who talk to each other."""

import pytest

from bot.deciding.asking import looks_like_question


@pytest.mark.parametrize(
    "text",
    [
        "Ai là người thiết kế cầu",
        "cau dai bao nhieu met",
        "Cầu khánh thành khi nào vậy mọi người",
        "Hôm nay bão vào chưa",
        "Mấy giờ thông xe",
        "When does it open",
        "Ủa? thật à.",
        "هل فتح الجسر؟",
        "Có thật không",
    ],
)
def test_questions_are_seen(text: str) -> None:
    assert looks_like_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ai cũng vui cả",
        "Không.",
        "không sao đâu",
        "Xem https://example.org/?trang=2 nhé",
        "Máy bay hạ cánh rồi",
        "Chào cả nhà ạ",
        "Cháu nằm khoa nhi",
        "Đứng ở đầu cầu rồi nhé",
        "Somehow it works",
        "",
    ],
)
def test_statements_are_not_taken_for_questions(text: str) -> None:
    assert not looks_like_question(text)
