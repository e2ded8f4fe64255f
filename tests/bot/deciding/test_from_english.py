"""Questions in English are read as the Vietnamese ones that mean the same, where every word is known."""

import pytest

from bot.deciding.from_english import as_vietnamese


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Who is the Minister of Foreign Affairs of Vietnam?", "Ai là Bộ trưởng Bộ Ngoại giao Việt Nam?"),
        ("who is the prime minister of vietnam", "Ai là Thủ tướng Việt Nam?"),
        ("can you tell me the name of the defence minister?", "Ai là Bộ trưởng Bộ Quốc phòng?"),
        ("Who's the former US president?", "Ai là cựu tổng thống Mỹ?"),
        ("What is the price of gold today?", "Giá vàng hiện nay là bao nhiêu?"),
        ("How many people were killed by storm Bualoi in Vietnam?", "Bao nhiêu người chết vì bão Bualoi ở Việt Nam?"),
        ("How many heritage sites does Vietnam have?", "Việt Nam có bao nhiêu di sản?"),
        ("When did To Lam visit North Korea?", "To lam tham trieu tien khi nao?"),
        ("state visit of To Lam to North Korea", "Chuyen tham cap nha nuoc to lam trieu tien?"),
        ("When will Long Thanh airport open?", "Sân bay Long Thành khai mạc khi nào?"),
        ("How long is the Huong An bridge?", "Cau huong an dai bao nhieu?"),
        ("What did Donald Trump say about the tariffs?", "Donald Trump nói gì về thuế?"),
        ("Vietnam's exports of rice in 2025", "Xuất khẩu gạo Việt Nam năm 2025 là bao nhiêu?"),
        ("When did the 32nd diplomatic conference begin?", "Hội nghị ngoại giao lần thứ 32 khai mạc khi nào?"),
        ("Who won the Nobel Peace Prize in 2025?", "Ai vô địch giải Nobel Hòa bình năm 2025?"),
        ("What happened in Nepal on 9 September 2025?", "Nepal ngày 9/9/2025 thế nào?"),
        ("price of coffee in dak lak", "Giá cà phê ở Đắk Lắk là bao nhiêu?"),
        ("Who is the mayor of New York?", "Ai là Thị trưởng New York?"),
        ("latest news about Long Thanh airport", "Có gì mới về sân bay Long Thành?"),
    ],
)
def test_it_is_read_with_its_heads_first(question: str, read: str) -> None:
    assert as_vietnamese(question) == read


@pytest.mark.parametrize(
    "question",
    [
        "what's the weather in Hanoi", "What is the weather like in Hanoi?",  # a word that is not known
        "Who is Le Hoai Trung?", "who is elon musk",  # nothing but a name, which is opened
        "Ai là Bộ trưởng Ngoại giao?", "WHO khuyến cáo gì?", "WHO hop o dau", "who thong bao rang neu su ho hap do gi",
        "giá vàng hôm nay", "Bank of America", "Game of Thrones", "Manchester United thang may ban", "", "is", "?",
    ],
)  # fmt: skip
def test_what_is_no_english_or_is_not_known_is_left_as_it_is(question: str) -> None:
    assert as_vietnamese(question) is None
