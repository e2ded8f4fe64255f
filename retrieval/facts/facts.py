"""The one entry to persons and offices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.facts import article, queries, speech
from retrieval.facts.lexicon import Lexicon
from retrieval.facts.people import Mention, SentenceSpan, key_of
from retrieval.facts.queries import Candidate
from retrieval.facts.speech import Speech


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of persons and offices. Immutable: one object serves all threads."""

    lexicon: Lexicon
    unaccented: Lexicon

    @classmethod
    def from_config(cls) -> "Facts":
        """The lexicon of config/offices.toml. KeyError names a table that is missing there."""
        lexicon = Lexicon.from_config()
        return cls(lexicon, lexicon.folded())

    def mentions(self, text: str, sentences: Sequence[SentenceSpan]) -> tuple[Mention, ...]:
        """Every mention of a person in an article, in order. `text[m.start:m.end] == m.surface`. `text` is NFC."""
        return article.mentions(self.lexicon, text, sentences)

    def speaker(self, text: str, sentence: SentenceSpan, found: Sequence[Mention]) -> Speech | None:
        """Who says the sentence; `found` are the article's mentions. None rather than a guess."""
        return speech.speaker(self.lexicon, text, sentence, found)

    def office(self, query: str) -> str | None:
        """The kept form of an office as people type it: "TBT", "bo truong ngoai giao". None if it is none."""
        return queries.office(self.lexicon, self.unaccented, query)

    def match(self, query: str, known: Iterable[str]) -> tuple[Candidate, ...]:
        """The known names that the query may mean, likeliest first: "to lam", "ông Sơn", "Bui Than Son"."""
        key, names = queries.name_key(self.lexicon, query), list(known)
        near = queries.near(key, [queries.sorted_form(key_of(name)) for name in names], names)
        fitting = [candidate for name in names if key and (candidate := queries.fit(name, key))]
        found = {candidate.name: candidate for candidate in (*near, *fitting)}
        return tuple(sorted(found.values(), key=lambda candidate: -candidate.score))
