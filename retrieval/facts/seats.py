"""Of which place an office is where only the article tells: "Chủ tịch UBND tỉnh" in one on Khánh Hòa."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.facts.lexicon import Lexicon
from retrieval.facts.words import words_of


@dataclass(frozen=True)
class Seats:
    """What is known of the places of offices from an article's `texts`, its title and its body."""

    lexicon: Lexicon
    texts: Sequence[str]

    def completed(self, title: str) -> str:
        """An office with its province or city, where it ends with a word for one and the article names only one."""
        seat = next((seat for seat in self.lexicon.seats if title.endswith(f" {seat}")), "")
        if not seat or not self._only or (self._only in self.lexicon.cities) != self.lexicon.seats[seat]:
            return title
        doubled = self._only.startswith("TP") and seat in ("TP", "thành phố")
        return f"{title.removesuffix(f' {seat}') if doubled else title} {self._only}"

    @cached_property
    def _only(self) -> str:
        found = set(self._named())
        return found.pop() if len(found) == 1 else ""

    def _named(self) -> Iterator[str]:
        for text in self.texts:
            words, position = words_of(text, 0, len(text)), 0
            while position < len(words):
                place = self.lexicon.places.longest(words, position) if words.capital[position] else None
                if place and (place[1] in self.lexicon.provinces or place[1] in self.lexicon.cities):
                    yield place[1]
                position = place[0] if place else position + 1
