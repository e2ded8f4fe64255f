"""Why quotes were chosen: what of the question each of them has, in the question's own words."""

from dataclasses import replace

import pytest

from bot.pages.why import Told, why
from retrieval import Library
from retrieval.records import Span
from tests.bot.records import quote_of

TEXT = "Cây cầu dài 1.200 mét, nối hai bờ sông Nhạn."


@pytest.mark.parametrize(
    ("question", "sought", "words"),
    [
        ("Cây cầu Hương An dài bao nhiêu mét?", ("Cây cầu Hương An dài", "mét"), ("Cây cầu", "dài", "mét")),
        ("cay cau huong an dai bao nhieu met", ("cay cau huong an dai", "met"), ("cay cau", "dai", "met")),
        ("Lễ hội hoa ban mở tại đâu?", ("Lễ hội hoa ban mở",), ()),
    ],
)
def test_the_words_that_stand_in_the_quote_are_told_as_they_were_asked(
    library: Library, question: str, sought: tuple[str, ...], words: tuple[str, ...]
) -> None:
    found = why(library.read_question(question), [quote_of(TEXT)], 87)
    assert (found.sought, found.told) == (sought, (Told(0, words, "", 87),))


def test_quotes_are_numbered_as_they_are_shown_and_the_first_says_how_likely_it_is(library: Library) -> None:
    first, second = quote_of(TEXT), quote_of("Cầu rộng.")
    at = first.start + TEXT.index("1.200 mét")
    first = replace(first, answer=Span(at, at + len("1.200 mét"), "body"))
    headline = replace(second, kind="headline")
    found = why(library.read_question("Cầu dài bao nhiêu mét?"), [first, headline, second], 87)
    assert found.kind == "how many"
    assert [(told.number, told.answer, told.share) for told in found.told] == [(1, "1.200 mét", 87), (2, "", 0)]
