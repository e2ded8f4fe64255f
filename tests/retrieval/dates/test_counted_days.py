"""What is counted from the day of publication: yesterday, last month, a day of the week."""

import pytest

from retrieval.records import NO_DATE, Date
from tests.retrieval.dates.test_resolve import resolved, values


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Hôm qua trời mưa.", "2025-09-15"),
        ("Sáng nay trời mưa.", "2025-09-16"),
        ("Tối qua trời mưa.", "2025-09-15"),
        ("Tuần trước trời mưa.", "2025-09-08/2025-09-14"),
        ("Tuần qua trời mưa.", "2025-09-09/2025-09-15"),
        ("Cuối tuần qua trời mưa.", "2025-09-13/2025-09-14"),
        ("Thứ Hai tuần này trời mưa.", "2025-09-15"),
        ("Trời mưa hôm thứ Bảy.", "2025-09-13"),
        ("Tháng trước trời mưa.", "2025-08"),
        ("Năm ngoái trời mưa.", "2024"),
    ],
)
def test_relative_dates_need_the_publication_date(text: str, edtf: str) -> None:
    (date,) = resolved(text, "2025-09-16")
    assert date == Date(edtf, "inferred", "ngày đăng 16/9/2025")
    assert resolved(text) == [NO_DATE]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("7 tháng đầu năm trời mưa.", "2025-01/2025-07"),
        ("Sáu tháng cuối năm ngoái trời mưa.", "2024-07/2024-12"),
        ("Trong 6 tháng đầu năm 2021, trời mưa.", "2021-01/2021-06"),
        ("Ba quý đầu năm trời mưa.", "2025-01/2025-09"),
        ("2 quý đầu năm nay trời mưa.", "2025-01/2025-06"),
    ],
)
def test_the_first_months_of_a_year_are_those_months(text: str, edtf: str) -> None:
    assert values(text, "2025-09-16") == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Mưa lớn đêm Chủ nhật.", "2025-09-14"),
        ("Hội chợ mở lúc 19h thứ Năm.", "2025-09-18"),
        ("Anh về thứ Hai sau khi nghỉ.", "2025-09-15"),
        ("Anh về thứ Sáu để nghỉ.", ""),  # the last, the next
        ("Hội chợ mở lúc 19h thứ Ba.", ""),  # today, or in a week
        ("Vào một tối Chủ nhật, trời mưa.", ""),
        ("Mỗi tối Chủ nhật, trời mưa.", ""),
        ("Anh ấy về thứ hai.", "none"),
    ],
)
def test_a_weekday_without_a_tense_is_that_of_a_day_or_two_beside_the_publication(text: str, edtf: str) -> None:
    assert (values(text, "2025-09-16") or ["none"]) == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Anh về thứ Sáu sau khi nghỉ.", "2025-09-12"),
        ("Anh bị bắt thứ Tư ngay sau khi trốn.", "2025-09-10"),
        ("Anh sẽ về thứ Sáu sau khi nghỉ.", "2025-09-19"),
        ("Anh về đích thứ sáu sau khi ngã.", "none"),
        ("Anh về thứ Hai vừa qua.", "2025-09-15"),
        ("Anh về thứ Sáu vừa qua.", "2025-09-12"),
        ("Anh về thứ Ba vừa qua.", "2025-09-09"),  # today is "hôm nay"
        ("Anh về thứ Ba tới.", "2025-09-23"),
        ("Anh về thứ Sáu tới.", "2025-09-19"),
        ("Anh về thứ Hai tới.", "2025-09-22"),
        ("Anh về thứ Sáu tuần tới.", "2025-09-26"),
        ("Anh về thứ Hai tuần trước.", "2025-09-08"),
    ],
)
def test_a_weekday_just_over_or_to_come_is_the_nearest_on_that_side(text: str, edtf: str) -> None:
    assert (values(text, "2025-09-16") or ["none"]) == [edtf]


def test_the_publication_day_is_that_of_vietnam() -> None:
    assert values("Hôm nay trời mưa.", "2024-08-28T20:00:00Z") == ["2024-08-29"]


def test_a_speakers_today_is_not_the_publication_day() -> None:
    assert values('Ông nói: "Hôm nay là ngày vui".', "2025-09-16") == [""]
    assert values('Hôm nay, ông nói: "Rất vui".', "2025-09-16") == ["2025-09-16"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("Ông đã đến hôm thứ Hai.", "2025-09-15"), ("Ông sẽ đến vào thứ Hai.", "2025-09-22"), ("Ông đến thứ Bảy.", "")],
)
def test_a_weekday_is_the_last_or_the_next_by_the_tense(text: str, edtf: str) -> None:
    assert values(text, "2025-09-17") == [edtf]
