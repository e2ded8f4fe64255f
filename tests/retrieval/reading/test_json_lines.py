"""JSON Lines: one article a line, nothing dropped."""

import gzip
import json

import pytest

from retrieval.reading import Limits
from retrieval.records import Problem
from tests.retrieval.reading.reads import articles, only, problems, results, spans

TEXT = "Cây cầu mới đã thông xe sáng nay, sớm hơn kế hoạch hai tháng."


def lines(*records: object) -> str:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def test_all_fields_are_taken() -> None:
    record = {
        "id": "x-1",
        "title": "Cầu mới",
        "text": TEXT,
        "published": "2024-03-05T08:15:00+07:00",
        "publisher": "Báo Ví Dụ",
        "author": "Lan Anh",
        "url": "https://tuoitre.vn/a-1.htm",
        "category": "Thời sự",
    }
    article = only("a.jsonl", lines(record)).article
    assert (article.id, article.title, article.publisher) == ("x-1", "Cầu mới", "Báo Ví Dụ")
    assert (article.author, article.url, article.section) == ("Lan Anh", "https://tuoitre.vn/a-1.htm", "Thời sự")
    assert article.published.edtf == "2024-03-05T08:15:00+07:00"
    assert article.path == "in/a.jsonl"


def test_only_text_is_required() -> None:
    article = only("a.jsonl", lines({"text": TEXT})).article
    assert article.id == "a.jsonl#1"
    assert (article.title, article.publisher, article.author, article.url) == (None, None, None, None)
    assert not article.published


def test_no_line_of_the_text_is_dropped() -> None:
    text = f"Thời sự\nZalo\n{TEXT}\nLan Anh\nNguồn: TTXVN\n\n\n  \u200b\n"
    read = only("a.jsonl", lines({"text": text}))
    assert read.article.text == text
    assert not read.dropped


def test_a_caption_in_the_text_is_a_caption() -> None:
    read = only("a.jsonl", lines({"text": f"{TEXT}\nCầu nhìn từ bờ nam (Ảnh: Lan Anh)."}))
    assert spans(read) == [("lead", TEXT), ("caption", "Cầu nhìn từ bờ nam (Ảnh: Lan Anh).")]


def test_a_bad_line_is_named_and_the_rest_is_read() -> None:
    found = results("a.jsonl", "\n".join(["{", lines({"text": TEXT}), "[]", '{"text": ""}', '{"text": 5}', "\xff"]))
    assert [result.source for result in found if isinstance(result, Problem)] == [
        f"in/a.jsonl:{number}" for number in (1, 3, 4, 5, 6)
    ]
    assert len(found) == 6


def test_a_field_of_the_wrong_type_is_left_out_and_named() -> None:
    assert problems("a.jsonl", lines({"text": TEXT, "title": {"vi": "Cầu"}})) == [
        "in/a.jsonl:1: 'title' is dict, not text"
    ]
    assert len(articles("a.jsonl", lines({"text": TEXT, "title": {"vi": "Cầu"}}))) == 1


def test_an_unusable_date_is_named_and_the_article_is_undated() -> None:
    data = lines({"text": TEXT, "published": "30/2/2024"})
    assert problems("a.jsonl", data) == ["in/a.jsonl:1: published is no date: '30/2/2024'"]
    assert not articles("a.jsonl", data)[0].article.published


def test_the_later_of_two_equal_ids_gets_a_suffix() -> None:
    data = lines({"id": "x", "text": TEXT}, {"id": "x", "text": TEXT})
    assert [read.article.id for read in articles("a.jsonl", data)] == ["x", "x#2"]
    assert problems("a.jsonl", data) == ["in/a.jsonl:2: id 'x' was there before: read as 'x#2'"]


def test_half_a_character_is_refused() -> None:
    assert problems("a.jsonl", '{"text": "a\\ud800b"}') == [
        "in/a.jsonl:1: half of a character in the text (a lone UTF-16 surrogate)"
    ]


def test_half_a_character_in_another_field_costs_that_field_only() -> None:
    (read,) = articles("a.jsonl", '{"id": "x\\ud800", "title": "a\\udfff", "author": "Lan Anh", "text": "Một câu."}')
    assert (read.article.id, read.article.title, read.article.author) == ("x?", None, "Lan Anh")


def test_deep_nesting_is_refused() -> None:
    (problem,) = problems("a.jsonl", '{"text": ' + "[" * 100_000)
    assert problem.startswith("in/a.jsonl:1: not JSON")


def test_a_line_above_the_limit_is_refused_and_the_next_is_read() -> None:
    data = lines({"text": "a" * 300}, {"text": TEXT})
    limits = Limits(line=200)
    assert problems("a.jsonl", data, limits=limits) == ["in/a.jsonl:1: longer than the limit of 200 bytes a line"]
    assert [read.article.id for read in articles("a.jsonl", data, limits=limits)] == ["a.jsonl#2"]


def test_gzip_is_unpacked_line_by_line() -> None:
    packed = gzip.compress(lines({"text": TEXT}, {"text": TEXT}).encode())
    assert len(articles("a.jsonl.gz", packed)) == 2
    assert problems("a.jsonl.gz", packed[:-20])[-1].startswith("in/a.jsonl.gz: damaged .gz")
    assert problems("a.jsonl.gz", b"no gzip")[-1].startswith("in/a.jsonl.gz: damaged .gz")


def test_a_gzip_bomb_stops_at_the_limit() -> None:
    bomb = gzip.compress(b"\n" * 300_000 + lines({"text": TEXT}).encode())
    limits = Limits(unpacked=100_000)
    assert problems("a.jsonl.gz", bomb, limits=limits) == [
        "in/a.jsonl.gz: more than 100,000 bytes in it: the rest is left out"
    ]


def test_a_byte_order_mark_and_blank_lines_are_no_problem() -> None:
    assert results("a.jsonl", b"\xef\xbb\xbf" + lines({"text": TEXT}).encode() + b"\n\n")[0]
    assert problems("a.jsonl", b"\xef\xbb\xbf" + lines({"text": TEXT}).encode() + b"\n\n") == []


def test_teasers_of_other_articles_at_the_end_are_told_apart() -> None:
    own = "Cây cầu mới có sáu làn xe và chịu được lũ lớn.\nChủ đầu tư nói cầu xong sớm hai tháng."
    others = (
        "Giá khóm tăng gấp đôi\nGiá khóm ở chợ nổi tăng gấp đôi vì lũ kéo dài.\n"
        "Đội nữ thắng trận đầu\nĐội nữ thắng ba không ở trận mở màn hôm qua."
    )
    (read,) = articles("a.jsonl", json.dumps({"title": "Cầu mới", "text": f"{own}\n{others}"}))
    assert read.article.text == own
    assert [line.reason for line in read.dropped] == ["teaser of another article"] * 4
    (whole,) = articles("a.jsonl", json.dumps({"title": "Cầu mới", "text": f"{own}\nVì sao cầu xong sớm\n{own}"}))
    assert whole.dropped == ()


def test_what_its_lines_are_may_be_said_and_then_none_is_a_teaser() -> None:
    text = f"Ảnh chụp cây cầu\nThông xe\n{TEXT}\nÔng An: rất mừng\nCầu dài 1.200 m, như một tiêu đề."
    record = {"text": text, "structure": {"caption": [1], "heading": [2, 5], "quotation": [4]}}
    assert [kind for kind, _ in spans(only("a.jsonl", lines(record)))] == [
        "caption",
        "headline",
        "lead",
        "body",
        "body",
    ]


@pytest.mark.parametrize("structure", [5, [1], {"poem": [1]}, {"heading": 1}, {"heading": ["1"]}, {"heading": [True]}])
def test_a_structure_of_another_form_is_told_and_passed_over(structure: object) -> None:
    content = lines({"text": TEXT, "structure": structure})
    assert [read.article.text for read in articles("a.jsonl", content)] == [TEXT]
    [problem] = problems("a.jsonl", content)
    assert problem.startswith('in/a.jsonl:1: "structure" names no kinds of lines')


def test_a_text_in_html_is_read_as_a_browser_shows_it() -> None:
    html = "<p>Chợ nổi mở lại, khách &amp; ghe về đông.</p>\n<p>Nước &lt; 2 m.<br/>Ghe vào được.</p>"
    assert spans(only("a.jsonl", json.dumps({"text": html}))) == [
        ("lead", "Chợ nổi mở lại, khách & ghe về đông."),
        ("body", "Nước < 2 m."),
        ("body", "Ghe vào được."),
    ]
    assert (
        only("a.jsonl", json.dumps({"text": "Hãng A&amp;B lãi lớn, x < y."})).article.text == "Hãng A&B lãi lớn, x < y."
    )


@pytest.mark.parametrize("written", [1747192800, "1747192800", 1747192800000])
def test_what_programs_write_of_date_and_author_is_understood(written: object) -> None:
    record = {"text": "Một câu.", "published": written, "author": [{"name": "Trần Bình"}, "Lê Hoa"]}
    article = only("a.jsonl", json.dumps(record)).article
    assert (article.published.edtf, article.author) == ("2025-05-14T03:20:00+00:00", "Trần Bình, Lê Hoa")
