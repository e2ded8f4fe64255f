"""RSS and Atom files."""

import pytest

from tests.retrieval.reading.reads import articles, problems, spans

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Báo Ví Dụ - Thời sự</title>
<item><title>Cầu mới &amp;amp; phà cũ</title><link>https://tuoitre.vn/a-1.htm</link><guid>g-1</guid>
<pubDate>Tue, 05 Mar 2024 08:15:00 +0700</pubDate><author>Lan Anh</author>
<description><![CDATA[<a href="x"><img src="y.jpg"/></a><p>Cây cầu mới&nbsp;đã thông xe.</p>
<p>Phà <b>ngừng</b> chạy.</p>]]></description>
</item>
<item><link>https://vidu.vn/b</link><description>Chỉ có tóm tắt.</description></item>
<item><title>Chỉ có tít</title></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Ví Dụ</title>
<entry><title>Cầu mới</title><id>urn:1</id><link href="https://vidu.vn/a"/><updated>2024-03-06T00:00:00Z</updated>
<published>2024-03-05T08:15:00+07:00</published><author><name>Lan Anh</name></author>
<summary>Tóm tắt.</summary><content type="html">&lt;p&gt;Nội dung đầy đủ của bài.&lt;/p&gt;</content></entry>
<entry><title>Chưa rõ ngày</title><id>urn:2</id><updated>2024-03-06T00:00:00Z</updated><summary>Tóm.</summary></entry>
</feed>"""


def test_an_rss_entry_is_an_article_with_its_text_free_of_markup() -> None:
    first = articles("a.rss", RSS)[0]
    assert first.article.id == "g-1"
    assert first.article.title == "Cầu mới & phà cũ"
    assert (first.article.author, first.article.url) == ("Lan Anh", "https://tuoitre.vn/a-1.htm")
    assert first.article.publisher == "Tuổi Trẻ (tuoitre.vn)"
    assert first.article.published.edtf == "2024-03-05T08:15:00+07:00"
    assert spans(first) == [("lead", "Cây cầu mới\u00a0đã thông xe."), ("body", "Phà ngừng chạy.")]


def test_an_entry_may_lack_nearly_everything() -> None:
    _, second, third = articles("a.xml", RSS)
    assert (second.article.id, second.article.title) == ("https://vidu.vn/b", None)
    assert second.article.publisher == "Báo Ví Dụ - Thời sự (vidu.vn)"
    assert (third.article.id, third.article.title) == ("a.xml#3", "Chỉ có tít")
    assert spans(third) == [("headline", "Chỉ có tít")]


def test_an_atom_entry_gives_its_content_and_no_date_of_a_change_as_publication() -> None:
    first, second = articles("a.atom", ATOM)
    assert first.article.text == "Nội dung đầy đủ của bài."
    assert first.article.published.edtf == "2024-03-05T08:15:00+07:00"
    assert not second.article.published


def test_bad_xml_is_a_problem_and_what_can_be_read_is_read() -> None:
    broken = RSS.replace("<item><link>", "<item>& <b><link>")
    assert [read.article.id for read in articles("a.rss", broken)][:2] == ["g-1", "https://vidu.vn/b"]
    (problem,) = problems("a.rss", broken)
    assert problem.startswith("in/a.rss: not well-formed, read as far as possible: ")


def test_a_file_that_is_no_feed_is_a_problem() -> None:
    assert problems("a.xml", "<note><to>Bạn</to></note>") == ["in/a.xml: no RSS or Atom feed"]
    assert problems("a.xml", "") == ["in/a.xml: empty file"]


def test_bytes_are_never_taken_for_the_name_of_a_file() -> None:
    assert problems("a.xml", __file__) != []
    assert not articles("a.xml", __file__)


@pytest.mark.parametrize("declared", ['a "xxxxxxxxxx"', 'a SYSTEM "file:///etc/hostname"'])
def test_a_feed_that_declares_entities_is_refused_as_a_bomb(declared: str) -> None:
    bomb = RSS.replace("<rss", f"<!DOCTYPE rss [<!ENTITY {declared}>]><rss", 1).replace("tóm tắt", "&a;" * 1000)
    assert problems("a.rss", bomb) == ["in/a.rss: declares entities of its own: an entity bomb?"]
    assert not articles("a.rss", bomb)


def test_two_entries_with_one_id_are_both_kept() -> None:
    twice = RSS.replace("<item><title>Chỉ có tít</title>", "<item><guid>g-1</guid><title>Chỉ có tít</title>")
    assert [read.article.id for read in articles("a.rss", twice)] == ["g-1", "https://vidu.vn/b", "g-1#2"]
    assert problems("a.rss", twice) == ["in/a.rss: entry 3: id 'g-1' was there before: read as 'g-1#2'"]


def test_a_feed_in_another_encoding_is_read_and_a_damaged_one_is_not_guessed_at() -> None:
    declared = RSS.replace('encoding="utf-8"', 'encoding="utf-16"')
    assert articles("a.rss", declared.encode("utf-16"))[0].article.title == "Cầu mới & phà cũ"
    (problem,) = problems("a.rss", RSS.encode().replace("Cầu".encode(), b"C\xe1\xba"))
    assert "neither UTF-8" in problem
