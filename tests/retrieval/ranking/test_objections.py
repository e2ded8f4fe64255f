"""What speaks against a sentence as the answer: for each rule a sentence that it holds against, and one beside it that
it lets pass.
"""

from dataclasses import replace

import pytest

from retrieval.index.marks import marks_of
from retrieval.query import Query, QuestionReader
from retrieval.ranking.objections import Objection, objection
from retrieval.ranking.objections.words import Words, is_told
from retrieval.tokens import syllables

OFFICE: Objection = "another office"
PERSON: Objection = "another person"
PLACE: Objection = "another place"
NUMBER: Objection = "another number"
KIND: Objection = "nothing of the kind asked for"


@pytest.fixture(scope="module")
def reader() -> QuestionReader:
    return QuestionReader.from_config()


def words(*sentences: str) -> Words:
    """Sentences in a row, as the index keeps them."""
    return Words(
        [one for text in sentences for one in syllables(text)], [m for text in sentences for m in marks_of(text)]
    )


def against(query: Query, sentence: str, *others: str, told: str = "") -> Objection:
    """What speaks against a sentence of an article that has these others; its date tells the terms `told`."""
    dated = [term in told.split() for term in query.terms]
    return objection(query, words(sentence), words(sentence, *others), dated)


@pytest.mark.parametrize(
    ("question", "sentence", "others", "wanted"),
    [
        # An office that the article has not; with "Tổng" before it, it is another.
        ("Bí thư nói gì về cầu?", "Ông Nam nói về cầu.", ["Tổng Bí thư đến dự."], OFFICE),
        ("Bí thư nói gì về cầu?", "Bí thư Lê Nam nói về cầu.", [], ""),
        # The institution of who is to have said it.
        ("Bộ trưởng Công an nói gì về cầu?", "Bộ trưởng Xây dựng nói về cầu.", [], OFFICE),
        ("Bộ trưởng Xây dựng nói gì về cầu?", "Bộ trưởng Xây dựng nói về cầu.", [], ""),
        # Who holds it: of another institution, with another modifier, somebody beside the holder, the first of all.
        ("Ai là Bộ trưởng Công an?", "Bộ trưởng Y tế Lê Nam đến thăm.", [], OFFICE),
        ("Ai là Bộ trưởng Y tế?", "Bộ trưởng Y tế Lê Nam đến thăm.", [], ""),
        ("Ai là Thứ trưởng Y tế?", "Bộ trưởng Y tế Lê Nam đến thăm.", [], OFFICE),
        ("Ai là Phó Chủ tịch xã?", "Chủ tịch xã Lê Nam đến thăm.", [], OFFICE),
        ("Ai là Phó Chủ tịch xã?", "Phó Chủ tịch xã Lê Nam đến thăm.", [], ""),
        ("Ai là Chủ tịch xã?", "Sáng nay Phó Chủ tịch xã Lê Nam đến thăm.", [], OFFICE),
        ("Ai là Chủ tịch xã?", "Chủ tịch xã Lê Nam đến thăm cấp phó.", [], ""),
        ("Ai là trợ lý Bộ trưởng?", "Bộ trưởng Lê Nam đến thăm.", [], OFFICE),
        ("Ai là tân Bộ trưởng?", "Bộ trưởng Lê Nam đến thăm.", [], ""),
        ("Ai là Bộ trưởng đầu tiên?", "Bộ trưởng Lê Nam đến thăm.", [], OFFICE),
        ("Ai là Bộ trưởng đầu tiên?", "Bộ trưởng đầu tiên là ông Lê Nam.", [], ""),
    ],
)
def test_another_office(
    reader: QuestionReader, question: str, sentence: str, others: list[str], wanted: Objection
) -> None:
    assert against(reader.read(question), sentence, *others) == wanted


@pytest.mark.parametrize(
    ("question", "sentence", "others", "wanted"),
    [
        # What is said: by a verb of saying, about the topic, by who is asked about.
        ("Ông Lê Nam nói gì về giá vé?", "Ông Lê Nam đến cầu, giá vé tăng.", [], KIND),
        ("Ông Lê Nam nói gì về giá vé?", "Ông Lê Nam nói cầu dài.", [], KIND),
        ("Ông Lê Nam nói gì về giá vé?", "Bà Hà nói giá vé tăng.", ["Tin về Lê Nam " + "a " * 20], KIND),
        ("Ông Lê Nam nói gì về giá vé?", "Ông Lê Nam nói giá vé tăng.", [], ""),
        ("Ông Lê Nam nói gì về giá vé?", "Ông Lê Nam cho rằng giá vé tăng.", [], ""),
        # A time of day.
        ("Cầu mở lúc mấy giờ?", "Cầu mở sáng nay.", [], KIND),
        ("Cầu mở lúc mấy giờ?", "Cầu mở lúc 9h30.", [], ""),
        ("Cầu mở lúc mấy giờ?", "Cầu mở lúc chín giờ.", [], ""),
        # A list is no count.
        ("Ba cây cầu gồm những cầu nào?", "Tỉnh có ba cây cầu.", [], ""),
        # A street, where it asks for one; but "thành phố" is no street.
        ("Chợ nằm ở phố nào?", "Chợ nằm ở xã Mường Kha.", [], KIND),
        ("Chợ nằm ở phố nào?", "Chợ nằm ở phố Hàng Dép.", [], ""),
        ("Chợ nằm ở thành phố nào?", "Chợ nằm ở Mường Kha.", [], ""),
        # Of all that is asked about a name, with its title, the article has nothing.
        ("Lê Nam sinh ở đâu?", "Ông Lê Nam đến dự.", [], KIND),
        ("Lê Nam sinh ở đâu?", "Ông Lê Nam đến dự.", ["Ông sinh tại Huế."], ""),
    ],
)
def test_nothing_of_the_kind_asked_for(
    reader: QuestionReader, question: str, sentence: str, others: list[str], wanted: Objection
) -> None:
    assert against(reader.read(question), sentence, *others) == wanted


@pytest.mark.parametrize(
    ("question", "sentence", "others", "wanted"),
    [
        ("Ông Lê Hoài Nam làm gì?", "Ông Lê Hoài Trung làm bánh.", [], PERSON),
        ("Ông Lê Hoài Nam làm gì?", "Ông Lê Hoài Trung làm bánh.", ["Cùng đi có Lê Hoài Nam."], ""),
        ("Ông Lê Hoài Trung làm gì?", "Ông Lê Hoài Trung làm bánh.", [], ""),
        ("Ông Lê Hoài Trưng mở quán nào?", "Ông Lê Hoài Trung mở quán Gió.", [], ""),  # only spelt in another way
        # Only two syllables with capitals are a name: "Nam làm" is none that "Nam Lương" would be another of.
        ("Ông Lê Nam làm bánh gì?", "Ông Lê Nam và bà Nam Lương bán bánh.", [], ""),
        # With capitals it takes a name that is partly the same.
        ("Ai là Lê Hoài Nam?", "Hôm qua bà Nam Lê Hoài làm bánh.", [], ""),
        # Without capitals every two syllables of a name must be in the article, and only where nothing else is asked.
        ("ai là lê hoài nam", "Ông Lê Hoài Trung làm bánh.", [], PERSON),
        ("ai là lê hoài nam", "Ông Lê Hoài Nam làm bánh.", [], ""),
        ("lê hoài nam làm bánh ở đâu", "Ông Lê Hoài Trung làm bánh ở chợ.", [], ""),
        ("Tô Lan thăm cầu khi nào?", "Ông Lê Nam thăm cầu hôm qua.", [], PERSON),
        ("Tô Lan thăm cầu khi nào?", "Bà thăm cầu hôm qua.", ["Bà Tô Lan về nước."], ""),
    ],
)
def test_another_person(
    reader: QuestionReader, question: str, sentence: str, others: list[str], wanted: Objection
) -> None:
    assert against(reader.read(question), sentence, *others) == wanted


@pytest.mark.parametrize(
    ("question", "capitals", "sentence", "others", "wanted"),
    [
        ("lê hoài nam làm bánh ở đâu", "lê hoài", "Ông Lê Hoài Trung làm bánh ở chợ.", [], PERSON),
        # "nam" may be no part of the name: the article has it in lower case, or it is a word like "có".
        ("lê hoài nam làm bánh ở đâu", "lê hoài", "Ông Lê Hoài Trung làm bánh ở chợ.", ["Ở phía nam có mưa."], ""),
        ("lê hoài có làm bánh ở đâu", "lê hoài", "Ông Lê Hoài Trung làm bánh ở chợ.", [], ""),
        # What stands before is another name, or none.
        ("lê hoài nam làm bánh ở đâu", "lê hoài", "Ông Hoài Trung làm bánh ở chợ.", [], ""),
        ("hoài nam làm bánh ở nhà bà lê", "hoài lê", "Ông Lê Hoài Trung làm bánh ở nhà.", [], ""),
        ("lê hoài nam làm bánh ở đâu", "", "Ông Lê Hoài Trung làm bánh ở chợ.", [], ""),
    ],
)
def test_another_person_where_ranking_has_found_which_words_are_names(
    reader: QuestionReader, question: str, capitals: str, sentence: str, others: list[str], *, wanted: Objection
) -> None:
    query = replace(reader.read(question), capitals=frozenset(capitals.split()))
    assert not query.is_cased
    assert against(query, sentence, *others) == wanted


@pytest.mark.parametrize(
    ("question", "sentence", "others", "wanted"),
    [
        ("Bộ Ngoại giao họp khi nào?", "Bộ họp hôm qua.", ["Bộ Y tế có trụ sở mới."], PLACE),
        ("Bộ Ngoại giao họp khi nào?", "Bộ họp hôm qua.", ["Bộ Ngoại giao có trụ sở mới."], ""),
        ("Bộ Ngoại giao họp khi nào?", "Bộ họp hôm qua.", ["BNG có trụ sở mới."], ""),
    ],
)
def test_another_place(
    reader: QuestionReader, question: str, sentence: str, others: list[str], wanted: Objection
) -> None:
    assert against(reader.read(question), sentence, *others) == wanted


@pytest.mark.parametrize(
    ("question", "sentence", "others", "told", "wanted"),
    [
        # A year that is nowhere, in the article, told by the date.
        ("Cầu nào mở năm 2019?", "Cầu Gió mở cửa.", [], "", NUMBER),
        ("Cầu nào mở năm 2019?", "Cầu Gió mở cửa.", ["Việc xây xong năm 2019."], "", ""),
        ("Cầu nào mở năm 2019?", "Cầu Gió mở cửa.", [], "2019", ""),
        # What is numbered bears another number.
        ("Hội nghị lần thứ 32 bàn gì?", "Hội nghị lần thứ 31 bàn về cầu.", [], "", NUMBER),
        ("Hội nghị lần thứ 32 bàn gì?", "Hội nghị bàn về cầu.", ["Hội nghị lần thứ 32 khai mạc."], "", ""),
        ("Đại hội XIV bàn gì?", "Đại hội XIII bàn về cầu.", [], "", NUMBER),
        ("Đại hội XIV bàn gì?", "Đại hội XIV bàn về cầu.", [], "", ""),
        ("Quận 3 có gì?", "Quận 5 có cầu.", [], "", NUMBER),
        ("Quận 3 có gì?", "Quận 5 có cầu.", ["Quận 3 có chợ."], "", ""),
        # A day: another of the same month, the day nowhere, another part of it.
        ("Ngày 15/9/2025 có gì?", "Ngày 16/9/2025 có lễ hội.", [], "", NUMBER),
        ("Ngày 15/9/2025 có gì?", "Ngày 15/9/2025 có lễ hội.", [], "", ""),
        ("Ngày 15/9 có gì?", "Hôm ấy có lễ hội.", ["Ngày 14/9 có mưa."], "", NUMBER),
        ("Ngày 15/9 có gì?", "Hôm ấy có lễ hội.", ["Ngày 15 tháng 9 có mưa."], "", ""),
        ("Ngày 15/9 có gì?", "Hôm ấy có lễ hội.", [], "15 9", ""),
        ("Sáng 15/9 có gì?", "Chiều 15/9 có lễ hội.", [], "", NUMBER),
        ("Sáng 15/9 có gì?", "Chiều 15/9 có lễ hội.", ["Sáng 15/9 có mưa."], "", ""),
    ],
)
def test_another_number(
    reader: QuestionReader, question: str, sentence: str, others: list[str], *, told: str, wanted: Objection
) -> None:
    assert against(reader.read(question), sentence, *others, told=told) == wanted


@pytest.mark.parametrize(
    ("article", "told"),
    [
        ("Bộ Ngoại giao họp", True),
        ("BNG họp", True),
        ("TBT đến Bộ Quốc phòng", False),  # the abbreviation of something else in the question
    ],
)
def test_what_a_question_names_is_told_by_its_words_or_its_own_abbreviation(
    reader: QuestionReader, article: str, *, told: bool
) -> None:
    query = reader.read("Tổng Bí thư tặng gì cho Bộ Ngoại giao")
    [ministry] = query.known_names
    assert is_told(query, ministry, Words(syllables(article), [])) is told
