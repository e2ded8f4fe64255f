"""Which full stops of a paragraph end a sentence.

Rules know Vietnamese news. Of words that they know nothing of, foreign abbreviations, underthesea's list decides.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from retrieval.config_files import load_toml

from . import patterns
from .quotations import Quotations

_RAG = 8  # characters: full stops and white space behind the last credit


def ends(text: str, start: int, end: int) -> list[int]:
    """Where each sentence of the paragraph but the last ends, ascending."""
    found: list[int] = []
    begin, item, quotations = start, "", Quotations(text, start)
    for stop in patterns.STOP.finditer(text, start, end):
        at = stop.end()
        if stop.start() < begin or _is_inside_a_word(text, at, end):
            continue
        if late := patterns.LATE_CLOSING.match(text, at, end):
            at = late.end()
        following = patterns.NEXT.match(text, at, end)
        if at >= end or following is None:
            break
        if credit := _credit(text, at, end):  # belongs to the caption that ends here
            begin = credit
            found.extend([credit] if end - credit > _RAG or text[credit:end].strip(" .") else ())
            continue
        before, prior = _before(text, begin, stop.start())
        first = stop.start() - begin <= len(before) + len(prior) + 3
        if stop["stop"] == "." and (following_item := _item(before, prior, item, first=first)) is not None:
            item = following_item
            continue
        is_next_item = item and following["word"] == item and following["after"]
        trailing = quotations.open_at(stop.start()) and stop.start() - begin < patterns.SHORTEST_TRAILING_OFF
        around = _Around(before, prior, following, spaced=text[at].isspace(), trailing=trailing)
        if not is_next_item and _is_end(stop, around):
            found.append(at)
            begin, item = at, ""
    return found


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a full stop: the word before it and the one before that, and what follows.

    `trailing`: in a quotation that has just begun.
    """

    before: str
    prior: str
    following: re.Match[str]
    spaced: bool
    trailing: bool


def _is_inside_a_word(text: str, at: int, end: int) -> bool:
    """Whether letters or figures go on there, and no word with a capital begins."""
    if at >= end or text[at].isspace():
        return False
    return not (text[at].isupper() and at + 1 < end and text[at + 1].islower())


def _credit(text: str, at: int, end: int) -> int:
    """Where a picture's credit ends that stands there, in capitals or brackets; 0 where none does."""
    if bracketed := patterns.BRACKETED_CREDIT.match(text, at, end):
        return bracketed.end()
    found = patterns.CREDIT.match(text, at, end)
    ended = 0
    for word in patterns.CREDIT_WORD.finditer(text, found.start("words"), found.end("words")) if found else ():
        if not word[0].isupper():
            glued = _capitals(word[0])
            return word.start() + glued if glued else ended
        ended = word.end()
    return ended


def _capitals(word: str) -> int:
    """How many letters of a name in capitals stand before a word that is glued to it: "THÁI" in "THÁIÔng"."""
    at = next((at for at, letter in enumerate(word) if letter.islower()), 0) - 1
    return at if at > 1 and word[:at].isalpha() and word[: at + 1].isupper() else 0


def _before(text: str, begin: int, at: int) -> tuple[str, str]:
    """The word that a full stop follows, without marks that open, and the one before that; empty where white space
    parts the full stop from them, or where there is none.
    """
    near = text[max(begin, at - patterns.LONGEST_WORD) : at]
    if not near or near[-1].isspace():
        return "", ""
    words = near.split()
    return words[-1].lstrip("\"“‘«(['"), words[-2] if len(words) > 1 else ""


def _item(before: str, prior: str, item: str, *, first: bool) -> str | None:
    """The number or letter of the next item of a list that stands in one sentence, where this full stop follows an
    item's: "gồm: 1. Gạo. 2. Muối."; empty behind one at the beginning ("1.", "Câu 1."); None where none is.
    """
    if not patterns.ENUMERATOR.fullmatch(before):
        return None
    if prior.endswith((":", ";")) or before == item:
        return str(int(before) + 1) if before.isdecimal() else chr(ord(before[-1]) + 1)
    alone = first and (not prior or prior in ("-", "–") or prior.casefold() in _words()["parts"])
    return "" if alone else None


def _is_end(stop: re.Match[str], around: _Around) -> bool:
    word, mark = around.following["word"], stop["stop"]
    if not around.spaced:
        return _is_glued_end(stop, around.before, around.following)
    if word[:1].islower() and not _may_begin(around.following):
        return False
    if mark.endswith("…") or "..." in mark:
        return word[:1].isupper() and not around.trailing
    if mark != "." or stop["closing"] or not around.before:
        return True
    return not _goes_on(around.before, around.prior, around.following)


def _may_begin(following: re.Match[str]) -> bool:
    """Whether a sentence may begin with a word in lower case: "iPhone 17 …", "b) Hộ cận nghèo …"."""
    if following["open"]:
        return False
    is_item = len(following["word"]) == 1 and following["after"] == ")"
    return is_item or patterns.MIXED.match(following["word"]) is not None


def _is_glued_end(stop: re.Match[str], before: str, following: re.Match[str]) -> bool:
    """Whether a sentence ends though no white space follows: "kết thúc.Đại biểu", not "www.Vidu.vn" or "TP.Huế"."""
    word = following["word"]
    if following["dash"] or following["open"] or not word[1:].islower():
        return False
    if stop["closing"]:
        return stop["closing"][-1] in "”»)"
    if not is_syllable(word) or patterns.INITIALS.fullmatch(before) or _names(before, following):
        return False
    if len(before) < 2 and before.isascii():  # "châu Á.Ngôi" ends, as "v.Nam" does not
        return False
    return not word.isascii() or before[-1].isdecimal() or (is_syllable(before) and not before.isascii())


def _names(before: str, following: re.Match[str]) -> bool:
    """Whether a word is an abbreviation that stands before the name that follows."""
    last = re.split(r"[./,-]", before)[-1].casefold()
    if last in _words()["before_names"] or before.casefold() in _words()["before_names"]:
        return True
    if last not in _words()["before_long_names"]:
        return False
    name = following["word"]  # a foreign one needs no second word: "HLV. Park"
    return (following["then"] or "").isupper() or (name[1:].islower() and not is_syllable(name))


def _goes_on(before: str, prior: str, following: re.Match[str]) -> bool:
    """Whether the word before a full stop is an abbreviation of what follows, or an initial of a name."""
    word, last = following["word"], re.split(r"[./,-]", before)[-1]
    names, initials = _names(before, following), patterns.INITIALS.fullmatch(before)
    if following["open"].startswith("("):  # "N.V.A. (30 tuổi)"
        return bool(names or initials) or (before[:1].isupper() and _is_unknown(before))
    if word[:1].isdecimal():
        numbered = last.casefold() in _words()["before_numbers"] and (len(last) < 3 or last[0].isupper())
        return numbered or (bool(initials) and prior in _words()["persons"])
    if not word[:1].isalpha() or following["open"] or following["dash"]:
        return False
    if (initials or before in _words()["before_places"]) and not names:
        is_initial = len(word) == 1 and following["after"] == "."
        is_called = prior.casefold() in _words()["persons"] and word.lower() not in _words()["beginnings"]
        named = is_initial or not is_syllable(word) or _is_before_place(before, prior, following)
        named = named or (is_called and patterns.FAMILY_AND_MIDDLE.fullmatch(before) is not None)
        return named and not prior[-1:].isdecimal()  # "33 W."
    if names or prior[-1:].isdecimal() or word.lower() in _words()["beginnings"]:
        return names
    return _is_unknown(before) and _is_abbreviation(before)


def _is_before_place(before: str, prior: str, following: re.Match[str]) -> bool:
    """Whether a letter stands for street, ward or district: "số 5 đ. Lê Lợi, P. Bến Nghé"."""
    named = prior.endswith(",") or prior in _words()["prepositions"] or (following["then"] or "").isupper()
    begins = following["word"].lower() in _words()["beginnings"]
    return before in _words()["before_places"] and named and not begins and prior not in _words()["persons"]


@cache
def _words() -> Mapping[str, frozenset[str]]:
    """The lists of config/sentences.toml."""
    return {name: frozenset(words.split()) for name, words in load_toml("sentences.toml").items()}


def _is_unknown(word: str) -> bool:
    """Whether a word is neither Vietnamese, nor a figure, nor an acronym, which may all end a sentence."""
    return word.isalpha() and len(word) > 1 and not word.isupper() and not is_syllable(word)


def is_syllable(word: str) -> bool:
    """Whether a word is spelt as a Vietnamese syllable is."""
    bare = patterns.TONES.sub("", unicodedata.normalize("NFD", word.lower()))
    return patterns.SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def _is_abbreviation(word: str) -> bool:
    """Whether underthesea knows a word as an abbreviation."""
    from underthesea import sent_tokenize  # noqa: PLC0415 - a second, for what few texts have

    return len(sent_tokenize(f"{word}. Và")) == 1
