"""What strangers write costs calls in proportion to its length, on the whole way of an article into the library."""

import re
from collections.abc import Iterator
from itertools import islice, product

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
# Persons and offices that go on within a sentence; each of the first took from three to six hundred times as long as
# news does.
_IN_A_SENTENCE = [
    ", HLV Mỹ ", "Minh , CEO ", "A - Nhà vua ", "Lê Trường CEO Lê Thị Lê Mai ", "Mỹ kiêm HLV CEO Lê ", "ngày 2/9 ",
    "đã mùng 2 tháng mười ", "ông An nói ", "Nhà vua Mỹ, ông An, bổ nhiệm ", "con trai ông An là ", "Joe de ", "Mỹ ",
    "TP Hà Nội ", "theo ông An, ",
]  # fmt: skip
_SENTENCE = 1_150  # characters: nearly the longest
_NEWS = (
    "Sáng 2/9, Bộ trưởng Bộ Ngoại giao Nguyễn Văn An cho biết hội nghị sẽ diễn ra tại Hà Nội trong tháng 10 tới, "
    "với sự tham dự của đại biểu nhiều nước. "
)
_DEARER = 10  # times as many calls as news of the same length
_GIVEN = "An Bình Chi Dũng Giang Hà Hải Hùng Khánh Lan Linh Long Mai Nam Nga Phong"
_FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý"
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
    _read("Ông Nguyễn Văn A nói ngày 2/9. Bộ trưởng B đến.", rules)  # what is compiled once
    return rules


def _read(text: str, rules: Rules) -> None:
    assert prepared(Piece("a.txt", "a.txt", text.encode(), None, rules)).results


@pytest.mark.parametrize("shape", _SHAPES)
def test_reading_an_article_costs_its_length(shape: str, rules: Rules) -> None:
    short, long = (shape * (length // len(shape)) for length in (_SHORT, _LONG))
    few = calls(lambda: _read(short, rules))
    calls(lambda: _read(long, rules), allowed=int(_GROWTH * few) + 1_000)


@pytest.mark.parametrize("shape", _IN_A_SENTENCE)
def test_a_sentence_costs_no_more_than_some_of_news(shape: str, rules: Rules) -> None:
    news = _NEWS * (_SENTENCE // len(_NEWS))
    of_news = calls(lambda: _read(news, rules)) / len(news)
    calls(lambda: _read(shape * (_SENTENCE // len(shape)), rules), allowed=int(_DEARER * of_news * _SENTENCE))


@pytest.mark.parametrize("shape", _NAMES)
def test_each_person_of_an_article_costs_the_same_however_many_there_are(shape: str, rules: Rules) -> None:
    few, many = ("".join(shape.replace("{}", name) for name in _names(count)) for count in (40, 240))
    calls(lambda: _read(many, rules), allowed=int(1.25 * 6 * calls(lambda: _read(few, rules))))


def _names(count: int) -> Iterator[str]:
    """As many different names as wanted."""
    given, family = _GIVEN.split(), _FAMILY.split()
    yield from (" ".join(name) for name in islice(product(family, given, given), count))


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
