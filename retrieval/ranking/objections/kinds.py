"""The sentence has nothing of the kind asked for: no statement, no time of day, no list, no such place."""

import re
from itertools import pairwise

from retrieval.numerals import value
from retrieval.query import Query
from retrieval.ranking.objections.words import Words, in_pairs, is_told, places

_THAT = (("rằng",), ("rang",))
_ABOUT = frozenset({"về", "ve"})
_SAYS_WITHIN = 14  # syllables from a name: "Bùi Thanh Sơn, Bộ trưởng Bộ Ngoại giao, đề nghị"
_LISTS = frozenset({"gồm", "là", "như", "gom", "la", "nhu"})
_SOON = 8  # syllables from a number to what begins the list
_HOUR = re.compile(r"\d{1,2}[hg](?:\d\d)?")
_HOURS = frozenset({"giờ", "gio"})
# Folded only those that are hardly ever another word there: "quan" ends "cơ quan".
_PLACES = frozenset({"phố", "ngõ", "phường", "xã", "thôn", "quận", "huyện", "pho", "ngo", "thon", "huyen"})


def lacks_what_is_asked_for(query: Query, sentence: Words, around: Words) -> bool:
    """Whether the sentence has nothing of what a question of this kind asks for, as far as its kind tells."""
    match query.kind:
        case "said":
            return not (_is_said(query, sentence) and _has_topic(query, around) and _has_speaker(query, around))
        case "hour":
            return not _has_hour(sentence)
        case "list":
            return _only_counts(query, sentence)
        case _:
            return (
                _lacks_a_place(query, sentence)
                or _tells_the_opposite(query, sentence, around)
                or not all(is_told(query, event, around) for event in query.events)
            )


def _is_said(query: Query, sentence: Words) -> bool:
    """Somebody says something there."""
    return any(places(verb, sentence) for verb in (*query.speech, *_THAT))


def _has_speaker(query: Query, around: Words) -> bool:
    """Soon after a name of the question the article has a verb of saying; or the question has no name."""
    names = [
        pair
        for at, pair in enumerate(in_pairs(query.terms))
        if pair[1] in query.capitals and (at == 0 or pair[0] in query.capitals)
    ]
    said = {at for verb in query.speech for at in places(verb, around)}
    begins = [at for name in names for at in places(name, around)]
    return not names or any(said.intersection(range(at + 1, at + 1 + _SAYS_WITHIN)) for at in begins)


def _has_topic(query: Query, around: Words) -> bool:
    """The article has at least half of the runs of two syllables of what somebody is to speak about."""
    about = next((at for at, term in enumerate(query.terms) if term in _ABOUT and at >= query.slot >= 0), None)
    topic = list(pairwise(query.terms[about + 1 :])) if about is not None else []
    return 2 * len(around.pairs().intersection(topic)) >= len(topic)


def _has_hour(sentence: Words) -> bool:
    """A time of day is there: "9h30", "9 giờ"."""
    return any(_HOUR.fullmatch(syllable) for syllable in sentence.syllables) or any(
        second in _HOURS and value(first) is not None for first, second in in_pairs(sentence.syllables)
    )


def _only_counts(query: Query, sentence: Words) -> bool:
    """The number of what is asked for stands there, and after it nothing that begins a list."""
    numbers = {value(term) for term in query.terms if term.isdecimal()}
    numbered = [at for at, syllable in enumerate(sentence.syllables) if value(syllable) in numbers]
    return bool(numbered) and not any(_LISTS.intersection(sentence.syllables[at : at + _SOON]) for at in numbered)


def _lacks_a_place(query: Query, sentence: Words) -> bool:
    """It asks for a place of a kind whose names are written with it, "phố nào", and there is none."""
    *before, kind = ["", *query.terms[: max(query.slot, 0)]]
    is_city = before[-1:] in (["thành"], ["thanh"])
    return kind in _PLACES and not is_city and kind not in sentence.syllables


def _tells_the_opposite(query: Query, sentence: Words, around: Words) -> bool:
    """It tells of an opening where a closing is asked about, of which the article has nothing."""
    return any(places(other, sentence) and not places(asked, around) for asked, other in query.opposites)
