"""The words of a sentence that answer a question."""

import pytest

from retrieval.evidence import Asking, Telling
from retrieval.facts import Facts
from retrieval.query import QuestionReader


@pytest.fixture(scope="module")
def asking() -> Asking:
    return Asking.from_config()


@pytest.fixture(scope="module")
def telling() -> Telling:
    return Telling.from_config(Facts.from_config())


@pytest.fixture(scope="module")
def reader() -> QuestionReader:
    return QuestionReader.from_config()


SURE = [
    ("Vé vào vườn giá bao nhiêu?", "Vé vào vườn là 20.000 đồng cho trẻ em.", "20.000 đồng"),
    ("gia ve vao vuon bao nhieu", "Vé vào vườn là hơn 1,5 triệu đồng/lượt.", "hơn 1,5 triệu đồng/lượt"),
    ("Dự án tốn bao nhiêu tiền?", "Dự án có vốn gần 13.500 tỷ đồng.", "gần 13.500 tỷ đồng"),
    ("Cầu Gió dài bao nhiêu?", "Cầu Gió dài 2,6 km, xây từ năm 2019.", "2,6 km"),
    ("Có bao nhiêu người đi hội?", "Ngày 5/3 có 95 người đi hội.", "95 người"),
    ("Cầu Gió có mấy làn xe?", "Cầu Gió có sáu làn xe.", "sáu làn"),
    ("Làng có bao nhiêu di sản?", "Làng có 60 di sản, nhiều nhất vùng.", "60 di sản"),
    ("Hội kéo dài mấy ngày?", "Hội kéo dài bốn ngày ở sân đình.", "bốn ngày"),
    ("Bà Hoa bao nhiêu tuổi?", "Bà Hoa, 67 tuổi, bán chè ở chợ Đò.", "67 tuổi"),
    ("Tỷ lệ đỗ là bao nhiêu phần trăm?", "Tỷ lệ đỗ là 97,5%, cao hơn năm trước.", "97,5%"),
    ("Bão mạnh cấp mấy?", "Bão mạnh cấp 9, giật cấp 11.", "cấp 9"),
    ("Tỷ số trận chung kết là bao nhiêu?", "Trận chung kết khép lại với tỷ số 3-1.", "3-1"),
    ("Cầu khánh thành khi nào?", "Cầu khánh thành ngày 20/7.", "ngày 20/7"),
    ("Cầu xây năm nào?", "Cây cầu này (1935) do thợ làng Mỏ xây.", "1935"),
    ("Quán mở cửa lúc mấy giờ?", "Quán mở cửa lúc 17h30 mỗi ngày.", "17h30"),
    ("Lễ diễn ra ở đâu?", "Lễ diễn ra tại Đà Lạt vào sáng sớm.", "Đà Lạt"),
    ("Cầu Gió thuộc huyện nào?", "Cầu Gió ở huyện Krông Nô.", "huyện Krông Nô"),
    ("Ai vẽ cầu Gió?", "Cầu Gió do kỹ sư Lê Văn Bến vẽ.", "Lê Văn Bến"),
    (
        "Ai là Bộ trưởng Bộ Gió?",
        "Dự lễ có Chánh Văn phòng Bộ Mây Trần Văn Bách và Bộ trưởng Bộ Gió Lê Văn Tám.",
        "Lê Văn Tám",
    ),
    ("Vì sao cầu bị đóng?", "Cầu bị đóng vì mố cầu nứt, xe phải đi vòng.", "vì mố cầu nứt"),
    ("Ông Bến nói gì về cây cầu?", "Ông Bến nói cây cầu sẽ xong trong năm.", "cây cầu sẽ xong trong năm"),
    ("Chiếc xe màu gì?", "Chiếc xe màu xanh đậm đỗ trước cổng.", "màu xanh đậm"),
    ("Vụ gì là gì?", "Blockchain là sổ cái dùng chung, khó sửa.", "sổ cái dùng chung"),
]  # fmt: skip


@pytest.mark.parametrize("case", SURE)
def test_the_words_that_answer_are_found(
    asking: Asking, telling: Telling, reader: QuestionReader, case: tuple[str, str, str]
) -> None:
    question, sentence, words = case
    query = reader.read(question)
    told = telling.told(asking.of(query), query, sentence)
    assert told[0].sure
    assert sentence[told[0].start : told[0].end] == words


UNTOLD = [
    ("Vé vào vườn giá bao nhiêu?", "Vườn mở cửa từ ngày 5/3 năm 2024."),
    ("Có bao nhiêu người đi hội?", "Hội khai mạc ngày 5/3."),
    ("Cầu khánh thành khi nào?", "Cầu đã khánh thành, xe đi lại thuận tiện."),
    ("Ai vẽ cầu Gió?", "Cầu Gió được vẽ đẹp."),
    ("Vì sao cầu bị đóng?", "Cầu bị đóng từ sáng nay."),
    ("Năm 2019 cầu xây ở đâu?", "Năm 2019 cầu xây xong."),
    ("Chiếc xe màu gì?", "Chiếc xe đỗ trước cổng."),
]


@pytest.mark.parametrize(("question", "sentence"), UNTOLD)
def test_what_a_sentence_does_not_tell_is_not_found(
    asking: Asking, telling: Telling, reader: QuestionReader, question: str, sentence: str
) -> None:
    query = reader.read(question)
    assert not telling.told(asking.of(query), query, sentence)


def test_what_the_question_gives_is_no_answer(asking: Asking, telling: Telling, reader: QuestionReader) -> None:
    query = reader.read("Năm 2024 ông Lê Văn Bến gặp ai?")
    sentence = "Năm 2024 ông Lê Văn Bến gặp ông Trần Văn Thác."
    [first, *_] = telling.told(asking.of(query), query, sentence)
    assert sentence[first.start : first.end] == "Trần Văn Thác"


def test_a_number_of_another_unit_is_of_the_sort_only(asking: Asking, telling: Telling, reader: QuestionReader) -> None:
    query = reader.read("Vé vào vườn giá bao nhiêu?")
    for sentence in ("Vườn rộng 5 ha.", "Vườn đón 1,2 tỷ người."):
        assert [told.sure for told in telling.told(asking.of(query), query, sentence)] == [False]


def test_of_several_numbers_the_one_beside_the_words_of_the_question_comes_first(
    asking: Asking, telling: Telling, reader: QuestionReader
) -> None:
    query = reader.read("Vé vào vườn bách thảo giá bao nhiêu?")
    sentence = "Sửa hàng rào hết 300 triệu đồng, còn vé vào vườn bách thảo là 20.000 đồng."
    [first, *_] = telling.told(asking.of(query), query, sentence)
    assert sentence[first.start : first.end] == "20.000 đồng"
