"""Publication strings and addresses."""

import pytest

from retrieval.dates import parse_published, url_date
from retrieval.records import NO_DATE


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ("2025-09-16", "2025-09-16"),
        ("2021-12", "2021-12"),
        ("2023-12-19T10:35", "2023-12-19T10:35"),
        ("2023-12-19 10:35:07", "2023-12-19T10:35:07"),
        ("2025-08-06T11:42:00.123+0700", "2025-08-06T11:42:00+07:00"),
        ("2024-08-29T13:00:00Z", "2024-08-29T13:00:00Z"),
        ("Thu, 29 Aug 2024 20:00:00 +0700", "2024-08-29T20:00:00+07:00"),
        ("19/12/2023, 10:35", "2023-12-19T10:35"),
        ("Thứ Ba, 19/12/2023 | 10:35 (GMT+7)", "2023-12-19T10:35+07:00"),
        ("10:35 19/12/2023", "2023-12-19T10:35"),
        ("Chủ nhật, 5/1/2025", "2025-01-05"),
        ("ngày 16 tháng 9 năm 2025", "2025-09-16"),
        ("16/9/2025 2:05 PM", "2025-09-16T14:05"),
        ("20250312081500", "2025-03-12T08:15:00"),
        ("20250312T081500Z", "2025-03-12T08:15:00Z"),
        ("12 thg 3, 2025 08:15", "2025-03-12T08:15"),
        ("  2025-09-16\n", "2025-09-16"),
    ],
)
def test_publication_dates_keep_their_precision(value: str, edtf: str) -> None:
    date = parse_published(value)
    assert date is not None
    assert (date.edtf, date.basis, date.evidence) == (edtf, "published", value.strip())


@pytest.mark.parametrize(
    "value",
    [
        "",
        "hôm qua",
        "12/20221",
        "2021-13-01",
        "30/2/2024",
        "2024-08-29T25:00",
        "19/12/2023 24:99",
        "190924",
        "1/1/0001",
        "Mon, 99 Foo 2024 20:00:00 +0700",
        "19/12/2023 " * 20,
        "2024-08-29T10:00+99:00",
    ],
)
def test_what_is_no_publication_date_is_none(value: str) -> None:
    assert parse_published(value) is None


@pytest.mark.parametrize(
    ("url", "edtf"),
    [
        ("https://cdn.example/thumb/2024/8/29/anh.jpg", "2024-08-29"),
        ("https://bao.example/2024-08-29/bai.html", "2024-08-29"),
        ("https://bao.example/bai-20240829104649811.htm", "2024-08-29"),
        ("https://bao.example/bai-20240829104649.html", "2024-08-29"),
    ],
)
def test_a_certain_date_in_an_address_is_read(url: str, edtf: str) -> None:
    assert url_date(url).edtf == edtf


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "http://bao.example/bai-190924.htm",
        "http://bao.example/bai-20240829.htm",
        "http://[hỏng",
        "https://bao.example/2024/13/45/bai.htm",
        "https://bao.example/bai-20241399104649811.htm",
        "https://bao.example/bai.htm?ngay=/2024/8/29/",
        "https://bao.example/a/471584752817337",
    ],
)
def test_an_articles_number_is_no_date(url: str | None) -> None:
    assert url_date(url) == NO_DATE
