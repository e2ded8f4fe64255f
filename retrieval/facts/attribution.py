"""Which office a sentence gives to which name. Silence before a wrong office."""

import re

from retrieval.facts.chains import (
    OPENING,
    Attribution,
    Held,
    after_bare_name,
    chain_end,
    chain_start,
    held,
    refused,
)
from retrieval.facts.employers import employer
from retrieval.facts.items import Title, ends_with, is_plural, items, modified_from, stop
from retrieval.facts.lexicon import Lexicon, Status
from retrieval.facts.offices import Office, complement_at
from retrieval.facts.runs import Name
from retrieval.facts.words import Words

# An office that is held "từ năm 2007 đến 2012" is held no longer.
_UNTIL = re.compile(r"\s\(?(?:từ|trong|giai đoạn)\s(?:năm\s|tháng\s)?[\d/.-]{1,10}\s(?:đến|tới)\s(?:năm\s|tháng\s)?\d")
# Between an office and the title of its holder; between two persons of a list.
_DASHES = frozenset({"-", "–"})
_OF = frozenset({"của"})
_COMPETITIONS = frozenset({"League", "Cup", "Games", "Liga", "Bundesliga"})
_APPOSED = frozenset({",", "là"}) | _DASHES
_LIST = frozenset({",", ";", "và", ", và", "; và", "cùng", "cùng với", ", cùng", ""})
_BEFORE_LIST = frozenset({"", ":", ": -", "gồm", "gồm:", "là"})
_CLOSING = (",", ".", ";", ":", ")", "–", "-", "”", '"', "]", "/", "!", "?", "…", "(", "\n", "'", "’")
# After an office in apposition; the second only where no state acts through the office ("Tổng thống Mỹ tại …").
_FOLLOWING = frozenset({"và", "cùng", "với", "nhiệm", "khóa", "khoá"})
_CIRCUMSTANCE = frozenset({"tại", "khi", "trong"})


def attribute(lexicon: Lexicon, words: Words) -> Attribution:
    """The offices of all names of a sentence."""
    found = Attribution(lexicon, words, items(lexicon, words))
    names = [index for index, item in enumerate(found.items) if isinstance(item, Name)]
    for index in names:
        _before(found, index)
    for index in names:
        if index not in found.held:
            _after(found, index)
        elif found.held[index].titles:
            _promoted(found, index)
    for index, item in enumerate(found.items):
        if isinstance(item, Office) and is_plural(lexicon, words, item.start):
            _shared(found, index)
    return found


def first_of(found: Attribution, index: int) -> int:
    """The index of the leftmost title or office that belongs directly to the name."""
    while index and isinstance(found.items[index - 1], Title) and found.gap(index - 1) == "":
        index -= 1
    while index and (index - 1) in found.spoken_for and found.gap(index - 1) in found.lexicon.joining | {""}:
        index -= 1
    return index


def _before(found: Attribution, name: int) -> None:
    """ "Phó Thủ tướng, Bộ trưởng Bộ Ngoại giao Bùi Thanh Sơn", "Bộ trưởng Bộ Công an, Đại tướng A"."""
    index = _left_of_titles(found, name)
    office = found.items[index] if index >= 0 else None
    if not isinstance(office, Office):
        return
    titled = index < name - 1
    gap = found.gap(index)
    if gap and not (_is_dashed(found, index, name) or _is_subject(found, index, name, gap, titled=titled)):
        return
    if titled and not office.complement and office.head.of_office:
        return  # "Trợ lý HLV A": A is not the assistant
    first = chain_start(found, index)
    if not gap and _is_of_the_one_before(found, first, index):
        return
    own = _own_start(found, first, index)
    if _is_of_another(found, first, index):
        found.give(name, own, index, Held())
        return
    given = held(found, own, index, _country_after(found, found.items[name].end))
    found.give(name, own, index, _completed(found, name, given))


def _is_of_the_one_before(found: Attribution, first: int, last: int) -> bool:
    """Whether an office is that of a person named before a dash, and what follows it goes on with what it is of: "ông A
    - Chủ tịch Tài chính Hoàng Huy".
    """
    office = found.offices(last, last)[0]
    dashed = first > 0 and found.gap(first - 1) in _DASHES and after_bare_name(found, first)
    return dashed and bool(office.complement) and not office.head.personal


def _completed(found: Attribution, name: int, given: Held) -> Held:
    """The offices, the last completed by what stands around it: "CEO Kaspersky Eugene Kaspersky", "HLV A của U23
    Malaysia", "Liverpool của HLV A".
    """
    item, words = found.items[name], found.words
    adjacent = found.offices(name - 1, name - 1)
    if not isinstance(item, Name) or not given.titles or not adjacent or adjacent[0].complement:
        return given
    head, start = adjacent[0].head, adjacent[0].start
    complement = words.surface(item.origin, item.start) if item.origin < item.start else ""
    of = item.end < len(words) and not words.gaps[item.end] and words.lower[item.end] == "của"
    if not complement and of and not head.complete:
        complement = complement_at(found.lexicon, words, item.end + 1, head)
    if not complement and head.titles[0] in found.lexicon.never_bare and ends_with(words, start, _OF):
        team = employer(found.lexicon, words, start - 1, head)
        last = team.replace("-", " ").rpartition(" ")[2]  # no "đội bóng của HLV A", no "V-League của HLV A"
        complement = team if last[:1].isupper() and last not in _COMPETITIONS else ""
    *others, last = given.titles
    return Held((*others, f"{last} {complement}"), given.status) if complement and complement not in last else given


def _own_start(found: Attribution, first: int, last: int) -> int:
    """The first office of a chain that is certainly that of the person named after it.

    A chain that opens a phrase is one person's. Within a phrase the first offices may be somebody else's: "thừa uỷ
    quyền Thủ tướng, Bộ trưởng A ký", "gặp Bộ trưởng Y tế, Thứ trưởng B nói". Then a comma only joins what nobody holds
    alone ("Ủy viên Bộ Chính trị") or what is mostly held together ("Tổng Bí thư, Chủ tịch nước").
    """
    if first == last or _opens(found, first):
        return first
    own = last
    while own > first and (found.gap(own - 1) != "," or _is_certain_pair(found, own - 1)):
        own -= 1
    return own


def _is_certain_pair(found: Attribution, index: int) -> bool:
    """Whether an office and the one after it are one person's, whatever stands before them."""
    lexicon = found.lexicon
    left, right = (office.titles[0] for office in found.offices(index, index + 1))
    return left.startswith(lexicon.ranks) or any(
        left.startswith(first) and right.startswith(second) for first, second in lexicon.certain
    )


def _is_of_another(found: Attribution, first: int, last: int) -> bool:
    """Whether the person named after a chain is somebody else: "phu nhân Tổng Bí thư, Chủ tịch nước A B"."""
    chain = found.offices(first, last)
    return any(refused(found.lexicon, found.words, office) for office in chain) or _is_governed(found, first)


def is_of_another(found: Attribution, office: int) -> bool:
    """Whether the office stands there for somebody else than its holder."""
    return _is_of_another(found, chain_start(found, office), office)


def _is_governed(found: Attribution, index: int) -> bool:
    """Whether an office of an office stands before it: in "đặc phái viên của Tổng thống Mỹ A" A may be either."""
    start = found.items[index].start
    before = found.items[index - 1] if index else None
    return isinstance(before, Office) and before.head.of_office and not before.complement and before.end == start - 1


def _is_dashed(found: Attribution, office: int, name: int) -> bool:
    """ "cựu Thủ tướng Canada - Justin Trudeau", but not "A - Thủ tướng Canada - Justin Trudeau"."""
    item = found.items[name]
    whole = isinstance(item, Name) and item.certainty == "sure" and item.end - item.start > 1 and office == name - 1
    return (
        whole
        and found.words.gaps[item.start] in _DASHES
        and bool(found.offices(office, office)[0].complement)
        and not after_bare_name(found, chain_start(found, office))
    )


def _is_subject(found: Attribution, office: int, name: int, gap: str, *, titled: bool) -> bool:
    """Whether the office opens a clause whose subject is named after a mark: "Bộ trưởng Bộ Công an, Đại tướng A"; in
    "gặp Bộ trưởng Y tế, ông A nói" it is another's.
    """
    first = chain_start(found, office)
    if after_bare_name(found, first) or not _opens(found, first) or (titled and gap == "," and _is_listed(found, name)):
        return False
    return (titled or _goes_on(found, office, name)) and gap in _APPOSED


def _is_listed(found: Attribution, name: int) -> bool:
    """Whether what somebody is stands in brackets behind the name, as in a list: "bà B (thường trực Ủy ban …)"."""
    words, end = found.words, found.items[name].end
    return end < len(words) and words.gaps[end] == "("


def _goes_on(found: Attribution, office: int, name: int) -> bool:
    """Whether an office of something and a bare name after it are the subject of what follows the name: "Chủ tịch
    Juventus, Andrea Agnelli thừa nhận", "Phó chủ tịch Man Utd là Ed Woodward phải", "CEO của VinFast, A, cho biết".
    """
    words, end = found.words, found.items[name].end
    if not found.offices(office, office)[0].complement or end >= len(words):
        return False
    return words.gaps[end] in ("", found.gap(office)) and _is_predicate(found, end)


def _is_predicate(found: Attribution, position: int) -> bool:
    """Whether what a subject does begins with this word."""
    words, lexicon = found.words, found.lexicon
    return words.lower[position] in lexicon.pronoun_verbs or lexicon.speech.longest(words, position) is not None


def _left_of_titles(found: Attribution, name: int) -> int:
    """The index of what stands before the titles of a name; -1 where something separates them."""
    index = name - 1
    while index >= 0 and isinstance(found.items[index], Title):
        if found.gap(index) not in ("", ",", "-"):
            return -1
        index -= 1
    return index


def _country_after(found: Attribution, position: int) -> str:
    """The country after a name: "Phó Tổng thống JD Vance của Mỹ"."""
    words = found.words
    if position + 1 >= len(words) or words.gaps[position] or words.lower[position] != "của":
        return ""
    country = found.lexicon.countries.longest(words, position + 1) if words.capital[position + 1] else None
    return country[1] if country else ""


def _opens(found: Attribution, index: int) -> bool:
    """Whether the item, or the "cựu" before it, opens a clause."""
    words, start = found.words, modified_from(found.lexicon, found.words, found.items[index].start)
    return start == 0 or words.gaps[start] != ""


def _after(found: Attribution, name: int) -> None:
    """ "Lê Hoài Trung, Bộ trưởng Bộ Ngoại giao", "bà A (Giám đốc Sở Y tế)", "ông B là Chủ tịch xã"."""
    first = name + 1
    while first < len(found.items) and isinstance(found.items[first], Title) and found.gap(first - 1) == ",":
        first += 1
    if first >= len(found.items) or not isinstance(found.items[first], Office):
        return
    gap = found.gap(first - 1)
    status = "holds" if _bracketed(found, name) else _apposed(found.lexicon, gap)
    last = chain_end(found, first)
    if status is None or not found.spoken_for.isdisjoint(range(first, last + 1)):
        return
    if gap[:1].isalpha() and not _opens(found, first_of(found, name)) and not _is_appointed(found, name, gap):
        return  # "công nhận ông A là Hiệu trưởng"
    if gap == "," and not _closed(found, name, last):
        return
    given = held(found, first, last)
    if status == "holds" and _UNTIL.match(found.words.text, stop(found.words, found.items[last])):
        status = "former"
    found.give(name, first, last, given if status == "holds" else Held(given.titles, status))


def _promoted(found: Attribution, name: int) -> None:
    """ "Phó Tổng Giám đốc A giữ chức Chủ tịch": both offices are that person's."""
    if name + 1 < len(found.items) and isinstance(found.items[name + 1], Office):
        new = held(found, name + 1, name + 1)
        if new.status == "holds" and _is_appointed(found, name, found.gap(name)):
            titles = (*(found.held[name].titles if found.held[name].status == "holds" else ()), *new.titles)
            found.give(name, name + 1, name + 1, Held(tuple(dict.fromkeys(titles)), "holds"))


def _is_appointed(found: Attribution, name: int, gap: str) -> bool:
    """Whether somebody is given an office: "bổ nhiệm ông A giữ chức …", but not "đề cử ông A giữ chức …"."""
    lexicon, start = found.lexicon, found.items[first_of(found, name)].start
    proposed = lexicon.candidates | lexicon.proposals
    return gap in lexicon.appointing and not ends_with(found.words, start, proposed)


def _bracketed(found: Attribution, name: int) -> bool:
    """ "[Tô Lâm Chủ tịch nước]": a name and an office alone in brackets."""
    before, after = found.words.gaps[found.items[name].start], found.words.gaps[found.items[name + 1].end]
    return found.gap(name) == "" and before.endswith(("[", "(")) and after.startswith(("]", ")"))


def _apposed(lexicon: Lexicon, gap: str) -> Status | None:
    """The status that the text between a name and an office gives; None where it doesn't connect them."""
    opening = OPENING.match(gap)
    rest = gap[opening.end() :] if opening else gap
    if not rest:
        return "holds" if opening else None
    return lexicon.between.get(rest)


def _closed(found: Attribution, name: int, last: int) -> bool:
    """Whether the apposition ends after its offices: else they may begin the next clause."""
    words, end = found.words, found.items[last].end
    if end >= len(words) or words.gaps[end].startswith(_CLOSING) or words.lower[end] in _FOLLOWING:
        return True
    if words.lower[end] in _CIRCUMSTANCE and not any(office.head.personal for office in found.offices(last, last)):
        return True
    if words.capital[end]:
        return False
    of = found.offices(last, last)[0]
    of_body = bool(of.complement) and not of.head.personal
    item = found.items[name]
    sure = isinstance(item, Name) and item.certainty == "sure"
    return _opens(found, first_of(found, name)) or (sure and of_body and _is_predicate(found, end))


def _shared(found: Attribution, office: int) -> None:
    """ "các đồng chí Ủy viên Bộ Chính trị: A, Chánh văn phòng; B, Bộ trưởng", "hai Phó Thủ tướng A, B"."""
    if office + 1 >= len(found.items) or found.gap(office) not in _BEFORE_LIST:
        return
    listed = found.gap(office) != ""  # else the names follow at once, and no other office stands among them
    found.spoken_for.add(office)
    shared = held(found, office, office)
    for index in range(office + 1, len(found.items)):
        item = found.items[index]
        if index > office + 1 and found.gap(index - 1) not in _LIST | found.lexicon.joining | {"("}:
            return
        if isinstance(item, Office) and not (listed and index in found.spoken_for):
            return
        if isinstance(item, Name):
            own = found.held.get(index, Held())
            titles = tuple(dict.fromkeys((*own.titles, *shared.titles)))
            found.held[index] = Held(titles, own.status if own.titles else shared.status)
