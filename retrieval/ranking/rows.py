"""Candidate sentences, syllable by syllable, and what they have of a question."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.index.forward import Ints
from retrieval.index.forward import Longs as Offsets
from retrieval.index.searcher import Searcher

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Terms:
    """The M terms of a question, M ≥ 1, as numbers of a collection: -1 for one that it has not.

    `idf` (M,) is relative to the highest that the collection's size allows, so that weights hold for every size. The
    masks (M,) say which terms are names (offices, too) and which numbers. `heads` (H, 2) are the indices of the terms
    where an office asked about begins and ends, `head_modifiers` (H,) the numbers of the modifiers before
    it (-1: none); `modifiers` those of all syllables that make another office of one: "phó", "nguyên".
    `slot` and `asks_holder` as in `Query`; `short` (number, start, end) another way to write a run of terms,
    `synonyms` (numbers, start, end) another way to say one; `speech` the numbers of the first two syllables of each
    verb of saying.
    """

    kind: str
    accented: bool
    syllables: Ints
    idf: Floats
    is_name: Mask
    is_number: Mask
    heads: Ints
    head_modifiers: Ints
    modifiers: Ints
    slot: int = -1
    asks_holder: bool = False
    speech: tuple[tuple[int, ...], ...] = ()
    short: tuple[tuple[int, int, int], ...] = ()
    synonyms: tuple[tuple[tuple[int, ...], int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of N candidates beside their passages: the terms (N, M) told by their date, or in their article."""

    dated: Mask
    in_article: Mask


@dataclass(frozen=True, slots=True)
class Rows:
    """R sentences, one after the other, with L syllables in all, and what they have of the M terms."""

    row: Offsets  # (L,) the sentence
    syllables: Ints  # (L,)
    column: Offsets  # (L,) the term that a syllable is; -1 for none
    marks: npt.NDArray[np.uint8]  # (L,)
    starts: Offsets  # (R,)
    has: Mask  # (R, M)
    means: Mask  # (R, M) has it, or a synonym
    pairs: Mask  # (R, M - 1) has two terms in a row, as the question has them
    triples: Mask  # (R, M - 2)

    def any(self, syllables: Mask) -> Mask:
        """(R,) the sentences with one of these syllables (L,)."""
        return np.bincount(self.row[syllables], minlength=len(self.starts)) > 0


def read(terms: Terms, text: Searcher, sentences: Offsets) -> Rows:
    """The sentences, in the order of their numbers."""
    lengths, syllables, marks = text.syllables_in(sentences)
    row = np.repeat(np.arange(len(sentences)), lengths)
    if not terms.accented:
        syllables = text.folded[syllables]
    known, first = np.unique(terms.syllables, return_index=True)
    found = np.minimum(np.searchsorted(known, syllables), len(known) - 1)
    column = np.where(known[found] == syllables, first[found], -1)
    first_of = first[np.searchsorted(known, terms.syllables)]  # a term that is twice in the question is one column
    has = np.zeros((len(sentences), len(terms.syllables)), dtype=np.bool_)
    has[row[column >= 0], column[column >= 0]] = True
    for number, start, end in terms.short:
        has[row[syllables == number], first[np.searchsorted(known, terms.syllables[start:end])][:, None]] = True
    has = has[:, first_of]
    return Rows(
        row,
        syllables,
        column,
        marks,
        np.cumsum(lengths) - lengths,
        has,
        has | _meant(terms, len(text.vocabulary), row, syllables, len(sentences)),
        _runs(row, column, first_of, len(sentences), 2),
        _runs(row, column, first_of, len(sentences), 3),
    )


def _meant(terms: Terms, words: int, row: Offsets, syllables: Ints, sentences: int) -> Mask:
    """(R, M) which sentences have a synonym of each term; `words` are those of the vocabulary."""
    result = np.zeros((sentences, len(terms.syllables)), dtype=np.bool_)
    if not terms.synonyms:
        return result
    begins = np.zeros(words, dtype=np.bool_)
    begins[[phrase[0] for phrase, _, _ in terms.synonyms]] = True
    place = np.flatnonzero(begins[syllables])
    place = place[np.argsort(syllables[place], kind="stable")]
    numbers = syllables[place]
    for phrase, start, end in terms.synonyms:
        there = place[slice(*numbers.searchsorted([phrase[0], phrase[0] + 1]))]
        for step, number in enumerate(phrase[1:], 1):
            there = there[there < len(syllables) - step]
            there = there[(syllables[there + step] == number) & (row[there + step] == row[there])]
        result[row[there], start:end] = True
    return result


def _runs(row: Offsets, column: Offsets, terms: Offsets, sentences: int, length: int) -> Mask:
    """(R, M - length + 1) which sentences have `length` terms in a row as the question has them, from each term on."""
    result = np.zeros((sentences, max(len(terms) - length + 1, 0)), dtype=np.bool_)
    place = np.flatnonzero(column[: len(column) - length + 1] >= 0)
    place = place[row[place] == row[place + length - 1]]
    following = [column[place + step] for step in range(length)]
    for start in range(result.shape[1]):
        run = following[0] == terms[start]
        for step in range(1, length):
            run &= following[step] == terms[start + step]
        result[row[place[run]], start] = True
    return result
