"""Questions in English, to articles in Vietnamese: known as such, and what they name is found all the same. Pure."""

import re

from retrieval.tokens import fold, normalize

# Words that no Vietnamese question has, however it is typed: one that asks begins it, another stands anywhere.
_ASKING = frozenset(
    ("who", "whom", "whose", "what", "when", "where", "why", "which", "how", "did", "does", "is", "was", "are", "were")
)
# Without those that Vietnamese has too, without diacritics: they tell neither.
_JOINING = frozenset({"of", "about", "and", "many", "much", "has", "have", "will", "with", "for", "from", "between"})
_BOTH = frozenset({"the", "a", "an", "any", "in", "on", "to", "at", "by", "me", "my", "do", "can", "no"})
_COMMON = _ASKING | _JOINING
_WORD = re.compile(r"[^\W_]+")
_SHORT = re.compile(r"['’](s|re)\b")  # "what's" is "what is"; whose something is counts for nothing
_END = " \t\n?!.…"
# A name, with the numbers that belong to it: "Covid 19", "ASEAN".
_NAME = re.compile(r"[^\W\d_a-z][^\W_]*+(?: (?:[^\W\d_a-z][^\W_]*+|\d++))*+")
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
# A Vietnamese syllable without its diacritics: "Nguyen", "Huong", "An"; not "Biden".
BARE = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?+[aeiouy]{1,3}+(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
_FOREIGN = 2  # words: one may be the title of something, or what Vietnamese has borrowed


def is_english(text: str) -> bool:
    """Whether a text asks in English: "who is …", or "price of gold in …", most of whose words cannot be Vietnamese."""
    lower = _SHORT.sub(" is", normalize(text).lower())
    if fold(lower) != lower:
        return False
    words = _WORD.findall(lower)
    if words and words[0] in _ASKING and sum(word in _COMMON for word in words) > 1:
        return True
    typed = _WORD.findall(normalize(text))
    asks = bool(words) and words[0] in _ASKING and not typed[0].isupper()  # not the WHO
    small = [word for word in typed if word.isalpha() and word.islower() and word not in _BOTH]
    foreign = {word for word in small if not BARE.fullmatch(word)}
    if asks:
        return len(foreign | {words[0]}) >= _FOREIGN and 2 * len(foreign) >= len(small)
    return len(foreign) >= _FOREIGN and 2 * len(foreign) > len(small) and not _JOINING.isdisjoint(foreign)


def named_in(text: str) -> str | None:
    """The longest name in an English question, "Le Hoai Trung" of "Who is Le Hoai Trung?"; None where it has none."""
    if not is_english(text):
        return None
    plain = normalize(text).strip(_END)
    first = plain.partition(" ")[0]  # has a capital, whatever it is
    if first.lower() in _COMMON:
        plain = plain.removeprefix(first)
    names = [name for name in _NAME.findall(plain) if name.lower() not in _COMMON | _MONTHS]
    others = names[1:] if names and names[0] == first else []
    return max(others or names, key=len, default=None)
