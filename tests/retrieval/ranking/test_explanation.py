import json
from math import exp, isclose
from pathlib import Path

import pytest

from retrieval import Explanation, Library
from tests.retrieval.test_command_line import folder, run

__all__ = ["folder"]  # the fixture


@pytest.fixture
def library(folder: Path) -> Library:
    return Library.open([folder])


def test_an_explanation_has_the_answer_that_ask_gives(library: Library) -> None:
    for question in ("Cầu Gió dài bao nhiêu?", "ai là thị trưởng Paris", "", "ông ấy là ai"):
        assert library.explain(question).answer == library.ask(question)


def test_the_features_add_up_to_the_score(library: Library) -> None:
    [part] = library.explain("Cầu Gió dài bao nhiêu?").parts
    found = library.search("Cầu Gió dài bao nhiêu?")
    assert [candidate.quote.text for candidate in part.candidates] == [quoted.text for quoted in found]
    for candidate in part.candidates:
        assert isclose(candidate.quote.score, sum(feature.adds for feature in candidate.features))


def test_the_factors_add_up_to_the_confidence(library: Library) -> None:
    explanation = library.explain("Cầu Gió dài bao nhiêu?")
    [part] = explanation.parts
    assert isclose(part.confidence, 1 / (1 + exp(-part.bias - sum(factor.adds for factor in part.factors))))
    assert part.confidence == explanation.answer.confidence


def test_the_question_is_shown_as_understood(library: Library) -> None:
    [part] = library.explain("Ai là Phó Chủ tịch UBND năm 2025?").parts
    assert (part.kind, part.accented, part.numbers, part.offices) == ("who", True, ("2025",), ("chủ tịch",))
    assert part.terms[:5] == ("phó", "chủ", "tịch", "ủy", "ban")


def test_a_comparing_question_is_explained_in_parts(library: Library) -> None:
    parts = library.explain("Cầu Gió năm 2023 dài bao nhiêu, còn năm 2025 dài bao nhiêu?").parts
    assert [part.numbers for part in parts] == [("2023",), ("2025",)]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Cầu Gió dài bao nhiêu?", ""),
        ("là gì", "no words to look for"),
        ("vũ trụ", "nothing found"),
        ("ông ấy nói gì", "whom it means is not said"),
        ("Cầu Gió thông xe năm 2019 phải không", "another number"),
        ("vì sao xe máy bị cấm qua cầu", "not sure enough"),
    ],
)
def test_a_refusal_has_its_reason(library: Library, question: str, reason: str) -> None:
    assert library.explain(question).reason == reason


def test_the_command_prints_it_readably_and_as_json(folder: Path) -> None:
    told = run("ask", "--explain", "ai là thị trưởng Paris", "--library", folder)
    assert told.exit_code == 1
    assert "thị · trưởng · paris" in told.stdout
    assert "refused: nothing found" in told.stdout
    printed = json.loads(run("ask", "--explain", "--json", "Cầu Gió dài mấy mét", "--library", folder).stdout)
    assert list(printed) == list(Explanation.__dataclass_fields__)
    assert printed["parts"][0]["candidates"][0]["features"][0]["name"]
