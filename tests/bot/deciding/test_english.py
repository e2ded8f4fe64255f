"""Questions in English are known as such, and by what they name."""

import pytest

from bot.deciding.english import is_english, named_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Who is Le Hoai Trung?", "Le Hoai Trung"),
        ("What did Donald Trump say about the tariffs?", "Donald Trump"),
        ("When did the Huong An bridge open?", "Huong An"),
        ("How many people did storm Bualoi kill in Vietnam?", "Vietnam"),
        ("what is the price of gold", None),
        ("what's the gold price today", None),
        ("who’s Donald Trump", "Donald Trump"),
    ],
)
def test_english_is_known_and_what_it_names(text: str, name: str | None) -> None:
    assert is_english(text)
    assert named_in(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "ai la bo truong ngoai giao", "Cầu dài bao nhiêu?", "the gioi co bao nhieu nuoc", "WHO khuyến cáo gì?",
        "WHO hop o dau", "who thong bao rang neu su ho hap do gi", "Elon Musk", "GDP quy 3 la bao nhieu", "is", "",
    ],
)  # fmt: skip
def test_vietnamese_is_not_taken_for_english(text: str) -> None:
    assert named_in(text) is None
    assert not is_english(text)
