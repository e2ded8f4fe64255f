"""What the article as a whole makes of half names, titles alone and pronouns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.facts import Facts
from tests.retrieval.facts.conftest import Read, sentences_of

_LEAD = "Tổng Bí thư Lê Văn Tám tiếp Bộ trưởng Bộ Ngoại giao Trần Thị Sơn."


def test_a_given_name_means_the_only_person_who_bears_it(read: Read) -> None:
    assert [m.name for m in read(f"{_LEAD}\nBà Sơn nói với ông Tám.")][2:] == ["Trần Thị Sơn", "Lê Văn Tám"]


def test_a_given_name_that_two_bear_stays_as_it_is(read: Read) -> None:
    assert read(f"{_LEAD}\nÔng Lê Hồng Sơn đến.\nÔng Sơn về.")[-1].name == "Sơn"


def test_a_family_name_means_a_chinese_person(read: Read) -> None:
    assert read("Chủ tịch Tập Cận Bình đến.\nÔng Tập phát biểu.")[-1].name == "Tập Cận Bình"


def test_a_cut_off_name_is_the_whole_one_where_the_office_says_so(read: Read) -> None:
    found = read("Tổng Bí thư Lê Văn Tám đến.\nTổng Bí thư Lê Văn đã phát biểu.")
    assert [m.name for m in found] == ["Lê Văn Tám"] * 2
    assert [m.name for m in read("Ông Trần Anh gặp ông Trần Anh Hùng.")] == ["Trần Anh", "Trần Anh Hùng"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Tổng bí thư nhấn mạnh.", "Lê Văn Tám"),
        ("Theo Bộ trưởng, việc đã xong.", "Trần Thị Sơn"),
        ("Người đứng đầu Đảng nhấn mạnh.", "Lê Văn Tám"),
    ],
)
def test_a_title_alone_means_its_only_holder(read: Read, sentence: str, name: str) -> None:
    mention = read(f"{_LEAD}\n{sentence}")[-1]
    assert (mention.name, mention.how) == (name, "title")


@pytest.mark.parametrize(
    "sentence",
    [
        "Các Bộ trưởng Bộ Ngoại giao họp.",
        "Nguyên Tổng Bí thư cũng đến.",
        "Phó Tổng Bí thư cũng đến.",
        "Họ bàn về chức Tổng Bí thư.",
        "Thứ trưởng cũng đến.",
        "Bộ trưởng Bộ Y tế cũng đến.",
        "Hội nghị Bộ trưởng khai mạc.",
        "Phu nhân Tổng Bí thư cũng đến.",
        "Chủ tịch nước cũng đến.",
        "Họ gặp Bộ trưởng Ngoại giao và Hợp tác quốc tế Campuchia.",
        "Họ gặp Bộ trưởng Ngoại giao, Lao động và Thương mại Tuvalu.",
        "Họ gặp Tổng Bí thư, Chủ tịch nước Lào.",
        "Họ đi qua “Đại lộ Tổng Bí thư” rồi về.",
        "Bộ trưởng các nước cùng cấp đến.",
        "Nhiệm vụ của Bộ trưởng và các Thứ trưởng đã rõ.",
    ],
)
def test_a_title_that_is_not_a_holders_is_nobodys(read: Read, sentence: str) -> None:
    assert len(read(f"{_LEAD}\n{sentence}")) == 2


def test_the_same_title_beside_its_holder_is_anothers(read: Read) -> None:
    assert len(read(f"{_LEAD}\nTổng Bí thư Lê Văn Tám và Tổng Bí thư, Chủ tịch nước Lào nhất trí.")) == 3


def test_a_title_that_two_hold_is_nobodys(read: Read) -> None:
    text = "Bộ trưởng Bộ Y tế Lê Văn Tám gặp Bộ trưởng Bộ Công an Trần Văn Chín.\nBộ trưởng nói."
    assert len(read(text)) == 2


def test_a_vietnamese_office_without_a_country_is_no_foreigners(read: Read) -> None:
    assert len(read("Thủ tướng Nhật Bản Taro Yamada đến.\nThủ tướng chủ trì lễ đón.")) == 1


def test_two_titles_of_one_person_are_one_mention(read: Read) -> None:
    mention = read("Tổng Bí thư, Chủ tịch nước Lê Văn Tám đến.\nTổng Bí thư, Chủ tịch nước nói.")[-1]
    assert mention.surface == "Tổng Bí thư, Chủ tịch nước"
    assert mention.offices == ("Tổng Bí thư", "Chủ tịch nước")


def test_a_pronoun_means_the_only_person_before_it(read: Read) -> None:
    mention = read("Tổng Bí thư Lê Văn Tám đến.\nÔng cũng nói về hòa bình.")[-1]
    assert (mention.surface, mention.name, mention.how) == ("Ông", "Lê Văn Tám", "pronoun")


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn Tám gặp ông Trần Văn Chín. Ông cũng nói về hòa bình.",
        "Bà Lê Thị Tám đến. Ông cũng nói về hòa bình.",
        "Ông cũng nói về hòa bình.",
        "Ông Lê Văn Tám nói: “Ông ấy đã về”.",
        "Ông Lê Văn Tám đến. Thitinan Pongsudhirak, giáo sư Đại học Chulalongkorn, đồng tình. Ông cũng nói về giá.",
    ],
)
def test_a_pronoun_that_could_mean_another_means_nobody(read: Read, text: str) -> None:
    assert not [mention for mention in read(text) if mention.how == "pronoun"]


_WORDS = (
    "Tổng Bí thư Bộ trưởng Phó Chủ tịch UBND tỉnh Hồ Chí Minh Nguyễn Văn A ông bà Anh của và là nguyên cố , ( ) : ; - ."
    " Ảnh: Ông đường Joe Biden Mỹ Trung Quốc TP.HCM T.Ư GD&ĐT các 7 đã nói"
)


@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from([*_WORDS.split(" "), "\n"]), max_size=60).map(" ".join))
)
def test_any_text_gives_exact_spans_in_order(facts: Facts, text: str) -> None:
    sentences = sentences_of(text)
    found = facts.mentions(text, sentences)
    assert all(text[m.start : m.end] == m.surface and m.surface for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert facts.read(text, sentences).mentions == found
    facts.office(text)
    facts.match(text, ["Tô Lâm", "Bùi Thanh Sơn"])


def test_a_headline_names_by_a_part_whom_the_article_names_in_full(read: Read) -> None:
    found = read("Petit: Việc đã xong\nÔng Arne Petit nói vậy.", first="headline")
    assert [mention.name for mention in found] == ["Arne Petit"] * 2


def test_the_prime_minister_is_meant_throughout_an_article(read: Read) -> None:
    between = "\nTrời mưa." * 7
    assert len(read(f"Thủ tướng Lê Văn Tám đến.{between}\nSau đó Thủ tướng ra về.")) == 2
    assert len(read(f"Giám đốc Lê Văn Tám đến.{between}\nSau đó Giám đốc ra về.")) == 1
