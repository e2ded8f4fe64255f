"""Unicode, tone marks, folding of diacritics, syllables. Tokens are for ranking only: nothing prints from them."""

import re
import unicodedata

_SYLLABLE = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]+")

# Both placements of the tone mark are in use (hoà and hòa, thuỷ and thủy). They differ in open syllables in "oa",
# "oe" and "uy" only; "qu" is a consonant: quý has one spelling.
_OLD_PLACEMENT = {
    unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize("NFC", first + tone + second)
    for first, second in ("oa", "oe", "uy")
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}
_NEW_PLACEMENT = re.compile(r"(?:o[àáãảạèéẽẻẹ]|(?<!q)u[ỳýỹỷỵ])(?!\w)")
_GLUED_ORDINAL = re.compile(r"(?<=\b[Tt]hứ)(?=[IVXLC]+\b|\d)")


def normalize(text: str) -> str:
    """NFC, without invisible characters. For matching, not for quoting."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def fold(text: str) -> str:
    """Lower case without diacritics: `Đối ngoại` → `doi ngoai`."""
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower().replace("đ", "d")))


def spelt_apart(text: str) -> str:
    """`normalize`, with a number apart from the "thứ" that it is glued to, a frequent misprint: "lần thứXIV"."""
    return _GLUED_ORDINAL.sub(" ", normalize(text))


def syllables(text: str) -> list[str]:
    """The lower-case syllables of a text, tone marks in one placement: `Thuỷ Nguyên, 15-9` → thủy, nguyên, 15, 9."""
    lower = spelt_apart(text).lower()
    return _SYLLABLE.findall(_NEW_PLACEMENT.sub(lambda m: _OLD_PLACEMENT[m[0]], lower))


def spellings(syllable: str) -> tuple[str, ...]:
    """A syllable as `syllables` gives it, in each placement of its tone mark: hòa → hòa, hoà."""
    for new, old in _OLD_PLACEMENT.items():
        if syllable.endswith(old) and _NEW_PLACEMENT.search(syllable.removesuffix(old) + new):
            return syllable, syllable.removesuffix(old) + new
    return (syllable,)
