"""Passages as they were read from a cluster, and what is computed of them: kept from one question to the next."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.cluster.connection import Cluster, Json
from retrieval.cluster.documents import BITS, Passage
from retrieval.index.forward import Ints, Longs, Marks, starts_of
from retrieval.index.saturation import Scores

_KEPT = 6_000  # passages, some 3 kB each
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Read:
    """A passage, and where the syllables of each of its sentences begin."""

    passage: Passage
    starts: list[int]

    @property
    def last(self) -> int:
        """The number of its last sentence."""
        return self.passage.first + len(self.passage.lengths) - 1

    def sentence(self, number: int) -> tuple[Ints, Marks]:
        """The syllables of a sentence, with their marks."""
        at = number - self.passage.first
        there = slice(self.starts[at], self.starts[at + 1])
        return self.passage.syllables[there], self.passage.marks[there]


class Passages:
    """Those of one generation. What is not there, or on a shard that does not answer, is left out."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster, self._index = cluster, index
        self._of: dict[int, Read] = {}  # by the number of each sentence

    def begin(self) -> None:
        """A new question: let go of what was kept, where it is much."""
        if len(self._of) > 8 * _KEPT:
            self._of.clear()

    def fetch(self, numbers: Iterable[int]) -> None:
        """Read the passages of these numbers, as far as they are not there."""
        missing = [str(number) for number in dict.fromkeys(numbers) if number not in self._of]
        for source in self._cluster.documents(self._index, missing).values() if missing else ():
            self._keep(source)

    def of(self, sentence: int) -> Read | None:
        """The passage of a sentence that was read."""
        return self._of.get(sentence)

    def all_of(self, sentences: Sequence[int]) -> list[Read | None]:
        """The passage of each sentence; those that are not there are looked for."""
        missing = sorted({number for number in sentences if number not in self._of})
        for at in range(0, len(missing), _AT_ONCE):
            self._look_for(missing[at : at + _AT_ONCE])
        return [self._of.get(number) for number in sentences]

    def _look_for(self, sentences: Sequence[int]) -> None:
        """Read the passages of sentences whose passage is not known, by the stretches that they make."""
        stretches: list[list[int]] = []
        for number in sentences:
            if stretches and number == stretches[-1][1] + 1:
                stretches[-1][1] = number
            else:
                stretches.append([number, number])
        of = [
            {"bool": {"filter": [{"range": {"first": {"lte": last}}}, {"range": {"last": {"gte": first}}}]}}
            for first, last in stretches
        ]
        body: Json = {"query": {"bool": {"filter": [{"bool": {"should": of}}]}}, "size": len(sentences)}
        for hit in self._cluster.search(self._index, body)["hits"]["hits"]:
            self._keep(hit["_source"])

    def _keep(self, source: Json) -> None:
        passage = Passage.of(source)
        read = Read(passage, starts_of([passage.lengths]).tolist())
        self._of.update(dict.fromkeys(range(passage.first, read.last + 1), read))


def each(numbers: Longs, found: Sequence[Read | None]) -> Iterator[tuple[Ints, Marks]]:
    """Syllables and marks of each sentence; nothing of one that is not there."""
    nothing = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint8)
    for number, read in zip(numbers.tolist(), found, strict=True):
        yield nothing if read is None else read.sentence(number)


def bm25(
    query: Sequence[tuple[int, float]], documents: Sequence[Ints], length: Callable[[Longs], Scores], k1: float
) -> Scores:
    """(D,) the scores of documents, added up in the order of the query: terms with their idf, each as a number.
    `length(lengths)` (D,) is what k1 makes of how long each is. As `Okapi` computes it, to the last bit.
    """
    lengths = np.array([len(document) for document in documents], dtype=np.int64)
    norms, scores = length(lengths), np.zeros(len(documents))
    syllables = np.concatenate([*documents, np.zeros(0, dtype=np.int32)])
    row = np.repeat(np.arange(len(documents)), lengths)
    parts: dict[int, Scores] = {}
    for term, idf in query:
        if term >= 0 and term not in parts:
            frequency = np.bincount(row[syllables == term], minlength=len(documents))
            saturation = np.zeros(len(documents))
            np.divide(frequency * (k1 + 1), frequency + norms, out=saturation, where=frequency > 0)
            parts[term] = saturation * idf
        if term >= 0:
            scores += parts[term]
    return scores


def article_of(number: int) -> int:
    """The key of the article of a sentence."""
    return number >> BITS
