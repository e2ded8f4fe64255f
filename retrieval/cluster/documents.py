"""Articles of a local library → documents of OpenSearch: one for each article, its persons, passages and sentences.

Sentence p of the article with key k has the number k · 2^20 + p, and a passage that of its first sentence: so numbers
never change, and those of one article follow each other. Words stand in a document twice, as tokens of ours that a
whitespace analyser takes apart, with diacritics and folded, and as numbers of the vocabulary, which ranking reads.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from retrieval.cluster.connection import Json
from retrieval.index.days import in_order
from retrieval.index.forward import Ints, Longs, Marks
from retrieval.index.index import PASSAGE_K1, SENTENCE_K1, B, Index
from retrieval.store.snapshot import Snapshot

# Bits of a sentence's number that are its index in the article.
BITS = 20
INDICES = ("articles", "persons", "passages", "sentences", "state")

# What is stored of an article, row by row, for who reads it and for the way back; persons apart, whom few questions
# are about.
_OF_ARTICLE = {
    "articles": "key",
    "sentences": "article",
    "dropped": "article",
    "sketches": "article",
    "edges": "article",
    "made": "article",
    "superseded": "article",
    "corrections": "article",
    "copies": "article",
}
_OF_PERSONS = ("seen", "held", "echoes", "takeovers")
# What is of no article, and small: kept beside the statistics.
WHOLE = ("files", "problems", "names", "tenures", "boilerplate")

_STORED = {"type": "object", "enabled": False}
_KEYWORD, _LONG = {"type": "keyword"}, {"type": "long"}
_BINARY = {"type": "binary"}


def _text(similarity: str) -> Json:
    return {"type": "text", "analyzer": "whitespace", "similarity": similarity, "index_options": "freqs"}


def _occurring() -> Json:
    return {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"}


def _mapping(properties: Json, *unkept: str) -> Json:
    return {"dynamic": "strict", "_source": {"excludes": list(unkept)}, "properties": properties}


MAPPINGS: dict[str, Json] = {
    "articles": _mapping(
        {
            "key": _LONG, "id": _KEYWORD, "content": _KEYWORD, "publisher": _KEYWORD, "published": _KEYWORD,
            "titled": {"type": "boolean"}, "newer": _LONG, "accented": _occurring(), "folded": _occurring(),
            "rows": _STORED,
        },
        "accented", "folded",
    ),
    "persons": _mapping({"key": _LONG, "persons": _KEYWORD, "rows": _STORED}),
    "passages": _mapping(
        {
            "first": _LONG, "last": _LONG, "publisher": _KEYWORD, "days": {"type": "integer_range"},
            "accented": _text("ours"), "folded": _text("ours"), "read": _BINARY,
        },
        "accented", "folded", "days",
    ),
    "sentences": _mapping(
        {
            "number": _LONG, "passage": _LONG, "publisher": _KEYWORD, "days": {"type": "integer_range"},
            "accented": _text("ours"), "folded": _text("ours"),
        },
        "accented", "folded", "days",
    ),
    "state": _mapping({"what": _STORED, "data": _BINARY}),
}  # fmt: skip


def settings_of(index: str, shards: int) -> Json:
    """The settings of an index: our BM25, and no refresh and no copy while it is loaded."""
    k1 = PASSAGE_K1 if index == "passages" else SENTENCE_K1
    shared: Json = {"number_of_replicas": 0, "number_of_shards": 1 if index == "state" else shards}
    shared["similarity"] = {"ours": {"type": "BM25", "k1": k1, "b": B}}
    shared["refresh_interval"] = "-1"
    return {"index": shared}


@dataclass(frozen=True, slots=True)
class Passage:
    """S sentences of one passage: how long each is, their syllables with marks, as in `Forward`; the syllables of the
    title; kinds (S,), dates (S, 2, 3) and last days (S, 3); by whom it was published.
    """

    first: int
    lengths: Longs
    syllables: Ints
    marks: Marks
    title: Ints
    kinds: npt.NDArray[np.uint8]
    dates: npt.NDArray[np.int16]
    ends: npt.NDArray[np.int16]
    publisher: str | None

    @classmethod
    def of(cls, source: Json) -> Self:
        """From the source of its document. Raises ValueError where it is none."""
        data = b64decode(source["read"])
        sentences, syllables, title = np.frombuffer(data, dtype=np.int32, count=3).tolist()
        at = 12
        parts = []
        for dtype, count in (
            *((np.int32, n) for n in (sentences, syllables, title)),
            *((np.int16, n) for n in (6 * sentences, 3 * sentences)),
            *((np.uint8, n) for n in (syllables, sentences)),
        ):
            part = np.frombuffer(data, dtype=dtype, count=count, offset=at)
            at += part.nbytes
            parts.append(part)
        lengths, words, heading, dates, ends, marks, kinds = parts
        return cls(
            source["first"], lengths.astype(np.int64), words, marks, heading, kinds,
            dates.reshape(-1, 2, 3), ends.reshape(-1, 3), source.get("publisher"),
        )  # fmt: skip

    def packed(self) -> str:
        """What `of` reads."""
        counts = np.array([len(self.lengths), len(self.syllables), len(self.title)], dtype=np.int32)
        parts = (counts, self.lengths.astype(np.int32), self.syllables, self.title, self.dates, self.ends)
        data = b"".join(np.ascontiguousarray(part).tobytes() for part in (*parts, self.marks, self.kinds))
        return b64encode(data).decode("ascii")


def plain(value: Any) -> Any:
    """A value of a row as JSON has it."""
    return {"bytes": b64encode(value).decode("ascii")} if isinstance(value, bytes) else value


def valued(value: Any) -> Any:
    """What `plain` was made of."""
    return b64decode(value["bytes"]) if isinstance(value, dict) else value


class Documents:
    """The documents of a local library, article by article."""

    def __init__(self, snapshot: Snapshot, index: Index) -> None:
        self._snapshot, self._index = snapshot, index
        self._words = index.vocabulary.words()
        self._folded = [self._words[number] for number in index.folded.tolist()]
        self._place = {key: at for at, key in enumerate(index.keys.tolist())}
        self._copies: dict[int, list[int]] = {}
        for one, other in snapshot.rows("SELECT article, other FROM copies"):
            self._copies.setdefault(one, []).append(other)
            self._copies.setdefault(other, []).append(one)
        self._older: dict[int, list[int]] = {}
        for older, newer in snapshot.rows("SELECT article, newer FROM superseded"):
            self._older.setdefault(newer, []).append(older)

    def keys(self) -> list[int]:
        """Of all articles, also those that are not found any more, ascending."""
        return [key for (key,) in self._snapshot.rows("SELECT key FROM articles ORDER BY key")]

    def of(self, key: int) -> tuple[bytes, list[tuple[str, str, Json]]]:
        """A digest of what is stored of an article, and its documents: each with index and id."""
        rows = {table: self._rows(table, column, key) for table, column in _OF_ARTICLE.items()}
        seen = {table: self._rows(table, "article", key) for table in _OF_PERSONS}
        more = {"copies": self._ids(self._copies.get(key, [])), "older": self._older.get(key, [])}
        [(name, title, publisher, published, content)] = self._snapshot.rows(
            "SELECT id, title, publisher, published, content FROM articles WHERE key = ?", key
        )
        more["places"] = self._snapshot.rows(
            "SELECT publisher, url, shown FROM articles a JOIN files f ON f.id = file WHERE content = ? ORDER BY key",
            content,
        )
        article: Json = {
            "key": key, "id": name, "content": content.hex(), "publisher": publisher, "published": published,
            "titled": title is not None, "rows": rows | {"more": more},
        }  # fmt: skip
        persons = sorted({row[1] for row in (*seen["seen"], *seen["held"])})
        found = [("articles", str(key), article)]
        if persons:
            found.append(("persons", str(key), {"key": key, "persons": persons, "rows": seen}))
        place = self._place.get(key)
        if place is not None:
            found += self._read(key, place, article, publisher)
        digest = hashlib.sha256(json.dumps(found, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"))
        return digest.digest()[:8], found

    def _read(self, key: int, place: int, article: Json, publisher: str | None) -> Iterator[tuple[str, str, Json]]:
        """Its passages and sentences; the words of all are added to the article."""
        first, end = self._index.starts[place : place + 2].tolist()
        numbers, base = np.arange(first, end), key << BITS
        title = self._index.title_of(place)
        lengths, syllables, marks = self._index.syllables_in(numbers)
        kinds, dates, ends = self._index.kinds(numbers), self._index.dates(numbers), self._index.ends(numbers)
        days = _days(dates[:, 0], ends)
        passages = self._index.passages_of(numbers)
        at = np.concatenate([[0], np.cumsum(lengths)])
        bounds = [
            *np.flatnonzero(np.append(True, passages[1:] != passages[:-1])[: len(passages)]).tolist(),
            end - first,
        ]
        article["accented"], article["folded"] = self._tokens(np.concatenate([title, syllables]))
        for begin, stop in pairwise(bounds):
            words = syllables[at[begin] : at[stop]]
            passage = Passage(
                base + begin, lengths[begin:stop], words, marks[at[begin] : at[stop]], title,
                kinds[begin:stop], dates[begin:stop], ends[begin:stop], publisher,
            )  # fmt: skip
            accented, folded = self._tokens(np.concatenate([title, words]))
            yield "passages", str(base + begin), {
                "first": base + begin, "last": base + stop - 1, "publisher": publisher, "accented": accented,
                "folded": folded, "read": passage.packed(), "days": [day for day in days[begin:stop] if day],
            }  # fmt: skip
            for index in range(begin, stop):
                accented, folded = self._tokens(syllables[at[index] : at[index + 1]])
                yield "sentences", str(base + index), {
                    "number": base + index, "passage": base + begin, "publisher": publisher, "accented": accented,
                    "folded": folded, "days": [days[index]] if days[index] else [],
                }  # fmt: skip

    def _tokens(self, numbers: Ints) -> tuple[str, str]:
        each = numbers.tolist()
        return " ".join([self._words[n] for n in each]), " ".join([self._folded[n] for n in each])

    def _rows(self, table: str, column: str, key: int) -> list[list[Any]]:
        rows = self._snapshot.rows(f"SELECT * FROM {table} WHERE {column} = ?", key)  # noqa: S608 - names of ours
        return [[plain(value) for value in row] for row in rows]

    def _ids(self, keys: Sequence[int]) -> list[str]:
        return sorted(self._snapshot.names(keys))


def _days(first: npt.NDArray[np.int16], last: npt.NDArray[np.int16]) -> list[Json | None]:
    """The first and last day of each date as `Only` compares them; None for one of an unknown year."""
    begins, ends = in_order(first, last=False).tolist(), in_order(last, last=True).tolist()
    return [
        {"gte": begin, "lte": max(begin, end)} if year > 0 else None
        for begin, end, year in zip(begins, ends, first[:, 2].tolist(), strict=True)
    ]
