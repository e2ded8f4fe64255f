"""The sentence tells of another person than the one asked about, or only names the one."""

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from retrieval.index.marks import Mark
from retrieval.query import Query
from retrieval.ranking.objections.words import LOOSE, Words, in_pairs, places

_MISSPELT = 75  # of 100: two spellings of one name are more alike


def tells_of_another_person(query: Query, sentence: Words, around: Words) -> bool:
    """Whether it tells of somebody of nearly the same name, or its article of nobody of that name."""
    return _is_nearly_named_so(query, sentence, around) or _is_nobody_there(query, around)


def _is_nearly_named_so(query: Query, sentence: Words, around: Words) -> bool:
    """A name there is partly like one in the question: Lê Hoài Trung for Lê Hoài Nam, Phạm Gia Túc for Trần Văn Túc."""
    if not query.is_cased and query.names_only:
        known = around.pairs()
        return not all(pair in known for pair in pairwise(query.terms))
    told = Mark.CAPITAL if query.is_cased else Mark.CAPITAL | Mark.FIRST  # at the beginning a capital says nothing
    capital = [mark & told == Mark.CAPITAL for mark in sentence.marks]
    here = {pair for pair, both in zip(in_pairs(sentence.syllables), in_pairs(capital), strict=True) if all(both)}
    doubtful = [
        (at, pair) for at, pair in enumerate(in_pairs(query.terms)) if any(_is_other(pair, other) for other in here)
    ]
    if not doubtful:
        return False
    known = around.pairs()
    lower = {s for s, mark in zip(around.syllables, around.marks, strict=True) if not mark & Mark.CAPITAL}
    for at, pair in doubtful:
        if pair in known:
            continue
        if query.capitals.issuperset(pair):
            return True
        follows = at > 0 and (query.terms[at - 1], pair[0]) in in_pairs(sentence.syllables)
        is_name = not query.is_cased and pair[0] in query.capitals
        if is_name and follows and pair[1] not in lower and pair[1] not in LOOSE:
            return True
    return False


def _is_other(asked: tuple[str, str], there: tuple[str, str]) -> bool:
    """Two syllables of a name, of which one is another one, and not only spelt in another way."""
    return any(
        asked[same] == there[same] and fuzz.ratio(asked[1 - same], there[1 - same]) < _MISSPELT for same in (0, 1)
    )


def _is_nobody_there(query: Query, around: Words) -> bool:
    """Of the name with which the question begins the whole article has not a syllable: "Tô Lâm thăm … khi nào"."""
    name = query.terms[:2]
    named = (s for s, mark in zip(around.syllables, around.marks, strict=True) if mark & Mark.CAPITAL)
    return len(name) == 2 and name[1] in query.capitals and not set(name).intersection(named)


def is_only_named(query: Query, sentence: Words, around: Words, told: Sequence[bool]) -> bool:
    """Of all that is asked about a name, with its title, the whole article has nothing: "Hà Kim Ngọc sinh ở đâu"."""
    named = {s for s, mark in zip(sentence.syllables, sentence.marks, strict=True) if mark & Mark.CAPITAL}
    titles = [(start, end) for start, end in query.offices if len(named.intersection(query.terms[end : end + 2])) == 2]
    asked = [
        (at, term)
        for at, term in enumerate(query.terms)
        if term not in named and not any(start <= at < end for start, end in titles)
    ]
    if query.kind == "said" or not asked or len(asked) == len(query.terms):
        return False  # what is said has other words; who asks what somebody said is told it in `kinds`
    everywhere = set(around.syllables)
    otherwise = {place for short, start, end in query.short if short in everywhere for place in range(start, end)}
    for other, start, end in query.synonyms:
        if places(other, around):
            otherwise.update(range(start, end))
    return not any(term in everywhere or told[at] or at in otherwise for at, term in asked)
