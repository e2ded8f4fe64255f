"""A sentence as words with offsets: what stands between them decides which belong together."""

import re
from dataclasses import dataclass
from itertools import accumulate

_CAPITAL = "A-ZĐƯÂÔĂÊƠ"
# "TP.", "J.D.", "TP.HCM", "PGS.TS"; else letters, with hyphens and apostrophes inside ("Jong-un", "O'Neill").
_WORD = re.compile(rf"((?:[{_CAPITAL}]{{1,4}}\.)+(?:[{_CAPITAL}]{{1,6}}(?![^\W\d_]))?|[^\W\d_]+(?:[-'’‑][^\W\d_]+)*)")
# So many words in capitals in a row, and the case of a letter says nothing any more.
_SHOUTING_WORDS = 6


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `text[start:end]`, by index.

    `gaps[i]` is what stands between word i-1 and word i without outer white space: "" where only spaces do, a line
    break where one does. `gaps[0]` is what stands before the first word, `gaps[len]` what stands after the last.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    capital: list[bool]
    shouting: bool

    def __len__(self) -> int:
        return len(self.words)

    def surface(self, first: int, last: int) -> str:
        """The text of the words first … last-1, to the letter."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def glued(self, first: int, last: int) -> bool:
        """Whether only spaces separate the words first … last-1."""
        return not any(self.gaps[first + 1 : last])

    def phrase(self, first: int, last: int) -> str:
        """The words first … last-1 in lower case, with single spaces."""
        return " ".join(self.lower[first:last])


def words_of(text: str, start: int, end: int) -> Words:
    """The words of `text[start:end]`, offsets in `text`."""
    pieces = _WORD.split(text[start:end])  # gap, word, gap, …, word, gap
    offsets = list(accumulate(map(len, pieces), initial=start))
    words = pieces[1::2]
    capital = [word[0].isupper() for word in words]
    return Words(
        text=text,
        words=words,
        lower=[word.lower().rstrip(".") if "." in word else word.lower() for word in words],
        starts=offsets[1:-1:2],
        ends=offsets[2::2],
        gaps=["" if gap == " " else _gap(gap) for gap in pieces[::2]],
        capital=capital,
        shouting=sum(capital) > max(_SHOUTING_WORDS - 1, 0.8 * len(words)) and _shouting(words),
    )


def _shouting(words: list[str]) -> bool:
    return sum(word.isupper() for word in words) > 0.8 * len(words)


def _gap(between: str) -> str:
    return between.strip() or ("\n" if "\n" in between else "")
