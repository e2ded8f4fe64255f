"""The sentence tells of another office than the one asked about, or of that of another institution."""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from retrieval.index.marks import Mark
from retrieval.numerals import value
from retrieval.query import Query
from retrieval.ranking.objections.words import Words, in_pairs, places

# Between an office and the institution that it leads: "Bộ trưởng Bộ Ngoại giao".
_OF = frozenset({"bộ", "ban", "bo"})
_ABBREVIATED = frozenset({"ubnd", "hđnd", "hdnd", "tp"})
_WHEN = frozenset({"năm", "tháng", "ngày", "nam", "thang", "ngay", "hiện", "hien"})
_CHIEF = frozenset({"tổng", "tong"})
_NEW = frozenset({"tân", "tan"})
_FIRST = frozenset({("đầu", "tiên"), ("dau", "tien")})
_NO_OFFICE = frozenset({"quán", "quan", "đoàn", "doan"})  # "đại sứ quán", "chủ tịch đoàn"
_COMPLEMENT = 8  # syllables after an office that may tell whose it is


def speaks_of_another_office(query: Query, sentence: Words, around: Words) -> bool:
    """Whether the sentence, or its article, has not the office that the question speaks of."""
    if _lacks_an_office(query, around):
        return True
    if query.kind == "said":
        return _lacks_the_institution(query, around)
    return query.asks_holder and bool(query.offices) and _is_another_office(query, sentence, around)


def _lacks_an_office(query: Query, around: Words) -> bool:
    """The question speaks of an office that the whole article has not: "Bí thư" is not "Tổng Bí thư"."""
    return any(
        all(at and around.syllables[at - 1] in _CHIEF for at in places(query.terms[start:end], around))
        for start, end in query.offices
        if not start or query.terms[start - 1] not in _CHIEF
    )


def _lacks_the_institution(query: Query, around: Words) -> bool:
    """Who is to have said something holds an office of what the whole article has not: "Bộ trưởng Công an"."""
    asked = Words(query.terms, ())
    verbs = {at for verb in query.speech for at in places(verb, asked)}
    for start, end in query.offices:
        upto = min((at for at in verbs if at >= end), default=max(query.slot, end))
        complement = query.terms[end:upto]
        if len(complement) != 2 or query.capitals.issuperset(complement):  # a name, which may stand apart
            continue
        # Without capitals it may be a name as well.
        has = _follows(complement, query.terms[start:end], around) if query.capitals else complement in around.pairs()
        if not has and not query.abbreviates(end, around.syllables):
            return True
    return False


def _follows(complement: tuple[str, ...], head: Sequence[str], text: Words) -> bool:
    """Soon after an office stands this complement."""
    ends = (at + len(head) for at in places(head, text))
    return any(complement in in_pairs(text.syllables[end : end + _COMPLEMENT]) for end in ends)


def _is_another_office(query: Query, sentence: Words, around: Words) -> bool:
    """The question asks who holds an office, and the sentence has none such, or that of another institution."""
    start, end = query.offices[0]
    modified = start > 0 and query.terms[start - 1] in query.modifiers
    before = query.terms[: start - 1 if modified else start]
    if before and before[-1] not in _NEW:  # it asks for somebody else: "phu nhân Tổng Bí thư", "ai là trợ lý Bộ trưởng"
        return not places(before[-2:], around)
    if _FIRST.intersection(pairwise(query.terms)) and not _FIRST & around.pairs():  # who held it first of all
        return True
    modifier = query.terms[start - 1] if modified else ""
    asked = end if query.slot == end else end + 2  # "Thứ trưởng nào phát biểu" asks for one of any institution
    complement = list(takewhile(lambda term: value(term) is None and term not in _WHEN, query.terms[end:asked]))
    head = query.terms[start:end]
    if (
        len(complement) == 2
        and not query.abbreviates(end, around.syllables)
        and not any(
            tuple(complement) in in_pairs(around.syllables[at + len(head) : at + len(head) + _COMPLEMENT])
            for at in places(head, around)
            if _modifier(around, at, query.modifiers) == modifier
        )
    ):
        return True
    same = [at for at in places(head, sentence) if _modifier(sentence, at, query.modifiers) == modifier]
    return all(_leads_another(complement, sentence, at + len(head)) for at in same)


def _modifier(sentence: Words, at: int, modifiers: Sequence[str]) -> str:
    before = sentence.syllables[at - 1] if at else ""
    return before if before in modifiers else ""


def _leads_another(complement: Sequence[str], sentence: Words, at: int) -> bool:
    """After an office stands an institution, and not the one asked for."""
    following = sentence.syllables[at : at + _COMPLEMENT]
    if following and following[0] in _NO_OFFICE:
        return True
    if not complement or complement[0] in following:
        return False
    if len(complement) == 1:  # "Tổng thống Pháp", "Chủ tịch nước"
        return True
    skipped = 1 if following and following[0] in _OF else 0
    capital = [bool(mark & Mark.CAPITAL) for mark in sentence.marks[at + skipped : at + skipped + 2]]
    # "Ngoại giao" is an institution; of "Lê Hoài Trung" every syllable has a capital, of "UBND tỉnh" we don't know
    return capital == [True, False] and following[skipped] not in _ABBREVIATED
