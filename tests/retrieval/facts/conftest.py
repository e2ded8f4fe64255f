"""One compiled `Facts` for all tests, and articles from plain text: one paragraph a line."""

from collections.abc import Callable

import pytest

from retrieval import sentences
from retrieval.facts import Facts, Mention
from retrieval.records import NO_DATE, Kind, Sentence

Read = Callable[..., tuple[Mention, ...]]


@pytest.fixture(scope="session")
def facts() -> Facts:
    return Facts.from_config()


def sentences_of(text: str, first: Kind = "body") -> tuple[Sentence, ...]:
    """The sentences of a text whose lines are paragraphs, empty ones left out; `first` is the first line's kind."""
    found: list[Sentence] = []
    position = paragraph = 0
    for line in text.split("\n"):
        kind = "body" if paragraph else first
        for start, end in sentences.split(text, position, position + len(line)):
            found.append(Sentence("article", len(found), start, end, kind, NO_DATE, paragraph))
        position += len(line) + 1
        paragraph += bool(line.strip())
    return tuple(found)


@pytest.fixture(scope="session")
def read(facts: Facts) -> Read:
    """The mentions of a text."""

    def mentions(text: str, first: Kind = "body") -> tuple[Mention, ...]:
        return facts.mentions(text, sentences_of(text, first))

    return mentions
