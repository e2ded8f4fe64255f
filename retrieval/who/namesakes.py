"""Two persons of one name: told apart where their offices are of different places and no article shows both.

A person who moved is in both places too, but articles on the move tell of both offices. Vietnamese names only: foreign
ones are hardly ever shared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from retrieval.facts.spelling import is_foreign
from retrieval.who.identities import People
from retrieval.who.offices import Post, Posts

# Articles of an office that are looked at for whether one shows another office too.
_LOOKED_AT = 200
# Of all articles that show the offices of one name, a person who is shown by this share is whom people mean.
_MEANT = 0.9
# Days between two offices after which one person may have moved without an article that tells of it here.
_NEAR = 90


@dataclass(frozen=True, slots=True)
class Namesake:
    """One of several persons of a name: `title` is the office that most articles show, `titles` are all."""

    title: str
    titles: frozenset[str]
    articles: int


def namesakes(people: People, posts: Posts) -> list[Namesake]:
    """The persons of one name, the best known first; one alone where nothing tells several apart."""
    every = sorted(chain(posts.held.values(), posts.past.values()), key=lambda post: -post.evidence.articles)
    if not every or is_foreign(every[0].persons[0].split()):
        return []
    places = {post.title: people.places_of(post.title) for post in every}
    if len(set(filter(None, places.values()))) < 2:
        return []
    shown_in = {post.title: _articles(people, post) for post in every}
    groups: list[list[Post]] = []
    for post in every:
        fitting = [group for group in groups if not any(_differ(post, other, places, shown_in) for other in group)]
        linked = [group for group in fitting if any(_is_linked(post, other, places, shown_in) for other in group)]
        if linked or fitting:
            (linked or fitting)[0].append(post)
        else:
            groups.append([post])
    found = [
        Namesake(group[0].title, frozenset(t for post in group for t in post.titles), _count(group)) for group in groups
    ]
    return sorted(found, key=lambda one: -one.articles)


def chosen(found: Sequence[Namesake], title: str) -> Namesake | None:
    """The one in an office, or without a title the one whom nearly all articles mean."""
    if title:
        return next((one for one in found if title in one.titles), None)
    return found[0] if found[0].articles >= _MEANT * sum(one.articles for one in found) else None


def _count(group: Iterable[Post]) -> int:
    return sum(post.evidence.articles for post in group)


def _articles(people: People, post: Post) -> frozenset[int]:
    return frozenset(people.register.articles(post.places(), _LOOKED_AT))


def _is_linked(
    one: Post, other: Post, places: Mapping[str, frozenset[str]], shown_in: Mapping[str, frozenset[int]]
) -> bool:
    """Whether an article shows both offices, or both are of one place."""
    return bool(shown_in[one.title] & shown_in[other.title] or places[one.title] & places[other.title])


def _differ(
    one: Post, other: Post, places: Mapping[str, frozenset[str]], shown_in: Mapping[str, frozenset[int]]
) -> bool:
    """Whether two offices are hardly one person's: of different places, at nearly one time, in no article together."""
    both = places[one.title] and places[other.title]
    return bool(both) and _are_near(one, other) and not _is_linked(one, other, places, shown_in)


def _are_near(one: Post, other: Post) -> bool:
    spans = one.evidence.span, other.evidence.span
    if spans[0] is None or spans[1] is None:
        return False
    first, second = sorted((spans[0], spans[1]))
    return second[0] - first[1] <= _NEAR
