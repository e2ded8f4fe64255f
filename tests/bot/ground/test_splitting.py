import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ground.splitting import MESSAGE_LIMIT, beginning, pack, pieces, units, visible

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(("text", "length"), [("", 0), ("Hà Nội", 6), ("😀", 2), (FAMILY, 11), ("e\u0301", 2)])
def test_length_counts_utf16_units(text: str, length: int) -> None:
    assert units(text) == length == len(text.encode("utf-16-le")) // 2


def test_visible_text_is_without_markup_and_entities() -> None:
    assert visible('<blockquote>a &lt; b &amp; c</blockquote>\n<a href="https://x.vn/?a=1&amp;b=2">gốc</a>') == (
        "a < b & c\ngốc"
    )


def test_parts_share_a_message_while_they_fit() -> None:
    assert pack(["<b>aa</b>", "bb", "cc"], limit=6) == ["<b>aa</b>\n\nbb", "cc"]


def test_a_part_never_breaks() -> None:
    assert pack(["a" * 6, "b"], limit=6) == ["a" * 6, "b"]


def test_nothing_packs_to_no_message() -> None:
    assert pack([]) == []


def test_a_text_that_fits_stays_whole() -> None:
    assert list(pieces("x" * MESSAGE_LIMIT, MESSAGE_LIMIT)) == ["x" * MESSAGE_LIMIT]


def test_a_long_text_is_cut_after_a_sentence() -> None:
    assert list(pieces("Mưa to. Gió lớn ở biển. Tàu thuyền về bến.", 25)) == [
        "Mưa to. Gió lớn ở biển. ",
        "Tàu thuyền về bến.",
    ]


def test_closing_quotation_marks_stay_with_their_sentence() -> None:
    assert next(pieces("Ông nói: “Mưa to.” Rồi ông ra về ngay.", 24)) == "Ông nói: “Mưa to.” "


def test_without_a_sentence_end_it_is_cut_between_words() -> None:
    assert list(pieces("một hai ba bốn năm", 11)) == ["một hai ba ", "bốn năm"]


def test_a_sentence_end_near_the_beginning_makes_no_tiny_piece() -> None:
    assert next(pieces("Vâng. một hai ba bốn năm sáu", 24)) == "Vâng. một hai ba bốn năm"


def test_an_endless_word_is_cut_at_the_limit() -> None:
    assert list(pieces("a" * 25, 10)) == ["a" * 10, "a" * 10, "a" * 5]


def test_emoji_made_of_several_are_not_torn() -> None:
    cut = list(pieces(FAMILY * 5, 30))
    assert cut == [FAMILY * 2, FAMILY * 2, FAMILY]


def test_letters_keep_their_marks() -> None:
    assert list(pieces("e\u0301" * 4, 5)) == ["e\u0301" * 2, "e\u0301" * 2]


@pytest.mark.parametrize("limit", [23, 24])
def test_white_space_that_fits_ends_a_piece_and_the_rest_begins_the_next(limit: int) -> None:
    cut = list(pieces("Mưa to. Gió lớn ở biển.\n\n  Tàu thuyền về bến.", limit))
    assert cut[0] == "Mưa to. Gió lớn ở biển.\n"[:limit]
    assert "".join(cut) == "Mưa to. Gió lớn ở biển.\n\n  Tàu thuyền về bến."


def test_a_quote_of_many_messages_loses_no_character() -> None:
    sentences = (f"Câu thứ {number} kể chuyện  trên sông.{' ' if number % 3 else chr(10) * 2}" for number in range(600))
    text = "".join(sentences)[:19_549]
    cut = list(pieces(text, MESSAGE_LIMIT))
    assert len(text) == 19_549
    assert len(cut) == 5
    assert "".join(cut) == text


def test_what_shows_the_beginning_only_has_no_white_space_at_its_end() -> None:
    assert beginning("một hai ba bốn năm", 11) == "một hai ba"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers(2, 40))
def test_pieces_fit_and_are_the_text(text: str, limit: int) -> None:
    cut = list(pieces(text, limit))
    assert all(0 < units(piece) <= limit for piece in cut) or not text
    assert "".join(cut) == text
