"""What people type to a bot without asking anything: a table of it, and of questions that begin or look alike."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from bot.deciding.bare import topic_in
from bot.deciding.gating import decide
from bot.deciding.messages import read
from bot.deciding.small_talk import Kind, small_talk
from bot.memory.policy import Policy
from retrieval.tokens import fold
from tests.bot.messages import ME, MY_USER, PRIVATE, message, reply_to

EVAL = Path(__file__).parents[3].parent / "shared" / "eval"

QUESTIONS = [
    "Chào bạn, giá vàng hôm nay bao nhiêu?", "cảm ơn bạn, còn năm 2024 thì sao?", "ok vậy ai là thủ tướng?",
    "Ai là Bộ trưởng Ngoại giao?", "Sai phạm ở dự án nào?", "sai rồi, vậy cầu dài bao nhiêu?", "Hà Nội", "giá vàng",
    "Elon Musk", "Vâng Văn An là ai?", "bạn của Việt Nam là những nước nào?", "thủ tướng làm được gì trong năm qua?",
    "Hay là động đất ở Myanmar?", "chính xác bao nhiêu người chết?", "Trích lục khai sinh làm ở đâu?",
    "Bao nhiêu người bị phạt vì nói sai sự thật?", "tin giả về bão số 9", "ngủ bao nhiêu tiếng là đủ?", "TPHCM", "GDP",
    "bộ trưởng nào xin lỗi?", "haha là gì trong tiếng Nhật của ngư dân?", "Bye là ai?",
    "tạm biệt mùa hè do ai sáng tác?", "OK Corral ở đâu?",
    "Test nhanh COVID giá bao nhiêu?", "Trump", "bão số 9", "ASEAN", "lý do", "có gì mới về Ukraine?",
    "桥有多长？", "có gì mới về bão số 13?", "tin bão", "hôm nay có gì mới ở Huế", "thời sự Ukraine",
    "giá xăng?", "bão số mấy rồi", "mai mưa không", "ai vô địch", "hay quá, thế còn giá vàng?",
    "chào bạn, lũ ở Huế sao rồi", "tại sao tăng giá điện", "world cup khi nào đá", "trump nói gì",
    "ok thế bao giờ thông xe", "sea games có bao nhiêu môn", "nghỉ tết mấy ngày", "giá gạo?", "ai chết",
    "sao vậy, cầu sập à", "bà Nhàn bị bắt chưa", "ông Thưởng thôi chức khi nào", "tin bão", "chú ý gì khi đi bão",
    "cô giáo bị phạt vì sao", "đồ cũ Nhật", "bot Telegram nào bị chặn", "bạn bè quốc tế nói gì về Việt Nam",
    "em bé 3 tuổi mất tích ở đâu", "mày râu là gì", "nói gì về thuế", "hay tin gì ở Huế", "bac Ho sinh nam nao",
    "co gi hay o Da Nang", "thông tin về bão Yagi", "kết quả bóng đá", "tin vui cho người lao động",
    "cậu là ai trong Bộ Chính trị",
]  # fmt: skip


def cases() -> Iterator[tuple[str, Kind]]:
    table = tomllib.loads((Path(__file__).parent / "small_talk.toml").read_text(encoding="utf-8"))
    for kind in get_args(Kind):
        for text in table[kind].split("\n")[:-1]:
            yield text, kind


def test_small_talk_is_told_from_questions_and_of_each_kind() -> None:
    table = list(cases())
    assert len(table) >= 200
    assert len({text for text, _ in table}) == len(table)
    assert [(text, small_talk(text)) for text, kind in table if small_talk(text) != kind] == []


def test_nothing_of_it_is_searched_for_wherever_it_is_said() -> None:
    for text, kind in cases():
        assert decide(read(message(text, PRIVATE), ME), Policy(), ME).action in {"talk", "help"}, text
        reply = decide(read(message(text, **reply_to(MY_USER)), ME), Policy(), ME)
        assert reply.action == ("talk" if kind in {"complaint", "thanks", "about", "news"} else "silent"), text
        assert decide(read(message(text), ME), Policy("every"), ME).action == "silent", text


def test_no_small_talk_is_a_name_or_topic_that_is_opened() -> None:
    assert [text for text in QUESTIONS if small_talk(text)] == []


@pytest.mark.parametrize(
    "name", ["seed_questions.jsonl", "news_questions", "xquad_vi", "viquad_dev_fixed", "viquad2_a"]
)
def test_no_real_question_is_taken_for_small_talk(name: str) -> None:
    """In `news_questions` what is said to the bot stands among the questions: marked as far from all articles, and of
    few words. "Sss?", a slip in ViQuAD 2, is no question.
    """
    if not EVAL.is_dir():
        pytest.skip("other people's questions are not here (../shared/eval)")
    path = EVAL / name
    files = [path] if path.is_file() else [f for f in path.glob("*.jsonl") if f.name != "articles.jsonl"]
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    asked = [line["question"] for line in lines if line.get("near") or line["answerable"] or name != "news_questions"]
    asked = [question for question in asked if question != "Sss?"]
    assert len(asked) >= 30
    assert [text for text in asked if small_talk(text) or small_talk(fold(text))] == []
    assert [text for text in asked if topic_in(text) or topic_in(fold(text))] == []


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Elon Musk", "Elon Musk"),
        ("giá vàng", "giá vàng"),
        ("bão số 9", "bão số 9"),
        ("Ukraine.", "Ukraine"),
        ("Có gì mới về Ukraine?", "Ukraine"),
        ("co gi moi ve bao so 9", "bao so 9"),
        ("tin mới nhất về giá vàng trong nước", "giá vàng trong nước"),
        ("What's new about Elon Musk?", "Elon Musk"),
        ("giá vàng hôm nay", None),
        ("Cầu dài bao nhiêu?", None),
        ("thủ tướng Phạm Minh Chính đến Kiên Giang", None),
        ("2025", None),
        ("", None),
    ],
)
def test_a_name_or_topic_alone_is_seen(text: str, topic: str | None) -> None:
    assert topic_in(text) == topic
