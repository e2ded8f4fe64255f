"""Expressions → dates: granularity kept, years only from stated evidence."""

import pytest

from retrieval.config_files import load_toml
from retrieval.dates import Context, find, load_references, parse_published, resolve, url_date
from retrieval.records import NO_DATE, Date

REFERENCES = load_references(load_toml("reference_dates.toml"))


def resolved(text: str, published: str = "", url: str | None = None, neighbours: tuple[Date, ...] = ()) -> list[Date]:
    context = Context(
        published=(parse_published(published) if published else None) or NO_DATE,
        url_date=url_date(url),
        references=REFERENCES,
        passage=text,
        neighbours=neighbours,
    )
    return [resolve(one, context) for one in find(text)]


def values(text: str, published: str = "", url: str | None = None) -> list[str]:
    return [date.edtf for date in resolved(text, published, url)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("ngày 15/9/2025", "2025-09-15"),
        ("ngày 2 tháng 9 năm 1945", "1945-09-02"),
        ("tháng 12/2021", "2021-12"),
        ("quý III/2025", "2025-35"),
        ("đầu năm 2024", "2024"),
        ("giữa năm 2024", "2024"),
        ("nhiệm kỳ 2020-2025", "2020/2025"),
        ("từ ngày 3 đến ngày 7-3-2025", "2025-03-03/2025-03-07"),
        ("từ tháng 11/2024 đến tháng 2/2025", "2024-11/2025-02"),
        ("từ 20/12/2020 đến 5/1", "2020-12-20/2021-01-05"),
        ("thập niên 1990", "199X"),
        ("thế kỷ XX", "19XX"),
        ("từ thế kỷ 16 đến 18", "15XX/17XX"),
    ],
)
def test_what_the_text_gives_is_stated(text: str, edtf: str) -> None:
    (date,) = resolved(text)
    assert (date.edtf, date.basis) == (edtf, "stated")
    assert date.evidence in text


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Ngày 25-1, đoàn đến.", "XXXX-01-25"),
        ("Tháng 9 có lũ.", "XXXX-09"),
        ("Từ ngày 3 đến 7/3", "XXXX-03-03/XXXX-03-07"),
    ],
)
def test_without_evidence_the_year_stays_unknown(text: str, edtf: str) -> None:
    (date,) = resolved(text)
    assert (date.edtf, date.basis) == (edtf, "unknown")


@pytest.mark.parametrize(
    ("text", "published", "edtf"),
    [
        ("Chiều 15-9, đoàn làm việc.", "2025-09-16", "2025-09-15"),
        ("Ngày 28/12, tòa đã tuyên án.", "2024-01-02", "2023-12-28"),
        ("Hội nghị sẽ diễn ra ngày 5/1.", "2024-12-28", "2025-01-05"),
        ("Ngày 5/1 tới, hội mở cửa.", "2024-12-28", "2025-01-05"),
        ("Ngày 22/4 tới, hội đồng họp.", "2021-04-21", "2021-04-22"),
        ("Ngày 5/1, công an đã bắt A.", "2024-12-28", "2024-01-05"),
        ("Kỳ thi sẽ tổ chức ngày 9/8.", "2020-04-11", "2020-08-09"),
        ("Ngày 20/11, trường đã trao giải.", "2021-02-10", "2020-11-20"),
        ("Hội diễn ra từ ngày 30/12 đến 2/1.", "2024-01-03", "2023-12-30/2024-01-02"),
        ("Tháng 3 năm ngoái, dịch bùng phát.", "2021-04-13", "2020-03"),
        ("Hạn nộp là ngày 25 tháng này.", "2021-04-13", "2021-04-25"),
        ("Hồi tháng 1 vừa qua, giá giảm.", "2021-04-19", "2021-01"),
        ("Từ năm 2016 đến nay, xã có điện.", "2021-04-20", "2016/2021-04-20"),
        ("Từ đầu năm đến nay có 3.120 ca.", "2025-10-11", "2025-01/2025-10-11"),
        ("Hạn nộp còn 10 ngày nữa.", "2025-11-24", "2025-12-04"),
        ("Hai hôm trước, ông đăng ảnh.", "2025-11-24", "2025-11-22"),
        ("Nước lên lại vào ngày kia.", "2025-11-24", "2025-11-26"),
        ("Lô hàng về đầu tháng sau.", "2025-11-20", "2025-12"),
        ("Giá mới áp dụng từ 1/7 năm sau.", "2025-11-20", "2026-07-01"),
        ("Hồi tháng 3, doanh nghiệp bán xe.", "2025-11-20", "2025-03"),
        ("Quý đầu năm nay, hãng có lãi.", "2025-11-20", "2025-33"),
        ("Hội được tổ chức vào rằm tháng 10 âm lịch.", "2025-09-20", "2025-12-04"),
        ("Từ 1/1, giá vé thay đổi.", "2020-12-30", "2021-01-01"),  # a year ago is as good as never
        ("Vé được bán từ 5/1 tại các ga.", "2025-12-20", "2026-01-05"),
        ("Khu đô thị được khởi công vào ngày 19/12.", "2025-11-13", "2025-12-19"),
        ("Đội chuẩn bị đá trận mở màn ngày 6/1.", "2025-12-21", "2026-01-06"),
        ("Lễ trao giải diễn ra ngày 1/1.", "2025-12-31", "2026-01-01"),  # printed on the evening before
    ],
)
def test_the_publication_date_completes_a_year(text: str, published: str, edtf: str) -> None:
    (date,) = resolved(text, published)
    assert (date.edtf, date.basis) == (edtf, "inferred")
    assert date.evidence.startswith("ngày đăng ")


def test_today_beside_a_day_does_not_put_it_into_the_past() -> None:
    assert values("Hội chợ mở ngày 29/11, bán vé từ hôm nay.", "2025-11-13") == ["2025-11-29", "2025-11-13"]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Ngày 20/9 là hạn cuối.", "2020-02-20"),  # 212 days ahead or 154 back: either
        ("Ngày 22/5, quân đội đã tuyên bố.", "2021-04-22"),  # past tense, day to come: a misprint
        ("Chợ họp ngày 30/4 hằng năm.", "2021-04-20"),
        ("Rươi nổi vào mùa thu, từ tháng 9 đến tháng 11.", "2021-08-20"),
        ("Năm 2019, anh vay tiền rồi ngày 5/3 bỏ đi.", "2021-04-20"),
        ("Cuối năm 2019, anh vay tiền rồi bỏ đi từ 5/3 năm sau.", "2021-04-20"),
    ],
)
def test_where_two_years_may_be_meant_none_is_chosen(text: str, published: str) -> None:
    assert [value[:4] for value in values(text, published) if "-" in value] == ["XXXX"]


def test_a_date_in_the_address_completes_a_year() -> None:
    (date,) = resolved("Sáng 29-8, đoàn làm việc.", url="https://bao.example/bai-20240829104649811.htm")
    assert (date.edtf, date.basis, date.evidence) == ("2024-08-29", "inferred", "ngày trong địa chỉ bài 29/8/2024")


@pytest.mark.parametrize(("day", "edtf"), [("6/1", "2025-01-06"), ("30/12", "2024-12-30"), ("15/6", "XXXX-06-15")])
def test_summing_up_one_year_and_planning_the_next_gives_the_turn_of_the_years(day: str, edtf: str) -> None:
    text = f"Sáng nay {day}, Sở họp tổng kết công tác năm 2024, triển khai nhiệm vụ năm 2025."
    date = resolved(text)[0]
    assert date.edtf == edtf
    assert "2024" in date.evidence or date.basis == "unknown"


def test_an_event_that_takes_place_gives_the_year() -> None:
    text = "Ngày 25-1, đoàn gặp các đại biểu về dự Đại hội XIV của Đảng."
    (date,) = resolved(text)
    assert (date.edtf, date.basis) == ("2026-01-25", "inferred")
    assert "lần thứ XIV (1/2026)" in date.evidence
    assert resolve(find(text)[0], Context(passage=text)).edtf == "XXXX-01-25"


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 25-1, huyện học tập Nghị quyết Đại hội XIV của Đảng.",
        "Ngày 25-1, đoàn về dự Đại hội XIV Công đoàn tỉnh.",
        "Ngày 25-7, đoàn về dự Đại hội XIV của Đảng.",
    ],
)
def test_an_event_only_named_or_too_far_gives_no_year(text: str) -> None:
    assert values(text)[0].startswith("XXXX")


def test_an_anniversary_with_a_known_start_gives_the_year() -> None:
    (date,) = resolved("Thành phố mít tinh kỷ niệm 80 năm Quốc khánh 2/9.")
    assert (date.edtf, date.basis) == ("2025-09-02", "inferred")
    assert values("Thành phố mít tinh kỷ niệm 80 năm ngày hội làng 2/8.") == []


def test_a_dated_neighbour_gives_the_year() -> None:
    neighbour = Date("2019-03-10", "stated", "10/3/2019")
    (date,) = resolved("Ngày 12/3, anh trở lại.", neighbours=(neighbour,))
    assert (date.edtf, date.evidence) == ("2019-03-12", "“10/3/2019” trong bài")


def test_a_neighbour_of_another_year_makes_the_publication_date_unsure() -> None:
    neighbour = Date("1975-04-30", "stated", "30/4/1975")
    (date,) = resolved("Sáng ngày 30/4, xe tăng tiến vào.", "2021-04-30", neighbours=(neighbour,))
    assert date.edtf == "XXXX-04-30"


def test_a_story_of_an_earlier_year_outweighs_a_day_far_ahead_but_not_one_at_hand() -> None:
    neighbour = Date("2020-04-10", "stated", "10/4/2020")
    (far,) = resolved("Ngày 15/4, tòa mở lại.", "2021-01-05", neighbours=(neighbour,))
    assert far.edtf == "2020-04-15"
    (near,) = resolved("Ngày 12/1, tòa mở lại.", "2021-01-05", neighbours=(Date("2020-01-10", "stated", "10/1/2020"),))
    assert near.edtf == "XXXX-01-12"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Rạng sáng mùng 5 tháng Bảy âm lịch, lũ về.", "2025-08-27"),
        ("Mùng 5 tháng Bảy, lũ về.", "2025-07-05"),
        ("Tết Trung thu, làng rước đèn.", "2025-10-06"),
        ("Tết Trung thu, Giáng sinh là dịp vui.", "none"),
        ("Làng có Tết Trung thu, có hội.", "none"),
        ("Hai ngày trước đó, 5/9, anh mất tích.", "2025-09-05"),
        ("Hai ngày trước đó, 2/3 số phiếu thuận.", "none"),
    ],
)
def test_days_that_their_surroundings_tell(text: str, edtf: str) -> None:
    assert (values(text, "2025-09-16") or ["none"]) == [edtf]


@pytest.mark.parametrize("text", ["ngày rằm", "tháng 7 âm lịch", "thứ Sáu", "cùng ngày", "Hội nghị tháng 12/20221"])
def test_what_cannot_be_told_is_no_date(text: str) -> None:
    assert resolved(text, "2025-09-16") == [NO_DATE]


@pytest.mark.parametrize(
    ("text", "published", "edtf"),
    [
        ("Mùng 1 Tết Bính Ngọ, chùa đông khách.", "2025-12-12", "2026-02-17"),
        ("Từ mùng một Tết Nguyên đán 2026, chùa mở cửa.", "2025-12-12", "2026-02-17"),
        ("Hội mở rằm tháng Giêng.", "2026-02-20", "2026-03-03"),
        ("Lễ chính vào 10/3 âm lịch.", "2026-04-01", "2026-04-26"),
        ("Chợ họp ngày 29 tháng Chạp năm Ất Tỵ.", "2026-01-20", "2026-02-16"),
        ("Chợ họp đêm giao thừa Bính Ngọ.", "2026-02-10", "2026-02-16"),
        ("Pháo hoa bắn đêm 30 Tết.", "2026-02-10", "2026-02-16"),
        ("Ngày mùng 5 tháng Giêng, hội Gò Đống Đa khai mạc.", "2026-02-21", "2026-02-21"),
        ("Phố đông dịp Tết Trung thu.", "2025-09-20", "2025-10-06"),
        ("Đêm Tết Trung thu năm ngoái, phố đông.", "2025-09-20", "2024-09-17"),
        ("Xe tăng vào thành phố rạng sáng mùng 2 Tết Mậu Thân.", "2025-09-20", "1968-01-30"),
        ("Người dân đi lễ ngày Giỗ Tổ Hùng Vương.", "2025-04-01", "2025-04-07"),
        ("Cúng tiễn ngày ông Công, ông Táo.", "2026-02-01", "2026-02-10"),
        ("Chùa làm lễ Vu lan 2025.", "2025-08-20", "2025-09-06"),
    ],
)
def test_lunar_days_are_those_of_vietnams_calendar(text: str, published: str, edtf: str) -> None:
    assert values(text, published) == [edtf]


@pytest.mark.parametrize(
    ("text", "published", "edtf"),
    [
        ("Phố đông dịp Giáng sinh.", "2025-12-27", "2025-12-25"),
        ("Phố đông đêm Noel.", "2025-12-20", "2025-12-24"),
        ("Phố sẽ đông dịp lễ Quốc khánh.", "2025-08-20", "2025-09-02"),
        ("Công nhân được nghỉ Tết Dương lịch.", "2025-12-30", "2026-01-01"),
        ("Pháo hoa đêm giao thừa Tết dương lịch 2026.", "2025-12-30", "2025-12-31"),
        ("Tết Dương lịch 2026, công nhân nghỉ bốn ngày.", "2025-12-01", "2026-01-01"),
    ],
)
def test_feasts_have_a_name(text: str, published: str, edtf: str) -> None:
    assert values(text, published) == [edtf]


def test_new_years_eve_of_either_calendar_is_none() -> None:
    assert values("Phố đông đêm giao thừa.", "2025-12-30") == [""]


@pytest.mark.parametrize(
    ("text", "published", "edtf"),
    [
        ("Thi tốt nghiệp THPT 2026 diễn ra ngày 11/6.", "2025-12-20", "2026-06-11"),
        ("Thi tốt nghiệp THPT 2026 diễn ra 11–12/6.", "2025-12-06", "2026-06-11/2026-06-12"),
        ("Kế hoạch năm 2026 tăng 5% so với năm 2025, chốt ngày 20/12.", "2025-12-25", "2025-12-20"),
        ("Sáng 31-12, phố đông.", "2025-12-31", "2025-12-31"),
        ("Vòng loại World Cup 2026 hôm 18/11 kết thúc.", "2025-11-19", "2025-11-18"),
        ("Ông mất ngày 10-11-1025.", "2025-11-12", "2025-11-10"),
    ],
)
def test_a_year_named_in_the_sentence_counts_unless_it_is_compared_with_or_far(
    text: str, published: str, edtf: str
) -> None:
    assert values(text, published)[-1] == edtf


def test_an_old_day_is_no_misprint() -> None:
    assert values("Vua mất ngày 5/9/1433.", "2025-11-12") == ["1433-09-05"]


def test_the_same_day_is_that_told_last() -> None:
    assert values("Sáng 5/8 mưa, chiều cùng ngày nắng.", "2025-08-06") == ["2025-08-05", "2025-08-05"]


def test_a_misprint_beside_a_known_event_of_that_month_is_the_month_of_the_event() -> None:
    (date,) = resolved("Từ Hội nghị Đối ngoại toàn quốc tháng 12/20221, công tác này đổi mới.")
    assert (date.edtf, date.basis) == ("2021-12", "inferred")
    assert resolved("Từ Hội nghị Đối ngoại toàn quốc tháng 11/20221, công tác này đổi mới.") == [NO_DATE]
