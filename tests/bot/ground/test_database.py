"""A database whose damage SQLite can't even name."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.ground.database import connect
from retrieval.store.store import Store


def spoil(path: Path) -> None:
    """The schema holds a table whose name and definition are no text."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE notes (words TEXT)")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET name = CAST(x'ce41' AS TEXT), sql = CAST(x'ce42' AS TEXT)")


def test_what_sqlite_says_of_it_cannot_be_decoded(tmp_path: Path) -> None:
    spoil(tmp_path / "a.sqlite3")
    with closing(sqlite3.connect(tmp_path / "a.sqlite3")) as db, pytest.raises(UnicodeDecodeError):
        db.execute("SELECT * FROM notes")


async def test_a_database_whose_tables_have_no_names_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    spoil(path)
    db = await connect(path, ())
    assert await db.execute_fetchall("SELECT name FROM sqlite_master WHERE sql LIKE '%words%'") == []
    await db.close()
    assert [each.name for each in tmp_path.glob("state.sqlite3.damaged-*")]


def test_a_library_whose_tables_have_no_names_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    spoil(path)
    store = Store(path)
    assert store.path == path
    store.close()
    assert [each.name for each in tmp_path.glob("library.sqlite3.damaged-*")]
