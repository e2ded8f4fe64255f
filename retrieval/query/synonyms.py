"""Words that mean the same: how a sentence may say what a question says otherwise."""

from collections.abc import Collection, Iterable, Sequence
from typing import Self

from retrieval.config_files import load_toml
from retrieval.query.phrases import Phrase
from retrieval.tokens import fold, syllables


class Synonyms:
    """Groups of phrases that mean the same; a phrase may be in several."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        phrases = [[tuple(syllables(phrase)) for phrase in group] for group in groups]
        self._exact = _others(phrases)
        self._folded = _others([[tuple(map(fold, phrase)) for phrase in group] for group in phrases])
        self._longest = max(map(len, self._exact), default=0)

    @classmethod
    def from_config(cls, of: Collection[str] | None = None) -> Self:
        """Of config/synonyms.toml, all or those under these headings."""
        groups = load_toml("synonyms.toml")["groups"]
        wanted = groups if of is None else of
        return cls(line.split(", ") for heading in wanted for line in groups[heading].strip().split("\n"))

    def of(self, terms: Sequence[str], accented: bool) -> tuple[tuple[Phrase, int, int], ...]:
        """What else means a run of the terms, as (phrase, start, end); of runs inside each other the longest counts."""
        others = self._exact if accented else self._folded
        found: list[tuple[Phrase, int, int]] = []
        reached = 0
        for start in range(len(terms)):
            for end in range(min(start + self._longest, len(terms)), max(start, reached), -1):
                if run := others.get(tuple(terms[start:end])):
                    found += ((other, start, end) for other in run)
                    reached = end
                    break
        return tuple(found)


def _others(groups: Iterable[Sequence[Phrase]]) -> dict[Phrase, list[Phrase]]:
    """For each phrase those of its groups that say it without its own words."""
    others: dict[Phrase, dict[Phrase, None]] = {}
    for group in groups:
        for phrase in group:
            others.setdefault(phrase, {}).update((other, None) for other in group if not set(phrase) <= set(other))
    return {phrase: [*found] for phrase, found in others.items() if found}
