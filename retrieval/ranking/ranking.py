"""Candidates by BM25, ranked by what speaks for each (`features`), with the confidence that the best one answers."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.config_files import load_toml
from retrieval.index.forward import Longs, ranges
from retrieval.index.marks import Mark
from retrieval.index.numbering import KINDS
from retrieval.index.searcher import Field, Only, Searcher
from retrieval.query import Query
from retrieval.ranking.features import CLOSER, NAMES, features
from retrieval.ranking.objections import Objection, Words, objection
from retrieval.ranking.refusal import FACTORS, RANKED, Refusal, factors, lacks, spread_of
from retrieval.ranking.rows import Context, Floats, Mask, Terms
from retrieval.tokens import fold

# Candidates are the best sentences and all sentences of the best passages, no more than so many in all.
_SENTENCES, _PASSAGES, _CANDIDATES = 100, 30, 200
# Other wordings of a question that candidates are looked for by, all at once, and scored by, each on its own.
_WORDINGS = 6
# Sentences rank close to the first with at least e^-1.5, a good fifth, of its odds.
CLOSE = 1.5
CLOSELY = slice(NAMES.index(CLOSER[0]), NAMES.index(CLOSER[-1]) + 1)
_HOLDER, _COVER = NAMES.index("holder"), NAMES.index("cover")
_ALIKE = 0.1  # of the idf of all terms
# First candidates that are looked at more closely: to look takes a quarter of a millisecond each.
LOOKED_AT = 12
# Of these, those that the reader reads: each costs it fifty milliseconds. Of 795 questions to news three of them bring
# the right one first for 529, four for 533, six for 535.
_READ = 4
_EXAMINED = 4  # of those close to the first, for what speaks against them; of a question for the newest more
_EXAMINED_FOR_NEWEST = 12
_HARDLY = 2.5  # in idf: a twelfth
_AROUND = 60  # sentences of the article to each side that may tell of what a sentence does not
_MONTH = frozenset({"tháng", "thang"})
_UNITS_OF_DATES = frozenset({"ngày", "tháng", "năm", "ngay", "thang", "nam"})


@dataclass(frozen=True, slots=True)
class Ordered:
    """The candidates of a query, as it was understood, by their scores alone; fields as of `Ranked`.

    To rank them anew takes the `terms`, and the `limit`, `only` and `tells` of `rank`.
    """

    query: Query
    terms: Terms
    sentences: Longs
    scores: Floats
    features: Floats
    limit: int
    only: Only | None
    tells: Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of a query, the best first: numbers of sentences (N,), scores (N,), features (N, len(NAMES)).

    `factors` (len(RANKED),) tell how sure it is that the first answers, `objection` what speaks against it, `readings`
    (N,) what the reader says for each candidate, NaN for those that it has not read; `ordered`: as they stood before.
    """

    sentences: Longs
    scores: Floats
    features: Floats
    factors: Floats
    readings: Floats
    objection: Objection = ""
    ordered: Ordered | None = None

    @property
    def reading(self) -> float | None:
        """What the reader says for the first, where it has read it."""
        return None if not len(self.readings) or np.isnan(self.readings[0]) else float(self.readings[0])

    def of(self, kept: Mask) -> "Ranked":
        """With some of the candidates only: a mask (N,)."""
        sentences, scores, features = self.sentences[kept], self.scores[kept], self.features[kept]
        return replace(self, sentences=sentences, scores=scores, features=features, readings=self.readings[kept])


_NONE = np.zeros(0)
NOTHING = Ranked(np.zeros(0, dtype=np.int64), _NONE, np.zeros((0, len(NAMES))), np.zeros(len(RANKED)), _NONE)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature (len(NAMES),), each kind of sentence (len(KINDS),) and what the reader says count, and when to
    refuse.
    """

    features: Floats
    kinds: Floats
    refusal: Refusal
    reading: float = 0.0

    @classmethod
    def from_config(cls) -> "Weights":
        """Of config/ranking.toml, which retrieval/evaluation/tune.py writes. Raises KeyError for an unknown feature."""
        return cls.of(load_toml("ranking.toml"))

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Weights":
        """Of the content of such a file."""
        confidence = settings["confidence"]
        read = confidence.get("reader", {"bias": 0.0, "odds": 1.0, "reading": 0.0})
        refusal = Refusal(
            _row(confidence["weights"], FACTORS),
            confidence["bias"],
            confidence["threshold"],
            (read["bias"], read["odds"], read["reading"]),
        )
        reading = settings.get("reader", {"reading": 0.0})["reading"]
        return cls(_row(settings["ranking"], NAMES), _row(settings["kinds"], KINDS), refusal, reading)


def rank(  # noqa: PLR0913, PLR0917 - a collection, what counts in it, a query, and how far it is asked
    index: Searcher,
    weights: Weights,
    query: Query,
    limit: int = _CANDIDATES,
    only: Only | None = None,
    tells: Callable[[int], bool] = lambda _: False,
) -> Ranked:
    """The sentences for a query without parts; where more than the candidates are asked for, others after them.

    Of those that rank close together one that nothing speaks against comes first. `only` says which sentences of the
    collection may be found; None: all. A sentence that surely `tells` what is asked for lacks nothing of it.
    """
    columns, sentences, terms, query = candidates(index, query, only)
    if not len(sentences):
        return NOTHING
    scores = columns @ weights.features + weights.kinds[index.kinds(sentences)]
    # Among equals the newest, then the first in the collection, so that a question has one answer.
    day, month, year = index.dates(sentences)[:, 0].T
    order = np.lexsort((sentences, -day, -month, -year, -np.round(scores, 9)))
    ordered = Ordered(query, terms, sentences[order], scores[order], columns[order], limit, only, tells)
    return _ranked(index, ordered, ordered.scores, np.full(len(order), np.nan))


def reread(
    index: Searcher,
    weights: Weights,
    ranked: Ranked,
    tells: Callable[[Longs], Mask],
    read: Callable[[Longs], Floats] | None,
) -> Ranked:
    """The same, the first of them looked at more closely: `tells` is asked which of LEVELS (M, len(LEVELS)) each of
    some sentences (M,) reaches, `read` how likely each answers, in log-odds (M,), where there is a reader.
    """
    ordered = ranked.ordered
    if ordered is None:
        return ranked
    looked_at = ordered.sentences[:LOOKED_AT]
    articles = np.array(index.places(looked_at)[0])
    columns = ordered.features.copy()
    in_article = np.log((articles[:, None] == articles).sum(axis=1))
    columns[: len(looked_at), CLOSELY] = np.column_stack([tells(looked_at), in_article])
    scores = ordered.scores + columns[:, CLOSELY] @ weights.features[CLOSELY]
    order = np.argsort(-np.round(scores, 9), kind="stable")
    looked = replace(ordered, sentences=ordered.sentences[order], scores=ordered.scores[order], features=columns[order])
    readings = np.full(len(order), np.nan)
    if read is not None:
        readings[:_READ] = read(looked.sentences[:_READ])
    return _ranked(index, looked, scores[order] + weights.reading * above_least(readings), readings)


def _ranked(index: Searcher, ordered: Ordered, scores: Floats, readings: Floats) -> Ranked:
    """By these scores, and by what speaks against those that rank close together."""
    query, order = ordered.query, np.argsort(-np.round(scores, 9), kind="stable")
    sentences, scores, columns = ordered.sentences[order], scores[order], ordered.features[order]
    close = min(int((scores >= scores[0] - CLOSE).sum()), _EXAMINED_FOR_NEWEST if query.newest else _EXAMINED)
    objections = _objections(index, query, sentences[:close], columns, ordered.tells)
    first = _first(query, objections, columns, index.dates(sentences[:close])[:, 0])
    if first:
        scores[first] = scores[0]
        moved = np.concatenate([[first], np.delete(np.arange(len(scores)), first)])
        order, sentences, scores, columns = order[moved], sentences[moved], scores[moved], columns[moved]
    # How far the candidates are in doubt is told without the reader: what it says is a factor of its own.
    spread = spread_of(ordered.features, ordered.scores)
    found = factors(columns[0], ordered.terms.idf, spread)
    ranked = Ranked(sentences, scores, columns, found, readings[order], objections[first], ordered)
    return _with_others(index, ranked, ordered) if ordered.limit > len(order) else ranked


def _first(query: Query, objections: Sequence[Objection], columns: Floats, dates: npt.NDArray[np.int16]) -> int:
    """Which of the sentences that rank close together comes first: one that nothing speaks against; asked for what is
    so at last the newest of them that have as much of the question; of those that say who holds an office, asked of no
    date, the newest.
    """
    free = [at for at, objection in enumerate(objections) if not objection] or [0]
    if query.asks_holder and not any(map(str.isdecimal, query.terms)):
        alike = [at for at in free if columns[at, _HOLDER]]
    elif query.newest:
        alike = [at for at in free if columns[at, _COVER] >= columns[free[0], _COVER] - _ALIKE]
    else:
        alike = []
    return max(alike or free[:1], key=lambda at: (*dates[at, ::-1].tolist(), -at))


def _objections(
    index: Searcher, query: Query, sentences: Longs, columns: Floats, tells: Callable[[int], bool]
) -> list[Objection]:
    """What speaks against each of the sentences, looked for as far as it can matter."""
    found: list[Objection] = []
    for sentence, row, told in zip(sentences, columns, told_by_date(index, query, sentences), strict=False):
        around = _words(index, index.around(int(sentence), _AROUND), query.accented)
        here = _words(index, np.array([sentence]), query.accented)
        lacking = lacks(row, query.kind, query.asks_holder and bool(query.offices))
        if lacking == "nothing of the kind asked for" and not query.asks_holder and tells(int(sentence)):
            lacking = ""  # "mấy tiền" – "6.000 baht", "mấy hôm" – "4 ngày"
        found.append(lacking or objection(query, here, around, told.tolist()))
        if not found[-1] and not query.asks_holder and not query.newest:
            break
    return found


def _words(index: Searcher, sentences: Longs, accented: bool) -> Words:
    _, numbers, marks = index.syllables_in(sentences)
    if not accented:
        numbers = index.folded[numbers]
    different, place = np.unique(numbers, return_inverse=True)
    words = [index.vocabulary.word(number) for number in different.tolist()]
    return Words([words[at] for at in place.tolist()], marks.tolist())


def _with_others(index: Searcher, ranked: Ranked, ordered: Ordered) -> Ranked:
    """After the candidates the next best by BM25 alone, up to the limit in all."""
    query, count = ordered.query, len(ranked.sentences)
    others, bm25 = index.top(query.terms, query.accented, ordered.limit + count, ordered.only)
    new = ~np.isin(others, ranked.sentences)
    others, bm25 = others[new][: ordered.limit - count], bm25[new][: ordered.limit - count]
    scores = ranked.scores[-1] - (bm25.max(initial=0.0) - bm25)
    unknown = np.zeros((len(others), len(NAMES)))
    return replace(
        ranked,
        sentences=np.concatenate([ranked.sentences, others]),
        scores=np.concatenate([ranked.scores, scores]),
        features=np.concatenate([ranked.features, unknown]),
        readings=np.append(ranked.readings, np.full(len(others), np.nan)),
    )


def above_least(readings: Floats) -> Floats:
    """What the reader says for each of some candidates (N,), as it counts for their order: those that it has not read,
    NaN, are not behind the least of those that it has.
    """
    least = np.min(readings, where=~np.isnan(readings), initial=np.inf)
    return np.nan_to_num(readings - least, posinf=0.0, neginf=0.0)


def is_bare(index: Searcher, syllable: str) -> bool:
    """Whether articles have a syllable hardly ever as it is typed, without or with wrong diacritics, but otherwise."""
    without = index.fields(accented=False).sentences.idf_of(fold(syllable))
    as_typed = index.fields(accented=True).sentences.idf_of(syllable)
    return without > 0 and (as_typed == 0 or as_typed - without > _HARDLY)


def can_be_found(index: Searcher, query: Query) -> bool:
    """Whether a passage has the two words of the query that tell most: much quicker than to rank in vain."""
    okapi = index.fields(query.accented).passages
    telling = sorted(set(query.terms), key=lambda term: (okapi.number(term) >= 0, -okapi.idf_of(term), term))[:2]
    return bool(telling) and okapi.has_all(telling)


def idf(index: Searcher, query: Query) -> Floats:
    """The idf of each term (M,), relative to the highest that the collection's size allows; 1 for one it has not."""
    return _terms(index, query)[0].idf


def candidates(index: Searcher, query: Query, only: Only | None = None) -> tuple[Floats, Longs, Terms, Query]:
    """The features (N, len(NAMES)) of the candidates, the numbers of their sentences (N,), the terms they are for, and
    the query, of which names typed without capitals are known from the candidates. `only` as of `rank`.
    """
    wordings = [query.terms, *islice(_wordings(index, query), _WORDINGS)]
    searched = [query.terms, *_of_all(wordings)]
    likely = [index.likely(terms, query.accented, (_SENTENCES, _PASSAGES), only) for terms in searched]
    found = [one for best, passages in likely for one in (best, ranges(*index.sentences_of(passages)))]
    sentences = np.unique(np.concatenate(found))
    sentences = sentences[index.lengths(sentences) > 0]
    if only is not None:
        sentences = sentences[index.allowed(sentences, only)]
    fields = index.fields(query.accented)
    passages = index.passages_of(sentences)
    scores = np.max([fields.sentences.scores_of(terms, sentences) for terms in wordings], axis=0)
    passage_scores = np.max([fields.passages.scores_of(terms, passages) for terms in wordings], axis=0)
    chosen = np.sort(np.argsort(-(scores + passage_scores), kind="stable")[:_CANDIDATES])
    sentences, scores, passage_scores = sentences[chosen], scores[chosen], passage_scores[chosen]
    if not query.is_cased:
        names = _names_among(index, query, sentences)
        query = replace(query, capitals=names, names=query.names | names)
    terms, highest = _terms(index, query)
    if not len(sentences):
        return np.zeros((0, len(NAMES))), sentences, terms, query
    context = Context(
        told_by_date(index, query, sentences), index.articles_have(sentences, query.terms, query.accented)
    )
    bm25 = scores / highest, passage_scores / highest
    return features(terms, index, sentences, context, bm25), sentences, terms, query


def _wordings(index: Searcher, query: Query) -> Iterator[tuple[str, ...]]:
    """The terms with one of the query's names said otherwise, as articles may: "tp hcm" for "sài gòn", "ubnd" for "ủy
    ban nhân dân".
    """
    okapi = index.fields(query.accented).sentences
    for phrase, start, end in query.other_names:
        if min(map(okapi.number, phrase)) >= 0:
            yield (*query.terms[:start], *phrase, *query.terms[end:])


def _of_all(wordings: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The terms that all of some wordings have, and those that only others than the first have: one search for all."""
    first, *others = wordings
    new = dict.fromkeys(term for terms in others for term in terms if term not in first)
    if new:  # "TP HCM Sài Gòn" has them all
        yield (*(term for term in first if all(term in terms for terms in others)), *new)


def _names_among(index: Searcher, query: Query, sentences: Longs) -> frozenset[str]:
    """The terms of the question's names: those, and two in a row, that the sentences always write with capitals."""
    okapi = index.fields(query.accented).sentences
    _, numbers, marks = index.syllables_in(sentences)
    if not query.accented:
        numbers = index.folded[numbers]
    capital, begins = (marks & Mark.CAPITAL) > 0, (marks & Mark.FIRST) > 0
    asked = [okapi.number(term) for term in query.terms]
    places = [np.flatnonzero(numbers == number) for number in asked]
    names = {t for t, at in zip(query.terms, places, strict=True) if capital[at].all() and not begins[at].all()}
    for pair, at, following in zip(pairwise(query.terms), places, asked[1:], strict=False):
        both = at[numbers.take(at + 1, mode="clip") == following]
        if len(both) and capital[both].all() and capital.take(both + 1, mode="clip").all():
            names.update(pair)
    return frozenset(name for name in names if query.terms.count(name) == 1)  # "to lam lam viec" has one "Lâm"


def _terms(index: Searcher, query: Query) -> tuple[Terms, float]:
    """The query's terms as numbers of the collection, and the highest idf that it can have."""
    okapi = index.fields(query.accented).sentences
    highest = math.log(okapi.corpus_size + 0.5) - math.log(0.5)
    numbers = [okapi.number(term) for term in query.terms]
    idfs = [max(okapi.idf_of(t), 0.0) / highest if n >= 0 else 1.0 for t, n in zip(query.terms, numbers, strict=True)]
    modifiers = {word: okapi.number(word) for word in query.modifiers}
    before = [modifiers.get(query.terms[start - 1], -1) if start else -1 for start, _ in query.offices]
    terms = Terms(
        kind=query.kind,
        accented=query.accented,
        syllables=np.array(numbers, dtype=np.int32),
        idf=np.array(idfs),
        is_name=np.array([term in query.names for term in query.terms], dtype=np.bool_),
        is_number=np.array([term.isdecimal() for term in query.terms], dtype=np.bool_),
        heads=np.array(query.offices, dtype=np.int32).reshape(-1, 2),
        head_modifiers=np.array(before, dtype=np.int32),
        slot=query.slot,
        asks_holder=query.asks_holder,
        speech=tuple(tuple(map(okapi.number, verb[:2])) for verb in query.speech),
        short=tuple((okapi.number(short), start, end) for short, start, end in query.short),
        synonyms=tuple(_known(okapi, query)),
        modifiers=np.array([number for number in modifiers.values() if number >= 0], dtype=np.int32),
    )
    return terms, highest


def _known(okapi: Field, query: Query) -> Iterator[tuple[tuple[int, ...], int, int]]:
    """The synonyms that the collection may have, as numbers of its words."""
    for phrase, start, end in query.synonyms:
        numbers = tuple(map(okapi.number, phrase))
        if min(numbers) >= 0:
            yield numbers, start, end


def told_by_date(index: Searcher, query: Query, sentences: Longs) -> Mask:
    """(N, M) the terms that the date of a sentence or its article tells: years, days before months, their units."""
    told = np.zeros((len(sentences), len(query.terms)), dtype=np.bool_)
    day, month, year = np.moveaxis(index.dates(sentences), -1, 0)  # each (N, 2)
    numbers = [int(term) if term.isdecimal() and len(term) <= 4 else 0 for term in query.terms]
    for at, number in enumerate(numbers):
        before, after = numbers[at - 1] if at else 0, numbers[at + 1] if at + 1 < len(numbers) else 0
        if number > 31:
            told[:, at] = (year == number).any(axis=1)
        elif number:
            named = at > 0 and query.terms[at - 1] in _MONTH
            is_day, is_month = (day == number) & (month == after), (month == number) & (named | (day == before))
            told[:, at] = (is_day | (is_month & (named | (before > 0)))).any(axis=1)
        if number and at and query.terms[at - 1] in _UNITS_OF_DATES:
            told[:, at - 1] |= told[:, at]
    return told


def _row(values: Mapping[str, float], names: Sequence[str]) -> Floats:
    unknown = set(values) - set(names)
    if unknown:
        raise KeyError(f"ranking.toml: unknown: {', '.join(sorted(unknown))}")
    return np.array([values.get(name, 0.0) for name in names])
