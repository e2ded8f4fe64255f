"""Questions of persons and offices, answered from what is weighed: the sentences that prove it, or that nobody does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.dates.ranges import ALWAYS, Period
from retrieval.facts import key_of
from retrieval.query import Query
from retrieval.records import Office, Quote
from retrieval.store.sightings import newest_first
from retrieval.tokens import fold, syllables
from retrieval.who.asking import AskedOf, Asking
from retrieval.who.holders import overlaps, weighed
from retrieval.who.identities import People, person_of
from retrieval.who.offices import ENDS, HELD, HOLDS, Post, is_fact, posts_of, shown
from retrieval.who.register import Which
from retrieval.who.weighing import MISREAD, Evidence, chance_of
from retrieval.who.who import meant

# Offices of a person that are told, the newest first.
_OFFICES = 3
# Sentences looked at for those that prove it best.
_PROOFS = 6
# A statement is on a topic where it, or the title above it, has this share of the topic's syllables.
_ON_TOPIC = 0.6
# Kinds of questions for a time.
_TIMES = ("day", "year", "when", "hour")
# Kinds of sentences that name rather than tell.
_SHORT = ("headline", "caption")
# How sure the sentence of a fact is, at most: of 100 labelled facts of rss_2025 99 are right, see README.
_MOST_SURE = 0.97


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a question: the quotes that answer it, the best first, each of another fact; or none, and those
    that come nearest. `persons` are the names (keys) of whom it is about.
    """

    asked: AskedOf
    quotes: tuple[Quote, ...] = ()
    nearest: tuple[Quote, ...] = ()
    confidence: float = 0.0
    persons: tuple[str, ...] = ()

    def is_on_topic(self, quote: Quote, accented: bool) -> bool:
        """Whether a statement, with its article's title, speaks of what was asked about."""
        kept = str.lower if accented else fold
        spoken = {kept(word) for word in syllables(f"{quote.article.title or ''} {quote.text}")}
        topic = [kept(word) for word in syllables(self.asked.topic)]
        return sum(word in spoken for word in topic) >= _ON_TOPIC * len(topic)


class Answering:
    """Answers what `Asking` reads, from the persons of a library."""

    def __init__(self, people: People, asking: Asking) -> None:
        self._people, self._asking = people, asking

    def told(self, query: Query, today: date | None = None) -> Told | None:
        """None where it is no question of persons and offices, or of such as the articles do not have."""
        told: Told | None = None
        for asked in self._asking.read(self._people, query.text, today, accented=query.accented):
            found = self._told(asked) if _fits(query.kind, asked) else None
            if found and (found.quotes or found.asked.topic):
                return found
            told = told or found
        return told

    def _told(self, asked: AskedOf) -> Told | None:
        if not asked.known:
            return Told(asked)
        match asked.kind:
            case "before":
                return self._before(asked)
            case "holder":
                return self._former(asked) if asked.standing == "former" else self._holder(asked)
            case "office":
                return self._offices_of(asked)
            case "since" | "until":
                return self._change(asked)
            case _:
                return self._said(asked)

    def _holder(self, asked: AskedOf) -> Told | None:
        """Who holds an office, or held it in a period; of a mere "Giám đốc" it can't be told whom it means."""
        all_of = weighed(self._people, asked.office)
        if not all_of:
            return None if self._people.is_bare(asked.office) else Told(asked)
        facts = [one for one in all_of if one.is_fact]
        offices = [(one, office) for one in facts for office in self._offices(one.post, asked)]
        if asked.period:
            offices = [(one, office) for one, office in offices if overlaps(asked.period, office)]
            offices.sort(key=lambda pair: -_articles_in(pair[0].post, asked.period))
            if not offices:  # a sentence of that time may tell what the grammar of offices misses
                return None
        else:
            offices = [(one, office) for one, office in offices if one.is_current] or (
                [] if asked.now else sorted(offices, key=lambda pair: newest_first(pair[1].last_seen))[:1]
            )
        quotes = [list(self._proofs(one.post, office, asked.period)) for one, office in offices]
        nearest = [quote for one in all_of for quote in self._of(one.post, HOLDS, ALWAYS)]
        return self._as_told(asked, quotes, nearest, [one.post for one, _ in offices])

    def _before(self, asked: AskedOf) -> Told | None:
        """Who held an office last before somebody else."""
        persons = self._person(asked.person)
        if not persons:
            return None
        every = weighed(self._people, asked.office)
        every = [one for one in every if _is_in_full(one.post)] or every
        after = next((one.post for one in every if one.post.persons == persons), None)
        day = after.evidence.span[0] if after and after.evidence.span else date.max.toordinal()
        spans = [(one.post.evidence.span, one.post) for one in every if one.is_fact and one.post.persons != persons]
        earlier: list[tuple[int, Post, Sequence[str]]] = [
            *((span[1], post, HOLDS) for span, post in spans if span and span[0] < day),
            *((left, post, ENDS) for left, post in self._left(asked.office) if left <= day and post.persons != persons),
        ]
        if earlier:
            _, post, statuses = max(earlier, key=lambda one: one[0])
            return self._as_told(asked, [self._of(post, statuses, ALWAYS)], (), [post])
        former = self._former(replace(asked, standing="former"))
        return former if former and former.persons != persons else Told(asked, persons=persons)

    def _left(self, office: str, persons: Sequence[str] = ()) -> Iterator[tuple[int, Post]]:
        """Who is told to leave an office, or of these persons, whichever they leave where none is given; and when."""
        of = self._people.register.tenures(persons) if persons else self._people.tenures_of(office)
        titles = self._people.titles_of(office) if office else ()
        for row in of:
            if row.status in ENDS and row.first and (not titles or row.title in titles):
                whole = self._joined(row.person)
                yield row.first, Post(whole, row.title, self._people.titles_of(row.title), Evidence((row,)))

    def _offices(self, post: Post, asked: AskedOf) -> Iterator[Office]:
        for office in shown(self._people, post, HOLDS, ALWAYS, 1):
            if asked.standing != "acting" or office.acting:
                yield office

    def _former(self, asked: AskedOf) -> Told | None:
        """Who is said to have held an office and is no more in it."""
        found: list[Sequence[Quote]] = []
        posts: list[Post] = []
        for person in self._people.held_by(asked.office, HELD):
            post = next(
                (p for p in posts_of(self._people, self._joined(person)).past.values() if asked.office in p.titles),
                None,
            )
            if post and post.persons not in [other.persons for other in posts]:
                posts.append(post)
                found.append(self._of(post, HELD, asked.period))
        if not posts:
            return self._holder(replace(asked, standing="holds")) and Told(asked)
        return self._as_told(asked, found, (), posts)

    def _offices_of(self, asked: AskedOf) -> Told | None:
        """What a person holds; in a period, or now."""
        persons = self._person(asked.person)
        if not persons:
            return None
        posts = posts_of(self._people, persons)
        if not (posts.held or posts.past):
            return None
        claimed = [*self._claimed(asked.person), *([asked.office] if asked.office else ())]
        facts = [post for post in posts.held.values() if is_fact(self._people, post, posts)]
        known = [post for post in (*facts, *posts.past.values()) if self._is_claimed(post, claimed)]
        if claimed and not known:
            return Told(asked, persons=persons)
        if asked.now:
            facts = [post for post in facts if self._holds_now(post)]
        offices = [
            (post, office)
            for post in facts
            for office in shown(self._people, post, HOLDS, ALWAYS, 1)
            if not asked.period or overlaps(asked.period, office)
        ]
        offices.sort(key=lambda pair: (newest_first(pair[1].last_seen), -pair[1].articles))
        quotes = [list(self._proofs(post, office, asked.period)) for post, office in offices[:_OFFICES]]
        if not quotes and not (asked.now or asked.period):
            quotes = [list(self._of(post, HELD, ALWAYS)) for post in posts.past.values()][:_OFFICES]
        nearest = [quote for post in posts.held.values() for quote in self._of(post, HOLDS, ALWAYS)]
        return self._as_told(asked, quotes, nearest, [post for post, _ in offices])

    def _said(self, asked: AskedOf) -> Told | None:
        """What a person or the holder of an office says: the newest of all, while on a topic the library looks."""
        persons = self._person(asked.person) or self._only_holder(asked.person)
        if not persons:
            return None
        said = self._people.register.seen(persons, asked.period, 2 * _PROOFS, "says")
        if not said:
            return Told(asked, persons=persons)
        quotes = () if asked.topic else self._people.register.quotes(said, _PROOFS)
        return Told(asked, quotes, (), _MOST_SURE, persons)

    def _holds_now(self, post: Post) -> bool:
        if self._people.is_kind(post.title):
            return True
        return any(one.is_current for one in weighed(self._people, post.title) if one.post.persons == post.persons)

    def _change(self, asked: AskedOf) -> Told | None:
        """Since when a person holds an office, or when it ended."""
        persons = self._person(asked.person)
        if asked.person and not persons:
            return None
        if asked.person:
            posts = list(posts_of(self._people, persons).held.values())
            claimed = [asked.office] if asked.office else self._claimed(asked.person)
            posts = [post for post in posts if self._is_claimed(post, claimed)]
        else:
            posts = [one.post for one in weighed(self._people, asked.office) if one.is_current]
        if asked.kind == "until":
            left = sorted(self._left(asked.office, persons if asked.person else ()), key=lambda one: -one[0])
            if left:
                reports = sorted(self._of(left[0][1], ENDS, ALWAYS), key=lambda quote: -newest_first(quote.date))
                return self._as_told(asked, [reports], (), [left[0][1]])
        if not posts:
            return None
        offices = [office for post in posts for office in shown(self._people, post, HOLDS, ALWAYS, _PROOFS)]
        changes = [office.begins if asked.kind == "since" else office.ends for office in offices]
        quotes = [[quote] for quote in changes if quote]
        return self._as_told(asked, quotes, [quote for office in offices for quote in office.quotes[-1:]], posts)

    def _proofs(self, post: Post, office: Office, period: Period) -> Iterator[Quote]:
        """The sentences that show somebody in an office: the appointment first, if it is of the period."""
        if office.begins and (not period or period.overlaps(office.since.edtf)):
            yield office.begins
        yield from self._of(post, HOLDS, period) or self._of(post, HOLDS, ALWAYS)

    def _of(self, post: Post, statuses: Sequence[str], period: Period) -> tuple[Quote, ...]:
        """The newest sentences that have the name, those that tell before headlines, first those with all of it, and of
        them those that have the office in full.
        """
        which = Which(statuses, period, post.death, named=True)
        proofs = self._people.register.proofs(post.places(), which, _PROOFS)
        quotes = self._people.register.quotes(proofs[0], _PROOFS) if proofs else ()

        def order(quote: Quote) -> tuple[bool, bool, bool]:
            titles = (title for office in self._people.facts.offices_in(quote.text) for title in office.titles)
            return quote.kind in _SHORT, not _has(quote, post.persons[0]), post.title not in titles

        return tuple(sorted(quotes, key=order))

    def _as_told(
        self, asked: AskedOf, facts: Sequence[Sequence[Quote]], nearest: Sequence[Quote], posts: Sequence[Post]
    ) -> Told:
        """One quote for each fact, then the second of each, and so on."""
        found = [quotes for quotes in facts if quotes]
        ranked = [quotes[at] for at in range(_PROOFS) for quotes in found if at < len(quotes)]
        persons = posts[0].persons if posts else ()
        if not ranked:
            return Told(asked, nearest=tuple(nearest[:_PROOFS]), persons=persons)
        articles = posts[0].evidence.articles
        sure = min(_MOST_SURE, 1 - chance_of(articles, articles, MISREAD))
        return Told(asked, tuple(ranked), (), sure, persons)

    def _person(self, name: str) -> tuple[str, ...]:
        """All names of the one whom a name means for certain; none where it is not."""
        certain = meant(self._people, name).certain if name else ""
        return self._joined(person_of(key_of(certain))) if certain else ()

    def _only_holder(self, office: str) -> tuple[str, ...]:
        """All names of who holds an office now, where that is one."""
        title = self._people.office(office)
        current = [one for one in weighed(self._people, title) if one.is_current] if title else []
        return current[0].post.persons if len(current) == 1 else ()

    def _joined(self, person: str) -> tuple[str, ...]:
        return self._people.joining.joined(person)

    def _claimed(self, name: str) -> list[str]:
        """The offices that stand before a name: "Thủ tướng Lê Văn Tám"."""
        return [title for office in self._people.facts.offices_in(name) for title in office.titles]

    def _is_claimed(self, post: Post, claimed: Sequence[str]) -> bool:
        people = self._people
        return not claimed or any(
            title in post.titles
            or people.is_short(title, post.title, post.persons)
            or people.head_of(post.title) == title
            for title in claimed
        )


def _fits(kind: str, asked: AskedOf) -> bool:
    """Whether a question of a kind can ask so: "nói gì" asks what is said, but "Hà Nội" is typed "ha noi"."""
    if asked.kind == "said" or kind == "said":
        return kind == "said" and (asked.kind == "said" or bool(asked.office))
    return asked.kind != "office" or kind not in _TIMES


def _is_in_full(post: Post) -> bool:
    """Whether the office is held, and not only for the time being."""
    return any(row.status in ("holds", "begins") for row in post.evidence.rows)


def _has(quote: Quote, person: str) -> bool:
    """Whether a quote has a name, by its key."""
    return f" {person} " in f" {' '.join(syllables(quote.text))} "


def _articles_in(post: Post, period: Period) -> int:
    """How many articles show it in a period."""
    since = period.since.toordinal() if period.since else 0
    until = period.until.toordinal() if period.until else date.max.toordinal()
    return sum(row.articles for row in post.evidence.rows if row.first <= until and row.last >= since)
