"""The sentences around a quote, to the letter; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ground.splitting import units
from retrieval import Quote, Sentence

_EACH = 2  # sentences before and after
_MOST = 1200  # UTF-16 units of them: the quote must not get lost


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`before`, the quote's text and `after` follow each other in its article, with what stands between them."""

    quote: Quote
    before: str
    after: str


def around(quote: Quote, sentences: Sequence[Sentence]) -> Surroundings:
    """The two sentences before the quote and the two after it, fewer where they are long or where there are none.

    `sentences` are all of its article.
    """
    text = quote.article.text
    earlier = [s.start for s in sentences if s.end <= quote.start][-_EACH:]
    later = [s.end for s in sentences if s.start >= quote.end][:_EACH]
    starts = [start for start in earlier if units(text[start : quote.start]) <= _MOST]
    ends = [end for end in later if units(text[quote.end : end]) <= _MOST]
    before = text[starts[0] : quote.start] if starts else ""
    after = text[quote.end : ends[-1]] if ends else ""
    return Surroundings(quote, before, after)
