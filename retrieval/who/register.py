"""The persons of a library file: who is seen where, in which office, under which names. All statements of /who."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from retrieval.records import Date, Quote, quote
from retrieval.store.sightings import SPAN
from retrieval.store.snapshot import Snapshot, date_of
from retrieval.timeline.ranges import Period

# Quotes read for one that is kept: papers print each other's sentences.
_READ_AHEAD = 2
# Of a person's sightings the newest that are looked at for company: a head of state has thousands.
_IN_COMPANY = 2000

_COLUMNS = "article, sentence, start, date, newest"
_FIRST, _LAST = f"(-newest / {SPAN})", f"(-newest % {SPAN})"


@dataclass(frozen=True, slots=True)
class Seen:
    """A person in a sentence of an article, by its key and the sentence's index, from the offset `start` on."""

    article: int
    sentence: int
    start: int
    date: Date
    newest: int

    @property
    def dated(self) -> bool:
        """Whether the year is known."""
        return self.newest != 0


@dataclass(frozen=True, slots=True)
class Name:
    """A name as articles have it, the `person` it is the key of, and how often that person acts."""

    person: str
    name: str
    acting: int


@dataclass(frozen=True, slots=True)
class Which:
    """Which of the sentences that show a person in an office: those with one of the `statuses`, in a period, and (an
    ordinal) of dates `before` a day where one is given.
    """

    statuses: Sequence[str]
    period: Period
    before: int | None = None

    def condition(self) -> tuple[str, list[str | int]]:
        """The condition of a statement, with its values."""
        within, values = _within(self.period)
        alive = "" if self.before is None else f" AND newest > {-self.before * SPAN}"
        return f"status IN ({','.join('?' * len(self.statuses))}){within}{alive}", [*self.statuses, *values]


class Register:
    """Reads over a snapshot. A person is a key: the syllables of a name; articles do not tell namesakes apart."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        # Of articles with the very same text only the first is there.
        snapshot.rows("CREATE TEMP TABLE repeats (article INTEGER PRIMARY KEY)")
        snapshot.rows(
            "INSERT INTO repeats SELECT key FROM articles a WHERE content IN"
            " (SELECT content FROM articles GROUP BY content HAVING count(*) > 1)"
            " AND key > (SELECT min(key) FROM articles b WHERE b.content = a.content)"
        )

    def seen(self, person: str, period: Period, limit: int, where: str = "acts") -> list[Seen]:
        """Where a person acts, the newest first; `where` may be "says" or "dated"."""
        within, values = _within(period)
        return self._seen(f"seen WHERE person = ? AND {where}{within} ORDER BY newest LIMIT ?", person, *values, limit)

    def surfaces(self, person: str, period: Period) -> Iterator[str]:
        """How a person is named, the most frequent form first."""
        within, values = _within(period)
        rows = self._snapshot.rows(
            f"SELECT surface FROM seen WHERE person = ? AND acts AND surface <> ''{within}"
            " AND article NOT IN repeats GROUP BY surface ORDER BY count(*) DESC, surface",
            *(person, *values),
        )
        return (surface for (surface,) in rows)

    def company(self, person: str, period: Period, limit: int) -> list[str]:
        """The persons who act in the same sentences, those of most sentences first."""
        within, values = _within(period)
        rows = self._snapshot.rows(
            "SELECT other.person FROM (SELECT DISTINCT article, sentence FROM (SELECT article, sentence FROM seen"
            f" WHERE person = ? AND acts{within} AND article NOT IN repeats ORDER BY newest LIMIT {_IN_COMPANY})) mine"
            " JOIN seen other ON other.article = mine.article AND other.sentence = mine.sentence"
            " WHERE other.acts AND other.person <> ? GROUP BY other.person"
            " ORDER BY count(DISTINCT other.article || ' ' || other.sentence) DESC, min(other.newest) LIMIT ?",
            *(person, *values, person, limit),
        )
        return [self.shown(other) for (other,) in rows]

    def titles(self, person: str, which: Which) -> list[tuple[str, bool]]:
        """The offices of a person, and whether only acting."""
        condition, values = which.condition()
        rows = self._snapshot.rows(
            f"SELECT DISTINCT title, status = 'acting' FROM held WHERE person = ? AND {condition}"
            " AND article NOT IN repeats",
            *(person, *values),
        )
        return [(title, bool(acting)) for title, acting in rows]

    def proofs(self, person: str, title: str, which: Which, limit: int) -> tuple[list[Seen], Seen] | None:
        """The newest sentences that show a person in an office, and the earliest; None where none does."""
        condition, values = which.condition()
        of = f"held WHERE person = ? AND title = ? AND {condition} ORDER BY"
        newest = self._seen(f"{of} newest, best LIMIT ?", person, title, *values, _READ_AHEAD * limit)
        if not newest:
            return None
        [earliest] = self._seen(f"{of} newest = 0, {_LAST}, {_FIRST}, best LIMIT 1", person, title, *values)
        return newest, earliest

    def death(self, person: str) -> int | None:
        """The first day, as an ordinal, on which somebody speaks of the late person."""
        [(newest,)] = self._snapshot.rows(
            "SELECT max(newest) FROM held WHERE person = ? AND status = 'late' AND newest < 0", person
        )
        return None if newest is None else -newest // SPAN

    def holders(self, title: str, kinds: bool, limit: int) -> list[tuple[str, str]]:
        """Who is shown to hold an office, or with `kinds` one of its kind ("Bộ trưởng …"): keys, with the office.

        Of many those who are shown most often.
        """
        also = " OR (title > ? AND title < ?)" if kinds else ""
        return self._snapshot.rows(
            f"SELECT person, title FROM held WHERE (title = ?{also}) AND status IN ('holds', 'acting')"
            " AND article NOT IN repeats GROUP BY person, title ORDER BY count(*) DESC, person LIMIT ?",
            *((title, f"{title} ", f"{title}!", limit) if kinds else (title, limit)),
        )

    def shown(self, person: str) -> str:
        """The name of a person as articles mostly have it."""
        return max(self.names("person = ?", person), key=lambda one: one.acting).name

    def names(self, condition: str, *values: str) -> list[Name]:
        """The names that fulfil a condition."""
        rows = self._snapshot.rows(f"SELECT person, name, acting FROM names WHERE {condition}", *values)
        return [Name(*row) for row in rows]

    @cached_property
    def all_names(self) -> tuple[list[str], list[str]]:
        """Every name with its syllables folded and sorted: for the misspelt, whom no index finds."""
        rows = self._snapshot.rows("SELECT sorted, name FROM names")
        return [written for written, _ in rows], [name for _, name in rows]

    def quotes(self, seen: Iterable[Seen], limit: int) -> tuple[Quote, ...]:
        """So many sentences to the letter, each text once."""
        return tuple(islice(self._once(list(seen)), limit))

    def _once(self, seen: Sequence[Seen]) -> Iterator[Quote]:
        texts: set[str] = set()
        keys = [one.article for one in seen]
        articles = self._snapshot.articles(keys)
        sentences = self._snapshot.sentences_at(keys, [one.sentence for one in seen], articles)
        for article, sentence in zip(articles, sentences, strict=True):
            found = quote(article, sentence, 0.0)
            text = " ".join(found.text.split())
            if text not in texts:
                texts.add(text)
                yield found

    def _seen(self, source: str, *values: str | int) -> list[Seen]:
        before, order = source.split(" ORDER BY ")
        rows = self._snapshot.rows(
            f"SELECT {_COLUMNS} FROM {before} AND article NOT IN repeats ORDER BY {order}", *values
        )
        return [
            Seen(article, sentence, start, date_of(date), newest) for article, sentence, start, date, newest in rows
        ]


def _within(period: Period) -> tuple[str, list[int]]:
    """The condition that a date may lie in the period, as `Period.overlaps` has it."""
    ends = ((_FIRST, "<=", period.until), (_LAST, ">=", period.since))
    given = [(f" AND {end} {sign} ?", day.toordinal()) for end, sign, day in ends if day]
    known = " AND newest < 0" if given else ""
    return known + "".join(condition for condition, _ in given), [day for _, day in given]
