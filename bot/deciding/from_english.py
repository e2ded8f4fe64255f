"""An English question read as its Vietnamese one, by the words of config/english.toml; pure.

Word by word, with the head of each phrase before what tells of it. It is not English prose that is put into Vietnamese,
but who, when and how many, offices, countries and what news are about: a question with any other word is not read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from bot.deciding.english import BARE, is_english
from retrieval.config_files import listed, load_toml
from retrieval.tokens import fold, normalize

_Kind = Literal["nouns", "adjectives", "verbs", "joining", "times", "names", "unknown", "date", "number"]
_KINDS: tuple[_Kind, ...] = ("nouns", "verbs", "adjectives", "joining", "times", "names")
_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"(?:on )?\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})"
    rf"|(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))(?:,? (?P<y>\d{{4}}))?\b"
    rf"|(?:in )?\b(?P<only>{_MONTH})(?: (?P<of>\d{{4}}))?\b|(?:in )?\b(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"⟨[^⟨⟩]{1,30}+⟩|\d{1,12}+(?:[.,]\d{1,12}+){0,4}+(?:st|nd|rd|th)?(?!\w)|['’]s\b|\w++(?:[-.]\w++)*+")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_LONGEST = 6  # words of a phrase
_END = " \t\n?!.…"
_WHOSE = ("'s", "’s")
_OF_NAMES = {"{rest}", "ai là {rest}"}  # what asks for a name alone is better opened
_OPEN = {"{rest}", "{rest} là gì"}
_IN = re.compile(r"\bở (bão|lũ|động đất|vụ|cuộc|chiến tranh|trận|giải|mùa|quý|đợt|kỳ)\b")
_LEADING = frozenset({"cựu", "quyền"})  # they stand before an office in Vietnamese too
_ARTICLES = frozenset({"The", "A"})
_BEFORE_NOUNS = frozenset({"the", "a", "an", "his", "her", "their", "its", "of", "in", "state", "official", "rice"})
_AFTER_NOUNS = frozenset({"of", "to"})


@dataclass(frozen=True, slots=True)
class _Words:
    """`said` by the words of a phrase, `bases` the base forms of irregular ones."""

    said: Mapping[tuple[str, ...], Mapping[_Kind, str]]
    bases: Mapping[str, str]
    dropped: frozenset[tuple[str, ...]]
    before: re.Pattern[str]
    frames: Sequence[tuple[re.Pattern[str], str]]
    asked_by_head: Mapping[str, str]  # how what begins so is asked for where nothing or "what" asks for it


class _Item(NamedTuple):
    text: str
    kind: _Kind


def as_vietnamese(question: str) -> str | None:
    """The question in Vietnamese, without diacritics where a name in it may lack them; None where it is not English,
    is more than its few words can be read of, or asks for nothing but a name.
    """
    if not is_english(question):
        return None
    words = _words()
    plain = words.before.sub("", _DATE.sub(_dated, normalize(question).strip(_END)))
    for pattern, asked in words.frames:
        found = pattern.fullmatch(plain)
        if found:
            said = {name: _said(text, words) if text else [] for name, text in found.groupdict().items()}
            parts = {name: part for name, part in said.items() if part is not None}
            return _filled(asked, parts, words) if len(parts) == len(said) else None
    return None


def is_place(name: str) -> bool:
    """Whether a name in an English question is that of a country or a city, which is no person to be opened."""
    return "names" in _words().said.get(tuple(name.lower().split()), {})


def _filled(asked: str, parts: Mapping[str, Sequence[_Item]], words: _Words) -> str | None:
    items = [item for part in parts.values() for item in part]
    if asked in _OF_NAMES and all(item.kind == "unknown" for item in items):
        return None
    given = {name: " ".join(_ordered(part)) for name, part in parts.items()}
    if not given.get("topic"):
        asked = asked.replace(" về {topic}", "")
    if asked in _OPEN:
        begins = (how for head, how in words.asked_by_head.items() if f"{given['rest']} ".startswith(f"{head} "))
        asked = next(begins, asked)
    given = {name: _IN.sub(r"trong \1", text) for name, text in given.items()}
    text = " ".join(asked.format(**{"rest": "", "topic": ""} | given).split())
    bare = any(item.kind == "unknown" and any(map(BARE.fullmatch, item.text.split())) for item in items)
    text = fold(text) if bare else text
    return text[:1].upper() + text[1:] + "?"


def _dated(found: re.Match[str]) -> str:
    """A day, a month or a year as one word that is kept."""
    day, month, year = found["day"] or found["d"], found["month"] or found["m"], found["y"]
    if found["year"]:
        return f"⟨năm {found['year']}⟩"
    if day is None:
        if found["of"] is None and found["only"].islower():
            return found[0]  # "may"
        return f"⟨tháng {_number(found['only'])}{'/' + found['of'] if found['of'] else ''}⟩"
    return f"⟨ngày {int(day)}/{_number(month)}{'/' + year if year else ''}⟩"


def _number(month: str) -> int:
    return _MONTHS.index(month.lower()) + 1


def _said(text: str, words: _Words) -> list[_Item] | None:
    """What the words are in Vietnamese, in their order; None where one is not known."""
    parts = _PART.findall(text)
    items: list[_Item] = []
    at = 0
    while at < len(parts):
        item, length = _next(parts, at, words)
        if item is None and not length:
            return None
        items += [item] if item else []
        at += length
    return _joined_names(items)


def _next(parts: Sequence[str], at: int, words: _Words) -> tuple[_Item | None, int]:
    """The item that begins there, None where nothing is said by it, and its number of words; 0: it is not known."""
    for length in range(min(_LONGEST, len(parts) - at), 0, -1):
        for phrase in _forms(parts[at : at + length], words):
            if length == 1 and _is_in_a_name(parts, at):
                return _Item(parts[at], "unknown"), 1
            if phrase in words.said:
                return _chosen(words.said[phrase], parts, at, length), length
            if phrase in words.dropped:
                return None, length
    item = _by_form(parts[at])
    return item, int(item is not None or parts[at] in _WHOSE)


def _by_form(part: str) -> _Item | None:
    """A date, a number or what may be a name."""
    if part[0] == "⟨":
        return _Item(part[1:-1], "date")
    if ordinal := _ORDINAL.fullmatch(part):
        return _Item(f"lần thứ {ordinal[1]}", "adjectives")
    if part[0].isdigit():
        return _Item(part, "number")
    return _Item(part, "unknown") if part[0].isupper() or BARE.fullmatch(part) else None


def _is_in_a_name(parts: Sequence[str], at: int) -> bool:
    """Whether a word with a capital stands beside another and may be a Vietnamese syllable: "To Lam", "Huong An"."""
    beside = [*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2]]
    word = parts[at]
    return (
        word.istitle()
        and word not in _ARTICLES
        and BARE.fullmatch(word) is not None
        and any(map(_is_unknown_name, beside))
    )


def _is_unknown_name(word: str) -> bool:
    return word.istitle() and BARE.fullmatch(word) is not None and (word.lower(),) not in _words().said


def _chosen(meanings: Mapping[_Kind, str], parts: Sequence[str], at: int, length: int) -> _Item:
    """A word that is a verb and a noun ("visit") is a noun after an article, and before "of" or "to"."""
    kinds = [*meanings]
    if "nouns" in meanings and "verbs" in meanings:
        before, after = parts[at - 1].lower() if at else "", parts[at + length : at + length + 1]
        named = before in _BEFORE_NOUNS or before in _WHOSE or (after and after[0] in _AFTER_NOUNS) or not at
        kinds = ["nouns" if named else "verbs"]
    return _Item(meanings[kinds[0]], kinds[0])


def _forms(parts: Sequence[str], words: _Words) -> Iterator[tuple[str, ...]]:
    """The words as they stand, and with the first or the last in its base form ("rice exports", "stepped down")."""
    lower = [part.lower() for part in parts]
    yield tuple(lower)
    for base in _bases(lower[-1], words):
        yield (*lower[:-1], base)
    for base in _bases(lower[0], words) if len(lower) > 1 else ():
        yield (base, *lower[1:])


def _bases(word: str, words: _Words) -> Iterator[str]:
    if word in words.bases:
        yield words.bases[word]
    for ending, others in (("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ed", ""), ("d", ""), ("ing", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word.removesuffix(ending) + others
            yield stem
            if ending in {"ed", "ing"}:
                yield f"{stem}e"
                yield stem[:-1] if stem[-1:] == stem[-2:-1] else stem


def _joined_names(items: Iterable[_Item]) -> list[_Item]:
    """Words that may be names, side by side, are one."""
    joined: list[_Item] = []
    for item in items:
        if item.kind == "unknown" and joined and joined[-1].kind == "unknown":
            joined[-1] = _Item(f"{joined[-1].text} {item.text}", "unknown")
        else:
            joined.append(item)
    return joined


def _ordered(items: Sequence[_Item]) -> Iterator[str]:
    """Each phrase with its head first: "Vietnamese prime minister" → "Thủ tướng Việt Nam"; "storm Bualoi" stays."""
    phrase, late = list[_Item](), list[str]()
    for item in items:
        if item.kind in {"nouns", "adjectives", "names", "unknown"}:
            phrase.append(item)
            continue
        before, after = _headed(phrase)
        phrase = []
        if item.text:
            yield from (*before, *after, *late, item.text)
            late = []
        else:  # "Vietnam's exports of rice"
            yield from before
            late = [*after, *late]
    before, after = _headed(phrase)
    yield from (*before, *after, *late)


def _headed(phrase: Sequence[_Item]) -> tuple[list[str], list[str]]:
    """A phrase with its head, and what tells of that."""
    heads = [at for at, item in enumerate(phrase) if item.kind == "nouns"]
    if not heads:
        return [item.text for item in phrase], []
    head = heads[-1]
    before = [item.text for item in reversed(phrase[:head])]
    leading = [text for text in before if text in _LEADING]
    after = [*(text for text in before if text not in leading), *(item.text for item in phrase[head + 1 :])]
    return [*leading, phrase[head].text], after


@lru_cache(1)
def _words() -> _Words:
    """Those of config/english.toml."""
    given = load_toml("english.toml")
    said: defaultdict[tuple[str, ...], dict[_Kind, str]] = defaultdict(dict)
    for kind in _KINDS:
        for vietnamese, english in given[kind].items():
            for each in listed(english):
                said[tuple(_PART.findall(each))].setdefault(kind, vietnamese)
    for name in _places():
        said.setdefault(tuple(fold(name).lower().split()), {"names": name})
    bases = {form: base for base, forms in given["irregular"].items() for form in listed(forms)}
    meta = given["words"]
    forms = {name: _any_of(listed(meta[name.lower()])) for name in ("BE", "DO")}
    frames = []
    for frame in given["frames"]:
        pattern = re.sub(r"\b(BE|DO)\b", lambda found: forms[found[1]], frame["pattern"])
        frames.append(
            (re.compile(pattern.replace(f" {forms['BE']}", rf"\s*+{forms['BE']}"), re.IGNORECASE), frame["asked"])
        )
    dropped = frozenset(tuple(each.split()) for each in listed(meta["dropped"]))
    before = re.compile(rf"\A(?:{_any_of(listed(meta['before']))},?\s++)*+", re.IGNORECASE)
    by_head = dict.fromkeys(listed(meta["counted"]), "{rest} là bao nhiêu")
    by_head |= dict.fromkeys(listed(meta["held"]), "ai là {rest}")
    return _Words(said, bases, dropped, before, frames, by_head)


def _places() -> Iterator[str]:
    """Countries and provinces that are written in English as they are here, but for the diacritics."""
    places = load_toml("offices.toml")["places"]
    for name in (*listed(places["countries"]), *listed(places["provinces"])):
        if " " in name or not BARE.fullmatch(fold(name)):  # "Ý" is no "y"
            yield name


def _any_of(phrases: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, phrases), key=len, reverse=True))})"
