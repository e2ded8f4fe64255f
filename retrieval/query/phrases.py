"""Runs of syllables, with diacritics and without: found, replaced, matched by patterns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from retrieval.tokens import fold, syllables

Phrase = tuple[str, ...]


class PhraseSet:
    """Phrases to be found among syllables."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        exact = set(phrases)
        self._beginning = {
            True: _by_first(exact),
            False: _by_first({tuple(map(fold, phrase)) for phrase in exact}),
        }

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Self:
        """Of phrases as they are written."""
        return cls(tuple(syllables(phrase)) for phrase in phrases)

    def places(self, terms: Sequence[str], accented: bool) -> list[tuple[int, int]]:
        """Where one stands, as (start, end), in order; without diacritics where the terms have none."""
        beginning = self._beginning[accented]
        return [
            (start, start + len(phrase))
            for start, term in enumerate(terms)
            for phrase in beginning.get(term, ())
            if tuple(terms[start : start + len(phrase)]) == phrase
        ]


def _by_first(phrases: Iterable[Phrase]) -> Mapping[str, Sequence[Phrase]]:
    """By their first syllables, the shorter first."""
    beginning: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=len):
        beginning.setdefault(phrase[0], []).append(phrase)
    return beginning


class Pattern:
    """A pattern for questions with diacritics, and one for questions without. In either a word in angle brackets stands
    for any of the phrases of that name.
    """

    def __init__(self, given: Mapping[str, str], form: str, said: Mapping[str, Iterable[Phrase]] | None = None) -> None:
        accented, folded = given["pattern"], given.get("folded", fold(given["pattern"]))
        for name, phrases in (said or {}).items():
            accented = accented.replace(f"<{name}>", _any_of(phrases))
            folded = folded.replace(f"<{name}>", fold(_any_of(phrases)))
        self._accented = re.compile(form.format(accented))
        self._folded = re.compile(form.format(folded))

    def of(self, accented: bool) -> re.Pattern[str]:
        """The one for such a question."""
        return self._accented if accented else self._folded


def _any_of(phrases: Iterable[Phrase]) -> str:
    """A pattern of any of them, the longer first."""
    return f"(?:{'|'.join(sorted((re.escape(' '.join(phrase)) for phrase in phrases), key=len, reverse=True))})"


class Phrases:
    """Replaces runs of syllables, longest first."""

    def __init__(self, replacements: Mapping[str, str], accented_only: Mapping[str, str] | None = None) -> None:
        either = {tuple(syllables(key)): syllables(value) for key, value in replacements.items()}
        self._folded = {tuple(map(fold, key)): [*map(fold, value)] for key, value in either.items()}
        self._exact = either | {tuple(syllables(k)): syllables(value) for k, value in (accented_only or {}).items()}
        self._longest = max(map(len, self._exact), default=0)
        self._short = {True: _short(self._exact), False: _short(self._folded)}
        self._spelt_out = PhraseSet(self._short[True])

    def short(self, words: Sequence[str], accented: bool) -> tuple[tuple[str, int, int], ...]:
        """The keys of one syllable whose replacements stand among the words, as (key, start, end)."""
        keys = self._short[accented]
        places = self._spelt_out.places(words, accented)
        return tuple((key, start, end) for start, end in places for key in keys.get(tuple(words[start:end]), ()))

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


def _short(replacements: Mapping[Phrase, Sequence[str]]) -> Mapping[Phrase, Sequence[str]]:
    """The keys of one syllable for each replacement of several."""
    keys: dict[Phrase, list[str]] = {}
    for key, value in replacements.items():
        if len(key) == 1 and len(value) > 1:
            keys.setdefault(tuple(value), []).append(key[0])
    return keys
