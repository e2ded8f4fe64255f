"""Words as pieces: the best path, and where each piece stands in the text."""

import pytest

from retrieval.reader.pieces import UNKNOWN, Pieces

# Numbers 0 to 3 are no pieces of words.
NAMES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁giá", "▁gi", "á", "vàng", "▁v", "àng", "g", "▁km", "2"]
SCORES = [0.0, 0.0, 0.0, 0.0, -2.0, -3.0, -6.0, -5.0, -2.0, -4.0, -4.0, -7.0, -6.0, -6.0]


@pytest.fixture
def pieces() -> Pieces:
    return Pieces(NAMES, SCORES)


def names(pieces: Pieces, text: str) -> list[str]:
    return [NAMES[piece.number] for piece in pieces.of(text)]


def test_the_likeliest_pieces_of_a_word_are_chosen(pieces: Pieces) -> None:
    assert names(pieces, "giá vàng") == ["▁giá", "▁", "vàng"]  # -2 - 2 is more than -4 - 4


def test_each_piece_says_where_it_stands(pieces: Pieces) -> None:
    text = "  giá vàng"
    assert [text[piece.start : piece.end] for piece in pieces.of(text)] == ["giá", "", "vàng"]


def test_a_character_that_no_piece_has_is_unknown_and_hides_nothing_beside_it(pieces: Pieces) -> None:
    assert [piece.number for piece in pieces.of("giá☃")][-1] == UNKNOWN
    assert names(pieces, "☃á") == ["▁", "<unk>", "á"]


def test_a_letter_of_another_form_is_read_as_it_is_written_plainly(pieces: Pieces) -> None:
    [piece, last] = pieces.of("km²")
    assert (NAMES[piece.number], NAMES[last.number]) == ("▁km", "2")
    assert (last.start, last.end) == (2, 3)


def test_of_a_letter_that_stands_for_several_the_whole_word_is_given(pieces: Pieces) -> None:
    assert {(piece.start, piece.end) for piece in pieces.of("㎞²")} == {(0, 2)}


def test_a_text_without_words_has_no_pieces(pieces: Pieces) -> None:
    assert pieces.of(" \n ") == []
