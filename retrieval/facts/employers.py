"""Of what an office is where the sentence tells only who gives it: "Leverkusen bổ nhiệm A làm HLV trưởng"."""

from retrieval.facts.complements import kept_complement
from retrieval.facts.institutions import begun
from retrieval.facts.lexicon import Head, Lexicon
from retrieval.facts.offices import Office, units_at
from retrieval.facts.words import Words, words_of

# Words before the verb in which the employer stands: "Ban lãnh đạo CLB bóng đá Thép Xanh Nam Định".
_MOST_WORDS = 9


def lacks_complement(lexicon: Lexicon, office: Office) -> bool:
    """Whether it is not told of what an office is: "Chủ tịch HĐQT", "HLV đội tuyển quốc gia"."""
    if office.head.complete or office.head.of_office:
        return False
    last = office.complement.split()
    return not last or office.complement.lower() in lexicon.team_words


def employer(lexicon: Lexicon, words: Words, end: int, head: Head) -> str:
    """The team, company or place whose name ends right before word `end`, as the complement of an office it gives; ""
    where none does. The coach of a country, or of its federation, is that of its team.
    """
    end = _before_abbreviation(words, _before_adverbs(lexicon, words, end))
    for start in range(max(0, end - _MOST_WORDS), end):
        if words.glued(start, end) and _may_begin(lexicon, words, start, end):
            name = words_of(words.text, words.starts[start], words.ends[end - 1])
            units = units_at(lexicon, name, 0, head)
            if units and units[-1].end == len(name):
                country = next((unit.text for unit in units if unit.country), "")
                country = country or _country_at(lexicon, words, end)
                team = country and head.titles[0] in lexicon.never_bare
                return f"{lexicon.team} {country}" if team else kept_complement(lexicon, head, units)
    return ""


def _may_begin(lexicon: Lexicon, words: Words, start: int, end: int) -> bool:
    """Whether the name of an employer may begin here: with a word for one, or all in capitals after none."""
    if begun(lexicon, words, start) and end - start > 1:
        return True
    first = start == 0 or words.gaps[start] != "" or not words.capital[start - 1]
    return all(words.capital[start:end]) and (first or lexicon.places.longest(words, start) is not None)


def _before_adverbs(lexicon: Lexicon, words: Words, end: int) -> int:
    """Before "vừa", "chính thức", "thông báo" in a row."""
    while True:
        before = [
            at for at in range(max(0, end - 3), end) if words.glued(at, end) and _is_adverb(lexicon, words, at, end)
        ]
        if not before:
            return end
        end = before[0]


def _is_adverb(lexicon: Lexicon, words: Words, start: int, end: int) -> bool:
    return any(
        (found := phrases.longest(words, start)) and found[0] == end for phrases in (lexicon.adverbs, lexicon.deciding)
    )


def _before_abbreviation(words: Words, end: int) -> int:
    """Before "(FAT)"."""
    bracketed = 0 < end < len(words) and words.gaps[end - 1] == "(" and words.gaps[end] == ")"
    return end - 1 if bracketed else end


def _country_at(lexicon: Lexicon, words: Words, end: int) -> str:
    """The country whose name ends right before a word."""
    found = (lexicon.countries.longest(words, start) for start in range(max(0, end - 3), end))
    return next((country for one in found if one and one[0] == end for country in [one[1]]), "")
