"""Questions that may have been meant: syllables that no article has replaced by those spelt most like them."""

from collections.abc import Iterator, Sequence
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.tokens import fold, syllables

# Of a syllable this long one letter may be wrong; of a longer one two.
_SHORT = 5
_SHORTEST = 3  # of two letters one is half: anything is like it
_ALIKE = 4  # words tried for each syllable
_MOST_UNKNOWN = 2  # a question with more syllables that no article has is about something else


def corrected(text: str, unknown: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    """The text with its unknown syllables replaced by words, all lower case, that are spelt like them."""
    if not 0 < len(unknown) <= _MOST_UNKNOWN or min(map(len, unknown)) < _SHORTEST:
        return
    alike = [
        [
            word
            for word, _, _ in process.extract(
                syllable, words, scorer=OSA.distance, limit=_ALIKE, score_cutoff=1 if len(syllable) <= _SHORT else 2
            )
        ]
        for syllable in unknown
    ]
    for chosen in product(*alike):
        yield _replaced(text, dict(zip(unknown, chosen, strict=True)))


def respelt(text: str, sentence: str) -> str:
    """The text with the diacritics that a sentence has for the same syllables."""
    there = syllables(sentence)
    spelt = {fold(syllable): syllable for syllable in reversed(there)}
    wrong = {s: spelt[fold(s)] for s in syllables(text) if s not in there and fold(s) in spelt}
    return _replaced(text, wrong)


def _replaced(text: str, words: dict[str, str]) -> str:
    return " ".join(_in_case(word, words) for word in text.split())


def _in_case(word: str, words: dict[str, str]) -> str:
    """A word of a text, with the marks around it, replaced where its syllable is to be."""
    letters = word.strip("?!.,;:…\"“”'()")
    other = words.get(fold(letters.lower()), words.get(letters.lower()))
    if not letters or other is None:
        return word
    return word.replace(letters, other.capitalize() if letters[0].isupper() else other)
