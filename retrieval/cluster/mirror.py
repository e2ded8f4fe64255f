"""What is stored of articles and persons in a cluster, read as from a library file.

A mirror is a library file in memory with the rows of those articles and persons that were looked at: what reads a
snapshot finds them by the same statements. Whatever asks for an article or a person has it fetched first.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from retrieval.cluster.connection import Cluster, ClusterError, Json
from retrieval.cluster.documents import WHOLE, valued
from retrieval.cluster.state import State
from retrieval.own_database import open_database
from retrieval.records import Article, Place, Problem, Sentence, Source
from retrieval.store.schema import MIGRATIONS
from retrieval.store.snapshot import Snapshot

# Articles whose rows are kept, and articles whose persons are: some 10 kB and 2 kB each.
_ARTICLES, _PERSONS = 3_000, 60_000
_AT_ONCE = 200
# Of somebody whom more articles name, those that were loaded last.
_OF_PERSON = 20_000
_PAGE = 1_000
_HERE = ("articles", "sentences", "dropped", "superseded", "corrections")


class Mirror(Snapshot):
    """A snapshot of one generation of a collection in one state. Raises ClusterError where it is not reached."""

    def __init__(self, cluster: Cluster, generation: str, state: State) -> None:
        db = open_database(":memory:", MIGRATIONS)
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")  # what counts is counted already
        super().__init__(db)
        self._cluster, self._generation, self._state = cluster, generation, state
        self._more: dict[int, Json] = {}  # what else is known of the articles that are here
        self._known: dict[str, int] = {}  # persons that are here, with their articles
        for table in WHOLE:
            self._insert(table, state.tables[table])

    def revision(self) -> str:
        """That of the library that was loaded."""
        return self._state.revision

    def keys(self) -> list[int]:
        """Of every article that is found, in their order."""
        keys: list[int] = self._state.keys.tolist()
        return keys

    def key(self, name: str) -> int:
        """Of the article of this id. Raises KeyError where there is none."""
        try:
            return super().key(name)
        except KeyError:
            hits = self._articles_with({"term": {"id": name}}, 1, fields=["key"])
            if not hits:
                raise
            return int(hits[0]["_id"])

    def about(self, persons: Iterable[str]) -> None:
        """Have the rows of these persons here."""
        new = [person for person in dict.fromkeys(persons) if person not in self._known]
        if new and sum(self._known.values()) > _PERSONS:
            with self._lock:
                for table in ("seen", "held", "echoes", "takeovers"):
                    self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
            self._known.clear()
            new = list(dict.fromkeys(persons))
        for person in new:
            before = self._cluster.gaps
            count = self._fetch_person(person)
            if self._cluster.gaps == before:  # else the next time all may answer
                self._known[person] = count

    def earlier(self, key: int) -> list[str]:
        """The texts of the older versions of an article at its address."""
        self._here([key])
        self._fetch([key, *self._more[key]["older"]])
        return super().earlier(key)

    def correction(self, key: int) -> Article | None:
        """The newest article that corrects this one, by naming its title or address."""
        self._here([key])
        rows = super().rows("SELECT correction FROM corrections WHERE article = ?", key)
        self._fetch([key, *(correction for (correction,) in rows)])
        return super().correction(key)

    def readable(self, keys: Iterable[int]) -> set[int]:
        """Those of articles that can be read. While nothing ever lacked all can, and none is looked for."""
        every = set(keys)
        if self._cluster.gaps:
            self._fetch(every)
            every &= self._more.keys()
        return every

    def names(self, keys: Sequence[int]) -> list[str]:
        """The ids of articles, in no order."""
        found: list[str] = []
        for at in range(0, len(keys), _PAGE):
            some = list(keys[at : at + _PAGE])
            hits = self._articles_with({"terms": {"key": some}}, len(some), fields=["id"])
            found += [hit["fields"]["id"][0] for hit in hits]
        return found

    def sentences_at(self, keys: Sequence[int], indices: Sequence[int], articles: Sequence[Article]) -> list[Sentence]:
        """One sentence of each article: the keys of the articles, and the indices of the sentences in them."""
        with self._lock:
            self._here(keys)
            return super().sentences_at(keys, indices, articles)

    def dated(self, keys: Sequence[int], indices: Sequence[int]) -> set[int]:
        """The keys of the articles of which one of these sentences speaks of a date."""
        found: set[int] = set()
        for at in range(0, len(keys), _AT_ONCE):
            here = slice(at, at + _AT_ONCE)
            with self._lock:
                self._here(keys[here])
                found |= super().dated(keys[here], indices[here])
        return found

    def digests(self, keys: Sequence[int]) -> dict[int, bytes]:
        """Key → digest of the text."""
        found: dict[int, bytes] = {}
        for at in range(0, len(keys), _PAGE):
            some = list(keys[at : at + _PAGE])
            hits = self._articles_with({"terms": {"key": some}}, len(some), fields=["content"])
            found |= {int(hit["_id"]): bytes.fromhex(hit["fields"]["content"][0]) for hit in hits}
        return found

    def has_text(self, digest: bytes) -> bool:
        """Whether an article that this state names has a text of this digest."""
        hits = self._articles_with({"term": {"content": digest.hex()}}, 100, fields=["key"])
        every = self._state.every
        return any(
            every[every.searchsorted(int(hit["_id"])).clip(0, len(every) - 1)] == int(hit["_id"]) for hit in hits
        )

    def sources(self) -> tuple[Source, ...]:
        """Every publisher, the one with most articles first."""
        return self._state.sources

    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, in the order of paths and lines."""
        return super().problems()

    def keys_of(self, publishers: Iterable[str]) -> list[int]:
        """The keys of the articles that these have published: not asked of a cluster, which knows publishers itself."""
        raise NotImplementedError

    def last_day(self) -> str:
        """The day (ISO 8601) on which the newest article with a title is published; empty where none has a day."""
        days = {"range": {"published": {"gte": '["0', "lt": '[":'}}}
        hits = self._titled(days, 1, "published")
        return str(hits[0]["sort"][0])[2:12] if hits else ""

    def titles(self, since: str, until: str, limit: int) -> list[tuple[int, str]]:
        """Keys and titles of the newest articles of these days (ISO 8601, both included), the newest first."""
        hits = self._titled({"range": {"published": {"gte": f'["{since}', "lt": f'["{until}~'}}}, limit, "published")
        return [(int(hit["_id"]), _title(hit)) for hit in hits]

    def first_titles(self, limit: int) -> list[tuple[int, str]]:
        """Keys and titles of the first articles read."""
        return [(int(hit["_id"]), _title(hit)) for hit in self._titled({"match_all": {}}, limit, None)]

    def _titled(self, query: Json, limit: int, newest: str | None) -> list[Json]:
        body: Json = {
            "query": {"bool": {"filter": [query, {"term": {"titled": True}}]}}, "size": limit,
            "sort": [*([{newest: "desc"}] if newest else []), {"key": "asc"}], "_source": ["rows.articles"],
        }  # fmt: skip
        hits: list[Json] = self._cluster.search(f"{self._generation}-articles", body)["hits"]["hits"]
        return hits

    def _articles_with(self, query: Json, size: int, fields: Sequence[str]) -> list[Json]:
        """Those that a query means, all of them: who asks takes one that is not found for one that is not there."""
        body: Json = {
            "query": {"bool": {"filter": [query]}}, "size": size, "_source": False, "docvalue_fields": list(fields)
        }  # fmt: skip
        before = self._cluster.gaps
        hits: list[Json] = self._cluster.search(f"{self._generation}-articles", body)["hits"]["hits"]
        if self._cluster.gaps > before:
            raise ClusterError("an article may be on a shard that does not answer")
        return hits

    def _here(self, keys: Sequence[int]) -> None:
        """Have the rows of these articles here. Raises ClusterError where one of them is nowhere."""
        self._fetch(keys)
        if not all(key in self._more for key in keys):
            raise ClusterError("an article is gone, or on a shard that does not answer")

    def _fetch(self, keys: Iterable[int]) -> None:
        """Have the rows of these articles here, as far as they are somewhere."""
        with self._lock:
            wanted = list(dict.fromkeys(keys))
            missing = [key for key in wanted if key not in self._more]
            if missing and len(self._more) > _ARTICLES:
                for table in _HERE:
                    self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
                self._more.clear()
                missing = wanted
            for at in range(0, len(missing), _AT_ONCE):
                some = [str(key) for key in missing[at : at + _AT_ONCE]]
                for source in self._cluster.documents(f"{self._generation}-articles", some).values():
                    self._add(source)

    def _add(self, source: Json) -> None:
        rows = source["rows"]
        for table in _HERE:
            self._insert(table, rows[table])
        self._more[source["key"]] = rows["more"]

    def _insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            marks = ",".join("?" * len(rows[0]))
            given = [[valued(value) for value in row] for row in rows]
            self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", given)  # noqa: S608

    def _fetch_person(self, person: str) -> int:
        """Read the rows of somebody's articles; how many there are."""
        after: list[Any] = []
        count = 0
        while count < _OF_PERSON:
            body: Json = {
                "query": {"bool": {"filter": [{"term": {"persons": person}}]}}, "size": _PAGE, "sort": [{"key": "desc"}]
            }  # fmt: skip
            hits = self._cluster.search(
                f"{self._generation}-persons", body | ({"search_after": after} if after else {})
            )["hits"]["hits"]  # fmt: skip
            with self._lock:
                for hit in hits:
                    for table, rows in hit["_source"]["rows"].items():
                        self._insert(table, rows)
            count += len(hits)
            if len(hits) < _PAGE:
                break
            after = hits[-1]["sort"]
        return count

    def _read_articles(self, keys: Sequence[int]) -> Iterator[tuple[int, Article]]:
        self._here(keys)
        return super()._read_articles(keys)

    def _read_sentences(self, keys: Sequence[int]) -> Iterator[tuple[int, tuple[Sentence, ...]]]:
        self._here(keys)
        return super()._read_sentences(keys)

    def _read_copies(self, keys: Sequence[int]) -> Iterator[tuple[int, frozenset[str]]]:
        self._here(keys)
        return iter([(key, frozenset(self._more[key]["copies"])) for key in keys])

    def _places(self, contents: Sequence[bytes]) -> dict[bytes, list[Place]]:
        rows = self._rows_of("SELECT content, min(key) FROM articles WHERE content IN ({}) GROUP BY content", contents)
        return {content: [Place(*place) for place in self._more[key]["places"]] for content, key in rows}

    def dropped(self, key: int) -> Any:
        """The lines of an article that are not article."""
        self._here([key])
        return super().dropped(key)


def _title(hit: Json) -> str:
    return str(hit["_source"]["rows"]["articles"][0][4])
