"""A question and a sentence in one row, and what is marked in it."""

import pytest

from retrieval.reader.pairs import BORDER, IN_CONTEXT, IN_SENTENCE, OF_CONTEXT, OF_SENTENCE, Pairing, Passage
from retrieval.reader.pieces import END, START, Pieces

WORDS = ["cầu", "dài", "bao", "nhiêu", "mét", "nó", "khánh", "thành", "năm", "2021", "cau", "dai"]
NAMES = ["<s>", "<pad>", "</s>", "<unk>", *(f"▁{word}" for word in WORDS)]


@pytest.fixture
def pairing() -> Pairing:
    return Pairing(Pieces(NAMES, [-1.0] * len(NAMES)))


def marked(pairing: Pairing, question: str, passage: Passage) -> list[tuple[str, int]]:
    pair = pairing.of(question, passage)
    return [(NAMES[number].lstrip("▁"), mark) for number, mark in zip(pair.pieces, pair.marks, strict=True)]


def test_words_of_both_texts_are_marked_and_those_beside_the_sentence_otherwise(pairing: Pairing) -> None:
    assert marked(pairing, "cầu dài năm", Passage("nó dài 2021 mét", before="cầu khánh", after="năm")) == [
        ("<s>", 0),
        ("cầu", IN_CONTEXT),
        ("dài", IN_SENTENCE),
        ("năm", IN_CONTEXT),
        ("</s>", 0),
        ("cầu", OF_CONTEXT + 1),
        ("khánh", OF_CONTEXT),
        ("</s>", BORDER),
        ("nó", OF_SENTENCE),
        ("dài", OF_SENTENCE + 1),
        ("2021", OF_SENTENCE),
        ("mét", OF_SENTENCE),
        ("</s>", BORDER),
        ("năm", OF_CONTEXT + 1),
        ("</s>", BORDER),
    ]


def test_a_question_without_diacritics_is_compared_without_them(pairing: Pairing) -> None:
    assert ("dai", IN_SENTENCE) in marked(pairing, "cau dai", Passage("cầu dài"))
    assert ("dài", OF_SENTENCE) in marked(pairing, "cầu", Passage("dài"))


def test_the_sentence_is_found_again_in_the_row(pairing: Pairing) -> None:
    pair = pairing.of("cầu dài", Passage("nó dài", before="cầu"))
    assert pair.pieces[0] == START
    assert [piece.number for piece in pair.sentence] == list(pair.pieces[pair.first : pair.first + 2])
    assert pair.pieces[pair.first + 2] == END


def test_long_texts_are_cut_so_that_no_question_costs_more_than_others(pairing: Pairing) -> None:
    long = "cầu " * 5_000
    pair = pairing.of(long, Passage(long, before="mét " * 5_000 + "năm", after=long))
    assert len(pair.pieces) == len(pair.marks) < 170
    assert NAMES[pair.pieces[pair.first - 2]] == "▁năm"  # of what stands before, the nearest is kept
