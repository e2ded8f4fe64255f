"""What is said to the bot without asking anything: a greeting, thanks, "sai rồi", "haha", "+1", "asdf". Pure.

A message is small talk only where phrases of config/small_talk.toml make up all of it: "chào bạn, giá vàng hôm nay?" is
a question.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, Self, get_args

from bot.deciding.asking import looks_like_question
from retrieval.config_files import listed, load_toml
from retrieval.tokens import fold, syllables

# In the order in which they are meant, where a message has several; nothing: no words that a person would say.
Kind = Literal[
    "complaint", "about", "insult", "thanks", "news", "greeting", "goodbye", "praise", "laughter", "puzzled", "assent",
    "nothing",
]  # fmt: skip
# In words. Longer messages are stories.
_LONGEST = 16
# A letter that is drawn out: "okkkk", "chàooo".
_DRAWN_OUT = re.compile(r"(\w)\1+")
_LAUGHTER = re.compile(r"(?:[hk][aeiouáàâăêéèíìóòôơúùư]){2,20}[hk]?|k{3,20}|[hj]{4,20}|a?(?:ha){2,20}h?|(?:lo){1,9}l")
_PAUSE = re.compile(r"[,.;:!\n]")
_NUMBER = re.compile(r"\d++")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Letters side by side on the keyboard that nobody types to say something; consonants of one row in any order.
_RUN = 3
_MASHED = 4
_CONSONANTS = re.compile(rf"[^\Waeiouy\d_]{{{_MASHED}}}")
_DEGREE = "degree"  # a kind of phrases that is none of what is meant


@dataclass(frozen=True, slots=True)
class _Reading:
    """How words may be read: in so many phrases, of these kinds."""

    phrases: int
    kinds: frozenset[str]

    def with_phrase(self, kind: str) -> Self:
        """With one phrase more; fillers are of no kind."""
        return replace(self, phrases=self.phrases + 1, kinds=self.kinds | ({kind} - {"filler"}))

    def order(self) -> tuple[int, int]:
        """What is long ("ngủ ngon") is meant before what is short ("ngu", "ngon"), then what stands further up."""
        meant = self.kinds - {_DEGREE}
        return self.phrases, min(map(get_args(Kind).index, meant), default=len(get_args(Kind)))

    def meant(self) -> frozenset[str]:
        """The kinds; a swear word is one for itself where it stands with nothing else, and who only calls is heard."""
        return self.kinds - {_DEGREE} or frozenset({"insult" if self.kinds else "assent"})


# The phrases of each kind, by their first word, each word in the forms in which it is found.
_Phrases = Mapping[str, Sequence[tuple[str, tuple[frozenset[str], ...]]]]


def small_talk(text: str) -> Kind | None:
    """What kind of small talk a text is; None where it may be a question."""
    words = syllables(text.replace("’", "'"))
    if len(words) > _LONGEST:
        return _complaint_first(text)
    if all(map(_says_nothing, words)):
        return "nothing"
    said = _kinds([_settled(word) for word in words], words)
    return next((kind for kind in get_args(Kind) if kind in said), _complaint_first(text))


def _complaint_first(text: str) -> Kind | None:
    """A complaint may say what is right: "Sai rồi, cầu dài 1.300 mét"."""
    first, _, rest = _PAUSE.sub("\n", text.strip(), count=1).partition("\n")
    if not rest.strip() or looks_like_question(rest) or len(syllables(first)) > _LONGEST:
        return None
    words = syllables(first)
    return "complaint" if "complaint" in _kinds([_settled(word) for word in words], words) else None


def _kinds(words: Sequence[str], typed: Sequence[str]) -> frozenset[str]:
    """The kinds of phrases that make up all of the words, in as few phrases as may be; none where they do not."""
    phrases = _phrases()
    reached: dict[int, _Reading] = {0: _Reading(0, frozenset())}  # by place in the words: how one gets there
    for at, word in enumerate(words):
        if at not in reached:
            continue
        steps = [(kind, len(forms)) for kind, forms in phrases.get(word, ()) if _stands(forms, words, at)]
        if _LAUGHTER.fullmatch(typed[at]) or _LAUGHTER.fullmatch(word):
            steps.append(("laughter", 1))
        if _says_nothing(typed[at]):
            steps.append(("filler", 1))
        for kind, length in steps:
            reading = reached[at].with_phrase(kind)
            reached[at + length] = min(reading, reached.get(at + length, reading), key=_Reading.order)
    found = reached.get(len(words))
    return found.meant() if found else frozenset()


def _stands(forms: Sequence[frozenset[str]], words: Sequence[str], at: int) -> bool:
    following = words[at : at + len(forms)]
    return len(following) == len(forms) and all(map(frozenset.__contains__, forms, following))


def _settled(word: str) -> str:
    """A word with drawn-out letters written once, on both sides of the comparison."""
    return _DRAWN_OUT.sub(r"\1", word)


def _says_nothing(word: str) -> bool:
    """A number, one letter over and over, or keys side by side."""
    if _NUMBER.fullmatch(word) or (len(word) > 2 and len(set(word)) == 1 and word[0] not in "khj"):
        return True
    plain = fold(word)
    half = plain[: len(plain) // 2]
    mashed = _CONSONANTS.search(_settled(plain)) and any(set(plain) <= set(row) for row in _ROWS)
    return _slides(plain) or (plain == 2 * half and _slides(half)) or bool(mashed)


def _slides(letters: str) -> bool:
    """Whether all its letters stand side by side in a row of the keyboard: in its direction, or against it ("tre" is a
    word).
    """
    forwards = len(letters) >= _RUN and any(letters in row for row in _ROWS)
    return forwards or (len(letters) > _RUN and any(letters[::-1] in row for row in _ROWS))


@lru_cache(1)
def _phrases() -> _Phrases:
    """Those of config/small_talk.toml."""
    given = load_toml("small_talk.toml")
    spellings, of_you = given.pop("spellings"), given.pop("of_you")
    typed = {_settled(word): [*map(_settled, listed(others))] for word, others in spellings.items()}
    told = {kind: listed(phrases) for kind, phrases in given.items()}
    told["about"] += [f"{you} {asked}" for you in listed(of_you["you"]) for asked in listed(of_you["asked"])]
    found: defaultdict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = defaultdict(list)
    for kind, phrases in told.items():
        for phrase in phrases:
            forms = tuple(_forms(_settled(word), typed) for word in syllables(phrase))
            for first in forms[0]:
                found[first].append((kind, forms))
    return found


def _forms(word: str, typed: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """How a word is typed: with its diacritics, without, or spelt as people do."""
    return frozenset({word, _settled(fold(word)), *typed.get(word, ())})
