"""Against rank_bm25 itself, bit for bit."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.index import arrays
from retrieval.index.bm25 import Okapi
from retrieval.index.postings import Postings
from retrieval.index.runs import Runs
from retrieval.index.statistics import Statistics
from retrieval.index.vocabulary import Vocabulary

TERMS = ["một", "hai", "ba", "bốn", "năm", "sáu", "đỏ", "xanh"]
documents = st.lists(st.lists(st.sampled_from(TERMS), min_size=1, max_size=12), min_size=1, max_size=40)
queries = st.lists(st.sampled_from([*TERMS, "không có"]), max_size=8)
k1s = st.sampled_from([0.4, 1.2, 1.5, 7.0]) | st.floats(0.01, 10)
bs = st.sampled_from([0.0, 0.75, 1.0]) | st.floats(0, 1)
epsilons = st.sampled_from([0.0, 0.25, 2.0])


def _vocabulary(corpus: Sequence[Sequence[str]]) -> Vocabulary:
    return Vocabulary.of(word for document in corpus for word in document)


def _okapi(*parts: Sequence[Sequence[str]], **settings: Any) -> Okapi:
    """Over a segment for each part."""
    vocabulary = _vocabulary([document for part in parts for document in part])
    return Okapi(vocabulary, [_postings(part, vocabulary) for part in parts], **settings)


def _postings(corpus: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Postings:
    return Postings.build(vocabulary.numbers_of(document).tolist() for document in corpus)


@given(documents, queries, k1s, bs, epsilons, st.integers(0, 40))
def test_scores_are_rank_bm25s_to_the_last_bit(  # noqa: PLR0917
    corpus: list[list[str]], query: list[str], k1: float, b: float, epsilon: float, cut: int
) -> None:
    upstream = BM25Okapi(corpus, k1=k1, b=b, epsilon=epsilon)
    okapi = _okapi(corpus[:cut], corpus[cut:], k1=k1, b=b, epsilon=epsilon)
    expected = upstream.get_scores(query)
    np.testing.assert_array_equal(okapi.get_scores(query), expected)
    everything = np.arange(len(corpus))
    np.testing.assert_array_equal(okapi.scores_of(query, everything), expected)


@given(documents, queries, k1s, bs, st.integers(1, 12), st.integers(0, 40))
def test_the_best_are_those_of_all_scores_and_ties_are_cut_by_number(  # noqa: PLR0917
    corpus: list[list[str]], query: list[str], k1: float, b: float, n: int, cut: int
) -> None:
    okapi = _okapi(corpus[:cut], corpus[cut:], k1=k1, b=b)
    scores = BM25Okapi(corpus, k1=k1, b=b).get_scores(query)
    expected = sorted(np.flatnonzero(scores > 0), key=lambda number: (-scores[number], number))[:n]
    numbers, found = okapi.top(query, n)
    assert numbers.tolist() == expected
    np.testing.assert_array_equal(found, scores[expected])


@pytest.mark.parametrize("has_removed", [False, True])
@pytest.mark.parametrize(
    "constants",
    [
        pytest.param({}, id="as they are"),
        pytest.param({"_FEW": 0}, id="all documents gone through"),
        pytest.param({"_CHEAP": 0, "_FEW": 0, "_WORK": 0, "_PER_LOOK_UP": 0}, id="documents looked up"),
        pytest.param({"_CHEAP": -(10**10), "_FEW": 10**9, "_PER_LOOK_UP": 10**6}, id="postings gone through"),
    ],
)
def test_pruning_gives_up_nothing_in_a_larger_collection(
    constants: dict[str, int], has_removed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in constants.items():
        monkeypatch.setattr(f"retrieval.index.maxscore.{name}", value)
    random = np.random.default_rng(4)
    words = [f"w{number}" for number in random.zipf(1.3, 60_000) % 2_000]
    cuts = np.sort(random.choice(60_000, 4_000, replace=False))
    corpus = [words[first:last] for first, last in pairwise(cuts)]
    there = np.flatnonzero(random.random(len(corpus)) < 0.7) if has_removed else np.arange(len(corpus))
    okapi = _okapi(corpus, k1=0.4, runs=Runs.of(0 * there, there, np.ones_like(there), [len(corpus)]))
    for _ in range(60):
        query = [words[at] for at in random.integers(0, 60_000, 7)]
        scores = okapi.get_scores(query)
        for n in (1, 10, 300):
            numbers, found = okapi.top(query, n)
            assert numbers.tolist() == np.lexsort((np.arange(len(scores)), -scores))[:n].tolist()
            np.testing.assert_array_equal(found, scores[numbers])


def test_terms_that_very_many_have_rank_only_what_the_rarer_terms_find(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.index.bm25._COMMON", 300)
    monkeypatch.setattr("retrieval.index.bm25._TELLING", 2)
    random = Random(3)  # noqa: S311
    corpus = [["của"] * (number % 5) + random.choices(TERMS, k=4) for number in range(1_000)]
    for number in range(0, 30, 2):
        corpus[number] += ["hiếm"]
    okapi = _okapi(corpus[:400], corpus[400:])
    query = ["của", "hiếm", "đỏ", "đỏ", "của"]
    scores, rare = okapi.get_scores(query), {n for n, document in enumerate(corpus) if "hiếm" in document}
    either = [n for n, document in enumerate(corpus) if {"hiếm", "đỏ"} & set(document)]
    best = sorted(either, key=lambda n: (-scores[n], n))
    assert okapi.likely(query, 15).tolist() == best[:15]
    assert set(best[:15]) == rare
    assert okapi.likely(["của", "đỏ"], 40).tolist() == okapi.top(["của", "đỏ"], 40)[0].tolist()


@given(documents, queries, k1s, st.data())
def test_removed_documents_leave_the_scores_of_the_others_alone(
    corpus: list[list[str]], query: list[str], k1: float, data: st.DataObject
) -> None:
    alive = np.array(data.draw(st.lists(st.booleans(), min_size=len(corpus), max_size=len(corpus))))
    vocabulary = _vocabulary(corpus)
    [left, gone] = [[d for d, there in zip(corpus, alive, strict=True) if there == wanted] for wanted in (True, False)]
    segment = _postings(corpus, vocabulary)
    places = np.flatnonzero(alive)
    okapi = Okapi(
        vocabulary,
        [segment],
        k1,
        epsilon=0.0,  # the floor is added up in another order where the first documents are gone
        runs=Runs.of(np.zeros_like(places), places, np.ones_like(places), [len(corpus)]),
        statistics=Statistics.of([segment], [_postings(gone, vocabulary)], size=len(vocabulary)),
    )
    scores = BM25Okapi(left, k1=k1, epsilon=0.0).get_scores(query) if left else np.zeros(0)
    np.testing.assert_array_equal(okapi.get_scores(query), scores)
    np.testing.assert_array_equal(okapi.scores_of(query, np.arange(len(left))), scores)
    expected = sorted(np.flatnonzero(scores > 0), key=lambda number: (-scores[number], number))[:5]
    numbers, found = okapi.top(query, 5)
    assert numbers.tolist() == expected
    np.testing.assert_array_equal(found, scores[expected])


@given(documents, queries, st.randoms())
def test_documents_are_numbered_in_the_order_of_the_collection_whatever_segment_they_are_in(
    corpus: list[list[str]], query: list[str], random: Random
) -> None:
    segments = [random.randrange(3) for _ in corpus]
    vocabulary = _vocabulary(corpus)
    parts = [[d for d, its in zip(corpus, segments, strict=True) if its == at] for at in range(3)]
    places = [segments[:number].count(its) for number, its in enumerate(segments)]
    runs = Runs.of(np.array(segments), np.array(places), np.ones(len(corpus), dtype=np.int64), [*map(len, parts)])
    okapi = Okapi(vocabulary, [_postings(part, vocabulary) for part in parts], runs=runs)
    whole = _okapi(corpus)
    np.testing.assert_array_equal(okapi.get_scores(query), whole.get_scores(query))
    for mine, its in zip(okapi.top(query, 7), whole.top(query, 7), strict=True):
        np.testing.assert_array_equal(mine, its)


def test_it_tells_whether_a_document_has_several_terms() -> None:
    okapi = _okapi([["một", "hai"], ["hai"]], [["ba", "hai", "một"], ["bốn"]])
    together = {
        terms: okapi.has_all(terms.split()) for terms in ("một", "ba hai một", "hai bốn", "ba ba", "ba lạ", "lạ")
    }
    assert together == dict.fromkeys(together, False) | dict.fromkeys(("một", "ba hai một", "ba ba"), True)


def test_a_document_of_any_length_is_scored() -> None:
    corpus = [["một"] * 3_000 + ["hai"] * 2_000, ["hai", "ba"], ["ba"], ["bốn"]]
    scores = BM25Okapi(corpus).get_scores(["một", "hai"])
    np.testing.assert_array_equal(_okapi(corpus).get_scores(["một", "hai"]), scores)


def test_postings_are_loaded_as_they_were_saved(tmp_path: Path) -> None:
    arrays.save(Postings.build([[7, 2], [], [2, 2, 5]]), tmp_path / "p")
    loaded = arrays.load(Postings, tmp_path / "p")
    assert loaded.terms.tolist() == [2, 5, 7]
    assert [part.tolist() for part in loaded.at(loaded.place(2))] == [[0, 2], [1 * 4 + 2, 2 * 4 + 3]]
    assert loaded.place(3) == loaded.place(9) == -1
    assert isinstance(loaded.documents.base, np.memmap)


@given(st.lists(st.text(max_size=4)), st.lists(st.text(max_size=4)))
def test_a_vocabulary_numbers_words_as_they_first_come(first: list[str], more: list[str]) -> None:
    vocabulary = Vocabulary.of(first).extended(more)
    words = list(dict.fromkeys([*first, *more]))
    assert vocabulary.words() == words
    assert vocabulary.numbers_of(words).tolist() == list(range(len(words)))
    assert vocabulary.number("không có trong đó") == -1


@pytest.mark.parametrize("parts", [[], [[]], [[[], []]], [[], [[]]]])
def test_an_empty_collection_finds_nothing(parts: list[list[list[str]]]) -> None:
    okapi = _okapi(*parts)
    assert okapi.top(["một"], 3)[0].tolist() == []
    assert not okapi.get_scores(["một"]).any()


def test_the_best_documents_themselves() -> None:
    corpus = [["một"], ["hai", "hai"], ["ba"], ["bốn"]]
    assert _okapi(corpus).get_top_n(["hai"], ["a", "b", "c", "d"], 3) == ["b"]
