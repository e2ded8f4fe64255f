from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates.ranges import Period
from retrieval.query import QuestionReader
from retrieval.query.limits import limit_of
from retrieval.tokens import fold

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("question", "rest", "since", "until"),
    [
        ("Ông Nam nói gì từ 3/2025?", "Ông Nam nói gì", "2025-03-01", None),
        ("Từ 3/2025, ông Nam nói gì?", "ông Nam nói gì?", "2025-03-01", None),
        ("Từ 3/2025 đến nay ông Nam nói gì?", "ông Nam nói gì?", "2025-03-01", None),
        ("Giá vàng trước Tết là bao nhiêu?", "Giá vàng là bao nhiêu?", "2025-02-01", "2026-02-15"),
        ("Giá vàng sau Tết 2025?", "Giá vàng", "2025-02-01", "2026-02-15"),
        ("Trong tháng 6 CPI tăng bao nhiêu?", "CPI tăng bao nhiêu?", "2026-06-01", "2026-06-30"),
        ("CPI tăng bao nhiêu trong tháng 12?", "CPI tăng bao nhiêu", "2025-12-01", "2025-12-31"),
        ("CPI từ tháng 11 đến tháng 2 ra sao", "CPI ra sao", "2025-11-01", "2026-02-28"),
        ("7 ngày qua có bão nào?", "có bão nào?", "2026-11-22", "2026-11-29"),
        ("có bão nào trong hai tuần qua", "có bão nào", "2026-11-15", "2026-11-29"),
        ("Từ đầu năm đến nay có mấy cơn bão?", "có mấy cơn bão?", "2026-01-01", None),
        ("Ai bị bắt trước ngày 20/11?", "Ai bị bắt", None, "2026-11-19"),
        ("Động đất ở đâu trước 1/10?", "Động đất ở đâu", None, "2026-09-30"),
        ("Từ 15/9 giá vàng tăng bao nhiêu?", "giá vàng tăng bao nhiêu?", "2026-09-15", None),
        ("Giá vàng sau hôm 15/12 ra sao?", "Giá vàng ra sao?", "2025-12-16", None),
        ("Có bão nào từ 1/10 đến 5/10?", "Có bão nào", "2026-10-01", "2026-10-05"),
    ],
)
def test_a_range_limits_a_question_with_and_without_diacritics(
    question: str, rest: str, since: str | None, until: str | None
) -> None:
    period = Period(*(date.fromisoformat(day) if day else None for day in (since, until)))
    for typed, without in ((question, rest), (fold(question), fold(rest))):
        found = limit_of(typed, TODAY)
        assert found is not None
        assert (found.text, found.period) == (without, period)


@pytest.mark.parametrize(
    "question",
    [
        "Luật nào có hiệu lực từ 1/7/2025?",
        "Nghị định nào được áp dụng từ 2025?",
        "Hội nghị diễn ra trong tháng 6 nói gì?",
        "Năm 2024 ai là Bộ trưởng?",
        "Mục tiêu đến năm 2030 là gì?",
        "Kế hoạch giai đoạn 2021-2025 có gì?",
        "Sản lượng tăng từ 2024 tấn lên bao nhiêu?",
        "Ai thắng trước Thái Lan?",
        "Trong 17 dự án cái nào bị dừng?",
        "Tết có gì vui?",
        "Gần đây ông Nam nói gì?",
        "Tỷ lệ nữ tăng từ 1/3 lên bao nhiêu?",
        "Sau 1/2 năm dự án giải ngân bao nhiêu?",
        "Trong 1/3 dự án cái nào bị dừng?",
        "Ai vào bán kết từ 33/4?",
    ],
)
def test_what_is_part_of_what_is_asked_limits_nothing(question: str) -> None:
    assert limit_of(question, TODAY) is None


def test_without_a_today_only_a_range_with_its_year_is_known() -> None:
    assert limit_of("giá vàng trong tháng 6", None) is None
    assert limit_of("giá vàng trong tháng 6/2025", None) is not None


def test_a_sentence_that_writes_the_range_tells_it() -> None:
    found = limit_of("Metro mở bao nhiêu ga từ năm 1980 đến năm 1984?", None)
    assert found is not None
    assert found.is_told_by("Từ 1980 tới 1984, Metro mở 5 ga.")
    assert not found.is_told_by("Từ 1980, Metro mở 5 ga.")
    before = limit_of("Metro mở bao nhiêu ga trước năm 1980?", None)
    assert before is not None
    assert before.is_told_by("Trước năm 1980 Metro mở 5 ga.")
    assert not before.is_told_by("Năm 1980 Metro mở 5 ga.")
    season = limit_of("Giá vàng trước Tết?", TODAY)
    assert season is not None
    assert not season.is_told_by("Trước Tết 2020, giá vàng tăng.")


def test_a_range_that_goes_on_from_the_question_before_takes_the_place_of_its_range() -> None:
    reader = QuestionReader.from_config()
    first = reader.read("Ông Nam nói gì từ 3/2025?", TODAY)
    then = reader.read("còn trước 3/2025?", TODAY, first)
    assert then.limited is not None
    assert then.limited.terms == first.limited.terms if first.limited else False
    assert then.limited.period == Period(until=date(2025, 2, 28))


@given(st.text(alphabet="từtrướcsauongkể tết /0123456789đến?.", max_size=80))
def test_any_question_is_read(question: str) -> None:
    found = limit_of(question, TODAY)
    assert found is None or (found.period and found.text)
