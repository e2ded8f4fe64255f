"""Paragraphs → sentences with exact offsets."""

import re
from collections.abc import Iterator

from underthesea import sent_tokenize

# The tokenizer cuts after the full stop and leaves closing marks at the beginning of the next sentence.
_CLOSING = re.compile(r"""["”’»)\]]{1,8}+(?=\s|$)""")
# Ends that the tokenizer takes for an abbreviation's: "… rộng 25 km. Tại đây", "… 40,4 °C. Còn", "… du lịch… Thúc đẩy".
_END = re.compile(
    r"""(?:…|\.{3}|°[CF]\.|\d\ ?(?:km|m|cm|mm|ha|kg|g|mg|l)[²³]?\.)["”’»)\]]*(?=\s+["“‘«(\[]?(?P<next>\w))"""
)

# One of these ends every sentence but the last: most paragraphs of news have none inside.
_MARK = re.compile(r"[.?!…]")


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
    """Where each sentence but the last ends, ascending."""
    if not _MARK.search(text, start, end - 1):
        return []
    cuts: set[int] = set()
    cursor = start
    for piece in sent_tokenize(text[start:end]):
        found = text.find(piece, cursor, end)
        if found < 0:  # not to the letter: the rest of the paragraph stays whole
            break
        cursor = found + len(piece)
        closing = _CLOSING.match(text, cursor, end)
        opened = closing and (closing[0][0] != '"' or text[start:cursor].count('"') % 2 == 1)
        cuts.add(closing.end() if closing and opened else cursor)
    for missed in _END.finditer(text, start, end):
        if missed["next"].isupper() and not _in_quotation(text[start : missed.end()]):
            cuts.add(missed.end())
    return sorted(cut for cut in cuts if _begins(text[cut:end].lstrip()))


def _begins(rest: str) -> bool:
    """Whether a sentence may begin so: not in lower case, as after "www." or "em Đ.", and not at the very end."""
    return bool(rest) and not rest[0].islower()


def _in_quotation(before: str) -> bool:
    """Whether quotation marks are open at the end of a text."""
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")
