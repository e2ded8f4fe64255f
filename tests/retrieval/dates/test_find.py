"""Which stretches of text are date expressions, and what they give; our own sentences."""

import pytest

from retrieval.dates import Expression, Partial, find


def parts(text: str) -> list[tuple[str, str, int | None, int | None, int | None]]:
    return [(one.text, one.kind, one.year, one.month, one.day) for one in find(text)]


def only(text: str) -> Expression:
    found = find(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "expression", "year", "month", "day"),
    [
        ("Chiều 15-9, đoàn làm việc tại Huế.", "Chiều 15-9", None, 9, 15),
        ("Ngày 25-1, đoàn tới Hà Nội.", "Ngày 25-1", None, 1, 25),
        ("Sáng nay, 19/12, hội nghị khai mạc.", "Sáng nay, 19/12", None, 12, 19),
        ("Sáng nay 6/1, Bộ họp.", "Sáng nay 6/1", None, 1, 6),
        ("Cuộc họp diễn ra ngày 15/9/2025.", "ngày 15/9/2025", 2025, 9, 15),
        ("Ngày 2 tháng 9 năm 1945, hàng vạn người có mặt.", "Ngày 2 tháng 9 năm 1945", 1945, 9, 2),
        ("Độc lập được tuyên bố 2-9-1945.", "2-9-1945", 1945, 9, 2),
        ("Người dân nghỉ lễ 2/9.", "2/9", None, 9, 2),
        ("Hội mở vào mùng 2 tháng 9.", "mùng 2 tháng 9", None, 9, 2),
        ("Tối thứ Sáu (5/3), đội bóng thắng.", "Tối thứ Sáu (5/3", None, 3, 5),
        ("Tàu chạy lúc 8h30 15/9.", "15/9", None, 9, 15),
        ("Luật có hiệu lực từ 1/7.", "1/7", None, 7, 1),
        ("Ông trình diện trước ngày 30.4.2021.", "ngày 30.4.2021", 2021, 4, 30),
        ("Bản tin 2025-09-16 có ghi.", "2025-09-16", 2025, 9, 16),
        ("Anh về hôm 5/3 năm 2020.", "hôm 5/3 năm 2020", 2020, 3, 5),
        ("Anh về 5 tháng Tám.", "5 tháng Tám", None, 8, 5),
        ("Anh về mồng 2 tháng Chín năm 2020.", "mồng 2 tháng Chín năm 2020", 2020, 9, 2),
        ("Anh về ngày 5/8/25.", "ngày 5/8/25", 2025, 8, 5),
        ("Ký ngày 30/4/75.", "ngày 30/4/75", 1975, 4, 30),
        ("Hạn: 12.8.26.", "12.8.26", 2026, 8, 12),
        ("Hạn chót 12.8.26.", "12.8.26", 2026, 8, 12),
    ],
)
def test_days_are_found_with_the_words_that_belong_to_them(
    text: str, expression: str, year: int | None, month: int, day: int
) -> None:
    assert parts(text) == [(expression, "day", year, month, day)]


@pytest.mark.parametrize(
    ("text", "expression", "kind", "year", "month"),
    [
        ("Nhà máy mở tháng 12/2021.", "tháng 12/2021", "month", 2021, 12),
        ("Nhà máy mở tháng 12 năm 2021.", "tháng 12 năm 2021", "month", 2021, 12),
        ("Nhà máy mở từ 12/2021.", "12/2021", "month", 2021, 12),
        ("Anh đến vào tháng Chín.", "tháng Chín", "month", None, 9),
        ("Năm 2024, cả nước xuất khẩu nhiều.", "Năm 2024", "year", 2024, None),
        ("Đầu năm 2024 có mưa.", "Đầu năm 2024", "part", 2024, None),
        ("Trong 6 tháng đầu năm 2021 có 3 vụ.", "6 tháng đầu năm 2021", "range", 2021, 1),
        ("Cuối tháng 3/2021 trời ấm.", "Cuối tháng 3/2021", "part", 2021, 3),
        ("Nhạc của thập niên 1990.", "thập niên 1990", "decade", 1990, None),
        ("Nhạc của những năm 80.", "những năm 80", "decade", 1980, None),
        ("Nhạc của thập niên 20 của thế kỷ XX.", "thập niên 20 của thế kỷ XX", "decade", 1920, None),
        ("Nhà máy mở T9/2025.", "T9/2025", "month", 2025, 9),
        ("Ngôi chùa dựng từ thế kỷ XVIII.", "thế kỷ XVIII", "century", 1700, None),
    ],
)
def test_coarser_dates_keep_their_granularity(
    text: str, expression: str, kind: str, year: int | None, month: int | None
) -> None:
    assert parts(text) == [(expression, kind, year, month, None)]


def test_quarters_are_found_in_roman_and_arabic_numerals() -> None:
    assert [(one.quarter, one.year) for one in find("Quý III/2025 tăng, quý 4 năm 2024 giảm, Q2/2026, quí 3.")] == [
        (3, 2025),
        (4, 2024),
        (2, 2026),
        (3, None),
    ]


@pytest.mark.parametrize(
    ("text", "expression", "first", "last"),
    [
        ("Hội thao từ ngày 3 đến ngày 7-3.", "ngày 3 đến ngày 7-3", Partial(None, 3, 3), Partial(None, 3, 7)),
        ("Hội chợ ngày 12-14/5/2021.", "ngày 12-14/5/2021", Partial(2021, 5, 12), Partial(2021, 5, 14)),
        ("Nghỉ từ 28/4 đến 3/5.", "28/4 đến 3/5", Partial(None, 4, 28), Partial(None, 5, 3)),
        ("Học từ tháng 3 đến tháng 5/2021.", "tháng 3 đến tháng 5/2021", Partial(2021, 3), Partial(2021, 5)),
        ("Ban chấp hành nhiệm kỳ 2020-2025.", "nhiệm kỳ 2020-2025", Partial(2020), Partial(2025)),
        ("Bà dạy học ở đây (1996 - 1998).", "1996 - 1998", Partial(1996), Partial(1998)),
        ("Ông ở Huế từ năm 1993 đến 1998.", "năm 1993 đến 1998", Partial(1993), Partial(1998)),
        ("Đội vô địch mùa giải 2014/15.", "mùa giải 2014/15", Partial(2014), Partial(2015)),
    ],
)
def test_ranges_are_one_expression(text: str, expression: str, first: Partial, last: Partial) -> None:
    found = only(text)
    assert (found.text, found.kind) == (expression, "range")
    start = Partial(found.year or (last.year if first.year else None), found.month, found.day)
    assert (start, found.until) == (first, last)


def test_several_days_of_one_month_are_several_expressions() -> None:
    assert parts("Các ngày 3, 4 và 5/3 đều mưa.") == [
        ("ngày 3", "day", None, 3, 3),
        ("4", "day", None, 3, 4),
        ("5/3", "day", None, 3, 5),
    ]


@pytest.mark.parametrize(
    ("text", "expression", "unit", "shift"),
    [
        ("Hôm qua trời mưa.", "Hôm qua", "day", -1),
        ("Trời mưa tối qua.", "tối qua", "day", -1),
        ("Sáng nay, đoàn lên đường.", "Sáng nay", "day", 0),
        ("Tuần trước, giá vàng tăng.", "Tuần trước", "week", -1),
        ("Giá vàng tăng tháng trước.", "tháng trước", "month", -1),
        ("Năm ngoái, lũ lớn.", "Năm ngoái", "year", -1),
        ("Năm kia, lũ lớn.", "Năm kia", "year", -2),
        ("Ba ngày trước, lũ lớn.", "Ba ngày trước", "day", -3),
        ("Lũ lớn cách đây hai tuần.", "cách đây hai tuần", "week", -2),
        ("Xã khánh thành cầu 10 năm trước.", "10 năm trước", "year", -10),
        ("Giá tăng trong tuần qua.", "tuần qua", "week", -1),
        ("Cầu xong vào đầu năm sau.", "đầu năm sau", "year", 1),
    ],
)
def test_relative_expressions_count_from_the_publication(text: str, expression: str, unit: str, shift: int) -> None:
    found = only(text)
    assert (found.text, found.kind, found.unit, found.shift) == (expression, "relative", unit, shift)


def test_a_weekday_of_a_week_is_found() -> None:
    found = only("Đoàn đến vào thứ Hai tuần này.")
    assert (found.text, found.kind, found.weekday, found.unit, found.shift) == (
        "thứ Hai tuần này",
        "weekday",
        0,
        "week",
        0,
    )


@pytest.mark.parametrize(
    "text", ["Chợ họp mùng 3 Tết.", "Hội mở rằm tháng Giêng.", "Giỗ Tổ 10/3 âm lịch.", "Rươi có tháng 9, 10 âm lịch."]
)
def test_lunar_dates_are_recognised(text: str) -> None:
    assert [one.kind for one in find(text)] == ["lunar"]


def test_the_year_behind_a_list_is_that_of_all() -> None:
    found = find("Mưa các ngày 12-14/5, 20-22/6 và 1-3/7/2025.")
    assert [one.until and one.until.year for one in found] == [2025, 2025, 2025]
    assert [one.year for one in find("Ngày 2/9 và 30/4/1975")] == [None, 1975]


def test_a_weekday_after_something_is_of_no_named_week() -> None:
    assert [one.unit for one in find("Anh về thứ Sáu sau khi nghỉ.")] == [""]


def test_a_birth_year_is_the_year_alone() -> None:
    assert parts("Nguyễn Văn A (SN 1987) bị bắt.") == [("1987", "year", 1987, None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "kỷ niệm 79 năm thành lập ngành",
        "sau 40 năm đổi mới, gần ba năm nỗ lực",
        "nạn nhân 25 tuổi",
        "đường dây nóng 24/7",
        "phục vụ 24/7",
        "đội nhà thắng 3-1",
        "tỷ số 2-1",
        "các sét 7-6, 3-6, 9-7",
        "vươn lên dẫn trước 2-1",
        "2/3 số phiếu, chiếm 1/4 dân số",
        "tăng từ 1/4 dân số đến 2/3 số hộ",
        "Nghị quyết 18",
        "Nghị quyết 18-NQ/TW",
        "Luật số 12/2021/QH15",
        "Nghị định 15/2020/NĐ-CP",
        "Nghị định 15/2020",
        "Quyết định số 12/2021",
        "Quốc lộ 1, km 15-9",
        "dịch Covid-19, máy bay F-16",
        "tờ 5/2",
        "nhà số 12/3 Lê Lợi",
        "12/3 Lê Lợi",
        "máy chủ 192.168.1.12",
        "gọi 0912-345-678 hoặc 1900-1234",
        "ngày 31/2",
        "sinh ngày 30/2/2021",
        "tháng 13/2020",
        "quán 7-5",
        "giá từ 3-5 triệu đồng",
        "trẻ từ 3-8 tuổi",
        "mỗi ngày 3-4 lần",
        "mỗi năm 2000 tấn",
        "năm 1000 trước Công nguyên",
        "ngày tháng năm sinh",
        "đường Cách Mạng Tháng Tám",
        "người vợ thứ hai",
        "Chiến tranh thế giới thứ hai",
        "chưa bao giờ được như ngày hôm nay",
        "hơn 10 năm trước, hai tuần trước trận đấu, 2-3 năm trước",
        "nghỉ 6-8 tuần sau ca chấn thương",
        "trong 2-3 năm tới",
        "đường Cách Mạng Tháng 8",
        "làm việc 24/24 giờ, 7/7 ngày đêm",
        "nhất tuần 1 tháng 2 quý",
        "giải nhất tuần 3 tháng 2 quý 4",
        "Đại lộ Mùng 2 Tháng 9 mở rộng",
        "Xã Ba Tháng Hai trồng cam",
        "nghỉ hơn 10 ngày nữa",
        "iOS 12.8.26",
        "ra mắt bánh Trung thu 2025",
        "kỷ niệm 80 năm Quốc khánh",
        "lễ Quốc khánh Mỹ",
        "tới Trung Quốc dịp Quốc khánh",
        "mùa Giáng sinh",
        "chỉ 15/9 mà thôi",
        "số người ứng tuyển chưa đến 1/4, còn thiếu",
    ],
)
def test_numbers_that_are_no_dates_are_left_alone(text: str) -> None:
    assert find(text) == ()


def test_a_day_and_its_jubilee_are_two_days() -> None:
    assert parts("Kỷ niệm 80 năm Quốc khánh (2.9.1945 - 2.9.2025).") == [
        ("2.9.1945", "day", 1945, 9, 2),
        ("2.9.2025", "day", 2025, 9, 2),
    ]
    assert [one[3:] for one in parts("Lễ 19/8/1945-19/8/2025.")] == [(8, 19), (8, 19)]
    assert only("Bảo hành từ 2/9/2020 đến 2/9/2025.").kind == "range"


def test_the_number_of_a_name_counts_no_weeks() -> None:
    assert parts("Chiếc Mi-24 tuần trước bị rơi.") == [("tuần trước", "relative", None, None, None)]
    assert only("Dịp Quốc khánh, khách Hàn Quốc đến Việt Nam.").kind == "feast"


def test_a_misprinted_year_is_recognised_and_gives_nothing() -> None:
    found = only("Hội nghị tháng 12/20221 đã khẳng định.")
    assert (found.kind, found.year) == ("misprint", None)


@pytest.mark.parametrize(
    "text",
    [
        "mục tiêu phát triển năm 2030 và năm 2045",
        "phấn đấu đến năm 2030",
        "tầm nhìn đến năm 2045",
        "Về nhiệm vụ năm 2025",
        "quy hoạch giai đoạn 2021-2030",
    ],
)
def test_the_years_of_goals_are_marked(text: str) -> None:
    found = find(text)
    assert found
    assert all(one.target for one in found)


def test_a_year_that_a_story_reaches_is_no_goal() -> None:
    assert not only("Đến năm 2019, anh chuyển về Huế.").target


def test_the_side_of_a_date_is_noted() -> None:
    assert [one.lean for one in find("Ngày 5/1 tới có hội, ngày 3/1 vừa qua thì không.")] == ["future", "past"]
    assert only("Từ ngày 1/2 tới nay, giá giảm.").kind == "range"
