"""What strangers write costs calls in proportion to its length, on the whole way of an article into the library."""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import justext.core
import pytest
import trafilatura
from lxml import html as lxml_html

from retrieval import sentences
from retrieval.index.keeping import index_of
from retrieval.reading import read
from retrieval.reading.ids import Ids
from retrieval.reading.printed import Printed, paragraphs, repeated
from retrieval.refreshing.preparing import Piece, Rules, prepared
from retrieval.refreshing.refresh import refresh
from retrieval.refreshing.workers import Workers
from retrieval.store.copies import bands, sketch
from retrieval.store.store import Store
from tests.patterns.work import LONG, NEWS, SHORT, CopiedText, calls, in_proportion, some_names

# No text of news, each repeated without an end.
_SHAPES = [
    "A.", "a..", "1.", "![", ". ", "… A", "?", "a", "nhà ", '"', "“", "(", "[a](", "&amp;", "a\u0301",
    "15-9, 16-9, ", "năm 2024 đến ", "Nguyễn Văn ", "Bộ trưởng Nguyễn Văn A, ", "Ủy viên Trung ương Đảng, ",
    "\", ông A nói. ", "5 km. A ",
    "https://a.b/c?d=e ", "Theo A ", "kỷ niệm (", "a\n",
]  # fmt: skip
# Persons and offices that go on within a sentence; each of the first took from three to six hundred times as long as
# news does.
_IN_A_SENTENCE = [
    ", HLV Mỹ ", "Minh , CEO ", "A - Nhà vua ", "Lê Trường CEO Lê Thị Lê Mai ", "Mỹ kiêm HLV CEO Lê ", "ngày 2/9 ",
    "đã mùng 2 tháng mười ", "ông An nói ", "Nhà vua Mỹ, ông An, bổ nhiệm ", "con trai ông An là ", "Joe de ", "Mỹ ",
    "TP Hà Nội ", "theo ông An, ",
]  # fmt: skip
_SENTENCE = 1_150  # characters: nearly the longest
_DEARER = 10  # times as many calls as news of the same length
# Names that an article has only once, each in a sentence of its own, and who is meant by what stands beside them.
_NAMES = [
    "Ông {} nói. ",
    "Ông {}, Giám đốc Công ty {}, nói. Giám đốc nói. ",
    "Ông {} đi. Ông cho biết. ",
    "“Ông {} đi. Ông cho biết. ",
    "{} đi. Ông nói. ",
    "Ông Tập {} nói. Ông Tập nói. ",
    "Ông Trần An, Giám đốc Công ty {}, nói. ",
    "Bổ nhiệm ông {} làm Bộ trưởng Bộ {}. Bộ trưởng nói. ",
]


@pytest.fixture(scope="module")
def rules() -> Rules:
    rules = Rules.from_config()
    for kind in ("txt", *_AS):  # what is compiled once
        _read("Ông Nguyễn Văn A nói ngày 2/9. Bộ trưởng B đến.", rules, kind)
    return rules


def _in_feed(text: str) -> str:
    items = f"<item><title>Một bài viết</title><link>https://a.vn/1</link><description>{text}</description></item>"
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Báo</title>{items}</channel></rss>"


def _in_page(text: str) -> str:
    body = f"<h1>Một bài viết dài</h1><p>Một câu dài ở đây, để có bài.</p><p>{text}</p>"
    return f"<html><head><title>Một bài viết dài</title></head><body><article>{body}</article></body></html>"


_AS: dict[str, Callable[[str], str]] = {
    "md": str,
    "jsonl": lambda text: json.dumps({"id": "1", "title": "A", "text": text}),
    "html": _in_page,
    "xml": lambda text: _in_feed(html.escape(text)),
}
# What is mark-up to one of them.
_MARKED = ["# a\n", "**a** ", "> a\n", "| a ", "![a](b) ", "<b>a</b> ", "<p>a", "<br>", "&lt;", "<![CDATA[", "<!--"]


def _read(text: str, rules: Rules, kind: str = "txt") -> None:
    data = _AS.get(kind, str)(text).encode()
    assert prepared(Piece(f"a.{kind}", f"a.{kind}", data, None, rules)).results


@pytest.mark.parametrize("shape", _SHAPES)
def test_reading_an_article_costs_its_length(shape: str, rules: Rules) -> None:
    in_proportion(lambda text: _read(text, rules), shape)


@pytest.mark.parametrize("shape", [*_MARKED, "A.", "… A", "Bộ trưởng Nguyễn Văn A, "])
@pytest.mark.parametrize("kind", _AS)
def test_reading_a_file_of_any_kind_costs_its_length(kind: str, shape: str, rules: Rules) -> None:
    in_proportion(lambda text: _read(text, rules, kind), shape, SHORT // 2, LONG // 2)


@pytest.mark.parametrize("text", ["a", "A", "Một câu dài hơn.", "12"])
def test_joining_the_printed_lines_of_a_pdf_costs_their_number(text: str) -> None:
    def joined(lines: str) -> None:
        printed = [Printed(at, at // 40, text, 60.0, 400.0, 780.0 - at % 40 * 14, 11.0) for at in range(len(lines))]
        assert paragraphs(printed)
        repeated(printed, len(lines) // 40)

    in_proportion(joined, "|", 200, 600)


@pytest.mark.parametrize("shape", _IN_A_SENTENCE)
def test_a_sentence_costs_no_more_than_some_of_news(shape: str, rules: Rules) -> None:
    news = NEWS * (_SENTENCE // len(NEWS))
    of_news = calls(lambda: _read(news, rules)) / len(news)
    calls(lambda: _read(shape * (_SENTENCE // len(shape)), rules), allowed=int(_DEARER * of_news * _SENTENCE))


@pytest.mark.parametrize("shape", _NAMES)
def test_each_person_of_an_article_costs_the_same_however_many_there_are(shape: str, rules: Rules) -> None:
    few, many = ("".join(shape.replace("{}", name) for name in some_names(count)) for count in (40, 240))
    calls(lambda: _read(many, rules), allowed=int(1.25 * 6 * calls(lambda: _read(few, rules))))


@pytest.mark.parametrize("shape", _SHAPES)
def test_a_paragraph_is_not_copied_for_each_of_its_sentences(shape: str) -> None:
    text = CopiedText(shape * (LONG // len(shape)))
    spans = list(sentences.split(text, 0, len(text)))
    assert text.copied <= 10 * len(text)
    assert re.sub(r"\s", "", "".join(str(text)[start:end] for start, end in spans)) == re.sub(r"\s", "", str(text))


_WORDS = ["cầu", "đường", "sông", "núi", "biển", "trời", "mưa", "nắng", "gió", "bão", "lúa", "gạo", "vàng", "bạc", "xe"]


def _of_a_source(kind: str, number: int) -> dict[str, str]:
    """One of many articles that have something in common."""
    text = " ".join(_WORDS[(number * 7 + at * at * (number % 5 + 1)) % len(_WORDS)] for at in range(10))
    titled = {"id": f"a{number}", "title": f"Một bài viết rất dài số {number}", "publisher": "A"}
    section = number // 20
    own = {
        "near-copies": {"text": f"{' '.join(_WORDS)} {number}."},
        "the same": {"text": "Một câu.", "title": "Một bài"},
        "one id": {"id": "a"},
        "one address": {"url": "https://a.vn/mot-bai-viet-rat-dai-1234.html"},
        "corrections": {"title": f"Đính chính bài viết rất dài số {number}"},
        "boilerplate": {"text": f"Phần đầu của mục {section} là:\n{text}\nĐọc thêm ở mục {section} của báo."},
        "one person": {"text": f"Giám đốc Công ty {_WORDS[number % len(_WORDS)]} {number} Nguyễn Văn An nói. {text}"},
    }
    return titled | {"text": f"{text} {number}."} | own[kind]


def _here(_: Workers, call: Callable[[Any], Any], jobs: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any, Any]]:
    """What the processes do, done here, where it can be counted."""
    return ((tag, job, None if job is None else call(job)) for tag, job in jobs)


_SOME = 220  # above which so many that correct, and so many of one address, are looked at as ever
_TOGETHER = ["near-copies", "the same", "one id", "one address", "corrections", "boilerplate", "one person"]


@pytest.mark.parametrize("kind", _TOGETHER)
def test_articles_with_something_in_common_cost_their_number_until_they_are_indexed(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In calls, and in steps of SQLite's machine."""
    monkeypatch.setattr(Workers, "each", _here)

    def work(count: int) -> tuple[int, int]:
        path = tmp_path / f"{count}.jsonl"
        path.write_text("\n".join(json.dumps(_of_a_source(kind, at)) for at in range(count)), encoding="utf-8")
        store, steps = Store(None), 0

        def stepped() -> None:
            nonlocal steps
            steps += 1

        store._db.set_progress_handler(stepped, 100)

        def read_and_indexed() -> None:
            refresh(store, [path])
            index_of(store.snapshot(), None)

        made = calls(read_and_indexed)
        store.close()
        return made, steps

    work(2)
    few, many = work(_SOME), work(3 * _SOME)
    assert [more / less <= 1.25 * 3 for more, less in zip(many, few, strict=True)] == [True, True], (few, many)


@pytest.mark.parametrize("shape", ["a", "a ", "nhà ", "A. ", "á "])
def test_what_tells_near_copies_costs_the_length_of_the_text(shape: str) -> None:
    in_proportion(lambda text: bands(sketch(text)), shape)


class _Asked(set[str]):
    """A set that counts how often it is asked for something."""

    times = 0

    def __contains__(self, one: object) -> bool:
        self.times += 1
        return super().__contains__(one)


def test_articles_of_one_id_cost_their_number() -> None:
    ids = Ids()
    assert [ids.claim("a") for _ in range(3)] == ["a", "a#2", "a#3"]
    assert ids.claim("a#4") == "a#4"
    assert ids.claim("a") == "a#5"
    many = Ids()
    many._taken = asked = _Asked()
    assert len({many.claim("a") for _ in range(1_000)}) == 1_000
    assert asked.times <= 3_000


def _page(lines: int) -> bytes:
    body = "<p>a" * lines
    article = "<article><p>Một câu dài ở đây để có bài.</p></article>"
    return f"<html><head>{body}</head><body>{article}</body></html>".encode()


@pytest.mark.parametrize("lines", [100, 2_500])
def test_a_page_of_many_short_lines_costs_its_length(monkeypatch: pytest.MonkeyPatch, lines: int) -> None:
    seen: list[int] = []
    looked_up = justext.core._get_neighbour

    def counted(at: int, paragraphs: list[object], *rest: object) -> object:
        seen.append(len(paragraphs))
        return looked_up(at, paragraphs, *rest)

    monkeypatch.setattr("justext.core._get_neighbour", counted)
    assert list(read("a.html", _page(lines), path="a.html"))
    assert bool(seen) == (lines < 1_000)  # each looks through them all


@pytest.mark.parametrize("mark", ["<b>a</b> ", "<span>a</span> ", "<img src='b'> a ", "<i><b>a</b></i> "])
def test_of_paragraphs_crowded_with_marks_the_words_are_read(monkeypatch: pytest.MonkeyPatch, mark: str) -> None:
    """trafilatura takes the marks out one by one, and each costs those before it."""
    found = trafilatura.bare_extraction
    marks: list[int] = []

    def counted(page: str, **options: Any) -> object:
        marks.append(max(len(list(p.iterdescendants())) for p in lxml_html.fromstring(page).iter("p")))
        return found(page, **options)

    monkeypatch.setattr("trafilatura.bare_extraction", counted)
    for times in (100, 3_000):
        page = _in_page("Hai câu này có trong bài. " + mark * times)
        [reading] = read("a.html", page.encode(), path="a.html")
        assert reading.article.text.split("bài. ")[-1].split() == ["a"] * times  # type: ignore[union-attr]
    assert marks == [100 * mark.count("</") or 100, 0]


def test_a_page_of_more_lines_than_any_article_is_refused() -> None:
    [problem] = read("a.html", _in_page("<p>a b." * 30_000).encode(), path="a.html")
    assert "30,002 lines" in problem.message  # type: ignore[union-attr]
