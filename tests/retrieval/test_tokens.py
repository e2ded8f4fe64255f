import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.tokens import alike, fold, syllables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thuỷ Nguyên, 15-9", ["thủy", "nguyên", "15", "9"]),
        ("văn hoá và hòa bình", ["văn", "hóa", "và", "hòa", "bình"]),
        ("ngoại hoàn quý", ["ngoại", "hoàn", "quý"]),
        ("giaỉ lựơng tíên cuả baó cúôi", ["giải", "lượng", "tiến", "của", "báo", "cuối"]),
        ("quà quì tủi múa gì lứa đuối", ["quà", "quì", "tủi", "múa", "gì", "lứa", "đuối"]),
        ("KHOẺ\u200b MẠNH", ["khỏe", "mạnh"]),
        ("TP.HCM 1.000", ["tp", "hcm", "1", "000"]),
        ("…!? _ 🙂", []),
    ],
)
def test_syllables_are_lower_case_with_one_placement_of_tone_marks(text: str, expected: list[str]) -> None:
    assert syllables(text) == expected


def test_decomposed_text_gives_the_syllables_of_composed_text() -> None:
    text = "Hội nghị Đối ngoại toàn quốc"
    assert syllables(unicodedata.normalize("NFD", text)) == syllables(text)


def test_folding_takes_off_every_diacritic() -> None:
    assert fold("Đường lối ĐỐI NGOẠI, tư tưởng") == "duong loi doi ngoai, tu tuong"


@given(st.text())
def test_syllables_of_any_text_hold_neither_space_nor_capital(text: str) -> None:
    for syllable in syllables(text):
        assert syllable
        assert not any(c.isspace() for c in syllable)
        assert syllable == syllable.lower()


def test_a_number_glued_to_its_ordinal_is_a_syllable_of_its_own() -> None:
    assert syllables("Đại hội lần thứXIV, lần thứ32, thứXám") == [
        *("đại", "hội", "lần", "thứ", "xiv", "lần", "thứ", "32", "thứxám")
    ]


def test_letters_of_other_scripts_that_look_like_ours_meet_them() -> None:
    """As some fonts and programs write them: the Tatars' oi, Cyrillic С and а, Greek Α and Ρ."""
    written = "N\u01a3ớc sông \u0421ửu Long, T\u0420\u0391n Gi\u0430ng"
    assert syllables(written) == syllables("Nước sông Cửu Long, TPAn Giang")
    assert len(alike(written)) == len(written)
