"""What a story is about: the words of its topic weighed by rarity, which of them are one, and which one tells it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from retrieval.facts import is_vietnamese
from retrieval.query import Query
from retrieval.timeline.naming import any_of, is_before_name, is_full_name, is_name, joined_source, whole_word, written
from retrieval.timeline.subject import as_pattern, lower_of

_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Neighbouring words are one where they stand side by side in so many of the texts that have both.
_BOND = 0.5
# Texts looked at for that.
_SEEN = 300
_NOT_MUCH_LESS = 0.7
_SYLLABLES = 10  # a word of two is a tenth heavier than the heavier of them
_HINT = 2 / 3
_PAIR = 2  # terms
# Of the weight of all words, what a text on the topic has at least.
LEAST = 0.45


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of the topic, of one or more syllables, and its share of the topic's weight. `parts` are shorter words
    that stand for it, each with how much of it they are: "ngừng bắn" for "lệnh ngừng bắn".
    """

    pattern: re.Pattern[str]
    weight: float
    parts: tuple[tuple[re.Pattern[str], float], ...] = ()

    def part_in(self, lower: str, around: str = "") -> float:
        """How much of it a text, or what stands around it, has: 1 for all of it."""
        if self.pattern.search(lower) or (around and self.pattern.search(around)):
            return 1.0
        found = (share for part, share in self.parts if part.search(lower) or (around and part.search(around)))
        return max(found, default=0.0)


@dataclass(frozen=True, slots=True)
class Topic:
    """The units of a topic, made once for thousands of sentences; without the one at `telling` nothing is on it.

    A country or a province has more stories than one, and so has a word that is no name: where it tells the topic, one
    of the words that say `what` must be there as well; so must one of another name that weighs as much. A syllable of
    such a word will do where the `whole` one is told of that place somewhere.
    """

    units: tuple[Unit, ...]
    telling: int
    words: tuple[re.Pattern[str], ...] = ()
    what: tuple[re.Pattern[str], ...] = ()
    whole: tuple[re.Pattern[str], ...] = ()

    @classmethod
    def of(
        cls,
        query: Query,
        rarity: Sequence[float] | None,
        texts: Iterable[str],
        whole: Iterable[tuple[int, int]] = (),
    ) -> "Topic":
        """The topic of a query with terms. `rarity` are the idf of its terms (None: all alike), `texts` are on it. What
        stands from one to the other of each two places in `whole` is one name.
        """
        terms = [as_pattern(term, accented=query.accented) for term in query.terms]
        weights = list(rarity) if rarity is not None else [1.0] * len(terms)
        seen = [(text, lower_of(text)) for text, _ in zip(texts, range(_SEEN), strict=False)]
        if seen:  # a word that nobody uses weighs nothing; a name that nobody tells of has no story
            foreign = () if query.is_cased else (word for word in query.terms if not is_vietnamese(word))
            names = query.capitals.union(foreign, *(query.terms[slice(*span)] for span in query.known_names))
            used = [any(re.search(term, lower) for _, lower in seen) for term in terms]
            weights = [
                weight * (word in names or use) for word, weight, use in zip(query.terms, weights, used, strict=True)
            ]
        aliases = written(query, seen)
        runs = _runs(query, terms, seen, (*aliases, *whole))
        others = [aliases.get(run, ()) for run in runs]
        patterns = [any_of(joined_source(terms[slice(*run)]), more) for run, more in zip(runs, others, strict=True)]
        heights = [max(weights[first:end]) * (1 + (end - first - 1) / _SYLLABLES) for first, end in runs]
        total = sum(heights) or 1.0
        alone = [Unit(pattern, height / total) for pattern, height in zip(patterns, heights, strict=True)]
        units = tuple(
            unit if _is_cased(query, run, unit, seen) else replace(unit, parts=_parts(query, terms, weights, run))
            for run, unit in zip(runs, alone, strict=True)
        )
        telling = _telling(query, runs, units, seen)
        words = tuple(
            any_of(whole_word(terms[at]), more) for run, more in zip(runs, others, strict=True) for at in range(*run)
        )
        what = _other_names(query, runs, units, telling, seen)
        if not what and runs[telling] in (*query.known_names, *aliases):
            what = tuple(at for unit in _heaviest_others(units, telling) for at in range(*runs[unit]))
        said = tuple(words[at] for at in what)
        whole_words = tuple(_whole_word(query, terms, at) or words[at] for at in what)
        if not what and not _is_cased(query, runs[telling], units[telling], seen):
            said = tuple(units[at].pattern for at in _heaviest_others(units, telling))
        return cls(units, telling, words, said, whole_words)

    def share(self, text: str, around: str = "", *, own: bool = False) -> float:
        """How much of the topic a text has, from 0 to 1; 0 where neither it nor what stands `around` it (in lower case)
        has the telling word (it itself: `own`).
        """
        lower = lower_of(text)
        if not self.units[self.telling].part_in(lower, "" if own else around):
            return 0.0
        if self.what and not any(word.search(lower) or word.search(around) for word in self.what):
            return 0.0
        return sum(unit.weight * unit.part_in(lower, around) for unit in self.units)

    def is_told(self, texts: Iterable[str]) -> bool:
        """Whether any text has the telling word and a whole word that says what: of "động đất Nepal" none has, though
        many have "hoạt động" and "đất nước".
        """
        if not self.whole:
            return True
        tell = self.units[self.telling]
        return any(tell.part_in(one) and any(word.search(one) for word in self.whole) for one in map(lower_of, texts))

    def is_in(self, text: str, title: str = "") -> bool:
        """Whether a text speaks of it, its title helping; the telling word it has itself."""
        return self.share(text, lower_of(title), own=True) >= LEAST

    def is_hinted_at(self, text: str) -> bool:
        """Whether a title or an opening has most of its words, wherever they stand."""
        lower = lower_of(text)
        return sum(word.search(lower) is not None for word in self.words) >= _HINT * len(self.words)

    def has_some(self, text: str) -> bool:
        """Whether a text has any of its words."""
        lower = lower_of(text)
        return any(unit.pattern.search(lower) for unit in self.units)

    def names(self, pair: tuple[str, str]) -> bool:
        """Whether one of two neighbouring words is a word of the topic."""
        return any(word.fullmatch(one) for one in pair for word in self.words)

    def tells(self, text: str) -> bool:
        """Whether a text has the telling word."""
        return self.units[self.telling].part_in(lower_of(text)) > 0


def _runs(
    query: Query, terms: Sequence[str], seen: Sequence[tuple[str, str]], whole: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where units begin and end in the terms: offices, known names, and words that mostly stand side by side."""
    bound = {at for first, end in (*query.offices, *query.known_names, *whole) for at in range(first, end - 1)}
    bound |= {first - 1 for first, _ in query.known_names if query.terms[first - 1 : first] in (("bộ",), ("bo",))}
    if len(terms) == _PAIR and not query.is_cased and all(map(is_vietnamese, query.terms)):
        bound.add(0)  # one word: "đối ngoại"
    bound |= {at for at in range(len(terms) - 1) if is_full_name(query, at)}
    # "Miss Universe 2025": papers leave the year of a name out.
    years = {at for at in range(len(terms) - 1) if _YEAR.fullmatch(query.terms[at + 1])}
    bound -= years
    # "Nga | xâm phạm | Ba Lan", "TikTok | tại | Mỹ": a known name ends where it ends.
    apart = {at for first, end in query.known_names for at in (first - 1, end - 1)} - bound
    texts = [lower for _, lower in seen]
    patterns = [re.compile(whole_word(term)) for term in terms]
    having = [{number for number, text in enumerate(texts) if one.search(text)} for one in patterns]
    for at, (word, following) in enumerate(pairwise(terms)):
        both = having[at] & having[at + 1]
        beside = re.compile(joined_source([word, following])) if at not in bound | years | apart and both else None
        if beside and is_before_name(query, at) and not (at == 0 and is_name(beside, seen)):
            continue
        if beside and sum(beside.search(texts[number]) is not None for number in both) >= _BOND * len(both):
            bound.add(at)
    runs, first = [], 0
    for at in range(len(terms)):
        if at not in bound:
            runs.append((first, at + 1))
            first = at + 1
    return runs if not runs or runs[-1][1] == len(terms) else [*runs, (first, len(terms))]


def _parts(
    query: Query, terms: Sequence[str], weights: Sequence[float], run: tuple[int, int]
) -> tuple[tuple[re.Pattern[str], float], ...]:
    """Of a word of three syllables the last two and the first two, of a longer one all but two; of no office."""
    first, end = run
    total = sum(weights[first:end])
    numbered = any(word.isdigit() for word in query.terms[first:end])
    if end - first <= _PAIR or not total or numbered or run in (*query.offices, *query.known_names):
        return ()
    less = 1 if end - first == _PAIR + 1 else _PAIR
    shorter = ((first, end - less), (first + less, end))
    return tuple((any_of(joined_source(terms[a:b]), ()), sum(weights[a:b]) / total) for a, b in shorter)


def _whole_word(query: Query, terms: Sequence[str], at: int) -> re.Pattern[str] | None:
    """The longest word around a syllable, no name, that is listed with what means the same: "động đất"."""
    listed = [
        span for _, *span in query.synonyms if span[0] <= at < span[1] and query.terms[span[0]] not in query.names
    ]
    first, end = max(listed, key=lambda span: span[1] - span[0], default=(at, at + 1))
    return re.compile(joined_source(terms[first:end])) if end - first > 1 else None


def _other_names(
    query: Query,
    runs: Sequence[tuple[int, int]],
    units: Sequence[Unit],
    telling: int,
    seen: Sequence[tuple[str, str]],
) -> tuple[int, ...]:
    """The places of the words of other names that weigh as much as the telling one: "Tô Lâm thăm Triều Tiên"."""
    return tuple(
        word
        for at, run in enumerate(runs)
        if at != telling
        and units[at].weight >= _NOT_MUCH_LESS * units[telling].weight
        and _is_cased(query, run, units[at], seen)
        for word in range(*run)
    )


def _is_cased(query: Query, run: tuple[int, int], unit: Unit, seen: Sequence[tuple[str, str]]) -> bool:
    """Whether it is a name, as the query is typed or, without capitals, as texts write it."""
    words = [term for term in query.terms[slice(*run)] if not term.isdigit()]
    return bool(query.capitals.intersection(words)) if query.is_cased else is_name(unit.pattern, seen)


def _telling(
    query: Query, runs: Sequence[tuple[int, int]], units: Sequence[Unit], seen: Sequence[tuple[str, str]]
) -> int:
    """The heaviest name that weighs not much less than the heaviest word; else that word. A number is none."""
    heaviest = max(unit.weight for unit in units)

    def worth(at: int) -> tuple[bool, bool, float]:
        first, end = runs[at]
        words = [term for term in query.terms[first:end] if not term.isdigit()]
        cased = _is_cased(query, runs[at], units[at], seen)
        heavy = units[at].weight >= _NOT_MUCH_LESS * heaviest
        return bool(words), bool(words) and cased and heavy, units[at].weight

    return max(range(len(units)), key=worth)


def _heaviest_others(units: Sequence[Unit], telling: int) -> list[int]:
    """Beside the telling one those that say what happened: the heaviest, and what weighs not much less."""
    others = [at for at in range(len(units)) if at != telling and units[at].weight > 0]
    least = _NOT_MUCH_LESS * max((units[at].weight for at in others), default=0.0)
    return [at for at in others if units[at].weight >= least]


@lru_cache(300)
def words_of(text: str) -> frozenset[tuple[str, str]]:
    """The neighbouring words of a text; numbers are none."""
    return frozenset(pairwise(_WORD.findall(text.lower())))
