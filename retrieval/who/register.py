"""The persons of a library file: who is seen where, in which office, under which names. All statements of /who."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from retrieval.dates.ranges import Period
from retrieval.records import Date, Quote, quote
from retrieval.store.sightings import NAMED, SPAN
from retrieval.store.snapshot import Snapshot, date_of
from retrieval.tokens import fold
from retrieval.who.weighing import Tenure

# Quotes read for one that is kept: papers print each other's sentences.
_READ_AHEAD = 2
# Names that may be of one person that are looked at: of each kind of likeness the best known.
_ALIKE = 40
# Of a person's sightings the newest that are looked at for company and spellings: a head of state has thousands.
_OF_LATE = 2000
_SAID = 10_000

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
    """Which of the sentences that show a person in an office: those with one of the `statuses`, in a period, and of
    dates `before` one day and not before the day `after` (ordinals), where these are given. `named`: those that have
    the name itself.
    """

    statuses: Sequence[str]
    period: Period
    before: int | None = None
    after: int | None = None
    named: bool = False

    def condition(self) -> tuple[str, list[str | int]]:
        """The condition of a statement, with its values."""
        within, values = _within(self.period)
        alive = "" if self.before is None else f" AND newest > {-self.before * SPAN}"
        alive += "" if self.after is None else f" AND (newest <= {-self.after * SPAN} OR newest = 0)"
        alive += f" AND best < {NAMED}" if self.named else ""
        return f"status IN ({','.join('?' * len(self.statuses))}){within}{alive}", [*self.statuses, *values]


class Register:
    """Reads over a snapshot. A person is a key: the syllables of a name; articles do not tell namesakes apart."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def articles(self, posts: Sequence[tuple[str, str]], limit: int) -> set[int]:
        """The keys of the newest articles that show a person in an office: names, each with a title."""
        self._snapshot.about([person for person, _ in posts])
        found: set[int] = set()
        for post in posts:
            rows = self._snapshot.rows(
                "SELECT DISTINCT article FROM held WHERE person = ? AND title = ? LIMIT ?", *post, limit
            )
            found.update(article for (article,) in rows)
        return found

    def seen(
        self, persons: Sequence[str], period: Period, limit: int, where: str = "acts", titles: Sequence[str] = ()
    ) -> list[Seen]:
        """Where a person of these names acts, the newest first; `where` may be "says" or "dated"; with `titles` only in
        articles that show the person in one of these offices.
        """
        self._snapshot.about(persons)
        within, values = _within(period)
        if titles:
            marks = ",".join("?" * len(titles))
            within += (
                f" AND article IN (SELECT article FROM held h WHERE h.person = seen.person AND h.title IN ({marks}))"
            )
            of_titles: list[str | int] = [*values, *titles]
        else:
            of_titles = [*values]
        source = f"seen WHERE person = ? AND {where}{within} ORDER BY newest LIMIT ?"
        found = [one for person in persons for one in self._seen(source, person, *of_titles, limit)]
        return sorted(found, key=_newest)[:limit]

    def said(self, persons: Sequence[str]) -> set[tuple[int, int]]:
        """The newest sentences that a person says: the key of the article, and the index in it."""
        self._snapshot.about(persons)
        found: set[tuple[int, int]] = set()
        for person in persons:
            rows = self._snapshot.rows(
                f"SELECT article, sentence FROM seen WHERE person = ? AND says ORDER BY newest LIMIT {_SAID}", person
            )
            found.update(rows)
        return found

    def surfaces(self, persons: Sequence[str], period: Period) -> list[str]:
        """How a person is named of late, the most frequent form first."""
        self._snapshot.about(persons)
        within, values = _within(period)
        counted: Counter[str] = Counter()
        for person in persons:
            rows = self._snapshot.rows(
                "SELECT surface, count(*) FROM (SELECT surface FROM seen WHERE person = ? AND acts AND surface <> ''"
                f"{within} AND article NOT IN echoes ORDER BY newest LIMIT {_OF_LATE}) GROUP BY surface",
                *(person, *values),
            )
            counted.update(dict(rows))
        return sorted(counted, key=lambda surface: (-counted[surface], surface))

    def company(self, persons: Sequence[str], period: Period, limit: int) -> list[str]:
        """The persons who act in the same sentences, those of most sentences first."""
        self._snapshot.about(persons)
        within, values = _within(period)
        counted: Counter[str] = Counter()
        newest: dict[str, int] = {}
        for person in persons:
            rows = self._snapshot.rows(
                "SELECT other.person, count(DISTINCT other.article || ' ' || other.sentence), min(other.newest)"
                " FROM (SELECT DISTINCT article, sentence FROM (SELECT article, sentence FROM seen WHERE person = ?"
                f" AND acts{within} AND article NOT IN echoes ORDER BY newest LIMIT {_OF_LATE})) mine"
                " JOIN seen other ON other.article = mine.article AND other.sentence = mine.sentence"
                " WHERE other.acts GROUP BY other.person",
                *(person, *values),
            )
            for other, times, last in rows:
                counted[other] += times
                newest[other] = min(last, newest.get(other, 0))
        others = sorted(counted.keys() - set(persons), key=lambda other: (-counted[other], newest[other], other))
        return self.each_shown(others[:limit])

    def proofs(self, posts: Sequence[tuple[str, str]], which: Which, limit: int) -> tuple[list[Seen], Seen] | None:
        """The newest sentences that show a person in an office, and the earliest; None where none does.

        `posts` are the names of the person, each with a title that means the office.
        """
        self._snapshot.about([person for person, _ in posts])
        condition, values = which.condition()
        of = f"held WHERE person = ? AND title = ? AND {condition} ORDER BY"
        newest: list[Seen] = []
        earliest: list[Seen] = []
        for post in posts:
            newest += self._seen(f"{of} newest, best LIMIT ?", *post, *values, _READ_AHEAD * limit)
            earliest += self._seen(f"{of} newest = 0, {_LAST}, {_FIRST}, best LIMIT 1", *post, *values)
        if not newest:
            return None
        newest.sort(key=_newest)
        return newest[: _READ_AHEAD * limit], min(earliest, key=_oldest)

    def tenures(self, persons: Sequence[str]) -> list[Tenure]:
        """What is counted of the offices of these persons."""
        return self._tenures(f"person IN ({','.join('?' * len(persons))})", *persons)

    def tenures_of(self, title: str) -> list[Tenure]:
        """What is counted of an office."""
        return self._tenures("title = ?", title)

    def titles(self) -> list[str]:
        """All offices, those that most articles show first."""
        rows = self._snapshot.rows("SELECT title FROM tenures GROUP BY title ORDER BY sum(articles) DESC, title")
        return [title for (title,) in rows]

    def kinds(self, title: str, limit: int) -> list[str]:
        """Of the offices of a kind ("Bộ trưởng …") those that most articles show."""
        rows = self._snapshot.rows(
            "SELECT title FROM tenures WHERE title > ? AND title < ? AND status IN ('holds', 'acting')"
            " GROUP BY title ORDER BY sum(articles) DESC, title LIMIT ?",
            *(f"{title} ", f"{title}!", limit),
        )
        return [kind for (kind,) in rows]

    def offices(self, person: str) -> dict[str, int]:
        """The offices of a person, held or past, and how many articles show each."""
        return dict(
            self._snapshot.rows("SELECT title, sum(articles) FROM tenures WHERE person = ? GROUP BY title", person)
        )

    def acting(self, persons: Sequence[str]) -> dict[str, int]:
        """How often persons act, but for those who are nowhere."""
        marks = ",".join("?" * len(persons))
        return dict(
            self._snapshot.rows(
                f"SELECT person, sum(acting) FROM names WHERE person IN ({marks}) GROUP BY person", *persons
            )
        )

    def alike(self, words: Sequence[str], sound: str, *, ends_alone: bool) -> dict[str, int]:
        """Persons whose names begin or end with these words (of a foreign name: with the last, or with one that sounds
        like it), or have the same in another order: the best known first, with how often each acts.
        """
        plain = [fold(word) for word in words]
        whole = " ".join(plain)
        conditions: list[tuple[str, tuple[str, ...]]] = [
            ("sorted = ?", (" ".join(sorted(plain)),)),
            ("folded > ? AND folded < ?", (f"{whole} ", f"{whole}!")),
            ("last = ?", (plain[-1],)) if ends_alone else ("last = ? AND folded LIKE ?", (plain[-1], f"% {whole}")),
        ]
        if sound:
            conditions.append(("sound = ?", (sound,)))
        of_each = " UNION ALL ".join(
            f"SELECT * FROM (SELECT person FROM names WHERE {condition} ORDER BY acting DESC LIMIT {_ALIKE})"
            for condition, _ in conditions
        )
        times = "(SELECT sum(acting) FROM names WHERE person = found.person)"
        return dict(
            self._snapshot.rows(
                f"SELECT person, {times} FROM ({of_each}) AS found",
                *(value for _, values in conditions for value in values),
            )
        )

    def signs(self, person: str, title: str, statuses: Sequence[str], limit: int) -> list[int]:
        """The days (ordinals) of the newest articles that show a person in an office, each once.

        Not those that tell of the appointment to another: "A, Bí thư Tỉnh ủy X, được điều động giữ chức …" leaves X.
        """
        self._snapshot.about([person])
        rows = self._snapshot.rows(
            f"SELECT -min(newest) / {SPAN} FROM held WHERE person = ? AND title = ? AND newest < 0"
            f" AND status IN ({','.join('?' * len(statuses))}) AND article NOT IN echoes AND article NOT IN takeovers"
            " AND NOT (status = 'holds' AND EXISTS (SELECT 1 FROM held b WHERE b.article = held.article"
            " AND b.person = held.person AND b.status = 'begins' AND b.title <> held.title))"
            " GROUP BY article ORDER BY 1 DESC LIMIT ?",
            *(person, title, *statuses, limit),
        )
        return [day for (day,) in rows]

    def _tenures(self, condition: str, *values: str) -> list[Tenure]:
        rows = self._snapshot.rows(
            f"SELECT title, person, status, stretch, paper, articles, first, last FROM tenures WHERE {condition}",
            *values,
        )
        return [Tenure(*row) for row in rows]

    def shown(self, persons: Sequence[str]) -> str:
        """The name of a person as articles mostly have it, the first of the names given where it has one."""
        return self.each_shown(persons[:1])[0]

    def each_shown(self, persons: Sequence[str]) -> list[str]:
        """The name of each of several persons as articles mostly have it."""
        most: dict[str, Name] = {}
        for one in self.names(f"person IN ({','.join('?' * len(persons))})", *persons):
            if one.person not in most or one.acting > most[one.person].acting:
                most[one.person] = one
        return [most[person].name if person in most else person.title() for person in persons]

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
        """The first `limit` sentences to the letter, each text once."""
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
            f"SELECT {_COLUMNS} FROM {before} AND article NOT IN echoes ORDER BY {order}", *values
        )
        there = self._snapshot.readable(article for article, *_ in rows)
        return [
            Seen(article, sentence, start, date_of(date), newest)
            for article, sentence, start, date, newest in rows
            if article in there
        ]


def _newest(one: Seen) -> int:
    return one.newest


def _oldest(one: Seen) -> tuple[bool, int, int]:
    return not one.dated, -one.newest % SPAN, -one.newest // SPAN


def _within(period: Period) -> tuple[str, list[int]]:
    """The condition that a date may lie in the period, as `Period.overlaps` has it."""
    ends = ((_FIRST, "<=", period.until), (_LAST, ">=", period.since))
    given = [(f" AND {end} {sign} ?", day.toordinal()) for end, sign, day in ends if day]
    known = " AND newest < 0" if given else ""
    return known + "".join(condition for condition, _ in given), [day for _, day in given]
