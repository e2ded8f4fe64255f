"""Offices without a name: "Tổng Bí thư nhấn mạnh" means the article's only holder of the office, or nobody."""

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from retrieval.names import context
from retrieval.names.chains import Attribution, chain_end
from retrieval.names.mention import Mention
from retrieval.names.offices import GOVERNMENT, Office
from retrieval.names.people import People, Person
from retrieval.names.rules import Rules

# After these a title is not its holder's: "vị Chủ tịch của Real", "người phát ngôn trên".
_NOT_AFTER = frozenset({"của", "trên", "khác", "mới", "tiếp", "đầu", "kế"})


def titles_alone(
    people: People, found: Attribution, sentence: int, is_near: Callable[[str], bool]
) -> Iterator[Mention]:
    """The mentions by title alone of a sentence, where the article tells who is meant.

    `is_near(name)` says whether the person is named not far off: a mere "Tổng thống" or "Chủ tịch" reaches no
    further, for an article may well speak of another one.
    """
    index = 0
    while index < len(found.items):
        chain = _chain(found, index)
        if chain and not _is_enumerated(found, index, len(chain)):
            yield from _resolved(people, found, chain, sentence, is_near)
        index += max(1, len(chain))


def _chain(found: Attribution, index: int) -> list[Office]:
    """The offices of one person that begin with this item and that no name has taken."""
    if not isinstance(found.items[index], Office):
        return []
    free = takewhile(lambda office: office not in found.spoken_for, range(index, chain_end(found, index) + 1))
    return [office for position in free for office in found.offices(position, position)]


def _is_enumerated(found: Attribution, index: int, length: int) -> bool:
    """Whether a mere title stands in a list of others: "Chủ tịch, Phó Chủ tịch UBND quận" are nobody in particular."""
    following = index + length
    if following >= len(found.items) or found.gap(following - 1) not in (",", "/", "và", "hoặc"):
        return False
    office, other = found.items[index], found.items[following]
    mere = isinstance(office, Office) and not office.complemented and not office.head.complete
    return mere and isinstance(other, Office) and following not in found.spoken_for


def _resolved(
    people: People, found: Attribution, chain: Sequence[Office], sentence: int, is_near: Callable[[str], bool]
) -> Iterator[Mention]:
    """One mention for all offices of a chain where one person holds them all, else one for each that has one holder."""
    if not _personal(found, chain[0]):
        return
    person = _holder(people, found.rules, chain, is_near)
    if person:
        yield _mention(found, chain, person, sentence)
    elif len(chain) > 1:
        for office in chain:
            person = _holder(people, found.rules, [office], is_near)
            if person:
                yield _mention(found, [office], person, sentence)


def _personal(found: Attribution, office: Office) -> bool:
    """Whether the office stands for its holder: not for several, for the post, for a former or a coming holder."""
    words, rules = found.words, found.rules
    if not words.capital[office.start] or office.after or (office.head.of_office and not office.complemented):
        return False
    if office.end < len(words) and words.lower[office.end] in rules.plural | _NOT_AFTER:
        return False
    if context.is_plural(rules, words, office.start) or context.status_before(rules, words, office.start):
        return False
    return not context.ends_with(words, office.start, rules.not_a_holder)


def _holder(people: People, rules: Rules, chain: Sequence[Office], is_near: Callable[[str], bool]) -> Person | None:
    titles = [title for office in chain for title in office.titles]
    holders = people.holders(titles[0])
    for title in titles[1:]:
        held = people.holders(title)
        holders = [person for person in holders if person in held]
    if len(holders) != 1:
        return None
    far_reaching = any(office.complemented or _is_of_government(rules, office) for office in chain)
    return holders[0] if far_reaching or is_near(holders[0].name) else None


def _is_of_government(rules: Rules, office: Office) -> bool:
    """Whether the mere title is of the Vietnamese state: a "Bộ trưởng" means the article's own throughout."""
    return office.titles[0] in rules.national or office.titles[0] in GOVERNMENT


def _mention(found: Attribution, chain: Sequence[Office], person: Person, sentence: int) -> Mention:
    words = found.words
    start, end = words.starts[chain[0].start], words.ends[chain[-1].end - 1]
    titles = [title for office in chain for title in office.titles]
    offices = tuple(dict.fromkeys(office for title in titles for office in _kept(person, title)))
    return Mention(start, end, words.text[start:end], person.name, offices, "holds", "actor", "title", sentence)


def _kept(person: Person, title: str) -> list[str]:
    """The person's offices that the title means, as the article has them in full."""
    if title in person.offices:
        return [title]
    return [office for office in person.offices if office.startswith(f"{title} ")]
