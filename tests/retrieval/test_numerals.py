import pytest

from retrieval.numerals import spellings, value


@pytest.mark.parametrize(
    ("syllable", "number"),
    [("14", 14), ("xiv", 14), ("ix", 9), ("xxxix", 39), ("ii", 2), ("mười", 10), ("hai", 2)],
)
def test_a_number_is_known_in_digits_in_roman_numerals_and_as_a_word(syllable: str, number: int) -> None:
    assert value(syllable) == number


@pytest.mark.parametrize("syllable", ["vi", "xi", "i", "x", "năm", "iiii", "vx", "", "đại"])
def test_ordinary_syllables_are_no_numbers(syllable: str) -> None:
    assert value(syllable) is None


def test_every_spelling_of_a_number_has_its_value() -> None:
    for number in (2, 3, 7, 14, 19, 32, 39):
        assert all(value(spelling) == number for spelling in spellings(number))
    assert spellings(40) == ()
