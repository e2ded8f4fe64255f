"""Persons: names in raw text, sentences a second; /who over the given news, and over it many times with other names."""

import gzip
import hashlib
import random
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.table import Table

from retrieval.config_files import data_folder
from retrieval.facts import Facts
from retrieval.records import NO_DATE, Problem, Sentence
from retrieval.refreshing.preparing import Piece, Rules, prepared
from retrieval.store.sightings import SightingRows, name_row
from retrieval.store.store import Store
from retrieval.store.stored import Stored
from retrieval.tokens import fold
from retrieval.who import People, Register, who
from tests.conftest import SHARED

SIZES = (100_000, 1_000_000)  # sentences
_QUERIES = 400
# Of whom and of what the most is told: a head of state, an office of state, bare titles.
_BEST_KNOWN = ("Trump", "Thủ tướng", "Bộ trưởng", "Giám đốc")
_AGAIN = 60
# So many persons of the news are in all of it, as heads of state are; the others are others each time.
_EVERYWHERE = 100
_BATCH = 500
_GIVEN = (
    "an", "anh", "bách", "bảo", "bích", "bình", "châu", "chi", "chiến", "cúc", "cường", "diễm", "dung", "duy",
    "dũng", "đan", "đào", "đạt", "đức", "giang", "hà", "hải", "hằng", "hạnh", "hiền", "hiếu", "hoa", "hoài",
    "hoàng", "hồng", "huệ", "hùng", "hương", "huy", "khang", "khoa", "khôi", "kiên", "kim", "lan", "lâm", "liên",
    "linh", "loan", "lộc", "long", "ly", "mai", "mạnh", "minh", "my", "nam", "nga", "ngân", "nghĩa", "ngọc",
    "nguyên", "nhân", "nhi", "như", "nhung", "oanh", "phát", "phong", "phú", "phúc", "phương", "quân", "quang",
    "quốc", "quyên", "quỳnh", "sơn", "tài", "tâm", "tân", "thạch", "thái", "thắng", "thanh", "thảo", "thi",
    "thịnh", "thơ", "thu", "thúy", "thủy", "tiến", "tín", "toàn", "trâm", "trang", "trí", "trinh", "trúc", "trung",
    "tú", "tuấn", "tùng", "tuyết", "uyên", "vân", "việt", "vinh", "vy", "xuân", "yến",
)  # fmt: skip


def run() -> Iterator[Table]:
    """Over the given news, where it is, else over the project's own samples."""
    articles = _read()
    yield _names(articles)
    yield from _who(articles)


def _read() -> list[Stored]:
    rules = Rules.from_config()
    corpus = SHARED / "corpora" / "dantri_2020_2021.jsonl.gz"
    if corpus.is_file():
        pieces = [Piece("news.jsonl", "news.jsonl", gzip.decompress(corpus.read_bytes()), None, rules)]
    else:
        files = sorted(path for path in data_folder("seeds").glob("*.txt"))
        pieces = [Piece(path.name, path.name, path.read_bytes(), None, rules) for path in files]
    return [one for piece in pieces for _, one in prepared(piece).results if not isinstance(one, Problem)]


def _names(articles: Sequence[Stored]) -> Table:
    """Facts alone: what they add to the reading of an article."""
    facts = Facts.from_config()
    texts = [(one.article[7], _spans(one)) for one in articles[:800]]
    began = time.process_time()
    found = sum(len(facts.mentions(text, spans)) for text, spans in texts)
    seconds = time.process_time() - began
    sentences = sum(len(spans) for _, spans in texts)
    table = Table("sentences", "mentions", "sentences/s of a core", title="Facts in raw text")
    table.add_row(f"{sentences:,}", f"{found:,}", f"{sentences / seconds:,.0f}")
    return table


def _spans(stored: Stored) -> list[Sentence]:
    return [
        Sentence(stored.id, index, start, end, kind, NO_DATE, paragraph)
        for index, start, end, kind, paragraph, _ in stored.sentences
    ]


def _who(articles: Sequence[Stored]) -> tuple[Table, Table]:
    columns = ("sentences", "sightings", "names", "MB", "first, ms", "p50, ms", "p95, ms", "p99, ms", "most, ms")
    table = Table(*columns, title=f"/who, {_QUERIES} times: names whole, half, misspelt and in none, and offices")
    dear = Table(
        "sentences", "query", "first, ms", "p50, ms", "p95, ms", title=f"/who of the best known, {_AGAIN} times"
    )
    for size in SIZES:
        with TemporaryDirectory() as folder:
            path = Path(folder, "library.sqlite3")
            _fill(Store(path), articles, size)
            store = Store(path)
            counted = store.size()[1]
            snapshot = store.into_snapshot()
            titles = [title for (title,) in snapshot.rows("SELECT title FROM held GROUP BY title")]
            queries = _queries(snapshot.rows("SELECT person, name, acting FROM names ORDER BY person, name"), titles)
            facts = Facts.from_config()
            began = time.perf_counter()
            people = People(facts, Register(snapshot))
            who(people, queries[0])
            first = 1000 * (time.perf_counter() - began)
            times = []
            for query in queries[1:]:
                began = time.perf_counter()
                who(people, query)
                times.append(1000 * (time.perf_counter() - began))
            for query in _BEST_KNOWN:
                again = _again(People(facts, Register(snapshot)), query)
                dear.add_row(f"{counted:,}", query, *(f"{value:.1f}" for value in again))
            [(seen,)] = snapshot.rows("SELECT count(*) FROM seen")
            [(names,)] = snapshot.rows("SELECT count(*) FROM names")
            snapshot.close()
            figures = (first, *np.percentile(times, (50, 95, 99, 100)))
            megabytes = path.stat().st_size / 1e6
            table.add_row(
                *(f"{value:,}" for value in (counted, seen, names)),
                *(f"{megabytes:,.0f}", *(f"{value:.1f}" for value in figures)),
            )
    return table, dear


def _again(people: People, query: str) -> tuple[float, ...]:
    """Milliseconds: the first time that anything is asked of these persons; median and p95 of the times after."""
    times = []
    for _ in range(_AGAIN + 1):
        began = time.perf_counter()
        who(people, query)
        times.append(1000 * (time.perf_counter() - began))
    return times[0], *np.percentile(times[1:], (50, 95))


def _fill(store: Store, articles: Sequence[Stored], sentences: int) -> None:
    """The articles so many times that there are so many sentences, each time about others."""
    times = Counter(row[0] for one in articles for row in one.persons.seen)
    everywhere = {person for person, _ in times.most_common(_EVERYWHERE)}
    store.begin("made", "made", frozenset())
    batch: list[tuple[str, Stored]] = []
    written = copy = 0
    while written < sentences:
        for one in articles:
            batch.append(("", _other(one, copy, everywhere)))
            written += len(one.sentences)
            if len(batch) == _BATCH or written >= sentences:
                store.add("made", batch, ())
                batch = []
            if written >= sentences:
                break
        copy += 1
    store.settle()
    store.close()


def _other(stored: Stored, copy: int, everywhere: set[str]) -> Stored:
    """The article with another text, and with other persons but those who are everywhere."""
    text = f"{stored.article[7]}\n{copy}"
    article = (*stored.article[:7], text, hashlib.sha256(text.encode()).digest())
    return replace(
        stored, id=f"{stored.id}-{copy}", article=article, persons=_renamed(stored, copy, everywhere), bands=()
    )


def _renamed(stored: Stored, copy: int, everywhere: set[str]) -> SightingRows:
    """Persons of one more copy: each person of an article another one, and the same in all of its sentences."""
    if not copy:
        return stored.persons

    def other(person: str) -> str:
        family, *rest = person.split()
        if person in everywhere or not rest:
            return person
        number = zlib.crc32(f"{person} {copy}".encode())
        return " ".join((family, _GIVEN[number % len(_GIVEN)], _GIVEN[number // 97 % len(_GIVEN)]))

    seen = tuple((key := other(row[0]), *row[1:5], key.title(), *row[6:]) for row in stored.persons.seen)
    held = tuple((other(row[0]), *row[1:]) for row in stored.persons.held)
    names: dict[str, tuple[int, int]] = {}
    for row in stored.persons.names:
        times, acting = names.get(other(row[0]), (0, 0))
        names[other(row[0])] = times + row[6], acting + row[7]
    rows = tuple(name_row(key, key.title(), times, acting) for key, (times, acting) in names.items())
    return SightingRows(seen, held, rows, stored.persons.version)


def _queries(names: Sequence[tuple[str, str, int]], titles: Sequence[str]) -> list[str]:
    """What people type: a fifth each of those who are told of most, of all names, of half names, of misspelt and
    unknown ones, and of offices.
    """
    rng = random.Random(1)  # noqa: S311  a sample, not a secret
    fifth = _QUERIES // 5
    often = [name for _, name, _ in sorted(names, key=lambda row: -row[2])[:fifth]]
    some = [name for _, name, _ in rng.choices(names, k=3 * fifth)]
    half = [f"ông {name.split()[-1]}" for name in some[fifth : 2 * fifth]]
    wrong = [f"{fold(name[:-2])}{rng.choice('aeghnt')}" for name in some[2 * fifth :]]
    return rng.sample([*often, *some[:fifth], *half, *wrong, *rng.choices(titles, k=fifth)], k=_QUERIES)
