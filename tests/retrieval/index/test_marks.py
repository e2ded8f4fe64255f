"""What a syllable looks like where it stands."""

import pytest

from retrieval.index.marks import Mark, marks_of


@pytest.mark.parametrize(
    ("sentence", "of_dates"),
    [
        ("Ngày 6/2 có 40 người", {1, 2}),
        ("tối 6-2 trời mưa", {1, 2}),
        ("tháng 9 năm 2025 có 3 cơn bão", {1, 3}),
        ("có 40 người ở 3/2 sân", {4, 5}),
    ],
)
def test_each_number_of_a_date_is_one_of_a_date(sentence: str, of_dates: set[int]) -> None:
    assert {at for at, mark in enumerate(marks_of(sentence)) if mark & Mark.DATE} == of_dates
