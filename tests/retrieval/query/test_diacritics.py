"""Questions that have lost some of their diacritics are told by what articles have written."""

import pytest

from retrieval.query.diacritics import bare, has_lost_diacritics
from retrieval.query.phrases import PhraseSet

# Of each bare syllable: sentences that have it so, and with any diacritics or none, as in a library of news.
NEWS = {
    "nghi": (30, 900), "giao": (900, 1800), "lan": (90, 1500), "thu": (700, 2600), "gi": (0, 400), "tong": (0, 1200),
    "bi": (20, 1900), "noi": (0, 2500), "trong": (5000, 5400), "kho": (200, 900), "mua": (800, 1100),
    "bao": (9, 2000), "cho": (4000, 4500), "online": (40, 40), "hai": (1500, 2400), "hoi": (0, 2000),
    "cua": (5, 6000), "ai": (200, 700),
    "thanh": (500, 2500), "ba": (900, 1700), "di": (2, 11), "nay": (4, 11), "sua": (0, 30),
}  # fmt: skip
ASKING = PhraseSet.of(["bao nhiêu", "là ai"])


def written(syllable: str) -> tuple[int, int]:
    return NEWS.get(syllable, (0, 0))


@pytest.mark.parametrize(
    "text",
    [
        "hội nghi ngoại giao lan thu 31 chủ đề gi",
        "tong bi thu Tô Lâm noi gi",
        "Ai la tong bi thư",
        "Tổng Bí thư Tô Lâm noi gì",  # one is enough where articles never have it so
        "hoi nghị cua thanh phố ở đâu",
        "gia sua bao nhieu",  # the phrase has lost its own
    ],
)
def test_so_many_bare_syllables_are_not_written_like_that(text: str) -> None:
    assert has_lost_diacritics(text, written, ASKING)


@pytest.mark.parametrize(
    "text",
    [
        "giá lúa trong kho",
        "Hai tỉnh mua online bao nhiêu tấn gạo?",
        "Ba người cho ai vay tiền?",
        "Lan Thu Giao là ai?",
        "Cầu Hương An",
        "Đến nay có bao nhiêu di sản?",  # in few articles "bao" alone would tell a loss
        "xyz qwe hội",  # articles have none of it
        "",
    ],
)
def test_what_articles_write_so_is_no_loss(text: str) -> None:
    assert not has_lost_diacritics(text, written, ASKING)


@pytest.mark.parametrize(
    ("word", "wanted"), [("si", "sy"), ("sĩ", "sy"), ("mi", "mi"), ("my", "my"), ("thi", "thi"), ("ti", "ti"), ("", "")]
)
def test_i_is_looked_for_as_y_where_articles_have_more_of_that(word: str, wanted: str) -> None:
    having = {"si": (10, 10), "sy": (0, 2900), "mi": (80, 80), "my": (2, 5)}
    assert bare(word, lambda one: having.get(one, (0, 0))) == wanted
