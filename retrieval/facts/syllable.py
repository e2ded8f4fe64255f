"""What a Vietnamese syllable looks like: it tells Vietnamese names from foreign ones."""

import re
import unicodedata

_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
_RHYME = (
    "(?:[aăâeêioôơuưy]|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oai|oay|oao|oeo|ua|uâ|uê|ui|uô|uơ|uy|uya|uyê"
    "|uyu|uây|uôi|ưa|ưi|ươ|ươi|ươu|ưu|iêu|yêu|yê|oo|uă)(?:ch|ng|nh|[cmnpt])?"
)
_SYLLABLE = re.compile(_ONSET + _RHYME)
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")


def is_vietnamese(word: str) -> bool:
    """Whether the word can be a Vietnamese syllable: Trọng and Anh can, Biden and Joe cannot."""
    toneless = unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", toneless)) is not None
