"""The one entry to persons and offices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from retrieval.facts import article, lexicon_file, queries
from retrieval.facts.article import Reading
from retrieval.facts.attribution import attribute, is_of_another
from retrieval.facts.chains import Attribution
from retrieval.facts.changes import Change, ChangeWords, changes
from retrieval.facts.items import is_plural, status_before
from retrieval.facts.lexicon import Lexicon, Status
from retrieval.facts.mentions import Mention, display, key_of
from retrieval.facts.offices import Office
from retrieval.facts.queries import Candidate
from retrieval.facts.seats import Seats
from retrieval.facts.words import words_of
from retrieval.records import NO_DATE, Sentence
from retrieval.tokens import fold


@dataclass(frozen=True, slots=True)
class LocatedOffice:
    """An office that a text speaks of, whoever holds it: `text[start:end]`, without the name of its holder.

    `titles` are its kept forms, those of the Vietnamese state in full ("Thủ tướng" → "Thủ tướng Chính phủ"); `head`
    the first part of it ("Phó Chủ tịch"), `complement` what it is of ("UBND tỉnh Quảng Trị", "Ngoại giao Nga"; "" where
    nothing is said), `country` the country in it. `status` is what its own words say, `plural` whether it is one of
    several ("các Phó Thủ tướng"), `of_another` whether it is named for somebody else ("phu nhân", "đặc phái viên của",
    "ứng viên", "thời"). `holder` is the name to which the text gives it, "" where to none.
    """

    start: int
    end: int
    titles: tuple[str, ...]
    head: str
    complement: str
    country: str
    status: Status | Literal["elect"]
    plural: bool
    of_another: bool
    holder: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of persons and offices. Immutable: one object serves all threads."""

    lexicon: Lexicon
    unaccented: Lexicon
    change_words: ChangeWords

    @classmethod
    def from_config(cls) -> "Facts":
        """The lexicon of config/offices.toml. KeyError names a table that is missing there."""
        lexicon = lexicon_file.lexicon()
        return cls(lexicon, lexicon.folded(), ChangeWords.from_config())

    def mentions(self, text: str, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
        """Every mention of a person in an article, in order. `text[m.start:m.end] == m.surface`. `text` is NFC."""
        return self.read(text, sentences).mentions

    def read(self, text: str, sentences: Sequence[Sentence]) -> Reading:
        """Every mention of a person in an article, and who says which sentence. `text` is NFC."""
        return article.read(self.lexicon, text, sentences)

    def persons_in(self, text: str) -> tuple[Mention, ...]:
        """The persons of one sentence or question by itself."""
        return self.mentions(text, [Sentence("", 0, 0, len(text), "body", NO_DATE, 0)])

    def offices_in(self, text: str) -> tuple[LocatedOffice, ...]:
        """The offices of one sentence or question, in order; typed without capitals or diacritics as well."""
        lexicon = self.unaccented if fold(text) == text.lower() else self.lexicon
        shown = text if any(map(str.isupper, text[1:])) else queries.with_capitals(lexicon, text)
        words = words_of(shown, 0, len(shown))
        found = attribute(lexicon, words)
        return tuple(_located(found, index) for index, item in enumerate(found.items) if isinstance(item, Office))

    def changes(self, text: str, sentence: Sentence, found: Sequence[Mention]) -> tuple[Change, ...]:
        """The offices that begin or end in a sentence; `found` are the persons in it."""
        return changes(self.lexicon, self.change_words, text, sentence, found)

    def seats(self, *texts: str) -> Seats:
        """What an article's title and text tell of the places of offices."""
        return Seats(self.lexicon, texts)

    def office(self, query: str) -> str | None:
        """The kept form of an office as people type it: "TBT", "bo truong ngoai giao". None if it is none."""
        return queries.office(self.lexicon, self.unaccented, query)

    def form(self, title: str, *, accented: bool) -> str:
        """What is the same of two spellings of one office: "Giám đốc Công ty OpenAI", "Giám đốc OpenAI"."""
        return self.lexicon.forms.of_title(title) if accented else self.unaccented.forms.of_title(fold(title))

    def match(self, query: str, known: Iterable[str]) -> tuple[Candidate, ...]:
        """The known names that the query may mean, likeliest first: "to lam", "ông Sơn", "Bui Than Son"."""
        key, names = queries.name_key(self.lexicon, query), list(known)
        near = queries.near(key, [queries.sorted_form(key_of(name)) for name in names], names)
        fitting = [candidate for name in names if key and (candidate := queries.fit(name, key))]
        found = {candidate.name: candidate for candidate in (*near, *fitting)}
        return tuple(sorted(found.values(), key=lambda candidate: -candidate.score))


def _located(found: Attribution, index: int) -> LocatedOffice:
    words, lexicon = found.words, found.lexicon
    [office] = found.offices(index, index)
    name = found.holder.get(index)
    holder = found.items[name] if name is not None else None
    return LocatedOffice(
        start=words.starts[office.start],
        end=office.stop,
        titles=tuple(lexicon.national.get(title, title) for title in office.titles),
        head=", ".join(office.head.titles),
        complement=office.complement,
        country=office.country,
        status=status_before(lexicon, words, office.start) or office.after or "holds",
        plural=is_plural(lexicon, words, office.start),
        of_another=office.after != "elect" and is_of_another(found, index),
        holder=display(words.surface(holder.start, holder.end)) if holder else "",
    )
