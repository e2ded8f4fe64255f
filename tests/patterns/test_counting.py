"""The engine that counts finds what `re` finds, and counts what backtracking costs."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patterns.counting import CountingPattern, TooManyStepsError

_MANY = 1_000_000

_ATOMS = st.sampled_from(
    ["a", "b", "B", "á", " ", r"\w", r"\s", r"\d", "[ab]", "[^b]", ".", "-", r"\b", r"\B", "^", "$", r"\A", r"\Z",
     "(?<=a)", "(?<!a)", "(?=b)", "(?!b)", r"(?<!\w)", r"(?!\w)", "(a|b)(?:-\\1)?"]
)  # fmt: skip
_REPEATS = st.sampled_from(["*", "+", "?", "{0,3}", "{2}", "{1,2}?", "*?", "+?", "??", "*+", "++", "?+", "{1,2}+"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("(?:{}){}".format, inner, _REPEATS),
        st.builds("(?>{})".format, inner),
        st.builds("(?={})".format, inner),
        st.builds("(?!{})".format, inner),
    )


_PATTERNS = st.recursive(_ATOMS, _larger, max_leaves=8)
_TEXTS = st.text("abB á-\n1", max_size=12)
_FLAGS = st.sampled_from([0, re.IGNORECASE, re.MULTILINE, re.DOTALL])


@settings(max_examples=400, deadline=None, derandomize=True)
@given(_PATTERNS, _TEXTS, _FLAGS)
def test_it_finds_what_re_finds(pattern: str, text: str, flags: int) -> None:
    if pattern.count("\\1") > 1:  # a reference is to the first
        return
    counting = CountingPattern(pattern, flags)
    found = re.match(pattern, text, flags)
    assert counting.match(text, _MANY, whole=False) == (found.end() if found else -1)
    whole = re.fullmatch(pattern, text, flags)
    assert counting.match(text, _MANY, whole=True) == (whole.end() if whole else -1)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\s+$", "a  b  "),
        (r"(?i)([à-ỹ]+)-\1", "Ộộ-ộỘ"),
        (r"<[^>]*>", "<a <b> c>"),
        (r"(?s:a.)|(?i:É)", "a\né"),
        (r"\w+", "a bc"),
    ],
)
def test_it_finds_all_that_finditer_finds(pattern: str, text: str) -> None:
    assert CountingPattern(pattern).search(text, _MANY) == [m.span() for m in re.finditer(pattern, text)]


def test_each_character_looked_at_is_a_step() -> None:
    counting = CountingPattern("a+b")
    counting.search("x" * 10, _MANY)
    assert counting.steps == 11  # each place begun at
    counting.search("a" * 10, _MANY)
    assert counting.steps > 3 * sum(range(10))  # and from each the letters up to the end, and back


def test_backtracking_is_counted() -> None:
    with pytest.raises(TooManyStepsError):
        CountingPattern("(?:a+)+b").match("a" * 40, _MANY, whole=False)
