"""Questions in English, to articles in Vietnamese: known as such, and what they name is found all the same. Pure."""

import re

from retrieval.tokens import fold, normalize

# Words that no Vietnamese question has, however it is typed: one that asks begins it, another stands anywhere.
_ASKING = frozenset(
    ("who", "whom", "whose", "what", "when", "where", "why", "which", "how", "did", "does", "is", "was", "are", "were")
)
# Without those that Vietnamese has too, without diacritics: "the", "do", "to", "in".
_COMMON = _ASKING | {"of", "about", "and", "many", "much", "has", "have", "will", "with", "for"}
_WORD = re.compile(r"[^\W_]+")
_SHORT = re.compile(r"['’](s|re)\b")  # "what's" is "what is"; whose something is counts for nothing
_END = " \t\n?!.…"
# A name, with the numbers that belong to it: "Covid 19", "ASEAN".
_NAME = re.compile(r"[^\W\d_a-z][^\W_]*+(?: (?:[^\W\d_a-z][^\W_]*+|\d++))*+")


def is_english(text: str) -> bool:
    """Whether a text is a question in English."""
    lower = _SHORT.sub(" is", normalize(text).lower())
    if fold(lower) != lower:
        return False
    words = _WORD.findall(lower)
    return bool(words) and words[0] in _ASKING and sum(word in _COMMON for word in words) > 1


def named_in(text: str) -> str | None:
    """The longest name in an English question, "Le Hoai Trung" of "Who is Le Hoai Trung?"; None where it has none."""
    if not is_english(text):
        return None
    plain = normalize(text).strip(_END)
    _, _, rest = plain.partition(" ")  # without the word that asks, which has a capital too
    names = [name for name in _NAME.findall(rest) if name.lower() not in _COMMON]
    return max(names, key=len, default=None)
