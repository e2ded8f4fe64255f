"""A question and a sentence as one row of pieces, each marked with what the other text has of its word."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.reader.pieces import END, START, Piece, Pieces
from retrieval.tokens import fold

# No more pieces of each: what follows is cut off, of what stands before the sentence what comes first.
_QUESTION, _TITLE, _SENTENCE, _BESIDE = 36, 20, 80, 20
# No pair is longer: of all these, and six that begin or end a part.
LONGEST = _QUESTION + _TITLE + _SENTENCE + 2 * _BESIDE + 6
_WORD = re.compile(r"\w++")
# Marks: of the question whether the sentence, or what is beside it, has the word; of these whether the question has it.
IN_SENTENCE, IN_CONTEXT, OF_SENTENCE, OF_CONTEXT, BORDER = 1, 2, 3, 5, 7
MARKS = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with the ones `before` and `after` it in its article, and the article's title; each may be ""."""

    text: str
    before: str = ""
    after: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """`pieces` and their `marks` (of MARKS), both of the same length; those from `first` on are the `sentence`."""

    pieces: tuple[int, ...]
    marks: tuple[int, ...]
    first: int
    sentence: tuple[Piece, ...]


class Pairing:
    """Makes them."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces

    def of(self, question: str, passage: Passage) -> Pair:
        """`<s> question </s> title </s> before </s> sentence </s> after </s>`, without `title </s>` if there is none.

        A question without diacritics is compared without them.
        """
        plain: Callable[[str], str] = fold if question.isascii() else str.lower
        here = frozenset(map(plain, _WORD.findall(passage.text)))
        around = here.union(map(plain, _WORD.findall(f"{passage.title} {passage.before} {passage.after}")))
        asked = frozenset(map(plain, _WORD.findall(question)))

        def shared(text: str, pieces: Sequence[Piece], other: frozenset[str]) -> list[int]:
            return list(_shared(text, pieces, other, plain))

        words, sentence = self._pieces.of(question)[:_QUESTION], self._pieces.of(passage.text)[:_SENTENCE]
        title = self._pieces.of(passage.title)[:_TITLE]
        before, after = self._pieces.of(passage.before)[-_BESIDE:], self._pieces.of(passage.after)[:_BESIDE]
        in_sentence, in_context = shared(question, words, here), shared(question, words, around)
        marks = (
            0,
            *(
                IN_SENTENCE if one else IN_CONTEXT if two else 0
                for one, two in zip(in_sentence, in_context, strict=True)
            ),
            0,
            *(OF_CONTEXT + one for one in shared(passage.title, title, asked)),
            *(BORDER for _ in title[:1]),
            *(OF_CONTEXT + one for one in shared(passage.before, before, asked)),
            BORDER,
            *(OF_SENTENCE + one for one in shared(passage.text, sentence, asked)),
            BORDER,
            *(OF_CONTEXT + one for one in shared(passage.after, after, asked)),
            BORDER,
        )
        of_title = [title] if title else []
        parts = [[piece.number for piece in part] for part in (words, *of_title, before, sentence, after)]
        pieces = (START, *(number for part in parts for number in (*part, END)))
        first = 3 + len(words) + len(before) + sum(len(part) + 1 for part in of_title)
        return Pair(pieces, marks, first, tuple(sentence))


def _shared(text: str, pieces: Sequence[Piece], other: frozenset[str], plain: Callable[[str], str]) -> Iterator[int]:
    """For each piece 1 where the other text has its word, else 0."""
    words = _WORD.finditer(text)
    word = next(words, None)
    for piece in pieces:
        while word and word.end() <= piece.start:
            word = next(words, None)
        yield int(bool(word and word.start() < piece.end and plain(word[0]) in other))
