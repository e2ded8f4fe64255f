"""Which topic a question leads to."""

import pytest

from bot.pages.topics import topic_of
from retrieval import Date
from retrieval.query import QuestionReader
from tests.bot.records import EVENT, quote_of

QUOTE = "Sáng 15/9/2025, cầu Hương An được thông xe sau ba năm thi công."


@pytest.fixture(scope="module")
def reader() -> QuestionReader:
    return QuestionReader.from_config()


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Cầu Hương An được thông xe ngày nào?", "Cầu Hương An được thông xe"),
        ("cau huong an thong xe ngay nao", "cau huong an thong xe"),
        ("Ai đã cắt băng khánh thành cầu Hương An mới đây?", "cầu Hương An"),
        ("Trưa nay ăn gì?", ""),
        ("?", ""),
    ],
)
def test_a_topic_is_one_that_the_quote_speaks_of(reader: QuestionReader, question: str, topic: str) -> None:
    assert topic_of(reader.read(question), [quote_of(QUOTE, date=EVENT)]) == topic


def test_without_a_date_there_is_nothing_to_lay_out(reader: QuestionReader) -> None:
    assert not topic_of(reader.read("Cầu Hương An được thông xe ngày nào?"), [quote_of(QUOTE, date=Date())])


def test_an_office_alone_is_no_topic(reader: QuestionReader) -> None:
    quote = quote_of("Ngày 15/9/2025, Thứ trưởng Hà Kim Ngọc nói về mùa màng.", date=EVENT)
    assert not topic_of(reader.read("Thứ trưởng nào đã tới xem ruộng lúa bị ngập úng?"), [quote])
