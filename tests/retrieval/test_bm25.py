"""Against rank_bm25 itself, bit for bit."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.bm25 import Okapi
from retrieval.postings import Postings

TERMS = ["một", "hai", "ba", "bốn", "năm", "sáu", "đỏ", "xanh"]
documents = st.lists(st.lists(st.sampled_from(TERMS), min_size=1, max_size=12), min_size=1, max_size=40)
queries = st.lists(st.sampled_from([*TERMS, "không có"]), max_size=8)
k1s = st.sampled_from([0.4, 1.2, 1.5, 7.0]) | st.floats(0.01, 10)
bs = st.sampled_from([0.0, 0.75, 1.0]) | st.floats(0, 1)
epsilons = st.sampled_from([0.0, 0.25, 2.0])


@given(documents, queries, k1s, bs, epsilons, st.integers(0, 40))
def test_scores_are_rank_bm25s_to_the_last_bit(  # noqa: PLR0917
    corpus: list[list[str]], query: list[str], k1: float, b: float, epsilon: float, cut: int
) -> None:
    upstream = BM25Okapi(corpus, k1=k1, b=b, epsilon=epsilon)
    okapi = Okapi([Postings.build(corpus[:cut]), Postings.build(corpus[cut:])], k1=k1, b=b, epsilon=epsilon)
    expected = upstream.get_scores(query)
    np.testing.assert_array_equal(okapi.get_scores(query), expected)
    everything = np.arange(len(corpus))
    np.testing.assert_array_equal(okapi.scores_of(query, everything), expected)


@given(documents, queries, k1s, bs, st.integers(1, 12), st.integers(0, 40))
def test_the_best_are_those_of_all_scores_and_ties_are_cut_by_number(  # noqa: PLR0917
    corpus: list[list[str]], query: list[str], k1: float, b: float, n: int, cut: int
) -> None:
    okapi = Okapi([Postings.build(corpus[:cut]), Postings.build(corpus[cut:])], k1=k1, b=b)
    scores = BM25Okapi(corpus, k1=k1, b=b).get_scores(query)
    expected = sorted(np.flatnonzero(scores > 0), key=lambda number: (-scores[number], number))[:n]
    numbers, found = okapi.top(query, n)
    assert numbers.tolist() == expected
    np.testing.assert_array_equal(found, scores[expected])


def test_pruning_gives_up_nothing_in_a_larger_collection() -> None:
    random = np.random.default_rng(4)
    words = [f"w{number}" for number in random.zipf(1.3, 60_000) % 2_000]
    cuts = np.sort(random.choice(60_000, 4_000, replace=False))
    corpus = [words[first:last] for first, last in pairwise(cuts)]
    okapi = Okapi([Postings.build(corpus)], k1=0.4)
    for _ in range(60):
        query = [words[at] for at in random.integers(0, 60_000, 7)]
        scores = okapi.get_scores(query)
        numbers, found = okapi.top(query, 10)
        assert numbers.tolist() == np.lexsort((np.arange(len(scores)), -scores))[:10].tolist()
        np.testing.assert_array_equal(found, scores[numbers])


@given(documents, queries, st.data())
def test_a_removed_document_is_never_found(corpus: list[list[str]], query: list[str], data: st.DataObject) -> None:
    alive = np.array(data.draw(st.lists(st.booleans(), min_size=len(corpus), max_size=len(corpus))))
    okapi = Okapi([Postings.build(corpus)], alive=alive)
    scores = np.where(alive, Okapi([Postings.build(corpus)]).get_scores(query), 0)
    np.testing.assert_array_equal(okapi.get_scores(query), scores)
    numbers, found = okapi.top(query, 5)
    expected = sorted(np.flatnonzero(scores > 0), key=lambda number: (-scores[number], number))[:5]
    assert numbers.tolist() == expected
    np.testing.assert_array_equal(found, scores[expected])


@given(documents, st.integers(0, 40))
def test_merged_segments_are_those_of_one(corpus: list[list[str]], cut: int) -> None:
    merged = Postings.merge([Postings.build(corpus[:cut]), Postings.build(corpus[cut:])])
    whole = Postings.build(corpus)
    assert merged.terms() == whole.terms()
    for name in ("starts", "documents", "frequencies", "most_frequent", "shortest", "lengths", "sorted_terms"):
        np.testing.assert_array_equal(getattr(merged, name), getattr(whole, name))


def test_postings_are_loaded_as_they_were_saved(tmp_path: Path) -> None:
    corpus = [["đường", "sắt"], [], ["sắt", "sắt", "thép"]]
    Postings.build(corpus).save(tmp_path / "p")
    loaded = Postings.load(tmp_path / "p")
    assert loaded.terms() == ["đường", "sắt", "thép"]
    assert [part.tolist() for part in loaded.of(loaded.number("sắt"))] == [[0, 2], [1, 2]]
    assert loaded.number("gỗ") == -1
    assert isinstance(loaded.documents.base, np.memmap)


@pytest.mark.parametrize("segments", [[], [Postings.build([])], [Postings.build([[], []])]])
def test_an_empty_collection_finds_nothing(segments: list[Postings]) -> None:
    okapi = Okapi(segments)
    assert okapi.top(["một"], 3)[0].tolist() == []
    assert not okapi.get_scores(["một"]).any()


def test_the_best_documents_themselves() -> None:
    corpus = [["một"], ["hai", "hai"], ["ba"], ["bốn"]]
    assert Okapi([Postings.build(corpus)]).get_top_n(["hai"], ["a", "b", "c", "d"], 3) == ["b"]
