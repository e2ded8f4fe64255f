"""Whether a question has lost diacritics on the way: typed in haste, on a keyboard that only sometimes takes them."""

import math
import re
from collections.abc import Callable

from retrieval.query.phrases import PhraseSet
from retrieval.tokens import fold, syllables

# Of a syllable without diacritics: how many sentences of the articles have it so, and how many with any or none.
Written = Callable[[str], tuple[int, int]]

# Toned, after these consonants, i and y are looked for as y: "bác sĩ" is "bác sỹ", so "bac si" is "bac sy".
_WITH_I = re.compile(r"[hklmst]i")
_WORD = re.compile(r"[^\W_]+")
_LOST = (0.5, 0.9)  # the share of its diacritics that such a question has lost: half of them, or all but names'
# The logarithm of how much more likely the text is so than as articles are written. Of 3,500 questions over
# encyclopaedias and seeds above 1 nothing is taken for it that is not, and of those without every other word's
# diacritics 2 % are missed.
_CLEARLY = 1.0
_UNSEEN = 0.5  # sentences that a syllable is taken to stand in beside those counted


def bare(word: str, written: Written) -> str:
    """A syllable without diacritics as it is looked for: with y for i where articles have more of that."""
    word = fold(word)
    other = f"{word[:1]}y"
    return other if _WITH_I.fullmatch(word) and written(other)[1] > written(word)[1] else word


def has_lost_diacritics(text: str, written: Written, asking: PhraseSet) -> bool:
    """Whether it is so: "tong bi thu Tô Lâm noi gi", "hội nghi lan thu 31 chủ đề gi"; not "giá lúa trong kho".

    Syllable by syllable, as if they were independent: one without diacritics is as likely as articles have it so, or
    have what it may have been; one with them has not lost them. Words with capitals tell nothing: names may be foreign.
    A word of an `asking` phrase that stands as it is written has lost nothing: articles hardly ask, so "bao" of "bao
    nhiêu" is rare in them.
    """
    typed = [(word.islower(), each) for word in _WORD.findall(text) if word.isalpha() for each in syllables(word)]
    asked = {at for start, end in asking.places([word for _, word in typed], True) for at in range(start, end)}
    words = [(at in asked, word) for at, (lower, word) in enumerate(typed) if lower]
    bare = [written(word) for right, word in words if fold(word) == word and not right]
    kept = sum(fold(word) != word for _, word in words)
    return any(
        kept * math.log(1 - lost) + sum(math.log1p(lost * (any_ - so) / (so + _UNSEEN)) for so, any_ in bare) > _CLEARLY
        for lost in _LOST
    )
