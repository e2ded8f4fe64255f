"""Eight feeds and eight texts."""

import json
import textwrap
from pathlib import Path

import pytest

from retrieval import Library, reading
from retrieval.records import Problem
from retrieval.sentences import split
from tests.retrieval.reading.fresh.story import BODY, FIRST, FOURTH, LEAD, SECOND, TEXTS, THIRD, TITLE
from tests.retrieval.reading.made import word, zipped
from tests.retrieval.reading.reads import articles, only, problems, spans


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo Sơn Bình</title>'
        f"{''.join(items)}</channel></rss>"
    )


def item(n: int, date: str = "", link: str = "", text: str = LEAD) -> str:
    stated = f"<pubDate>{date}</pubDate>" if date else ""
    return (
        f"<item><title>Tin số {n} của ngày</title><link>{link or f'https://sonbinh.example/{n}.html'}</link>"
        f"{stated}<description><![CDATA[{text}]]></description></item>"
    )


def dates(feed: str) -> list[str]:
    return [found.article.published.edtf for found in articles("a.xml", feed)]


# Feeds.


def test_all_dates_of_a_feed_that_may_be_day_or_month_first_are_read_as_the_form_tells() -> None:
    feed = rss(item(1, "12/1/2026 3:42:00 PM"), item(2, "12/1/2026 9:05:00 AM"), item(3, "11/30/2026 8:00:00 PM"))
    assert dates(feed) == ["2026-12-01T15:42:00", "2026-12-01T09:05:00", "2026-11-30T20:00:00"]


def test_the_names_of_days_are_vietnamese() -> None:
    feed = rss(item(1, "Thứ Sáu, 27/11/2026 10:15:00 GMT+7"), item(2, "Chủ Nhật, 29 Thg 11 2026 21:05:00 +0700"))
    assert dates(feed) == ["2026-11-27T10:15:00+07:00", "2026-11-29T21:05:00+07:00"]


def test_days_come_first_where_another_entry_of_the_feed_shows_it() -> None:
    feed = rss(item(1, "05/12/2026 08:00"), item(2, "28/11/2026 09:00"), item(3, "01/12/2026 07:30"))
    assert dates(feed) == ["2026-12-05T08:00", "2026-11-28T09:00", "2026-12-01T07:30"]


def test_an_entry_without_a_date_is_dated_by_its_address() -> None:
    links = (
        "https://thanhnien.vn/dap-suoi-cat-185261128093012345.htm",
        "https://tuoitre.vn/dap-suoi-cat-20261127081500123.htm",
    )
    found = articles("a.xml", rss(*(item(n, link=link) for n, link in enumerate(links))))
    assert [read.article.event_date.edtf for read in found] == ["2026-11-27", "2026-11-27"]  # both leads say 27-11
    today = FIRST.replace("cho biết", "sáng nay cho biết")
    bare = articles("a.xml", rss(*(item(n, link=link, text=today) for n, link in enumerate(links))))
    assert [read.article.event_date.edtf for read in bare] == ["2026-11-28", "2026-11-27"]


def test_an_empty_entry_is_told_and_the_others_are_read() -> None:
    feed = rss(item(1), "<item><title></title><link></link><description>  </description></item>", "<item/>", item(2))
    assert len(articles("a.xml", feed)) == 2
    assert len(problems("a.xml", feed)) == 2


def test_an_atom_entry_s_markup_is_its_text() -> None:
    entry = (
        f"<entry><title>{TITLE}</title><id>tag:sonbinh.example,2026:1</id><updated>2026-11-28T09:00:00+07:00</updated>"
        '<published>2026-11-27T08:00:00+07:00</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"{BODY}</div></content></entry>"
    )
    found = only(
        "a.atom",
        (
            '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Sơn Bình</title>'
            f"<id>x</id><updated>2026-11-28T09:00:00Z</updated>{entry}</feed>"
        ),
    )
    assert [text for _, text in spans(found)] == list(TEXTS)
    assert found.article.published.edtf == "2026-11-27T08:00:00+07:00"


def test_a_picture_and_a_broken_tag_before_an_entry_s_text_are_no_text() -> None:
    picture = f'<a href="https://sonbinh.example/1.html"><img src="a.jpg" alt="Đập nhìn từ xa"></a></br>{LEAD}'
    assert [text for _, text in spans(only("a.xml", rss(item(1, text=picture))))] == [LEAD]


def test_a_zone_may_be_written_in_hours() -> None:
    feed = rss(
        item(1, "Sat, 28 Nov 2026 21:05:00 GMT+7"),
        item(2, "28 Nov 2026 21:05:00 +07:00"),
        item(3, "2026-11-28 21:05:00+07"),
    )
    assert dates(feed) == ["2026-11-28T21:05:00+07:00"] * 3


# Texts.


def test_a_crawl_of_one_paragraph_parts_the_caption_from_the_text() -> None:
    found = only("a.txt", f"{LEAD} Công nhân khoan phụt vữa trên thân đập. Ảnh: QUỐC TUẤN {FIRST} {SECOND}")
    text = found.article.text
    said = [text[a:b] for span in found.paragraphs for a, b in split(text, span.start, span.end)]
    assert FIRST in said
    assert SECOND in said


def test_markdown_with_toml_and_definitions_of_links_is_the_text_alone() -> None:
    source = (
        f'+++\ntitle = "{TITLE}"\ndate = 2026-11-28T08:00:00+07:00\nauthor = "Minh Hà"\n+++\n\n{LEAD} '
        f'Xem [bản đồ][1].\n\n{FIRST}\n\n[1]: https://sonbinh.example/ban-do "Bản đồ"\n'
    )
    found = only("a.md", source)
    assert [text for _, text in spans(found)] == [f"{LEAD} Xem bản đồ.", FIRST]
    assert (found.article.title, found.article.author, found.article.published.edtf) == (
        TITLE,
        "Minh Hà",
        "2026-11-28T08:00:00+07:00",
    )


def test_tags_and_entities_of_a_text_are_no_text() -> None:
    source = (
        f"{TITLE}\n\n{LEAD}&nbsp;<br/>Ông nói: &ldquo;Nước về &gt; 4.300&nbsp;ha.&rdquo; &amp; "
        f"bà con mừng.\n\n<p>{FIRST}</p>"
    )
    text = only("a.txt", source).article.text
    assert "&" not in text.replace(" & bà con", "")
    assert "<" not in text
    assert "“Nước về > 4.300" in text


def test_a_row_of_a_markdown_table_is_a_line() -> None:
    found = only(
        "a.md", f"# {TITLE}\n\n{LEAD}\n\n| Xã | Diện tích |\n|:---|---:|\n| Nà Lốc | **1.250** ha |\n\n{FIRST}\n"
    )
    assert "Nà Lốc | 1.250 ha" in [text for _, text in spans(found)]


def test_what_opens_every_article_of_a_crawl_is_not_quoted(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {
                "id": str(n),
                "publisher": "Báo Sơn Bình",
                "text": (
                    f"Nghe đọc bài 3:1{n % 10} phút Bản {'ABCDEGHIKL'[n % 10]}{n} nhận {n * 13 + 5} bao thóc "
                    f"giống. Trưởng bản thứ {n} nói việc {n * 7} đã xong trước {n + 2} ngày."
                ),
            },
            ensure_ascii=False,
        )
        for n in range(60)
    ]
    (tmp_path / "a.jsonl").write_text(
        "\n".join(line.replace(f"3:1{n % 10} phút", "") for n, line in enumerate(lines)), encoding="utf-8"
    )
    library = Library.open([tmp_path / "a.jsonl"])
    assert not [article for article in library.articles if article.text.startswith("Nghe đọc bài")]


def test_a_record_s_seconds_authors_and_markup_are_read() -> None:
    record = {
        "title": TITLE,
        "text": BODY,
        "published": 1795831200,
        "author": [{"name": "Minh Hà"}, {"name": "Lê Quang"}],
        "link": "https://sonbinh.example/1.html",
    }
    found = only("a.jsonl", json.dumps(record, ensure_ascii=False))
    assert found.article.published.edtf == "2026-11-28T02:00:00+00:00"
    assert found.article.author == "Minh Hà, Lê Quang"
    assert [text for _, text in spans(found)] == list(TEXTS)


def test_a_text_that_a_mail_program_broke_is_whole() -> None:
    source = "\n\n".join(textwrap.fill(f"{a} {b}", 72) for a, b in ((LEAD, FIRST), (SECOND, THIRD), (FOURTH, FIRST)))
    found = only("a.txt", source)
    assert [" ".join(text.split()) for _, text in spans(found)] == [
        f"{LEAD} {FIRST}",
        f"{SECOND} {THIRD}",
        f"{FOURTH} {FIRST}",
    ]


@pytest.mark.parametrize("kind", ["doc", "rtf", "odt", "epub", "csv"])
def test_what_is_not_read_is_named_in_a_folder_and_in_an_archive(kind: str, tmp_path: Path) -> None:
    (tmp_path / f"bai.{kind}").write_bytes(b"{\\rtf1 x}")
    found = list(reading.find_files([tmp_path]))
    assert [isinstance(one, Problem) for one in found] == [True]
    packed = zipped({f"bai.{kind}": b"x", "b.docx": word(("Normal", LEAD))})
    assert len(articles("a.zip", packed)) == 1
    assert any(f"bai.{kind}" in problem for problem in problems("a.zip", packed))
