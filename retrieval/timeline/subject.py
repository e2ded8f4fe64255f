"""What a timeline is about: whether a sentence, or an article, speaks of the topic and not only of its single words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from retrieval.facts import is_vietnamese
from retrieval.query import Query
from retrieval.records import Article
from retrieval.tokens import spellings

# A topic of up to so many words is spoken of with all of them, a longer one with most.
_SHORT = 4
_MOST = 0.75
# Most of a topic's neighbouring words stand together in a sentence: of a topic of three words all.
_TOGETHER = 0.75
# Words that may stand before a name that belongs to the word before it: "bộ trưởng Bộ Ngoại giao Bùi Thanh Sơn".
_GAP = 4
# Letters of a word, diacritics open. No longer one is in an article, and each letter is a class of its own to compile.
_LONGEST_WORD = 40
# Of a title or an opening that only hints at the topic.
_HINT = 2 / 3

_VARIANTS = {
    "a": "aàáảãạăằắẳẵặâầấẩẫậ",
    "d": "dđ",
    "e": "eèéẻẽẹêềếểễệ",
    "i": "iìíỉĩị",
    "o": "oòóỏõọôồốổỗộơờớởỡợ",
    "u": "uùúủũụưừứửữự",
    "y": "yỳýỷỹỵ",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """The words of a topic as patterns, made once for thousands of sentences, and one for each two neighbours."""

    words: tuple[re.Pattern[str], ...]
    pairs: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, query: Query) -> "Subject":
        """The subject of a query; without words where the query has none."""
        terms = [as_pattern(term, accented=query.accented) for term in query.terms]
        pairs = tuple(re.compile(_pair(first, last)) for first, last in pairwise(terms))
        # The word before what may not stand around it: many times faster to search for.
        return cls(tuple(re.compile(rf"{term}(?!\w)(?<!\w{term})") for term in terms), pairs)

    def is_in(self, text: str) -> bool:
        """Whether a sentence speaks of it: it has the words, and in their order those that belong together."""
        lower = lower_of(text)
        found = self._found(lower, len(self.words) if len(self.words) <= _SHORT else ceil(_MOST * len(self.words)))
        if found is None:
            return False
        together = sum(
            any(_joined(text, both) for both in pair.finditer(lower)) or _has_foreign_name(text, found[at : at + 2])
            for at, pair in enumerate(self.pairs)
        )
        return together >= _TOGETHER * len(self.pairs)

    def is_hinted_at(self, text: str) -> bool:
        """Whether a title or an opening has most of its words, wherever they stand."""
        return self._found(lower_of(text), ceil(_HINT * len(self.words))) is not None

    def is_in_title(self, article: Article) -> bool:
        """Whether the title speaks of it."""
        return article.title is not None and self.is_in(article.title)

    def _found(self, lower: str, fewest: int) -> list[re.Match[str] | None] | None:
        """Where each word stands first in a text; None where there are fewer than that."""
        found: list[re.Match[str] | None] = []
        missing = len(self.words) - fewest
        for word in self.words:
            place = word.search(lower)
            missing -= place is None
            if missing < 0:
                return None
            found.append(place)
        return found


def lower_of(text: str) -> str:
    """Lower case of the same length: "İ" would become two characters."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _has_foreign_name(text: str, places: Iterable[re.Match[str] | None]) -> bool:
    """A foreign name is a word of its own, that stands anywhere: "bão số 10 (Bualoi)", "Trump tuyên bố ... thuế"."""
    words = (text[place.start() : place.end()] for place in places if place)
    return any(word[:1].isupper() and not is_vietnamese(word) for word in words)


def as_pattern(term: str, *, accented: bool) -> str:
    """A term in lower case; one typed without diacritics stands for all that it may be."""
    if not accented and len(term) <= _LONGEST_WORD:
        return "".join(f"[{_VARIANTS[letter]}]" if letter in _VARIANTS else re.escape(letter) for letter in term)
    ways = [re.escape(way) for way in spellings(term)]
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _pair(first: str, last: str) -> str:
    """From the first of two words to the last, the nearest: "đối với công tác [đối ngoại]"."""
    between = rf"(?P<between>(?:(?!{first}(?!\w))[^\W_]++[\W_]++){{0,{_GAP}}}?)"
    return rf"{first}(?!\w)(?<!\w{first})[\W_]++{between}(?P<last>{last})(?!\w)"


def _joined(text: str, pair: re.Match[str]) -> bool:
    """Whether the two stand together: side by side, or the second as a name a little further on."""
    return not pair["between"] or text[pair.start("last")].isupper()
