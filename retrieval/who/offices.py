"""A person's offices: what shows each, which of them are facts, and from when to when the articles show them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.dates.ranges import ALWAYS, Period
from retrieval.records import Office, Quote
from retrieval.store.sightings import SPAN, newest_first
from retrieval.who.identities import People
from retrieval.who.register import Seen, Which
from retrieval.who.weighing import CHANCE, MISREAD, Evidence, Tenure, chance_of, died, is_of_person, stands

# Quotes kept for each office, the earliest among them; of one of many holders fewer.
QUOTES = 10
QUOTES_OF_HOLDERS = 3

SHOWN, BEGINS, HELD = ("holds", "acting"), ("begins", "begins acting"), ("former", "late")
HOLDS = (*SHOWN, *BEGINS)
_ACTING = ("acting", "begins acting")
ENDS = ("ends",)

# A title without what it is of is the person's one office of that kind where this share of all such are that office.
_ONE_OF_KIND = 0.9


@dataclass(frozen=True)
class Post:
    """A person, by all names, in an office, by all titles that mean it here ("Tổng thống" of one who is "Tổng thống
    Mỹ"), with what shows it, until the person died (an ordinal).
    """

    persons: tuple[str, ...]
    title: str
    titles: tuple[str, ...]
    evidence: Evidence
    death: int | None = None

    def places(self) -> list[tuple[str, str]]:
        """Each name with each title."""
        return [(person, title) for person in self.persons for title in self.titles]


@dataclass(frozen=True)
class Posts:
    """All offices of a person: held, and said to be past."""

    held: Mapping[str, Post]
    past: Mapping[str, Post]

    def of(self, titles: Collection[str]) -> "Posts":
        """Those of some titles."""
        return Posts(*({t: post for t, post in all_of.items() if t in titles} for all_of in (self.held, self.past)))

    def is_of_person(self, post: Post) -> bool:
        """Whether the office is more than a misreading among all that is said of the person's offices."""
        every = [other.evidence for of in (self.held, self.past) for other in of.values()]
        return is_of_person(post.evidence, every)


def posts_of(people: People, persons: tuple[str, ...]) -> Posts:
    """The offices of a person of these names. The dead hold none, whatever a sentence on a book of theirs says."""
    rows = people.register.tenures(persons)
    held = [row for row in rows if row.status in HOLDS]
    death = died(Evidence(tuple(row for row in rows if row.status == "late")), Evidence(tuple(held)))
    alive = [row for row in held if death is None or row.first < death]
    past = [row for row in rows if row.status in HELD]
    return Posts(_posts(people, persons, alive, death), _posts(people, persons, past, None))


def _posts(people: People, persons: tuple[str, ...], rows: Iterable[Tenure], death: int | None) -> dict[str, Post]:
    by_title: defaultdict[str, list[Tenure]] = defaultdict(list)
    titles: dict[str, list[str]] = {}
    for row in rows:
        title, *others = people.titles_of(row.title)
        titles.setdefault(title, [title, *others])
        by_title[title].append(row)
    counts = {title: sum(row.articles for row in of) for title, of in by_title.items()}
    for short in sorted(by_title, key=lambda title: -len(title)):
        fuller = [title for title in titles if people.is_short(short, title, persons)]
        if fuller:
            meant = _meant(fuller, counts)
            if meant:
                titles[meant] += titles.pop(short)
            elif people.is_bare(short):
                del titles[short]
    return {
        title: Post(persons, title, tuple(all_of), Evidence(tuple(row for t in all_of for row in by_title[t])), death)
        for title, all_of in titles.items()
    }


def _meant(fuller: Sequence[str], counts: Mapping[str, int]) -> str | None:
    """Which of some offices a title without its complement means."""
    most = max(fuller, key=lambda title: counts[title])
    return most if counts[most] >= _ONE_OF_KIND * sum(counts[title] for title in fuller) else None


def is_fact(people: People, post: Post, posts: Posts, others: Sequence[Evidence] | None = None) -> bool:
    """Whether the person is shown in the office for certain; `others` show who else holds it, where that is known."""
    if not posts.is_of_person(post):
        return False
    if others is None:
        if people.is_kind(post.title):  # one of many such offices: nobody else's
            return True
        others = people.rivals(post.title, post.persons)
    return stands(post.evidence, others, several=people.is_of_several(post.title))


def held(people: People, posts: Posts, period: Period) -> tuple[tuple[Office, ...], tuple[Office, ...]]:
    """The offices that the person is shown to hold, the newest first, those without a known year last; and those that
    may be a mistake.
    """
    facts: list[Office] = []
    doubtful: list[Office] = []
    for post in posts.held.values():
        into = facts if is_fact(people, post, posts) else doubtful
        into += shown(people, post, HOLDS, period, QUOTES)
    return _newest(facts), _newest(doubtful)


def past(people: People, posts: Posts, period: Period) -> tuple[Office, ...]:
    """Those that the person is said to have held before ("nguyên", "cựu", "cố"), dated by when that is said."""
    told = [post for post in posts.past.values() if posts.is_of_person(post)]
    return _newest([office for post in told for office in shown(people, post, HELD, period, QUOTES)])


def _newest(offices: Iterable[Office]) -> tuple[Office, ...]:
    return tuple(sorted(offices, key=lambda office: newest_first(office.last_seen)))


def shown(people: People, post: Post, statuses: Sequence[str], period: Period, quotes: int) -> Iterator[Office]:
    """A post as the sentences of a period show it; whoever is only "quyền" there is acting.

    A year is neither first nor last beside one of its days: it may mean that day.
    """
    known = {row.status for row in post.evidence.rows}
    for acting in (False, True):
        mine = [status for status in statuses if (status in _ACTING) == acting and status in known]
        of_kind = Evidence(tuple(row for row in post.evidence.rows if row.status in mine))
        which = Which(mine, period, post.death, of_kind.span[0] if of_kind.span else None)
        proofs = people.register.proofs(post.places(), which, quotes) if mine else None
        if proofs:
            newest, earliest = proofs
            office = Office(
                post.title,
                earliest.date,
                newest[0].date,
                _quotes(people, newest, earliest, quotes),
                acting,
                of_kind.articles,
                of_kind.papers,
            )
            yield office if statuses is HELD else _with_ends(people, post, office, of_kind)


def _quotes(people: People, newest: Sequence[Seen], earliest: Seen, quotes: int) -> tuple[Quote, ...]:
    found, [first] = people.register.quotes(newest, quotes), people.register.quotes([earliest], 1)
    return found if first in found else (*found[: quotes - 1], first)


def _with_ends(people: People, post: Post, office: Office, evidence: Evidence) -> Office:
    """The office with the appointment, the first that is told of, and with the leave where nothing shows it held after.

    Where articles show the office held before, more than are mistaken, that was no appointment but another term.
    """
    known = {row.status for row in post.evidence.rows}
    begins = ("begins acting",) if office.acting else ("begins",)
    if begins[0] in known:
        began = people.register.proofs(post.places(), Which(begins, ALWAYS), 1)
        if began and not _is_held_before(began[1], evidence):
            office = replace(office, since=began[1].date, begins=people.register.quotes([began[1]], 1)[0])
    ended = people.register.proofs(post.places(), Which(ENDS, ALWAYS), 1)
    if ended and ended[0][0].dated and newest_first(office.last_seen) >= ended[0][0].newest:
        office = replace(office, until=ended[0][0].date, ends=people.register.quotes(ended[0], 1)[0])
    return office


def _is_held_before(began: Seen, evidence: Evidence) -> bool:
    day = -began.newest // SPAN
    before = sum(row.articles for row in evidence.rows if row.last < day and not row.status.startswith("begins"))
    return not began.dated or chance_of(before, evidence.articles, MISREAD) < CHANCE
