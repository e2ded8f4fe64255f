"""Feeds' dates and items, as papers and their programs write them."""

import pytest

from tests.retrieval.reading.reads import articles, problems

TEXT = "Sau hai tháng đóng cửa vì lũ, chợ nổi đón khách trở lại từ sáng nay với hơn một trăm ghe thuyền."


def feed(*items: tuple[str, str]) -> str:
    """Items of (date, address)."""
    entries = "".join(
        f"<item><title>Tin {n}</title><link>{link}</link><pubDate>{date}</pubDate>"
        f"<description>{TEXT}</description></item>"
        for n, (date, link) in enumerate(items)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo Ví Dụ</title>{entries}</channel></rss>'


def published(*items: tuple[str, str]) -> list[str]:
    return [read.article.published.edtf for read in articles("a.xml", feed(*items))]


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("10/5/2026 3:42:00 PM", "2026-10-05T15:42:00"),
        ("25/5/2026 3:42:00 PM", "2026-05-25T15:42:00"),
        ("05/10/2026 03:42:00 PM", "2026-10-05T15:42:00"),
        ("22/09/2025 12:05:10 SA", "2025-09-22T00:05:10"),
        ("Mon, 22 Sep 2025 08:30:00 GMT+7", "2025-09-22T08:30:00+07:00"),
        ("Mon, 22 Sep 2025 08:30:00 ICT", "2025-09-22T08:30:00+07:00"),
        ("Mon, 22 Sep 25 08:30:00 GMT", "2025-09-22T08:30:00+00:00"),
        ("Sep 22, 2025", "2025-09-22"),
        ("Monday,September 22,2025 13:14 pm", "2025-09-22T13:14"),
        ("Thứ Hai, 22 tháng 09 năm 2025 08:30", "2025-09-22T08:30"),
        ("1758504600", "2025-09-22T01:30:00+00:00"),
    ],
)
def test_a_date_is_read_in_every_form(written: str, edtf: str) -> None:
    assert published((written, "https://baovidu.vn/a")) == [edtf]


def test_dates_that_may_be_day_or_month_first_are_told_by_the_others() -> None:
    assert published(("4/5/2026 08:00", "/a"), ("5/14/2026 08:00", "/b")) == ["2026-04-05T08:00", "2026-05-14T08:00"]
    assert published(("5/6/2026 1:00:00 AM", "/a"), ("30/5/2026 2:00:00 AM", "/b")) == [
        "2026-06-05T01:00:00",
        "2026-05-30T02:00:00",
    ]


def test_dates_that_lie_close_together_one_way_only_are_read_that_way() -> None:
    found = published(("9/10/2026 1:00:00 AM", "/a"), ("10/10/2026 2:00:00 AM", "/b"), ("8/10/2026 3:00:00 AM", "/c"))
    assert [date[:10] for date in found] == ["2026-10-09", "2026-10-10", "2026-10-08"]


def test_an_address_with_the_day_tells_the_order() -> None:
    assert published(("10/5/2026 3:42:00 PM", "https://tuoitre.vn/cho-noi-20260510154200123.htm")) == [
        "2026-05-10T15:42:00"
    ]


def test_an_empty_item_is_no_article() -> None:
    empty = "<item><title></title><description> No Description </description></item>"
    text = feed(("Mon, 22 Sep 2025 08:30:00 +0700", "https://baovidu.vn/a")).replace("<item>", f"{empty}<item>", 1)
    assert [read.article.title for read in articles("a.xml", text)] == ["Tin 0"]
    assert "entry 1: empty" in problems("a.xml", text)[0]


def test_the_date_of_dublin_core_is_that_of_publication() -> None:
    found = feed(("", "https://baovidu.vn/a"))
    dated = found.replace("<pubDate></pubDate>", "<dc:date>2025-05-14T10:20:00+07:00</dc:date>")
    dated = dated.replace("<rss ", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" ')
    assert [read.article.published.edtf for read in articles("a.xml", dated)] == ["2025-05-14T10:20:00+07:00"]
