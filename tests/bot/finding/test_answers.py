import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.finding import answers
from bot.finding.desk import Desk
from bot.memory.asked import Asked
from bot.texts.reply import Replies
from retrieval import Library, asker, known
from retrieval.index.index import Index
from retrieval.query import Query
from retrieval.ranking.ranking import Ranked, Weights, rank

TODAY = datetime.date(2026, 11, 29)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "cau.txt").write_text(
        "Cầu Hương An được thông xe.\nCầu Hương An bắc qua sông Bồ, dài 1.200 m, do Lê Văn Tám thiết kế.\n",
        encoding="utf-8",
    )
    return Desk(Library.open([tmp_path / "cau.txt"]), Replies(), 3)


@pytest.fixture
def rankings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that sentences are ranked for."""
    ranked: list[str] = []

    def counted(index: Index, weights: Weights, query: Query, *others: Any) -> Ranked:
        ranked.append(query.text)
        return rank(index, weights, query, *others)

    monkeypatch.setattr(asker, "rank", counted)
    return ranked


@pytest.mark.parametrize(
    "question",
    [
        "Cầu Hương An bắc qua sông nào?",
        "Trần Bá Lộc khánh thành cầu Tân Kiều ở Huế và Đà Nẵng năm nào?",
        "Lê Văn Tám thiết kế cầu Hương An cho Trần Bá Lộc với giá bao nhiêu tiền?",
    ],
)
def test_sentences_are_ranked_once_for_a_question_whatever_is_said_of_its_refusal(
    desk: Desk, rankings: list[str], question: str
) -> None:
    found = answers.find(desk, Asked(question, TODAY), "vi", 1)
    assert found.texts
    assert len(rankings) == 1


def test_of_a_question_in_vain_the_names_that_no_article_has_are_told(desk: Desk) -> None:
    found = answers.find(desk, Asked("Trần Bá Lộc thiết kế cầu Hương An năm nào?", TODAY), "vi", 1)
    assert "Bá Lộc" in "".join(found.texts)


def test_who_has_no_time_is_answered_without_the_reader(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "gio.txt").write_text(
        "Cầu Gió bắc qua sông Bến được khánh thành. Cầu Gió và con đường qua cầu Gió được trồng hoa hai bên, ban quản "
        "lý cầu cho biết. Công trình dài 420 mét, rộng 12 mét. Xe máy được đi miễn phí.\n",
        encoding="utf-8",
    )
    desk = replace(desk, library=Library.open([tmp_path / "gio.txt"]))
    asked = Asked("Vé qua cầu Gió giá bao nhiêu?", TODAY)
    read, hurried = (answers.find(replace(desk, hurried=one), asked, "vi", 1).texts[0] for one in (False, True))
    assert "<blockquote>" not in read  # no sentence tells it, which the reader sees
    assert "<blockquote>" in hurried


def test_for_who_has_no_time_what_may_have_been_meant_is_looked_for_without_the_reader(
    desk: Desk, rankings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked("Cấu Hưởng An dài bao nhiêu mét?", TODAY)
    monkeypatch.setattr(known, "cross_encoder", lambda: pytest.fail("the reader is asked"))
    answers.find(replace(desk, hurried=True), asked, "vi", 1)
    assert "cau huong an dai bao nhieu met?" in rankings
