"""What finding and ranking ask of an index, asked of OpenSearch: candidates by Lucene's scores, all else by our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from retrieval.cluster.connection import Cluster, Json
from retrieval.cluster.documents import BITS
from retrieval.cluster.field import ClusterField
from retrieval.cluster.passages import Passages, Read, each
from retrieval.cluster.state import State
from retrieval.index.days import inside
from retrieval.index.forward import Ints, Longs, Marks
from retrieval.index.index import PASSAGE_K1, SENTENCE_K1
from retrieval.index.runs import Bools
from retrieval.index.saturation import Scores
from retrieval.index.searcher import Only
from retrieval.index.vocabulary import Vocabulary

# Lucene keeps the length of a document in a byte, so its order is a little off: so many more are asked for, and the
# best of them by our scores taken.
_MORE = 3
_MOST_HITS = 10_000  # of one search, as OpenSearch has it
_AT_ONCE = 500  # articles asked for


@dataclass(frozen=True, slots=True)
class ClusterFields:
    """BM25 over sentences and over passages; with diacritics, or folded."""

    sentences: ClusterField
    passages: ClusterField


class ClusterSearcher:
    """One generation of a collection in one state. What is on shards that do not answer is as if it were not there, and
    the cluster counts a gap. One thread asks at a time.
    """

    def __init__(self, cluster: Cluster, generation: str, state: State) -> None:
        self._cluster, self._generation, self._state = cluster, generation, state
        self._passages = Passages(cluster, f"{generation}-passages")
        self._last: tuple[tuple[tuple[str, ...], bool], dict[int, list[int]]] = ((), True), {}
        self._fields = {
            accented: ClusterFields(*(self._field(index, accented) for index in ("sentences", "passages")))
            for accented in (True, False)
        }

    def _field(self, index: str, accented: bool) -> ClusterField:
        statistics = self._state.statistics[index if accented else f"folded_{index}"]
        k1 = SENTENCE_K1 if index == "sentences" else PASSAGE_K1
        return ClusterField(self, statistics, index, "accented" if accented else "folded", k1)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the collection."""
        return self._state.vocabulary

    @property
    def folded(self) -> Ints:
        """(V,) the number of each word without diacritics."""
        return self._state.folded

    @cached_property
    def _order(self) -> tuple[Longs, Longs]:
        """The keys of all articles, ascending, and how many sentences each has."""
        order = np.argsort(self._state.keys, kind="stable")
        return self._state.keys[order], self._state.counts[order]

    @property
    def keys(self) -> Longs:
        """(A,) the keys of the articles, in their order."""
        return self._state.keys

    @property
    def starts(self) -> Longs:
        """(A + 1,) the place of the first sentence of each article among all, and their end."""
        return self._state.starts

    @property
    def made(self) -> int:
        """No file was made."""
        return 0

    def check(self) -> None:
        """Nothing is looked at in place."""

    @property
    def gaps(self) -> int:
        """How often something was on shards that did not answer."""
        return self._cluster.gaps

    def fields(self, accented: bool) -> ClusterFields:
        """Those that match a question typed with diacritics, or without."""
        return self._fields[accented]

    def likely(
        self, terms: Sequence[str], accented: bool, most: tuple[int, int], only: Only | None
    ) -> tuple[Longs, Longs]:
        """As of `Searcher`: of what the telling terms find (`Okapi.likely`) the best by our scores of more that
        are the best by Lucene's.
        """
        self._passages.begin()
        fields = self.fields(accented)
        finding = fields.sentences.telling(terms), fields.passages.telling(terms)
        found = self._cluster.searches([
            (self._index(field), self._body(field, telling, _MORE * count, only))
            for field, telling, count in zip((fields.sentences, fields.passages), finding, most, strict=True)
        ])  # fmt: skip
        hits, passages = self._numbers(found[0]), self._numbers(found[1])
        self._passages.fetch([*(hit["fields"]["passage"][0] for hit in found[0]["hits"]["hits"]), *passages.tolist()])
        best = (
            self._best(fields.sentences, terms, hits, most[0]),
            self._best(fields.passages, terms, passages, most[1]),
        )
        self._had(np.concatenate(best), terms, accented)
        sentences, passages = (self._readable(numbers, terms, accented) for numbers in best)
        return sentences, passages

    def top(self, terms: Sequence[str], accented: bool, n: int, only: Only | None) -> tuple[Longs, Scores]:
        """The n best sentences by BM25, best first, with their scores above 0; 10,000 at most."""
        field = self.fields(accented).sentences
        found = self._cluster.search(self._index(field), self._body(field, terms, min(n, _MOST_HITS), only))
        self._passages.fetch([hit["fields"]["passage"][0] for hit in found["hits"]["hits"]])
        numbers = self._readable(self._best(field, terms, self._numbers(found), n), terms, accented)
        return numbers, field.scores_of(terms, numbers)

    def allowed(self, sentences: Longs, only: Only) -> Bools:
        """(N,) which of the sentences may be found."""
        within = inside(self.dates(sentences)[:, 0], self._each(sentences, "ends", (3,)), only.since, only.until)
        if not only.since and not only.until:
            within[:] = True
        if only.publishers:
            published = [
                read is not None and read.passage.publisher in only.publishers for read in self._read(sentences)
            ]
            within &= np.array(published, dtype=np.bool_)
        return within

    def sentences_of(self, passages: Longs) -> tuple[Longs, Longs]:
        """(P,) the numbers of the first sentence of each passage, and of the one after its last."""
        lasts = [read.last if read else number for number, read in self._zipped(passages)]
        return passages, np.array(lasts, dtype=np.int64) + 1

    def passages_of(self, sentences: Longs) -> Longs:
        """(N,) the passage of each sentence."""
        firsts = [read.passage.first if read else number for number, read in self._zipped(sentences)]
        return np.array(firsts, dtype=np.int64)

    def around(self, sentence: int, reach: int) -> Longs:
        """The sentence and those of its article up to so many before and after it."""
        base = sentence >> BITS << BITS
        keys, counts = self._order
        count = int(counts[keys.searchsorted(sentence >> BITS)])
        return np.arange(max(base, sentence - reach), min(base + count, sentence + reach + 1))

    def lengths(self, sentences: Longs) -> Longs:
        """(N,) how many syllables each has."""
        return np.array([len(s) for s, _ in each(sentences, self._read(sentences))], dtype=np.int64)

    def syllables_in(self, sentences: Longs) -> tuple[Longs, Ints, Marks]:
        """(N,) how many syllables each has; (T,) all, as numbers of the vocabulary, and how they look (`Mark`)."""
        found = list(each(sentences, self._read(sentences)))
        lengths = np.array([len(syllables) for syllables, _ in found], dtype=np.int64)
        syllables = np.concatenate([*(s for s, _ in found), np.zeros(0, dtype=np.int32)])
        return lengths, syllables, np.concatenate([*(marks for _, marks in found), np.zeros(0, dtype=np.uint8)])

    def kinds(self, sentences: Longs) -> npt.NDArray[np.uint8]:
        """(N,) indices of `KINDS`."""
        kinds: npt.NDArray[np.uint8] = self._each(sentences, "kinds", ()).astype(np.uint8)
        return kinds

    def dates(self, sentences: Longs) -> npt.NDArray[np.int16]:
        """(N, 2, 3) the days, months and years of which each sentence speaks and its article, 0 for unknown."""
        dates: npt.NDArray[np.int16] = self._each(sentences, "dates", (2, 3))
        return dates

    def articles_have(self, sentences: Longs, terms: Sequence[str], accented: bool) -> Bools:
        """(N, M) whether the article of each sentence has each term anywhere."""
        had = self._had(sentences, terms, accented)
        told = np.zeros((len(sentences), len(terms)), dtype=np.bool_)
        for row, key in enumerate((sentences >> BITS).tolist()):
            told[row, had.get(key, [])] = True
        return told

    def written(self, syllable: str) -> tuple[int, int]:
        """How many sentences have a syllable that has no diacritics, and how many have it with any or none."""
        so, any_ = (self._state.statistics[field] for field in ("sentences", "folded_sentences"))
        number = self.vocabulary.number(syllable)
        return so.count(number), any_.count(number)

    def _had(self, sentences: Longs, terms: Sequence[str], accented: bool) -> dict[int, list[int]]:
        """Which of the terms each article of these sentences has, by its key; those on shards that do not answer are
        left out. What was asked for last is kept: who is asked for candidates is asked for this of them next.
        """
        asked = tuple(terms), accented
        if self._last[0] != asked:
            self._last = asked, {}
        had = self._last[1]
        keys = [key for key in dict.fromkeys((sentences >> BITS).tolist()) if key not in had]
        name = "accented" if accented else "folded"
        should = [{"term": {name: {"value": term, "_name": str(at)}}} for at, term in enumerate(terms)]
        for at in range(0, len(keys), _AT_ONCE):
            some = keys[at : at + _AT_ONCE]
            query = {"bool": {"filter": [{"terms": {"key": some}}], "should": should}}
            body: Json = {"query": query, "size": len(some), "_source": False, "track_total_hits": False}
            for hit in self._cluster.search(f"{self._generation}-articles", body)["hits"]["hits"]:
                had[int(hit["_id"])] = [int(number) for number in hit.get("matched_queries", ())]
        return had

    def _readable(self, numbers: Longs, terms: Sequence[str], accented: bool) -> Longs:
        """Those whose article can be read too: it may be on another shard, that does not answer."""
        had = self._had(numbers, terms, accented)
        return numbers[np.array([key in had for key in (numbers >> BITS).tolist()], dtype=np.bool_)]

    def places(self, sentences: Longs) -> tuple[list[int], list[int]]:
        """The keys of their articles, and their indices in them."""
        return (sentences >> BITS).tolist(), (sentences & ((1 << BITS) - 1)).tolist()

    def has_all(self, field: ClusterField, terms: Sequence[str]) -> bool:
        """Whether a document of a field has all of some terms."""
        query = {"bool": {"filter": [{"term": {field.name: term}} for term in dict.fromkeys(terms)]}}
        body: Json = {"query": query, "size": 1, "_source": False, "terminate_after": 1, "track_total_hits": False}
        return bool(self._cluster.search(self._index(field), body)["hits"]["hits"])

    def words_of(self, documents: Longs, *, passages: bool, accented: bool) -> list[Ints]:
        """The syllables of sentences, or of passages with the title of their article before them."""
        found = self._read(documents)
        if passages:
            nothing = np.zeros(0, dtype=np.int32)
            words = [np.concatenate([r.passage.title, r.passage.syllables]) if r else nothing for r in found]
        else:
            words = [syllables for syllables, _ in each(documents, found)]
        return words if accented else [self.folded[some] for some in words]

    def _index(self, field: ClusterField) -> str:
        return f"{self._generation}-{field.index}"

    def _body(self, field: ClusterField, terms: Sequence[str], size: int, only: Only | None) -> Json:
        fields = ["number", "passage"] if field.index == "sentences" else ["first"]
        return {
            "query": field.clause(terms, only), "size": size, "_source": False, "docvalue_fields": fields,
            "track_total_hits": False,
        }  # fmt: skip

    def _numbers(self, found: Json) -> Longs:
        """Of what was found what the state names, ascending: what was loaded since is not to be read yet."""
        numbers = np.array(sorted(int(hit["_id"]) for hit in found["hits"]["hits"]), dtype=np.int64)
        keys, _ = self._order
        return numbers[np.isin(numbers >> BITS, keys)]

    def _best(self, field: ClusterField, terms: Sequence[str], numbers: Longs, n: int) -> Longs:
        """Of documents that could be read the n best by our scores."""
        there = np.array([read is not None for read in map(self._passages.of, numbers.tolist())], dtype=np.bool_)
        numbers = numbers[there]
        scores = field.scores_of(terms, numbers)
        return numbers[np.lexsort((numbers, -scores))[:n]]

    def _read(self, sentences: Longs) -> list[Read | None]:
        return self._passages.all_of(sentences.tolist())

    def _zipped(self, sentences: Longs) -> list[tuple[int, Read | None]]:
        return list(zip(sentences.tolist(), self._read(sentences), strict=True))

    def _each(self, sentences: Longs, name: str, shape: tuple[int, ...]) -> Any:
        """What a passage has of each sentence; 0 for one that is not there."""
        rows = np.zeros((len(sentences), *shape), dtype=np.int16)
        for row, (number, read) in enumerate(self._zipped(sentences)):
            if read is not None:
                rows[row] = getattr(read.passage, name)[number - read.passage.first]
        return rows
