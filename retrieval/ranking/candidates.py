"""What is ranked for a question: the sentences that BM25 finds, by its words and by other names of what it names."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

import numpy as np

from retrieval.index.forward import Longs, ranges
from retrieval.index.marks import Mark
from retrieval.index.searcher import Field, Only, Searcher
from retrieval.query import Query
from retrieval.ranking.features import NAMES, features
from retrieval.ranking.rows import Context, Floats, Mask, Terms
from retrieval.tokens import fold

# The best sentences and all sentences of the best passages, no more than so many in all.
_SENTENCES, _PASSAGES, CANDIDATES = 100, 30, 200
# Other wordings of a question that candidates are looked for by, all at once, and scored by, each on its own.
_WORDINGS = 6
_HARDLY = 2.5  # in idf: a twelfth
_MONTH = frozenset({"tháng", "thang"})
_UNITS_OF_DATES = frozenset({"ngày", "tháng", "năm", "ngay", "thang", "nam"})


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
    chosen = np.sort(np.argsort(-(scores + passage_scores), kind="stable")[:CANDIDATES])
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
