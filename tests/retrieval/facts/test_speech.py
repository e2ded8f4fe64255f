"""Who says a sentence."""

import pytest

from retrieval.facts import Facts
from tests.retrieval.facts.conftest import sentences_of

_LEAD = "Bộ trưởng Bộ Y tế Lê Văn Tám tiếp ông Joe Biden.\n"


def _said(facts: Facts, text: str) -> tuple[str, str] | None:
    sentences = sentences_of(text)
    speech = facts.speaker(text, sentences[-1], facts.mentions(text, sentences))
    return (speech.speaker.name, speech.verb) if speech else None


@pytest.mark.parametrize(
    ("sentence", "name", "verb"),
    [
        ("Bộ trưởng Lê Văn Tám nhấn mạnh việc này.", "Lê Văn Tám", "nhấn mạnh"),
        ("Bộ trưởng cũng đề nghị làm ngay.", "Lê Văn Tám", "đề nghị"),
        ("Theo Bộ trưởng, việc đã xong.", "Lê Văn Tám", "theo"),
        ('"Việc đã xong" - Bộ trưởng khẳng định.', "Lê Văn Tám", "khẳng định"),
        ('"Việc đã xong", ông Biden nói.', "Joe Biden", "nói"),
        ("Ông Joe Biden, Tổng thống Mỹ, cho biết việc đã xong.", "Joe Biden", "cho biết"),
        ("Bộ trưởng Bộ Y tế: Việc đã xong.", "Lê Văn Tám", ":"),
        ("Tiếp thu ý kiến của ông Biden, Bộ trưởng đề nghị làm ngay.", "Lê Văn Tám", "đề nghị"),
        ("Phát biểu tại lễ, ông Tám thẳng thắn nêu rõ khó khăn.", "Lê Văn Tám", "nêu rõ"),
    ],
)
def test_the_subject_of_a_verb_of_saying_speaks(facts: Facts, sentence: str, name: str, verb: str) -> None:
    assert _said(facts, _LEAD + sentence) == (name, verb)


@pytest.mark.parametrize(
    "sentence",
    [
        "Bài viết của Bộ trưởng nhấn mạnh việc này.",
        "Trợ lý của ông Biden cho biết việc đã xong.",
        "Đại biểu hoan nghênh Bộ trưởng.",
        "Bộ trưởng được đề nghị làm ngay.",
        "Việc này đã được nhấn mạnh.",
    ],
)
def test_who_is_not_the_subject_does_not_speak(facts: Facts, sentence: str) -> None:
    assert _said(facts, _LEAD + sentence) is None
