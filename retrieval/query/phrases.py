"""Runs of syllables, with diacritics and without: found, replaced, matched by patterns."""

import re
from collections.abc import Collection, Mapping, Sequence

from retrieval.tokens import fold, syllables


def places(terms: Sequence[str], phrases: Collection[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Where the phrases stand, as (start, end), in order."""
    known = frozenset(phrases)  # of a frozenset it is the same
    lengths = set(map(len, known))
    return [
        (start, end)
        for start in range(len(terms))
        for end in range(start + 1, len(terms) + 1)
        if end - start in lengths and tuple(terms[start:end]) in known
    ]


class Pattern:
    """A pattern for questions with diacritics, and one for questions without."""

    def __init__(self, given: Mapping[str, str], form: str) -> None:
        self._accented = re.compile(form.format(given["pattern"]))
        self._folded = re.compile(form.format(given.get("folded", fold(given["pattern"]))))

    def of(self, accented: bool) -> re.Pattern[str]:
        """The one for such a question."""
        return self._accented if accented else self._folded


class Phrases:
    """Replaces runs of syllables, longest first."""

    def __init__(self, replacements: Mapping[str, str], accented_only: Mapping[str, str] | None = None) -> None:
        either = {tuple(syllables(key)): syllables(value) for key, value in replacements.items()}
        self._folded = {tuple(map(fold, key)): [*map(fold, value)] for key, value in either.items()}
        self._exact = either | {tuple(syllables(k)): syllables(value) for k, value in (accented_only or {}).items()}
        self._longest = max(map(len, self._exact), default=0)

    def short(self, words: Sequence[str], accented: bool) -> tuple[tuple[str, int, int], ...]:
        """The keys of one syllable whose replacements stand among the words, as (key, start, end)."""
        known = self._exact if accented else self._folded
        return tuple(
            (key[0], start, end)
            for key, value in known.items()
            if len(key) == 1 and len(value) > 1 and value[0] in words
            for start, end in places(words, [tuple(value)])
        )

    def replace(self, words: Sequence[str], accented: bool, keep: frozenset[str] = frozenset()) -> list[str]:
        """The words with every known run replaced, but for words to keep; without diacritics all is folded."""
        known = self._exact if accented else self._folded
        result: list[str] = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                found = known.get(tuple(words[at : at + length]))
                if found is not None and words[at] not in keep:
                    result += found
                    at += length
                    break
            else:
                result.append(words[at])
                at += 1
        return result
