"""Who says a sentence."""

import pytest

from retrieval.facts import Facts
from tests.retrieval.facts.conftest import sentences_of

_LEAD = "Bộ trưởng Bộ Y tế Lê Văn Tám tiếp ông Joe Biden.\n"


def _said(facts: Facts, text: str) -> tuple[str, str] | None:
    sentences = sentences_of(text)
    speech = facts.read(text, sentences).speeches.get(len(sentences) - 1)
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
        ("Ông Tom Price, chuyên gia phân tích tại một quỹ ở London, nhận định việc đã xong.", "Tom Price", "nhận định"),
        ("Ông Tom Price, chuyên gia của một quỹ cho biết việc đã xong.", "Tom Price", "cho biết"),
        ("Ông Tom Price - chủ một hãng tàu - sau đó cũng nói như vậy.", "Tom Price", "nói"),
        ("Ông Tom Price (chủ một hãng tàu) cho hay việc đã xong.", "Tom Price", "cho hay"),
        ("Ông Biden hôm 5/9 tuyên bố việc đã xong.", "Joe Biden", "tuyên bố"),
        ("Ông Biden trên mạng xã hội viết rằng việc đã xong.", "Joe Biden", "viết"),
        ("Cựu Tổng thống Joe Biden nói việc đã xong.", "Joe Biden", "nói"),
        ("Tại đây Bộ trưởng khẳng định việc đã xong.", "Lê Văn Tám", "khẳng định"),
        ('"Ông Biden nói sẽ làm", Bộ trưởng cho biết.', "Lê Văn Tám", "cho biết"),
        ('Việc ấy "quá nặng", làm sao "nhẹ" được", ông Biden nói.', "Joe Biden", "nói"),
        ("Theo Bộ trưởng, dân các làng muốn có nước, các chủ trại nói cần thêm.", "Lê Văn Tám", "theo"),
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
        "Em gái ông Biden tuyên bố việc đã xong.",
        "Cuba cho rằng Mỹ vội vàng, ông Biden nói dối.",
        "Cuba tuyên bố Mỹ vội vàng, ông Biden đề nghị sai.",
        "Đó là người được ông Biden ủng hộ.",
        "Ông Biden kể từ hôm ấy ở nhà.",
        "Ông Biden từ chối nói về việc này.",
        "Ông Biden trên xe do cảnh sát công bố vẫn bình thường.",
        "Ông Biden, khi các báo nói đến việc này, đã ra về.",
        "Ông Biden, hai giờ sau các báo nói, đã ra về.",
        '"Ông Biden nói sẽ làm", một báo viết.',
        "Chuyện mà ông Biden nói là thật.",
    ],
)
def test_who_is_not_the_subject_does_not_speak(facts: Facts, sentence: str) -> None:
    assert _said(facts, _LEAD + sentence) is None


def _who_says(facts: Facts, text: str) -> list[str | None]:
    """The speaker of each sentence."""
    sentences = sentences_of(text)
    found = facts.read(text, sentences).speeches
    return [found[index].speaker.name if index in found else None for index in range(len(sentences))]


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        ('Bộ trưởng Lê Văn Tám nói: "Đường đã xong. Cầu thì chưa. Năm sau mới xong". Xe đã chạy.', "TTT-"),
        ("“Đường đã xong. Cầu thì chưa”, Bộ trưởng Lê Văn Tám nói. Xe đã chạy.", "TT-"),
        ('"Đường đã xong", Bộ trưởng Lê Văn Tám nói. "Cầu thì chưa." Xe đã chạy.', "TT-"),
        ('"Đường đã xong", Bộ trưởng Lê Văn Tám nói. Xe "đã chạy" trên đường.', "T-"),
        ('Báo viết: "Đường đã xong. Cầu thì chưa". Bộ trưởng Lê Văn Tám nói xe đã chạy.', "--T"),
        ('Bộ trưởng Lê Văn Tám nói: "Đường đã xong. Cầu thì chưa.\nXe đã chạy. Dân vui.', "TT--"),
    ],
)
def test_a_quotation_over_several_sentences_has_one_speaker(facts: Facts, paragraph: str, said: str) -> None:
    assert _who_says(facts, paragraph) == ["Lê Văn Tám" if letter == "T" else None for letter in said]


def test_a_quotation_with_two_speakers_is_not_spread(facts: Facts) -> None:
    text = '"Đường đã xong", ông Lê Văn Tám nói. "Cầu thì chưa", ông Trần Văn Sáu nói. "Xe đã chạy."'
    assert _who_says(facts, text) == ["Lê Văn Tám", "Trần Văn Sáu", None]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ông Lê Văn Tám, ông Trần Văn Sáu nói sẽ đi.", ["Trần Văn Sáu"]),
        ("Ông Lê Văn Tám (ông Trần Văn Sáu thay mặt) nói sẽ đi.", []),
        ("Ông Lê Văn Tám, con ông Trần Văn Sáu, nói sẽ đi.", ["Lê Văn Tám"]),
    ],
)
def test_who_is_named_after_a_mark_is_nothing_that_another_is(facts: Facts, text: str, speakers: list[str]) -> None:
    assert [speech.speaker.name for speech in facts.read(text, sentences_of(text)).speeches.values()] == speakers
