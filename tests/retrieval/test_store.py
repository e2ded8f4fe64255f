import sqlite3
from pathlib import Path

import pytest

from retrieval.records import NO_DATE, Article, Date, Dropped, Problem, Reading, Sentence, Span
from retrieval.store import MIGRATIONS, Stamp, Store, StoreError

STAMP = Stamp(10, 20, "digest")
EVENT = Date("2025-09-15", "inferred", "ngày đăng 16/9/2025")


def _article(name: str = "a.txt") -> tuple[Reading, list[Sentence]]:
    text = "Một câu. Hai câu."
    article = Article(name, None, "Báo", None, "https://vidu.vn/a", Date("2025-09-16", "published"), EVENT, text, name)
    sentences = [
        Sentence(name, 0, 0, 8, "lead", EVENT, 0),
        Sentence(name, 1, 9, 17, "body", NO_DATE, 0),
    ]
    return Reading(article, (Span(0, 17, "lead"),), (Dropped(3, "Zalo", "share button"),)), sentences


def test_what_is_put_is_loaded_again_from_the_file(tmp_path: Path) -> None:
    reading, sentences = _article()
    store = Store(tmp_path / "deep" / "library.sqlite3")
    store.put("/x/a.txt", STAMP, [(reading, sentences)], [Problem("a.txt:3", "bad line")])
    store.close()
    again = Store(tmp_path / "deep" / "library.sqlite3")
    assert again.stamps() == {"/x/a.txt": STAMP}
    assert list(again.load("/x/a.txt", "a.txt")) == [(reading.article, tuple(sentences), reading.dropped)]
    assert again.problems("/x/a.txt") == (Problem("a.txt:3", "bad line"),)


def test_a_file_put_again_replaces_what_was_read_of_it() -> None:
    store = Store(None)
    store.put("/a", STAMP, [_article("a#1"), _article("a#2")], [Problem("a", "bad")])
    store.put("/a", STAMP, [_article("a#3")], [])
    assert [article.id for article, _, _ in store.load("/a", "a")] == ["a#3"]
    assert store.problems("/a") == ()


def test_a_removed_file_leaves_nothing_behind() -> None:
    store = Store(None)
    store.put("/a", STAMP, [_article()], [Problem("a", "bad")])
    store.remove(["/a"])
    rows = [store._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("sentences", "dropped")]
    assert (store.stamps(), rows, store.problems("/a")) == ({}, [0, 0], ())


def test_an_error_while_a_file_is_put_leaves_what_was_there() -> None:
    def fails() -> object:
        yield _article("new")
        raise RuntimeError

    store = Store(None)
    store.put("/a", STAMP, [_article("old")], [])
    with pytest.raises(RuntimeError):
        store.put("/a", Stamp(1, 1, "new"), fails(), [])  # type: ignore[arg-type]
    assert [article.id for article, _, _ in store.load("/a", "a")] == ["old"]
    assert store.stamps() == {"/a": STAMP}


def test_a_library_of_a_newer_version_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreError, match=r"library\.sqlite3: written by a newer Trích"):
        Store(path)


def test_a_file_that_is_no_library_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    path.write_bytes(b"this is no database at all, whatever its name says" * 100)
    with pytest.raises(StoreError, match=r"library\.sqlite3: cannot be used"):
        Store(path)
