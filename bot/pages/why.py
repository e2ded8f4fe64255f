"""Why quotes were chosen, as far as a reader can check it: what was looked for, and what of it each has; pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.pages.asked_for import is_term
from bot.pages.glance import distinct, marked
from retrieval import Quote
from retrieval.query import Query
from retrieval.tokens import fold, syllables

_WORD = re.compile(r"[^\W_]+")
_BESIDE = re.compile(r"\s*")  # between two words that are shown as one phrase
_LONGEST_ANSWER = 100  # characters: longer words that answer stand in the quote


@dataclass(frozen=True, slots=True)
class Told:
    """Of a quote its number (0: it is alone), the words of the question that it has, those of its own that answer
    (empty: none are known), and how likely it is right, in percent (0: that is not known).
    """

    number: int
    words: tuple[str, ...]
    answer: str
    share: int


@dataclass(frozen=True, slots=True)
class Why:
    """The `kind` of a question as config/questions.toml names it, the words that were looked for, and the quotes."""

    kind: str
    sought: tuple[str, ...]
    told: tuple[Told, ...]


def why(query: Query, quotes: Sequence[Quote], share: int) -> Why:
    """Why these quotes answer the query, the first with a likelihood of `share` percent."""
    shown, terms = distinct(quotes), set(query.terms)
    told = [
        Told(
            number if len(shown) > 1 else 0,
            _phrases(query.text, _said_by(quote, query)),
            _short(marked(quote)[1]),
            share if number == 1 else 0,
        )
        for number, quote in enumerate(shown, 1)
    ]
    return Why(query.kind, _phrases(query.text, lambda word: is_term(word, terms)), tuple(told))


def _said_by(quote: Quote, query: Query) -> Callable[[str], bool]:
    """Whether a word that is looked for stands in the quote."""
    words, terms = set(syllables(quote.text if query.accented else fold(quote.text))), set(query.terms)

    def is_said(word: str) -> bool:
        found = syllables(word if query.accented else fold(word))
        return is_term(word, terms) and bool(found) and found[0] in words

    return is_said


def _phrases(text: str, is_wanted: Callable[[str], bool]) -> tuple[str, ...]:
    """The words that are wanted, as they are written; those that stand side by side are one phrase, each said once."""
    return tuple(dict.fromkeys(text[start:end] for start, end in _runs(text, is_wanted)))


def _runs(text: str, is_wanted: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    run: tuple[int, int] | None = None
    for word in _WORD.finditer(text):
        if run and not _BESIDE.fullmatch(text, run[1], word.start()):
            yield run
            run = None
        if is_wanted(word[0]):
            run = (run[0] if run else word.start(), word.end())
        elif run:
            yield run
            run = None
    if run:
        yield run


def _short(answer: str) -> str:
    return answer if len(answer) <= _LONGEST_ANSWER else ""
