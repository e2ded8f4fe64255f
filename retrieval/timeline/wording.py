"""The word of a day: what its quotes have and those of other days have not, as the first quote has it."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from retrieval.records import TimelineEntry

_QUOTES = 12  # of a day that are looked at
_FEWEST = 3  # quotes of a day that can show what is its own
# Syllables are one word where they stand side by side in so many of the quotes that have the rarer of them.
_BOND = 0.6
_LONGEST = 4  # syllables of a word
_SHARE = 0.3  # of the day's quotes have it
_SYLLABLE = re.compile(r"[^\W\d_]+")
# Syllables that no word of what happened has.
_OF_GRAMMAR = re.compile(
    r"và|của|là|các|những|một|trong|với|cho|từ|tại|về|đến|tới|vào|khi|này|đó|kia|ở|ra|có|không|được|đã|đang|sẽ|cũng|theo|trên"
    r"|dưới|sau|trước|như|để|do|bằng|vì|hay|hoặc|thì|mà|nhưng|còn|cùng|bên|nay|qua|lên|xuống|rất|hơn|nhất|nhiều|mới|vừa"
    r"|lần|thứ|đầu|tiên|giữa|cuối|ngày|tháng|năm|giờ|sáng|trưa|chiều|tối|đêm|hôm|ông|bà|anh|chị|người"
)

Pair = tuple[str, str]


def word_of(entry: TimelineEntry, others: Iterable[TimelineEntry], topic: str) -> str:
    """A word of the entry's first quote, to the letter, that many of its quotes and few of other days' have; empty
    where none stands out. Names and what the topic says already tell nothing of what happened.
    """
    day = [_pairs(q.text) for q in entry.quotes[:_QUOTES]]
    if len(day) < _FEWEST:
        return ""
    rest = [_pairs(q.text) for other in others if other is not entry for q in other.quotes[:_QUOTES]]
    here, everywhere = Counter(p for one in day for p in one), Counter(p for one in (*day, *rest) for p in one)
    alone = Counter(part for one in (*day, *rest) for part in {part for pair in one for part in pair})
    said = frozenset(_SYLLABLE.findall(topic.lower()))
    text = entry.quotes[0].text
    best, found = 0.0, ""
    for word in _words(text, said, everywhere, alone):
        pairs = list(pairwise(syllable[0].lower() for syllable in word))
        share = min(here[pair] for pair in pairs) / len(day)
        elsewhere = min(everywhere[pair] - here[pair] for pair in pairs) / max(len(rest), 1)
        worth = share * share / (share + elsewhere)
        if len(word) <= _LONGEST and share >= _SHARE and worth > best:
            best, found = worth, text[word[0].start() : word[-1].end()]
    return found


def _words(text: str, said: frozenset[str], pairs: Counter[Pair], alone: Counter[str]) -> list[list[re.Match[str]]]:
    """The runs of syllables of a text that go together in most quotes, two at least; none of a name, of grammar, or
    `said` by the topic.
    """
    runs: list[list[re.Match[str]]] = []
    for first, second in pairwise(_SYLLABLE.finditer(text)):
        pair = first[0].lower(), second[0].lower()
        if text[first.end() : second.start()] != " " or first[0][0].isupper() or second[0][0].isupper():
            continue
        if any(part in said or _OF_GRAMMAR.fullmatch(part) for part in pair):
            continue
        if pairs[pair] < max(2, _BOND * min(alone[pair[0]], alone[pair[1]])):
            continue
        if runs and runs[-1][-1].end() == first.end():
            runs[-1].append(second)
        else:
            runs.append([first, second])
    return runs


def _pairs(text: str) -> frozenset[Pair]:
    """Neighbouring syllables in lower case."""
    found = pairwise(_SYLLABLE.finditer(text))
    return frozenset((a[0].lower(), b[0].lower()) for a, b in found if text[a.end() : b.start()] == " ")
