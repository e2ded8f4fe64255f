from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.timeline import ALWAYS, Period, between, split_off
from retrieval.tokens import fold

TODAY = date(2025, 10, 15)  # a Wednesday


@pytest.mark.parametrize(
    ("argument", "since", "until"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("năm 2024", "2024-01-01", "2024-12-31"),
        ("cuối năm 2024", "2024-01-01", "2024-12-31"),
        ("từ 3/2025", "2025-03-01", None),
        ("từ tháng 3 năm 2025 đến nay", "2025-03-01", None),
        ("tháng 9/2025", "2025-09-01", "2025-09-30"),
        ("trong tháng 2 năm 2024", "2024-02-01", "2024-02-29"),
        ("2025-09", "2025-09-01", "2025-09-30"),
        ("15/9/2025", "2025-09-15", "2025-09-15"),
        ("từ ngày 15 tháng 2 năm 2024 đến ngày 20 tháng 5 năm 2025", "2024-02-15", "2025-05-20"),
        ("2023-2025", "2023-01-01", "2025-12-31"),
        ("giai đoạn 2021–2023", "2021-01-01", "2023-12-31"),
        ("từ 2/2024 đến 5/2025", "2024-02-01", "2025-05-31"),
        ("từ 5/2025 đến 2/2024", "2024-02-01", "2025-05-31"),
        ("quý III/2025", "2025-07-01", "2025-09-30"),
        ("trước 2024", None, "2023-12-31"),
        ("đến 5/2025", None, "2025-05-31"),
        ("sau 2024", "2025-01-01", None),
        ("gần đây", "2025-09-15", "2025-10-15"),
        ("7 ngày qua", "2025-10-08", "2025-10-15"),
        ("hôm qua", "2025-10-14", "2025-10-14"),
        ("tuần trước", "2025-10-06", "2025-10-12"),
        ("tháng trước", "2025-09-01", "2025-09-30"),
        ("năm ngoái", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_range_at_the_end_is_read_with_and_without_diacritics(
    argument: str, since: str | None, until: str | None
) -> None:
    wanted = Period(*(date.fromisoformat(day) if day else None for day in (since, until)))
    assert split_off(f"đối ngoại {argument}", TODAY) == ("đối ngoại", wanted)
    assert split_off(f"doi ngoai {fold(argument)}", TODAY) == ("doi ngoai", wanted)
    assert split_off(argument, TODAY) == ("", wanted)


@pytest.mark.parametrize(
    "argument",
    [
        "đối ngoại", "bão số 10", "Quốc khánh 2/9", "nhiệm kỳ 2020-2025", "khóa 2021-2026", "nghị quyết 57",
        "lễ hội 31/2/2025", "giá vàng tháng 13/2025", "lãi suất quý 5/2025", "họp 99999 ngày qua", "<b>x</b>",
    ],
)  # fmt: skip
def test_what_is_no_range_of_real_days_stays_in_the_topic(argument: str) -> None:
    assert split_off(argument, TODAY) == (argument, ALWAYS)


def test_the_month_before_january_is_december() -> None:
    assert split_off("bóng chuyền tối 24/9", date(2025, 10, 9)) == ("bóng chuyền tối 24/9", ALWAYS)
    assert split_off("lũ từ 24/9", date(2025, 10, 9)) == ("lũ", Period(date(2025, 9, 24)))
    assert split_off("x tháng trước", date(2025, 1, 9))[1] == Period(date(2024, 12, 1), date(2024, 12, 31))


def test_between_takes_days_and_what_people_write() -> None:
    assert between(date(2025, 3, 1), "9/2025") == Period(date(2025, 3, 1), date(2025, 9, 30))
    with pytest.raises(ValueError, match="'mai sau' is no date"):
        between("mai sau", None)
    with pytest.raises(ValueError, match="'gần đây' is no date"):
        between("gần đây", None)  # without a today


@pytest.mark.parametrize(
    ("edtf", "inside"),
    [
        ("2025-03-01", True),
        ("2025-02-28", False),
        ("2025-03", True),
        ("2025", True),
        ("2024", False),
        ("2021-12/2025-03-05", True),
        ("2020/..", True),
        ("XXXX-03-05", False),
    ],
)
def test_a_period_takes_what_may_lie_in_it(edtf: str, inside: bool) -> None:
    assert Period(date(2025, 3, 1)).overlaps(edtf) is inside
    assert ALWAYS.overlaps(edtf)


@given(st.text(max_size=60))
def test_any_argument_is_read_and_none_of_its_words_is_lost_but_a_range(argument: str) -> None:
    topic, period = split_off(argument, TODAY)
    assert period or topic == " ".join(argument.split())
    assert period.since is None or period.until is None or period.since <= period.until


def test_a_year_that_makes_a_name_is_no_range() -> None:
    asked: list[str] = []

    def is_name(words: str) -> bool:
        asked.append(words)
        return words == "châu Á 2026"

    assert split_off("vòng loại U23 châu Á 2026", TODAY, is_name) == ("vòng loại U23 châu Á 2026", ALWAYS)
    assert split_off("đối ngoại 2025", TODAY, is_name)[0] == "đối ngoại"
    assert split_off("đối ngoại năm 2025", TODAY, is_name)[0] == "đối ngoại"
    assert asked == ["châu Á 2026", "đối ngoại 2025"]
