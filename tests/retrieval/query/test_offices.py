"""Which offices a question speaks of: all that config/offices.toml has, and no list of its own."""

import pytest

from retrieval.config_files import load_toml
from retrieval.query.offices import office_heads
from retrieval.query.reader import QuestionReader


@pytest.fixture(scope="module")
def reader() -> QuestionReader:
    return QuestionReader.from_config()


@pytest.mark.parametrize(
    ("question", "offices", "kind"),
    [
        ("Tổng biên tập báo Bình An là ai?", ["tổng biên tập"], "who"),
        ("Thị trưởng nào bị kỷ luật?", ["thị trưởng"], "who"),
        ("thi truong nao bi ky luat", ["thi truong"], "who"),
        ("Phó Chủ tịch xã Bình An là ai?", ["chủ tịch"], "who"),
        ("Con tàu nào bị chìm?", [], "what"),
        ("Các thành viên ban đầu là nước nào?", [], "where"),
    ],
)
def test_an_office_is_known_from_the_one_list(
    reader: QuestionReader, question: str, offices: list[str], kind: str
) -> None:
    query = reader.read(question)
    assert [" ".join(query.terms[start:end]) for start, end in query.offices] == offices
    assert query.kind == kind


def test_of_an_office_only_the_head_counts() -> None:
    heads = office_heads(load_toml("offices.toml"))
    assert ("chủ", "tịch") in heads
    assert not [one for one in heads if len(one) < 2 or one[0] == "phó" or one[:2] == ("chủ", "tịch") != one]
