"""A sentence as words with offsets, and what a Vietnamese syllable looks like."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate

_CAPITAL = "A-ZĐƯÂÔĂÊƠ"
# "TP.", "J.D.", "TP.HCM", "PGS.TS"; else letters, with hyphens and apostrophes inside ("Jong-un", "O'Neill").
_WORD = re.compile(rf"((?:[{_CAPITAL}]{{1,4}}\.)+(?:[{_CAPITAL}]{{1,6}}(?![^\W\d_]))?|[^\W\d_]+(?:[-'’‑][^\W\d_]+)*)")
# So many words in capitals in a row, and the case of a letter says nothing any more.
_SHOUTING_WORDS = 6
# Words that are looked at one by one; of more it is counted once for the sentence how many are foreign.
_FEW = 8


@dataclass(frozen=True)
class Words:
    """The words of `text[start:end]`, by index.

    `gaps[i]` is what stands between word i-1 and word i without outer white space: "" where only spaces do. `gaps[0]`
    is what stands before the first word, `gaps[len]` what stands after the last. `stretches` says where capitalised
    stretches end, by each of their words; `runs.run_end` fills it, once for each stretch.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    capital: list[bool]
    shouting: bool
    start: int
    end: int
    stretches: dict[int, int] = field(default_factory=dict)

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

    def are_vietnamese(self, first: int, last: int) -> bool:
        """Whether each of the words first … last-1 can be a Vietnamese syllable."""
        if last - first <= _FEW:
            return all(is_vietnamese(word) for word in self.words[first:last])
        return self._foreign[first] == self._foreign[last]

    @cached_property
    def _foreign(self) -> list[int]:
        """How many words before each one are no Vietnamese syllables: runs are asked for from each of their words."""
        return list(accumulate((not is_vietnamese(word) for word in self.words), initial=0))


def words_of(text: str, start: int, end: int) -> Words:
    """The words of `text[start:end]`, offsets in `text`."""
    pieces = _WORD.split(text[start:end])  # gap, word, gap, …, word, gap
    offsets = list(accumulate(map(len, pieces), initial=start))
    words = pieces[1::2]
    capital = [word[0].isupper() or word.startswith("al-") for word in words]
    return Words(
        text=text,
        words=words,
        lower=[word.lower().rstrip(".") if "." in word else word.lower() for word in words],
        starts=offsets[1:-1:2],
        ends=offsets[2::2],
        gaps=["" if gap == " " else gap.strip() for gap in pieces[::2]],
        capital=capital,
        start=start,
        end=end,
        shouting=sum(capital) > max(_SHOUTING_WORDS - 1, 0.8 * len(words)) and _shouting(words),
    )


def _shouting(words: list[str]) -> bool:
    return sum(word.isupper() for word in words) > 0.8 * len(words)


_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
_RHYME = (
    "(?:[aeêioôơuưy]|[ăâ](?=[cmnpt])|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oai|oay|oao|oeo|ua|uâ|uê|ui|uô|uơ|uy|uya|uyê"
    "|uyu|uây|uôi|ưa|ưi|ươ|ươi|ươu|ưu|iêu|yêu|yê|oo|uă)(?:ch|ng|nh|[cmnpt])?"
)
_SYLLABLE = re.compile(_ONSET + _RHYME)
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_LONGEST_SYLLABLE = 7  # letters: "nghiêng"


def is_vietnamese(word: str) -> bool:
    """Whether the word can be a Vietnamese syllable: Trọng and Anh can, Biden and Joe cannot."""
    return len(word) <= _LONGEST_SYLLABLE and _is_syllable(word)


@lru_cache(20_000)
def _is_syllable(word: str) -> bool:
    toneless = unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", toneless)) is not None
