"""Paragraphs → sentences with exact offsets."""

import re
from collections.abc import Iterator

from underthesea import sent_tokenize

# The tokenizer cuts after the full stop and leaves closing marks at the beginning of the next sentence.
_CLOSING = re.compile(r"""["”’»)\]]+(?=\s|$)""")


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph, `text[start:end]`, as (start, end) in `text`, without outer white space.

    Cut by `underthesea.sent_tokenize`, which gives exact substrings. Every character of the paragraph that is not
    white space lies in exactly one sentence.
    """
    cuts = _cuts(text, start, end)
    for first, last in zip([start, *cuts], [*cuts, end], strict=True):
        piece = text[first:last]
        stripped = piece.strip()
        if stripped:
            begin = first + piece.index(stripped)
            yield begin, begin + len(stripped)


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where each sentence but the last ends."""
    cuts: list[int] = []
    cursor = start
    for piece in sent_tokenize(text[start:end]):
        found = text.find(piece, cursor, end)
        if found < 0:  # not to the letter: the rest of the paragraph stays whole
            break
        cursor = found + len(piece)
        closing = _CLOSING.match(text, cursor, end)
        opened = closing and (closing[0][0] != '"' or text[start:cursor].count('"') % 2 == 1)
        cuts.append(closing.end() if closing and opened else cursor)
    return cuts[:-1] if cuts and not text[cuts[-1] : end].strip() else cuts
