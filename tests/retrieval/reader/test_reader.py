"""What the reader that is shipped says of sentences that we wrote."""

import os
import subprocess
import sys

import pytest

from retrieval.reader import Passage, Reader

# A question, the sentence that answers, the words that do, and one that has as many of its words and does not.
ASKED = [
    (
        "Cây cầu mới dài bao nhiêu mét?",
        "Cây cầu mới có chiều dài 420 mét, rộng 12 mét.",
        "420 mét",
        "Cây cầu mới được sơn màu xanh, có hai làn xe.",
    ),
    (
        "Ai thiết kế thư viện của thị trấn?",
        "Kiến trúc sư Trần Văn Bình là người thiết kế thư viện.",
        "Trần Văn Bình",
        "Thư viện của thị trấn mở cửa từ thứ Hai đến thứ Bảy.",
    ),
    (
        "Vì sao buổi hòa nhạc bị hoãn?",
        "Buổi hòa nhạc bị hoãn vì mưa lớn làm hỏng sân khấu.",
        "mưa lớn",
        "Buổi hòa nhạc bị hoãn, ban tổ chức cho biết hôm thứ Ba.",
    ),
    (
        "Hội chợ sách khai mạc ngày nào?",
        "Hội chợ sách sẽ khai mạc vào ngày 12/9 tại nhà văn hóa.",
        "12/9",
        "Hội chợ sách năm nay có hơn một trăm gian hàng.",
    ),
    (
        "Trường học được xây ở đâu?",
        "Ngôi trường được xây trên khu đất cũ của nhà máy gạch.",
        "nhà máy gạch",
        "Ngôi trường được xây trong hai năm với ba mươi phòng học.",
    ),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.from_config()


@pytest.mark.parametrize(("question", "answer", "words", "other"), ASKED)
def test_a_sentence_that_answers_is_likelier_than_one_that_has_the_words(
    reader: Reader, question: str, answer: str, words: str, other: str
) -> None:
    told, beside = reader.read(question, [Passage(answer), Passage(other)])
    assert told.score > beside.score
    assert words in answer[told.start : told.end] or answer[told.start : told.end] in words


def test_questions_are_read_the_same_alone_and_beside_others(reader: Reader) -> None:
    question, answer, _, other = ASKED[0]
    both = reader.read(question, [Passage(answer), Passage(other)])
    assert reader.read(question, [Passage(answer)])[0].score == pytest.approx(both[0].score, abs=1e-2)


def test_nothing_to_read_costs_nothing(reader: Reader) -> None:
    assert reader.read("Ai?", []) == []
    [empty] = reader.read("", [Passage("")])
    assert (empty.start, empty.end) == (0, 0)


def test_it_can_be_switched_off() -> None:
    program = "from retrieval import known; print(known.cross_encoder() is None)"
    said = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program],
        env=os.environ | {"TRICH_READER": "off"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "True"
