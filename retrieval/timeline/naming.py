"""Names in a topic: how texts write them, what else they are called, and where one begins."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from retrieval.facts import is_vietnamese
from retrieval.query import Query
from retrieval.query.phrases import Phrase
from retrieval.timeline.subject import as_pattern

# A word is a name where so many of its places in texts have capitals.
_CAPITALS = 0.8
SHORT = 2  # letters
_OWN = ("việt", "nam")  # "nước ta" is in any article
_MOST = 3  # other ways to write a name


def aliases_of(query: Query) -> Mapping[tuple[int, int], Sequence[Phrase]]:
    """Other ways to write the names of a query, by where they stand in its terms: "HCM" and "Sài Gòn", "LHQ"; a few,
    and none that holds another.
    """
    found: defaultdict[tuple[int, int], list[Phrase]] = defaultdict(list)
    for short, first, end in query.short:
        if len(short) > SHORT and not short.isdigit():
            found[first, end].append((short,))
    for phrase, first, end in query.synonyms:
        span = first, end
        named = end - first > 1 and query.terms[first] in query.names
        if named or span in found or span in query.known_names:
            found[span].append(phrase)
    whole = [one for one in found if not any(a <= one[0] and one[1] <= b for a, b in found if (a, b) != one)]
    return {
        (first, end): [way for way in dict.fromkeys(ways) if not any(set(one) < set(way) for one in ways)][:_MOST]
        for (first, end), ways in ((one, found[one]) for one in whole)
        if query.terms[first:end] != _OWN
    }


def written(query: Query, seen: Sequence[tuple[str, str]]) -> dict[tuple[int, int], list[str]]:
    """The patterns of the aliases that texts write as names: "Sài Gòn", not "thủ đô" for Hà Nội."""
    found: dict[tuple[int, int], list[str]] = {}
    for run, ways in aliases_of(query).items():
        sources = [joined_source([as_pattern(word, accented=query.accented) for word in way]) for way in ways]
        names = [source for source in sources if is_name(re.compile(source), seen)]
        if names:
            found[run] = names
    return found


def renamed(query: Query) -> Iterator[Query]:
    """The query with each name in it written another way."""
    for (first, end), ways in aliases_of(query).items():
        for way in ways:
            terms = (*query.terms[:first], *way, *query.terms[end:])
            yield replace(query, terms=terms, short=(), synonyms=(), known_names=(), offices=(), events=())


def is_full_name(query: Query, at: int) -> bool:
    """Whether two terms are syllables of one Vietnamese name, as it is typed: "Hồng Kỳ", of none that is known."""
    pair = query.terms[at : at + 2]
    known = any(first <= at < end or first <= at + 1 < end for first, end in (*query.known_names, *query.offices))
    return not known and all(word in query.capitals and is_vietnamese(word) for word in pair)


def is_before_name(query: Query, at: int) -> bool:
    """Whether a name begins between two terms: "quốc hội | Hungary", not "châu Á"."""
    first, last = query.terms[at : at + 2]
    if not query.is_cased or len(last) <= SHORT or last.isdigit():
        return False
    return first not in query.capitals and last in query.capitals


def is_name(pattern: re.Pattern[str], seen: Sequence[tuple[str, str]]) -> bool:
    """Whether most of its places in texts, each given with its lower case, have a capital."""
    found = ((text, place) for text, lower in seen if (place := pattern.search(lower)))
    places = [_has_capital(text[place.start() : place.end()]) for text, place in found]
    return bool(places) and sum(places) >= _CAPITALS * len(places)


def _has_capital(words: str) -> bool:
    first = words.split(maxsplit=1)[0]
    return first != first.lower()  # "iPhone"


def any_of(first: str, others: Sequence[str]) -> re.Pattern[str]:
    """One pattern for several ways to write a word."""
    return re.compile("|".join((first, *others)))


def joined_source(terms: Sequence[str]) -> str:
    """A pattern of words side by side, a number also behind "số" ("nghị định số 232"); the first before what may not
    stand around it, as that is many times faster to search.
    """
    first, *rest = terms
    between = {True: r"[\W_]{1,3}(?:số[\W_]{1,3})?+", False: r"[\W_]{1,3}"}
    return "".join([whole_word(first), *(rf"{between[term.isdigit()]}{term}(?!\w)" for term in rest)])


def whole_word(term: str) -> str:
    """A pattern of a word with nothing of a word around it."""
    return rf"{term}(?!\w)(?<!\w{term})"
