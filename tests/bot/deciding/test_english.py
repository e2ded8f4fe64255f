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
    ("text", "name"),
    [
        ("tell me about Le Hoai Trung", "Le Hoai Trung"),
        ("Tell me about the diplomatic conference in Hanoi", "Hanoi"),
        ("the price of gold in Vietnam on 5 September", "Vietnam"),
        ("price of gold today", None),
        ("latest news from Ukraine", "Ukraine"),
        ("number of people killed by storm Bualoi", "Bualoi"),
        ("Vietnam's exports of rice in 2025", "Vietnam"),
        ("opening date of the Huong An bridge", "Huong An"),
        ("votes for To Lam at the 14th congress", "To Lam"),
        ("Donald Trump and the tariffs", "Donald Trump"),
        ("list of the ministers", None),
        ("give me the names of the deputy ministers", None),
        ("meeting between Putin and Trump in Alaska", "Alaska"),
        ("the winner of the match with Thailand", "Thailand"),
        ("any news about the ASEAN summit", "ASEAN"),
        ("president of France", "France"),
        ("can you tell me the name of the foreign minister of Vietnam", "Vietnam"),
        ("do you know about Elon Musk's company", "Elon Musk"),
    ],
)
def test_a_question_in_english_needs_no_word_that_asks(text: str, name: str | None) -> None:
    assert is_english(text)
    assert named_in(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "ai la bo truong ngoai giao", "Cầu dài bao nhiêu?", "the gioi co bao nhieu nuoc", "WHO khuyến cáo gì?",
        "WHO hop o dau", "who thong bao rang neu su ho hap do gi", "Elon Musk", "GDP quy 3 la bao nhieu", "is", "",
        "Facebook Messenger", "smartphone samsung galaxy", "gia vaccine covid online",
        "Manchester United thang may ban", "Liverpool va Manchester City", "Bank of America", "Game of Thrones",
        "podcast the gioi", "gia iphone", "Donald Trump thang cu", "video clip ve bao", "the thao hom nay",
        "on dinh gia xang", "Ronaldo at al nassr", "show anh trai say hi", "the voice", "resort of da nang",
    ],
)  # fmt: skip
def test_vietnamese_is_not_taken_for_english(text: str) -> None:
    assert named_in(text) is None
    assert not is_english(text)
