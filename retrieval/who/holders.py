"""Who held an office: the facts, in the order in which the articles show them, and what may be a mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from retrieval.dates.edtf import limits_of
from retrieval.dates.ranges import ALWAYS, Period
from retrieval.records import Holder, Office, Profile
from retrieval.who.identities import People
from retrieval.who.offices import (
    BEGINS,
    ENDS,
    HELD,
    HOLDS,
    QUOTES_OF_HOLDERS,
    SHOWN,
    Post,
    Posts,
    is_fact,
    posts_of,
    shown,
)
from retrieval.who.weighing import APPOINTED, Sign, latest

# Offices of a kind ("Bộ trưởng") that are looked at, and holders of each, those that most articles show.
_KINDS = 20
_HOLDERS = 60
_OTHERS = 5
# Articles that show somebody as a mere "Trợ lý", for a list of all such.
_OF_A_KIND = 2
# Articles looked at for who holds an office now, of each holder.
_SIGNS = 20


def holders(people: People, title: str, period: Period, *, now: bool) -> Profile | None:
    """Who held the office in the period, or holds it `now`; None where the articles show nobody in it.

    Of a mere "Bộ trưởng" it is those of every ministry.
    """
    kinds = people.register.kinds(title, _KINDS) if people.is_kind(title) else ()
    titles = dict.fromkeys(people.titles_of(one)[0] for one in (title, *kinds))
    found: list[Holder] = []
    others: list[Holder] = []
    for one in titles:
        facts, doubtful = _of_office(people, one, period)
        found += [holder for holder in facts if holder.current] if now else facts
        others += doubtful
    if not (found or others):
        return None
    found.sort(key=_first_day)
    return Profile(title, holders=tuple(found), others=() if now and found else tuple(others[:_OTHERS]))


def _first_day(holder: Holder) -> date:
    limits = limits_of(holder.office.first_seen.edtf)
    return limits[0] if limits else date.max


def _of_office(people: People, title: str, period: Period) -> tuple[list[Holder], list[Holder]]:
    """Its holders in a period, and those who may be none."""
    found: list[Holder] = []
    doubtful: list[Holder] = []
    for one in weighed(people, title):
        for office in shown(people, one.post, HOLDS, ALWAYS, QUOTES_OF_HOLDERS):
            if overlaps(period, office):
                holder = Holder(people.register.shown(one.post.persons), office, one.is_current)
                (found if one.is_fact else doubtful).append(holder)
    return found, doubtful


@dataclass(frozen=True, slots=True)
class Weighed:
    """Somebody shown in an office: whether that is a fact, and whether the newest solid evidence names this one."""

    post: Post
    is_fact: bool
    is_current: bool


def weighed(people: People, title: str) -> list[Weighed]:
    """Everybody shown in an office, those with most articles first."""
    title = people.titles_of(title)[0]
    posts = list(islice(_posts_in(people, title), _HOLDERS))
    facts: list[Post] = []
    for post, all_of_person in posts:
        others = [other.evidence for other, _ in posts if other is not post]
        if is_fact(people, post, all_of_person, others):
            facts.append(post)
    current = facts if people.is_of_several(title) else [_current(people, facts)]
    return [Weighed(post, post in facts, post in current) for post, _ in posts]


def _posts_in(people: People, title: str) -> Sequence[tuple[Post, Posts]]:
    """Everybody shown in an office, those with most articles first. Of a mere "Trợ lý" only who is shown as such by
    several articles and in no office that says more: one alone may be of anything.
    """
    bare = people.is_bare(title)
    found: dict[str, tuple[Post, Posts]] = {}
    for person, articles in people.held_by(title, HOLDS).items():
        if bare and (articles < _OF_A_KIND or people.has_more_of(title, person)):
            continue  # before its names are joined, which is dear
        whole = people.joining.whole(person)
        if whole in found:
            continue
        posts = posts_of(people, people.joining.joined(person))
        post = next((post for post in posts.held.values() if title in post.titles), None)
        if post and not (bare and post.title != title):
            found[whole] = post, posts
    return sorted(found.values(), key=lambda pair: (-pair[0].evidence.articles, pair[0].persons))


def _current(people: People, posts: Sequence[Post]) -> Post | None:
    """Who of the holders of an office holds it now."""
    for_and_against = ((SHOWN, 1), (BEGINS, APPOINTED), ((*HELD, *ENDS), -1))
    signs = [
        (at, Sign(day, sign))
        for at, post in enumerate(posts)
        for statuses, sign in for_and_against
        for person, title in post.places()
        for day in people.register.signs(person, title, statuses, _SIGNS)
        if post.death is None or day < post.death
    ]
    newest = latest(signs)
    return None if newest is None else posts[newest]


def overlaps(period: Period, office: Office) -> bool:
    """Whether an office is held in a period, from where it is first seen to where it is last seen."""
    begin, end = limits_of(office.first_seen.edtf), limits_of(office.last_seen.edtf)
    if begin is None or end is None:
        return not period
    return (period.until is None or begin[0] <= period.until) and (period.since is None or end[1] >= period.since)
