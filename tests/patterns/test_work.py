"""What strangers write costs calls in proportion to its length, on the whole way of an article into the library."""

import re

import justext.core
import pytest

from bot.ground.splitting import pieces
from retrieval import sentences
from retrieval.reading import read
from retrieval.reading.ids import Ids
from retrieval.refreshing.preparing import Piece, Rules, prepared
from tests.patterns.work import CopiedText, calls

_SHORT, _LONG = 2_000, 6_000
_GROWTH = 1.6 * _LONG / _SHORT  # what looks at pairs of words does so in sentences, which have a longest
# No text of news, each repeated without an end.
_SHAPES = [
    "A.", "a..", "1.", "![", ". ", "… A", "?", "a", "nhà ", '"', "“", "(", "[a](", "&amp;", "a\u0301",
    "15-9, 16-9, ", "năm 2024 đến ", "Nguyễn Văn ", "Bộ trưởng Nguyễn Văn A, ", "Ủy viên Trung ương Đảng, ",
    "\", ông A nói. ", "5 km. A ",
    "https://a.b/c?d=e ", "Theo A ", "kỷ niệm (", "a\n",
]  # fmt: skip


@pytest.fixture(scope="module")
def rules() -> Rules:
    rules = Rules.from_config()
    _read("Ông Nguyễn Văn A nói ngày 2/9. Bộ trưởng B đến.", rules)  # what is compiled once
    return rules


def _read(text: str, rules: Rules) -> None:
    assert prepared(Piece("a.txt", "a.txt", text.encode(), None, rules)).results


@pytest.mark.parametrize("shape", _SHAPES)
def test_reading_an_article_costs_its_length(shape: str, rules: Rules) -> None:
    short, long = (shape * (length // len(shape)) for length in (_SHORT, _LONG))
    few = calls(lambda: _read(short, rules))
    calls(lambda: _read(long, rules), allowed=int(_GROWTH * few) + 1_000)


@pytest.mark.parametrize("shape", _SHAPES)
def test_a_paragraph_is_not_copied_for_each_of_its_sentences(shape: str) -> None:
    text = CopiedText(shape * (_LONG // len(shape)))
    spans = list(sentences.split(text, 0, len(text)))
    assert text.copied <= 10 * len(text)
    assert re.sub(r"\s", "", "".join(str(text)[start:end] for start, end in spans)) == re.sub(r"\s", "", str(text))


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


def test_a_text_is_not_copied_for_each_message_of_it() -> None:
    text = CopiedText("Một câu. " * 20_000)
    assert "".join(pieces(text, 4096)) == text
    assert text.copied <= 3 * len(text)
