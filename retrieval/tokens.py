"""Unicode, tone marks, folding of diacritics, syllables. Tokens are for ranking only: nothing prints from them."""

import re
import unicodedata
from functools import lru_cache

_SYLLABLE = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\U000e0000-\U000e007f]+")

# Letters and figures that look like others, each one for one: the Icelandic eth and its African twin for đ, the Tatars'
# oi for ư, Cyrillic and Greek for Latin, the raised figures of m² and km³, and the wide letters of East Asian fonts.
_LOOK_ALIKES = str.maketrans(
    {"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ", "²": "2", "³": "3", "¹": "1"}
    | {"\u01a2": "Ư", "\u01a3": "ư"}
    | dict(zip("АВЕКМНОРСТУХаеорсухіΑΒΕΗΙΚΜΝΟΡΤΧο", "ABEKMHOPCTYXaeopcyxiABEHIKMNOPTXo", strict=True))
    | {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
)
_LOOK_ALIKE = re.compile(f"[{''.join(map(chr, _LOOK_ALIKES))}]")

# Both placements of the tone mark are in use (hoà and hòa, thuỷ and thủy). They differ in open syllables in "oa",
# "oe" and "uy" only; "qu" is a consonant: quý has one spelling.
_OLD_PLACEMENT = {
    unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize("NFC", first + tone + second)
    for first, second in ("oa", "oe", "uy")
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}
_NEW_PLACEMENT = re.compile(r"(?:o[àáãảạèéẽẻẹ]|(?<!q)u[ỳýỹỷỵ])(?!\w)")
# Typed on a letter that never has it: giaỉ is giải, lựơng is lượng, tíên is tiến.
_TONES = {
    unicodedata.normalize("NFC", vowel + tone): (vowel, tone)
    for vowel in "aăâeêioôơuưy"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}
_toned = {vowel: "".join(letter for letter, (of, _) in _TONES.items() if of == vowel) for vowel in "aiuyoư"}
_MISPLACED = re.compile(
    rf"(?:(?:[aâeêôơư]|(?<!q)u)[{_toned['i']}]|[aâ][{_toned['u']}{_toned['y']}]|[ae][{_toned['o']}]"
    rf"|(?:ư|(?<!q)u)[{_toned['a']}])(?!\w)"
    rf"|[{_toned['ư']}]ơ|[{_toned['i']}{_toned['y']}]ê|[{_toned['u']}]ô"
)
# So with i and y alone after these consonants: kĩ sư, kỹ sư; bác sĩ, bác sỹ; tỉ, tỷ; Lí, Lý.
_AS_Y = dict(zip("ìíỉĩị", "ỳýỷỹỵ", strict=True))
_I = re.compile(rf"\b([hklmst])([{''.join(_AS_Y)}])\b")
_GLUED_ORDINAL = re.compile(r"\b([Tt]hứ)(?=[IVXLC]+\b|\d)")
# Vietnamese has some thousand syllables, none of them longer: each is looked at once.
_SYLLABLES, _LONGEST = 1 << 14, 8


def normalize(text: str) -> str:
    """NFC, without invisible characters. For matching, not for quoting."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def alike(text: str) -> str:
    """The text with letters and figures in the place of those that look like them; as long as it was."""
    return text.translate(_LOOK_ALIKES) if _LOOK_ALIKE.search(text) else text  # the latter is quicker to see


def fold(text: str) -> str:
    """Lower case without diacritics: `Đối ngoại` → `doi ngoai`."""
    return _known_folded(text) if len(text) <= _LONGEST else _folded(text)


def _folded(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", alike(text).lower().replace("đ", "d")))


_known_folded = lru_cache(_SYLLABLES)(_folded)


def spelt_apart(text: str) -> str:
    """`normalize`, with a number apart from the "thứ" that it is glued to, a frequent misprint: "lần thứXIV"."""
    return _GLUED_ORDINAL.sub(r"\1 ", normalize(text))


def syllables(text: str) -> list[str]:
    """The lower-case syllables of a text, tone marks in one placement: `Thuỷ Nguyên, 15-9` → thủy, nguyên, 15, 9."""
    found = _SYLLABLE.findall(alike(spelt_apart(text)).lower())
    return [one if one.isascii() else _known(one) if len(one) <= _LONGEST else _placed(one) for one in found]


def _placed(syllable: str) -> str:
    """A syllable in lower case in the one spelling that it is looked for by."""
    placed = _NEW_PLACEMENT.sub(lambda m: _OLD_PLACEMENT[m[0]], _MISPLACED.sub(_moved, syllable))
    return _I.sub(lambda m: m[1] + _AS_Y[m[2]], placed)


_known = lru_cache(_SYLLABLES)(_placed)


def _moved(found: re.Match[str]) -> str:
    """Two vowels with their tone on the other one."""
    first, second = found[0][0], found[0][1]
    plain, tone = _TONES[second if second in _TONES else first]
    pair = first + tone + plain if second in _TONES else plain + second + tone
    return unicodedata.normalize("NFC", pair)


def spellings(syllable: str) -> tuple[str, ...]:
    """A syllable as `syllables` gives it, in each placement of its tone mark, and with i and y: hòa, hoà; kỹ, kĩ."""
    for i, y in _AS_Y.items():
        if len(syllable) == 2 and syllable[1] == y and syllable[0] in "hklmst":
            return syllable, syllable[0] + i
    for new, old in _OLD_PLACEMENT.items():
        if syllable.endswith(old) and _NEW_PLACEMENT.search(syllable.removesuffix(old) + new):
            return syllable, syllable.removesuffix(old) + new
    return (syllable,)
