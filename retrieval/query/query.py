"""What a question asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.dates.ranges import ALWAYS, Period
from retrieval.query.limits import Limit
from retrieval.query.phrases import Phrase
from retrieval.tokens import fold, syllables


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks for. Terms are lower-case syllables with one placement of tone marks.

    `question` is as typed, `text` the same made whole: completed from the question before, its days counted from today.
    `asked` are all its words in lower case, abbreviations spelt out, `terms` those that are to be found; folded where
    the question is typed without diacritics (`accented` False). `names` are those of the terms that are written with a
    capital or are part of an office, `capitals` those written so; `is_cased` says whether any is: of a question without
    capitals, ranking takes for them what articles write so. `offices` are the places in `terms` where an office begins
    and ends, `known_names` those of countries, provinces and ministries, `events` those of "bổ nhiệm", "khánh thành".
    `slot` is the place in `terms` of the word that asked (-1: none).
    `modifiers` are the words that make another office of it ("phó"). `short` and `synonyms` are what else stands for a
    run of terms, and where that begins and ends, `other_names` what places and institutions are called
    as well ("tp hcm" for "sài gòn"); `opposites` phrases that stand there, each with its opposite.
    `unresolved` is True for a short question about "ông ấy" where nothing tells who that is.
    `newest` is True where it asks for what is so at last, of no day: "hiện nay", "mới nhất".
    `parts` are the queries of a question that compares; else there are none.
    `limited` is the same without the words of the range of days that the question has ("từ 3/2025", `range`), limited
    to its `period` instead; None where it has none. Only what `publishers` wrote answers it; none named: what any did.
    """

    question: str
    text: str
    terms: tuple[str, ...]
    accented: bool
    kind: str
    asked: str = ""
    names: frozenset[str] = frozenset()
    offices: tuple[tuple[int, int], ...] = ()
    modifiers: tuple[str, ...] = ()
    capitals: frozenset[str] = frozenset()
    is_cased: bool = False
    slot: int = -1
    unresolved: bool = False
    parts: tuple["Query", ...] = ()
    short: tuple[tuple[str, int, int], ...] = ()
    synonyms: tuple[tuple[Phrase, int, int], ...] = ()
    other_names: tuple[tuple[Phrase, int, int], ...] = ()
    speech: tuple[tuple[str, ...], ...] = ()
    known_names: tuple[tuple[int, int], ...] = ()
    events: tuple[tuple[int, int], ...] = ()
    opposites: tuple[tuple[Phrase, Phrase], ...] = ()
    asks_holder: bool = False
    newest: bool = False
    limited: "Query | None" = None
    range: Limit | None = None
    period: Period = ALWAYS
    publishers: frozenset[str] = frozenset()

    @property
    def names_only(self) -> bool:
        """It asks about a name and nothing else: "hà kim ngọc là ai"."""
        return (self.asks_holder or self.kind == "office") and 2 <= len(self.terms) <= 5 and not self.offices

    def speaks_of(self, office: str) -> bool:
        """Whether the question has this office, in its kept form ("Bộ trưởng Bộ Ngoại giao"), by its head at least."""
        title = syllables(office if self.accented else fold(office))
        return any(title[: end - start] == [*self.terms[start:end]] for start, end in self.offices)

    def abbreviates(self, at: int, syllables: Sequence[str]) -> bool:
        """Whether an abbreviation of what begins at a term stands among the syllables."""
        return any(start == at and short in syllables for short, start, _ in self.short)


def limited(query: Query, period: Period) -> Query:
    """The query limited to the days of a period that was given beside it, and to those that it is limited to itself."""
    if not period:
        return query
    inside = query.limited or query
    period = inside.period.narrowed(period)
    parts = tuple(replace(part, period=period) for part in inside.parts)
    return replace(query, limited=replace(inside, period=period, parts=parts), range=None)


def published_by(query: Query, publishers: frozenset[str]) -> Query:
    """The query limited to what these have published."""
    parts = tuple(published_by(part, publishers) for part in query.parts)
    inside = None if query.limited is None else published_by(query.limited, publishers)
    return replace(query, publishers=publishers, parts=parts, limited=inside)
