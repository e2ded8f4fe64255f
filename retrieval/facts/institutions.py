"""How far the name of an institution goes, and where the name of a person who follows it begins."""

import re

from retrieval.facts.lexicon import Lexicon, Word
from retrieval.facts.runs import ARABIC, is_foreign_run, is_surname, name_in, run_end
from retrieval.facts.words import Words, is_vietnamese

# Lower-case words inside one institution's name ("Sở Nông nghiệp và phát triển nông thôn").
_MOST_PLAIN_WORDS = 7
# So many of them at its end, before a punctuation mark or a verb of saying, may be its last words; more are a clause.
_MOST_BEFORE_MARK = 4
_NUMERAL = re.compile(r"\d{1,3}|[IVX]{1,4}")
_LISTING = (",", "-", "–")
_AND = ("và", "va")
_LONGEST_NAME = 4
_SHORT_NAME = 3
_LONGEST_PART = 5  # words: "Phát triển nông thôn"
_MARKS = tuple(",.;:()-–")


def institution(lexicon: Lexicon, words: Words, first: int) -> int:
    """The end of the institution that begins at word `first`; `first` itself where none does.

    It ends where a person's name begins, at a word no institution's name holds, or at a punctuation mark. Ordinary
    words at its end are left out unless institutions are often called so: they may be a verb ("… tặng bà B").
    """
    position, kind = begun(lexicon, words, first) or (first, "plain")
    several = position > first and kind == "plain"  # parts of its name may stand behind commas and dashes
    certain = position  # after the last word that certainly belongs to it
    at_place = False  # whether that was a place: no ordinary word goes on from there
    while position < len(words) and position - certain <= _MOST_PLAIN_WORDS:
        listed = several and _is_part_of_list(lexicon, words, position)
        if not (_joined(words, position, first) or listed or (at_place and _is_pair(lexicon, words, position))):
            break
        end, kind = _part(lexicon, words, position, kind)
        plain = end == position + 1 and not words.capital[position]
        if end == position or (at_place and plain and position == certain):
            break
        if not plain or (position == certain and words.lower[position] in lexicon.institution_syllables):
            certain, at_place = end, kind in ("located", "country")
        position = end
    ends = position == len(words) or words.gaps[position][:1] in _MARKS or lexicon.speech.longest(words, position)
    end = position if ends and not at_place and position - certain <= _MOST_BEFORE_MARK else certain
    return end - (end > first and words.lower[end - 1] == "và")


def begun(lexicon: Lexicon, words: Words, position: int) -> tuple[int, Word] | None:
    """The word or words that begin an institution or a place here. A lake is a hồ, Hồ Chí Minh is a man; a union is a
    đoàn, Đoàn Thị Bình is a woman.
    """
    found = lexicon.organisations.longest(words, position)
    if found is None or not words.capital[position]:
        return found
    if found[0] < len(words) and words.lower[found[0]] in (lexicon.female, lexicon.male) and words.capital[found[0]]:
        return None
    if found[1] != "place":
        return found
    named = is_surname(lexicon, words, position) or is_foreign_run(words, position, run_end(lexicon, words, position))
    return None if named else found


def _is_part_of_list(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether a mark inside a name stands here: "Sở Văn hóa, Thể thao và Du lịch", "Trường ĐH Kinh tế - Luật"."""
    mark = words.gaps[position]
    if mark not in _LISTING or not _is_part(lexicon, words, position):
        return False
    for last in range(position + 1, min(position + _LONGEST_PART, len(words) - 1)):
        if words.gaps[last]:
            break
        if words.lower[last] in _AND:
            return not words.gaps[last + 1] and _is_part(lexicon, words, last + 1)
    return mark != ","


def _is_part(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether a word can begin a part of an institution's name, and begins nothing else."""
    others = (lexicon.heads, lexicon.titles, lexicon.organisations, lexicon.known, lexicon.places)
    if not words.capital[position] or any(phrases.longest(words, position) for phrases in others):
        return False
    return name_in(lexicon, words, position, run_end(lexicon, words, position)) != position


def _is_pair(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether a second country follows, as in "Hội Hữu nghị Việt Nam - Lào"."""
    return words.gaps[position] in ("-", "–") and lexicon.countries.longest(words, position) is not None


def _joined(words: Words, position: int, first: int) -> bool:
    numbered = position > first and words.lower[position - 1] != "và" and _NUMERAL.fullmatch(words.gaps[position])
    return not words.gaps[position] or bool(numbered)


def _part(lexicon: Lexicon, words: Words, position: int, kind: Word) -> tuple[int, Word]:
    """The end of the next part of the name, and the kind of word it was; the end is `position` where the name ends."""
    if end := _phrase(lexicon, words, position, kind):
        return end, "plain"
    place = lexicon.places.longest(words, position) if words.capital[position] else None
    if place and (kind in ("region", "place") or words.phrase(position, place[0]) not in lexicon.never_acting):
        return place[0], "country" if lexicon.countries.longest(words, position) else "located"
    if word := begun(lexicon, words, position):
        return word
    if words.capital[position]:
        if _titled(lexicon, words, position):
            return position, kind
        return _run(lexicon, words, position, kind), "plain"
    return (position, kind) if _is_verb(lexicon, words, position) else (position + 1, _after_plain(kind))


def _titled(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether somebody's title and surname begin here: "Trường Đại học Y và Ông Lê Văn Tám"."""
    title = lexicon.titles.longest(words, position)
    end = title[0] if title else len(words)
    return (
        end + 1 < len(words)
        and words.glued(position, end + 2)
        and words.capital[end + 1]
        and is_surname(lexicon, words, end)
    )


def _phrase(lexicon: Lexicon, words: Words, position: int, kind: Word) -> int | None:
    """The end of a known part of several words; one in lower case may be a verb after a name: "Sở Y tế Gia Lai kiểm
    tra", "Sở Y tế kiểm tra", but "Trung tâm kiểm soát bệnh tật".
    """
    for phrases in (lexicon.ministries, lexicon.known) if words.capital[position] else ():
        found = phrases.longest(words, position)
        if found and found[0] - position >= 2:
            return found[0]
    compound = lexicon.institution_words.longest(words, position)
    after_name = kind in ("located", "country") or (kind == "plain" and words.capital[position - 1])
    return compound[0] if compound and not after_name else None


def _is_verb(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether a word goes on with the sentence, not with the institution."""
    if words.lower[position] in lexicon.stop or words.phrase(position, position + 2) in lexicon.stop:
        return True
    said = lexicon.speech.longest(words, position) or lexicon.adverbs.longest(words, position)
    return said is not None and not lexicon.institution_syllables.issuperset(words.lower[position : said[0]])


def _after_plain(kind: Word) -> Word:
    """After "Công ty khoáng sản" a name may be the company's, as it is after "Công ty"."""
    return "called" if kind in ("named", "called") else "plain"


def _run(lexicon: Lexicon, words: Words, position: int, kind: Word) -> int:
    """Where a capitalised run stops being the institution's: at the name of a person, if one ends the run.

    After "Trường", "Công ty", "xã" the first name is the institution's own, after "tỉnh" it is if it is listed. The
    second syllable of a word whose first is capitalised belongs to it: "Tổng hợp".
    """
    last = run_end(lexicon, words, position)
    start = name_in(lexicon, words, position, last)
    if kind == "place" and start == position + 1 and last - start == _LONGEST_NAME:
        start += is_surname(lexicon, words, start + 1)  # "xã Bố Hạ Mai Thế Kiên": a place mostly has two syllables
    named = last - position >= 2 or words.words[position].startswith(ARABIC)
    if kind == "country" and named and not is_vietnamese(words.words[position]):
        return position
    own = start == position and (
        kind in ("named", "place") or (kind == "called" and words.lower[position] not in lexicon.strong)
    )
    own = own or words.lower[position] in lexicon.namesakes  # "Giải Kim Mã Đài Bắc"
    own = own or (start is not None and _is_seat(lexicon, words, position, start, last))
    own = own or (kind in ("named", "called") and start == position + 1 and _is_short_name(words, position, last))
    if start is None or own or _namesake(lexicon, words, start, last):
        one_syllable = last == position + 1 and is_vietnamese(words.words[position])
        second = last < len(words) and not words.gaps[last] and not _is_verb(lexicon, words, last)
        return last + 1 if one_syllable and second else last
    return start


def _is_seat(lexicon: Lexicon, words: Words, first: int, start: int, last: int) -> bool:
    """Whether the name goes on with a word and where it is: "Công ty Pha Lê Quảng Nam"."""
    place = lexicon.places.longest(words, start + 1) if first < start < last - 2 else None
    return place is not None and place[0] == last


def _is_short_name(words: Words, first: int, last: int) -> bool:
    """Whether three syllables are a company's name, not one and a person: "Tập đoàn Phúc Hoàng Nguyên"."""
    return last - first == _SHORT_NAME and words.are_vietnamese(first, last)


def _namesake(lexicon: Lexicon, words: Words, first: int, last: int) -> bool:
    """Whether an institution is rather called so: Nguyễn Tất Thành is a school, Hà Tiên a town."""
    phrase = words.phrase(first, last)
    if phrase in lexicon.commemorated:
        return phrase not in lexicon.never_acting
    return last - first == 2 and is_surname(lexicon, words, first) and words.lower[first] not in lexicon.strong
