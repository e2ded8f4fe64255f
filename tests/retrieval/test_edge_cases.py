"""Questions that ask nothing, and libraries that hold nothing: a defined answer each."""

from pathlib import Path

import pytest

from retrieval import Library
from tests.retrieval.test_command_line import folder, run

__all__ = ["folder"]  # the fixture

NOTHING_ASKED = {
    "empty": "",
    "white space": " \n\t ",
    "one letter": "x",
    "stop words": "ai là gì ở đâu khi nào",
    "emoji": "🙂🎉👍🏽",
    "punctuation": "?!…",
    "zero width": "\u200b\u200d",
    "a word no article has": "zyxwv",
    "4,000 characters of nothing": "abcde " * 666,
}


@pytest.mark.parametrize("question", NOTHING_ASKED.values(), ids=NOTHING_ASKED)
def test_what_asks_nothing_is_not_found(folder: Path, question: str) -> None:
    library = Library.open([folder])
    answer = library.ask(question)
    assert (answer.status, answer.quotes, answer.nearest, answer.suggestions) == ("not_found", (), (), ())
    assert answer.confidence < 0.1
    assert library.search(question) == ()
    assert library.explain(question).answer == answer
    asks = any(map(str.isalnum, question))
    assert run("ask", "--library", folder, "--", question).exit_code == (1 if asks else 2)


def test_a_question_of_4000_characters_is_answered(folder: Path) -> None:
    question = "Cầu Gió dài bao nhiêu mét? " + "cho biết " * 440
    answer = Library.open([folder]).ask(question)
    assert answer.status == "answered"
    assert answer.quotes[0].text.startswith("Cầu Gió dài 950 m")


@pytest.mark.parametrize("question", ["Cầu Gió dài bao nhiêu?", "TBT năm 2023 là ai, còn năm 2025?", "", "🙂"])
def test_an_empty_library_finds_nothing(folder: Path, question: str) -> None:
    (folder / "cau.txt").unlink()
    library = Library.open([folder])
    assert (library.ask(question).status, library.search(question)) == ("not_found", ())
    assert library.explain(question).answer.status == "not_found"
    assert run("ask", question, "--library", folder).exit_code == (1 if any(map(str.isalnum, question)) else 2)
