"""Paragraphs → sentences with exact offsets."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from underthesea import sent_tokenize

# The tokenizer cuts after the full stop and leaves closing marks at the beginning of the next sentence.
_CLOSING = re.compile(r"""["”’»)\]]{1,8}+(?=\s|$)""")
# Ends that the tokenizer takes for an abbreviation's: "… rộng 25 km. Tại đây", "… 40,4 °C. Còn", "… du lịch… Thúc đẩy".
_END = re.compile(
    r"""(?:…|\.{3}|°[CF]\.|\d\ ?(?:km|m|cm|mm|ha|kg|g|mg|l)[²³]?\.)["”’»)\]]*(?=\s+["“‘«(\[]?(?P<next>\w))"""
)

# No word, abbreviation or number is so long: no sentence ends inside of it.
_RUN = re.compile(r"[\w.]{60,}")
# But for an ellipsis, which the tokenizer sees without looking back.
_INNER_STOP = re.compile(r"(?<!\.)\.{1,2}(?=[^\W_])")
_FIRST = re.compile(r"\S")
_SPACE = re.compile(r"\s")

# Characters. The longest of 28,000 sentences of news has 950. What is longer is a list or no sentence, and would cost
# all that looks at a sentence's words one against the other too much.
_LONGEST = 1200
_MARKS = frozenset({"Mn", "Mc", "Me"})

# One of these ends every sentence but the last: most paragraphs of news have none inside.
_MARK = re.compile(r"[.?!…]")


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph, `text[start:end]`, as (start, end) in `text`, without outer white space.

    Cut by `underthesea.sent_tokenize`, which gives exact substrings. Every character of the paragraph that is not
    white space lies in exactly one sentence, and none is longer than `_LONGEST`.
    """
    for first, last in pairwise(_shortened(text, [start, *_cuts(text, start, end), end])):
        piece = text[first:last]
        stripped = piece.strip()
        if stripped:
            begin = first + piece.index(stripped)
            yield begin, begin + len(stripped)


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where each sentence but the last ends, ascending."""
    if not _MARK.search(text, start, end - 1):
        return []
    cuts: set[int] = set()
    paragraph = _masked(text[start:end])
    cursor, quotes = 0, 0
    for piece in sent_tokenize(paragraph):
        found = paragraph.find(piece, cursor)
        if found < 0:  # not to the letter: the rest of the paragraph stays whole
            break
        quotes += paragraph.count('"', cursor, found + len(piece))
        cursor = found + len(piece)
        closing = _CLOSING.match(paragraph, cursor)
        opened = closing and (closing[0][0] != '"' or quotes % 2 == 1)
        cuts.add(start + (closing.end() if closing and opened else cursor))
    cuts.update(_missed(text, start, end))
    return sorted(cut for cut in cuts if _begins(text, cut, end))


def _shortened(text: str, cuts: Sequence[int]) -> Iterator[int]:
    """The cuts with more between them where they lie too far apart: in white space, else between two letters."""
    for first, last in pairwise(cuts):
        at = first
        while last - at > _LONGEST:
            yield at
            at = _cut_within(text, at + _LONGEST // 2, at + _LONGEST)
        yield at
    yield cuts[-1]


def _cut_within(text: str, first: int, last: int) -> int:
    """The last white space there, else the last place that parts no letter from its marks."""
    spaces = [space.start() for space in _SPACE.finditer(text, first, last)]
    whole = (at for at in range(last, first, -1) if unicodedata.category(text[at]) not in _MARKS)
    return spaces[-1] if spaces else next(whole, last)


def _masked(paragraph: str) -> str:
    """The paragraph, letter for letter as long, with none of the runs at whose every full stop the tokenizer would
    look back to their beginning: "A.A.A.A." for a hundred kilobytes.
    """
    return _RUN.sub(lambda run: _INNER_STOP.sub(lambda stops: "a" * len(stops[0]), run[0]), paragraph)


def _missed(text: str, start: int, end: int) -> Iterator[int]:
    """Ends that the tokenizer does not see, outside of quotation marks."""
    seen, straight, opened = start, 0, 0
    for missed in _END.finditer(text, start, end):
        at = missed.end()
        straight += text.count('"', seen, at)
        opened += text.count("“", seen, at) - text.count("”", seen, at)
        seen = at
        if missed["next"].isupper() and straight % 2 == 0 and opened <= 0:
            yield at


def _begins(text: str, cut: int, end: int) -> bool:
    """Whether a sentence may begin so: not in lower case, as after "www." or "em Đ.", and not at the very end."""
    first = _FIRST.search(text, cut, end)
    return first is not None and not first[0].islower()
