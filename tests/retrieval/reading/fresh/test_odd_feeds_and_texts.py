"""Seven feeds, five lines of crawls, four versions and corrections, three talks and verses."""

import json
from pathlib import Path

import pytest

from retrieval import Library
from retrieval.sentences import split
from tests.retrieval.reading.fresh.ferry import FIRST, FOURTH, LEAD, SECOND, TEXTS, TITLE
from tests.retrieval.reading.fresh.test_feeds_and_texts import dates, item, rss
from tests.retrieval.reading.made import word
from tests.retrieval.reading.reads import articles, only, problems, spans


def said(text: str) -> list[str]:
    return [text[a:b] for a, b in split(text, 0, len(text))]


# Feeds.


def test_halves_of_the_day_are_vietnamese() -> None:
    feed = rss(item(1, "14/3/2026 6:05:00 SA"), item(2, "13/3/2026 9:40:00 CH"), item(3, "14/03/2026 12:10 CH"))
    assert dates(feed) == ["2026-03-14T06:05:00", "2026-03-13T21:40:00", "2026-03-14T12:10"]


def test_a_zone_by_name_and_a_wrong_day_of_the_week() -> None:
    feed = rss(item(1, "Fri, 14 Mar 2026 06:05:00 ICT"), item(2, "Mon, 14 Mar 2026 06:05:00 +0700"))
    assert dates(feed) == ["2026-03-14T06:05:00+07:00"] * 2


def test_months_in_vietnamese_words() -> None:
    feed = rss(item(1, "14 Tháng Ba 2026 06:05"), item(2, "Thứ Bảy, 14 Tháng 3, 2026 - 06:05"))
    assert dates(feed) == ["2026-03-14T06:05"] * 2


def test_figures_without_marks_and_thousandths() -> None:
    feed = rss(item(1, "20260314T060500"), item(2, "2026-03-14T06:05:00.123Z"), item(3, "20260314060500"))
    assert [date[:10] for date in dates(feed)] == ["2026-03-14"] * 3


def test_a_feed_of_rdf() -> None:
    feed = (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>'
        f'Báo Cù Lao</title></channel><item rdf:about="https://culao.example/1"><title>{TITLE}</title>'
        f"<link>https://culao.example/1</link><dc:creator>Hoàng Thái</dc:creator><dc:date>2026-03-14T06:05:00+07:00"
        f"</dc:date><description>{LEAD}</description></item></rdf:RDF>"
    )
    article = only("a.xml", feed).article
    assert (article.title, article.author, article.published.edtf) == (TITLE, "Hoàng Thái", "2026-03-14T06:05:00+07:00")


def test_a_text_that_was_escaped_twice_is_no_markup() -> None:
    text = only(
        "a.xml", rss(item(1, text=f"&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;Phà &amp;amp; cầu.&lt;/p&gt;"))
    ).article.text
    assert LEAD in text
    assert not [mark for mark in ("<", "&lt;", "&amp;") if mark in text]


def test_a_map_of_a_site_is_no_feed_and_told_so() -> None:
    xml = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://culao.example/1'
        "</loc><lastmod>2026-03-14</lastmod></url></urlset>"
    )
    assert not articles("a.xml", xml)
    assert "no" in problems("a.xml", xml)[0]


# Lines of crawls.


def line(**fields: object) -> str:
    return json.dumps({"id": "1", "text": "\n".join(TEXTS), **fields}, ensure_ascii=False)


def test_thousandths_of_seconds_and_a_written_date_of_a_crawl() -> None:
    assert only("a.jsonl", line(published=1773443100000)).article.published.edtf.startswith("2026-03-1")
    shown = only("a.jsonl", line(published="Thứ bảy, 14/03/2026, 06:05 (GMT+7)"))
    assert shown.article.published.edtf == "2026-03-14T06:05+07:00"


def test_a_crawl_that_lost_the_space_after_full_stops() -> None:
    found = said(f"{LEAD}{FIRST}{SECOND}")
    assert found == [LEAD, FIRST, SECOND]


def test_a_crawl_s_credit_glued_to_the_next_sentence() -> None:
    text = f"{LEAD} Chuyến phà cuối rời bến. Ảnh: HOÀNG THÁI{FIRST}"
    found = only("a.txt", text)
    body = found.article.text
    assert FIRST in [body[a:b] for span in found.paragraphs for a, b in split(body, span.start, span.end)]


def test_a_text_that_begins_with_its_title_and_dateline() -> None:
    found = only("a.jsonl", line(title=TITLE, text=f"{TITLE}\nTTO - {LEAD}\n{FIRST}\n{SECOND}"))
    assert spans(found)[0] == ("headline", TITLE)
    assert spans(found)[1][0] == "lead"
    assert "Tuổi Trẻ" in (found.article.publisher or "")


def test_spaces_that_no_one_sees_in_a_crawl() -> None:
    text = LEAD.replace("bến phà", "bến\u00a0phà").replace("ngừng", "ng\u200bừng") + "\r\n\r\n" + FIRST
    found = only("a.jsonl", line(text=text)).article
    assert len(said(found.text.replace("\r", "").replace("\n\n", " "))) == 2


# The same address again, corrections.

ADDRESS = "https://culao.example/ben-pha-con-tau-778899.html"
ASKED = "Cầu Vàm Lách dài bao nhiêu mét?"
CORRECTED = SECOND.replace("2.160", "2.610").replace("Cây cầu", "Cầu Vàm Lách")
WRITTEN = SECOND.replace("Cây cầu", "Cầu Vàm Lách")


def opened(folder: Path, *records: dict[str, str]) -> Library:
    all_ = (json.dumps({"id": str(n), **record}, ensure_ascii=False) for n, record in enumerate(records))
    (folder / "a.jsonl").write_text("\n".join(all_), encoding="utf-8")
    return Library.open([folder / "a.jsonl"])


def record(day: int, url: str, *texts: str, title: str = TITLE) -> dict[str, str]:
    return {"title": title, "text": "\n".join(texts), "url": url, "published": f"2026-03-{day}T06:05:00+07:00"}


@pytest.mark.parametrize(
    "other",
    [
        "http://www.culao.example/ben-pha-con-tau-778899.html",
        "https://m.culao.example/ben-pha-con-tau-778899.html",
        f"{ADDRESS}#binh-luan",
        "https://culao.example/ben-pha-con-tau-778899.html?zarsrc=30&fbclid=x",
    ],
)
def test_an_address_is_the_same_however_it_was_copied(tmp_path: Path, other: str) -> None:
    library = opened(tmp_path, record(14, other, LEAD, WRITTEN), record(15, ADDRESS, LEAD, CORRECTED))
    quotes = library.ask(ASKED).quotes
    assert "2.610" in quotes[0].text
    assert not [quote for quote in quotes if "2.160" in quote.text]


def test_a_sentence_that_the_newer_version_has_no_more_is_not_quoted(tmp_path: Path) -> None:
    library = opened(tmp_path, record(14, ADDRESS, LEAD, FIRST, WRITTEN), record(15, ADDRESS, LEAD, FIRST, FOURTH))
    answer = library.ask(ASKED)
    assert not [quote for quote in (*answer.quotes, *answer.nearest) if "2.160" in quote.text]


def test_a_correction_that_names_the_article_in_other_marks(tmp_path: Path) -> None:
    correction = record(
        16,
        "https://culao.example/cai-chinh-778911.html",
        f"Trong bài ‘{TITLE}’ ngày 14-3, chiều dài cầu ghi chưa đúng. Cầu dài 2.610 m. Tòa soạn xin lỗi bạn đọc.",
        title="Cải chính thông tin",
    )
    library = opened(tmp_path, record(14, ADDRESS, LEAD, FIRST, WRITTEN), correction)
    first = next(quote for quote in library.ask(ASKED).quotes if "2.160" in quote.text)
    assert first.correction is not None


def test_a_correction_at_the_end_of_its_own_article_stands_by_itself(tmp_path: Path) -> None:
    note = "Đính chính: Bản đầu của bài này ghi cầu dài 2.160 m, con số đúng là 2.610 m."
    library = opened(tmp_path, record(14, ADDRESS, LEAD, FIRST, CORRECTED, note))
    answer = library.ask(ASKED)
    assert "2.610" in answer.quotes[0].text


# Talks and verses.


def test_a_talk_in_markdown_keeps_who_says_what() -> None:
    source = (
        f"# {TITLE}\n\n{LEAD}\n\n**Phóng viên (PV): Ông nhớ gì nhất?**\n\n**Ông Huỳnh Công Tấn:** Đêm bão năm 1997. "
        "Phà chạy ba chuyến chở người đi cấp cứu.\n\n**PV: Còn bây giờ?**\n\n**Ông Huỳnh Công Tấn:** Tôi nghỉ.\n"
    )
    found = [text for _, text in spans(only("a.md", source))]
    assert found[2:] == [
        "Phóng viên (PV): Ông nhớ gì nhất?",
        "Ông Huỳnh Công Tấn: Đêm bão năm 1997. Phà chạy ba chuyến chở người đi cấp cứu.",
        "PV: Còn bây giờ?",
        "Ông Huỳnh Công Tấn: Tôi nghỉ.",
    ]


def test_verses_of_a_word_document_keep_their_lines() -> None:
    verses = ("Phà ơi chậm lại một giờ", "Cho ta nhìn nốt đôi bờ lau thưa", "Mai rồi cầu bắc qua mùa")
    data = word(("Title", TITLE), ("Normal", LEAD), ("Normal", "\n".join(verses)), ("Normal", FOURTH))
    assert [text for _, text in spans(only("a.docx", data))] == [TITLE, LEAD, *verses, FOURTH]


def test_a_quotation_in_a_quotation_and_a_talk_in_one_paragraph() -> None:
    sentences = (
        "Ông kể: “Má tôi dặn ‘Phà chưa cập bến thì đừng đứng dậy.’ rồi mới cho đi.”",
        "– Bao giờ ông nghỉ?",
        "– Hết tháng này.",
        "Chị Tư (44 tuổi) chen vào: “Ổng nói vậy chứ có nghỉ đâu!”.",
        "Cả bến cười.",
    )
    assert said(" ".join(sentences)) == list(sentences)
