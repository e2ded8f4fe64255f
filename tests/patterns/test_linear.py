"""Every pattern of both packages takes steps in proportion to its text, whatever the text."""

import re

import pytest

from tests.patterns.collecting import Compiled, calls, compiled
from tests.patterns.growth import too_dear


@pytest.fixture(scope="module")
def patterns() -> list[Compiled]:
    return compiled() + [written for _, _, written in calls() if written]


def test_every_place_that_compiles_a_pattern_is_looked_at(patterns: list[Compiled]) -> None:
    # What is compiled for a question only must be compiled by collecting._work too.
    seen = {(one.module, one.line) for one in patterns}
    assert {(module, line) for module, line, _ in calls()} - seen == set()


def test_nothing_else_compiles_patterns(patterns: list[Compiled]) -> None:
    assert len(patterns) > 250
    assert {one.module.partition(".")[0] for one in patterns} == {"bot", "retrieval"}


def test_no_text_costs_a_pattern_more_than_its_length_times_a_constant(patterns: list[Compiled]) -> None:
    ways = {(one.pattern, one.flags, way): one for one in patterns for way in one.ways}
    found = {
        f"{one.module}:{one.line} {one.pattern!r}": dear
        for (pattern, flags, way), one in ways.items()
        if (dear := too_dear(pattern, flags, way))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        # The anniversary of timeline/events.py and the source of reading/marginal.py, as they were: exponential.
        (
            r"(?<!\w)k[ỷỉ]\sniệm\s(?:(?!(?:diễn|tổ|được|vào|tại|trong|sẽ|đã|sáng|trưa|chiều|tối|hôm)(?!\w))[\w(/.-]+[\s(]+){0,14}$",
            "search",
        ),
        (r"\(?Theo\s+(?P<who>[A-ZĐ][\w.]*(?:[\s./-]+[\wÀ-ỹ.]+){0,4})\)?", "fullmatch"),
        # The two neighbours of timeline/subject.py, as they were: the ninth power.
        (r"đối(?!\w)[\W_]+(?P<between>(?:(?!đối(?!\w))\w+[\W_]+){0,4}?)(?P<last>ngoại)(?!\w)", "search"),
        (r"\s+$", "search"),
        (r"<[^>]*>", "search"),
        (r"(?:a|aa)*b", "match"),
        (r"\w+@\w+", "search"),
        (r".*?a.*?b", "match"),
        (r"(?s:.*a)?x\d{1,90}", "search"),
    ],
)
def test_a_pattern_that_goes_back_and_back_is_found(pattern: str, way: str) -> None:
    assert too_dear(pattern, re.IGNORECASE, way) is not None


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s+$", r"<[^<>]*>", r"\A\s*+date", r"(?<!\w)\w++@\w++", r"[a-z]{1,20}@"])
def test_one_that_does_not_is_let_through(pattern: str) -> None:
    assert too_dear(pattern) is None
