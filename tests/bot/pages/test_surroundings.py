"""What stands around a quote."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.pages.surroundings import around
from retrieval import Quote, Sentence
from retrieval.records import NO_DATE
from tests.bot.records import BRIDGE

SENTENCES = ("Một.", "Hai.", "Ba.", "Bốn.", "Năm.", "Sáu.", "Bảy.")


def placed(texts: tuple[str, ...], quoted: int) -> tuple[Quote, list[Sentence]]:
    text = "\n".join(texts)
    starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n"), len(text) + 1]
    spans = [(start, end - 1) for start, end in pairwise(starts)]
    sentences = [Sentence("cau", at, *span, "body", NO_DATE, at) for at, span in enumerate(spans)]
    start, end = spans[quoted]
    return Quote(text[start:end], replace(BRIDGE, text=text), start, end, NO_DATE, 1.0), sentences


@pytest.mark.parametrize(
    ("quoted", "before", "after"),
    [(3, "Hai.\nBa.\n", "\nNăm.\nSáu."), (0, "", "\nHai.\nBa."), (1, "Một.\n", "\nBa.\nBốn."), (6, "Năm.\nSáu.\n", "")],
)
def test_two_sentences_on_each_side_as_they_stand(quoted: int, before: str, after: str) -> None:
    found = around(*placed(SENTENCES, quoted))
    assert (found.before, found.after) == (before, after)
    assert found.before + found.quote.text + found.after in found.quote.article.text


def test_long_sentences_leave_room_for_the_quote() -> None:
    found = around(*placed(("x" * 1300, "Hai.", "Ba.", "y" * 1300), 2))
    assert (found.before, found.after) == ("Hai.\n", "")
