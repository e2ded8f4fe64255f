import pytest

from retrieval.ranking.suggesting import corrected, respelt

WORDS = ["túc", "tức", "ngành", "ngoại", "giao", "hoài"]


@pytest.mark.parametrize(
    ("text", "unknown", "meant"),
    [
        ("Phạm Gia Túk là ai?", ["túk"], ["Phạm Gia Túc là ai?"]),
        ("nghành ngoại giao", ["nghành"], ["ngành ngoại giao"]),
        ("Vũ Xyz là ai", ["xyz"], []),
        ("một hai ba", ["một", "hai", "ba"], []),
        ("ngoại giao", [], []),
    ],
)
def test_an_unknown_syllable_is_replaced_by_those_spelt_like_it(
    text: str, unknown: list[str], meant: list[str]
) -> None:
    assert list(corrected(text, unknown, WORDS)) == meant


def test_a_question_takes_the_diacritics_of_a_sentence() -> None:
    assert respelt("hôi nghị ngoai giao ở đâu?", "Hội nghị ngoại giao họp.") == "hội nghị ngoại giao ở đâu?"
    assert respelt("Lê Hòai Trung là ai", "Ông Lê Hoài Trung.") == "Lê Hoài Trung là ai"
