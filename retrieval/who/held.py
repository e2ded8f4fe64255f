"""A person's offices as intervals: from when to when the articles show them, and the sentences that do."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from retrieval.records import Date, Office, Quote
from retrieval.timeline.ranges import limits_of
from retrieval.who.people import Seen
from retrieval.who.when import newest_first

# Quotes kept for each office, the earliest among them.
_QUOTES = 10

# What shows an office best: a sentence that tells, then a headline, then the line under a picture.
_KINDS = ("lead", "body", "headline", "caption")


def held(seen: Sequence[Seen], is_bare: Callable[[str], bool]) -> tuple[Office, ...]:
    """The offices that the person is shown to hold, the newest first, those without a known year last.

    The dead hold none, whatever a sentence on a book of theirs says.
    """
    deaths = [one.limits[0] for one in seen if one.mention.status == "late" and one.limits]
    alive = (one for one in seen if not (deaths and one.limits and one.limits[0] >= min(deaths)))
    return _offices((one for one in alive if one.mention.status in {"holds", "acting"}), is_bare)


def past(seen: Iterable[Seen], is_bare: Callable[[str], bool]) -> tuple[Office, ...]:
    """Those that the person is said to have held before ("nguyên", "cựu", "cố"), dated by when that is said."""
    return _offices((one for one in seen if one.mention.status in {"former", "late"}), is_bare)


def _offices(seen: Iterable[Seen], is_bare: Callable[[str], bool]) -> tuple[Office, ...]:
    by_title: defaultdict[tuple[str, bool], list[Seen]] = defaultdict(list)
    for one in seen:
        for title in one.mention.offices:
            by_title[title, one.mention.status == "acting"].append(one)
    titles = {title for title, _ in by_title}
    found = [
        _office(title, proofs, acting=acting)
        for (title, acting), proofs in by_title.items()
        if not (any(other.startswith(f"{title} ") for other in titles) and is_bare(title))
    ]
    return tuple(sorted(found, key=lambda office: newest_first(limits_of(office.last_seen.edtf))))


def _office(title: str, proofs: Sequence[Seen], *, acting: bool) -> Office:
    """From sentences that show it; a year is neither first nor last beside one of its days: it may mean that day."""
    known = [(one.limits, one.date) for one in proofs if one.limits]
    first = min(known, key=lambda pair: pair[0][::-1])[1] if known else proofs[0].date
    last = max(known, key=lambda pair: pair[0])[1] if known else proofs[0].date
    return Office(title, first, last, _quotes(proofs, first), acting)


def _quotes(proofs: Sequence[Seen], first: Date) -> tuple[Quote, ...]:
    """The newest, and the best of those at the first date."""
    newest = tuple(islice(once(one.quote for one in sorted(proofs, key=_best)), _QUOTES))
    earliest = min((one for one in proofs if one.date.edtf == first.edtf), key=_best).quote
    return newest if earliest in newest else (*newest[: _QUOTES - 1], earliest)


def _best(seen: Seen) -> tuple[bool, int, int, bool, int]:
    """The newest first, and of one day the sentence that has the name itself."""
    return *newest_first(seen.limits), seen.mention.how != "named", _KINDS.index(seen.sentence.kind)


def once(quotes: Iterable[Quote]) -> Iterator[Quote]:
    """Each text once: papers print each other's sentences."""
    texts: set[str] = set()
    for quote in quotes:
        text = " ".join(quote.text.split())
        if text not in texts:
            texts.add(text)
            yield quote
