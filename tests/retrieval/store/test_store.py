import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.records import NO_DATE, Article, Date, Dropped, Problem, Reading, Sentence, Span
from retrieval.store.opening import store_name
from retrieval.store.schema import MIGRATIONS, StoreError
from retrieval.store.sightings import SightingRows
from retrieval.store.store import Stamp, Store
from retrieval.store.stored import Stored, stored

STAMP = Stamp("10:20", "digest")
EVENT = Date("2025-09-15", "inferred", "ngày đăng 16/9/2025")


Read = tuple[str, Reading, tuple[Sentence, ...]]


def _read(name: str = "a.txt", text: str = "Một câu. Hai câu.", unit: str = "") -> Read:
    published = Date("2025-09-16", "published")
    article = Article(name, None, "Báo", None, "https://vidu.vn/a", published, EVENT, text, "a.txt")
    sentences = (
        Sentence(name, 0, 0, 8, "lead", EVENT, 0),
        Sentence(name, 1, 9, 17, "body", NO_DATE, 0),
    )
    reading = Reading(article, (Span(0, 17, "lead"),), (Dropped(3, "Zalo", "share button"),))
    return unit, reading, sentences


def _put(store: Store, path: str, *articles: Read, problems: tuple[Problem, ...] = ()) -> None:
    store.begin(path, "a.txt", frozenset())
    store.add(path, map(_packed, articles), [("", problem) for problem in problems])
    store.finish(path, STAMP)


def _packed(read: Read) -> tuple[str, Stored]:
    unit, reading, sentences = read
    return unit, stored(reading, sentences)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "library.sqlite3")
    yield opened
    opened.close()


def _ids(store: Store) -> list[str]:
    return [content.article.id for content in store.contents()]


def test_what_is_put_is_there_again_from_the_file(tmp_path: Path) -> None:
    read = _read()
    store = Store(tmp_path / "deep" / "library.sqlite3")
    _put(store, "/x/a.txt", read, problems=(Problem("a.txt:3", "bad line", 3),))
    store.close()
    again = Store(tmp_path / "deep" / "library.sqlite3")
    [content] = again.contents()
    assert again.stamps() == {"/x/a.txt": STAMP}
    assert content.article == read[1].article
    assert content.sentences == read[2]
    assert content.dropped == read[1].dropped
    assert again.problems() == (Problem("a.txt:3", "bad line", 3),)
    again.close()


def test_a_file_put_again_replaces_what_was_read_of_it(store: Store) -> None:
    _put(store, "/a", _read("a#1", "Một."), _read("a#2", "Hai."), problems=(Problem("a", "bad"),))
    _put(store, "/a", _read("a#3"))
    assert _ids(store) == ["a#3"]
    assert store.problems() == ()


def test_lines_to_keep_stay_when_a_file_is_begun_again(store: Store) -> None:
    _put(store, "/a", _read("one", "Một.", "1"), _read("two", "Hai.", "2"))
    store.begin("/a", "a.txt", frozenset({"2"}))
    assert (_ids(store), *store.units("/a"), *store.ids("/a")) == (["two"], "2", "two")
    assert store.stamps() == {"/a": Stamp()}


def test_a_removed_file_leaves_nothing_behind(store: Store) -> None:
    _put(store, "/a", _read(), problems=(Problem("a", "bad"),))
    store.remove(["/a"])
    tables = [name for (name,) in store._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {
        t: store._db.execute(f"SELECT count(*) FROM {t}").fetchone()[0]  # noqa: S608
        for t in tables
        if t not in {"sqlite_sequence", "migrations"}
    }
    assert set(rows.values()) == {0}


def test_an_error_while_articles_are_added_leaves_what_was_there(store: Store) -> None:
    def fails() -> Iterator[tuple[str, Stored]]:
        yield _packed(_read("new", "Mới."))
        raise RuntimeError

    _put(store, "/a", _read("old"))
    with pytest.raises(RuntimeError):
        store.add("/a", fails(), [])
    assert _ids(store) == ["old"]


def test_an_id_of_another_file_gets_a_number(store: Store) -> None:
    _put(store, "/a", _read("x", "Một."))
    _put(store, "/b", _read("x", "Hai."), _read("x", "Ba."))
    assert _ids(store) == ["x", "x~2", "x~3"]


def test_the_same_text_from_two_places_is_one_article_with_both(store: Store) -> None:
    _put(store, "/a", _read("x"))
    _put(store, "/b", _read("y"))
    [content] = store.contents()
    assert content.article.id == "x"
    assert [(place.publisher, place.url) for place in content.article.also] == [("Báo", "https://vidu.vn/a")]
    store.remove(["/a"])
    [content] = store.contents()
    assert (content.article.id, content.article.also) == ("y", ())


def test_lightly_edited_copies_are_linked(store: Store) -> None:
    text = " ".join(f"câu số {number} kể chuyện khác của ngày {number * 7}." for number in range(60))
    _put(store, "/a", _read("one", text))
    _put(store, "/b", _read("two", text.replace("câu số 7 kể", "câu thứ bảy kể")), _read("other"))
    copies = {content.article.id: content.copies for content in store.contents()}
    assert copies == {"one": {"two"}, "two": {"one"}, "other": frozenset()}


def test_a_library_of_a_newer_version_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    Store(path).close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO migrations VALUES ('m999_from_the_future', '2030-01-01')")
    with pytest.raises(StoreError, match=r"library\.sqlite3: written by a newer Trích \(m999_from_the_future\)"):
        Store(path)


def test_a_library_whose_migrations_were_counted_is_read_on(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    with closing(Store(path)) as store:
        _put(store, "/x/a.txt", _read())
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP TABLE migrations")
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    with closing(Store(path)) as again:
        assert _ids(again) == ["a.txt"]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT name FROM migrations").fetchall() == [(m.__name__,) for m in MIGRATIONS]


def test_a_file_that_is_no_library_is_set_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "library.sqlite3"
    path.write_bytes(b"this is no database at all, whatever its name says" * 100)
    Store(path).close()
    [aside] = tmp_path.glob("library.sqlite3.damaged-20*")
    assert aside.read_bytes().startswith(b"this is no database")
    assert aside.name in caplog.text


def test_where_nothing_can_be_written_the_library_is_in_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "var").touch()
    store = Store(tmp_path / "var" / "library.sqlite3")
    assert store.path is None
    assert "kept in memory" in caplog.text
    store.close()


def test_each_set_of_folders_has_a_file_of_its_own() -> None:
    assert store_name([Path("x/seeds")]) == store_name([Path("x") / "y" / ".." / "seeds"])
    assert store_name([Path("x/seeds")]) != store_name([Path("y/seeds")])
    assert store_name([Path("x/seeds")]).startswith("seeds-")


def test_an_office_of_unknown_date_is_no_damage(tmp_path: Path) -> None:
    held = ("lê hoài trung", 0, 0, 0, None, "Bộ trưởng", "holds", 1)
    with closing(Store(tmp_path / "library.sqlite3")) as store:
        _put(store, "/x/a.txt", _read())
        store.replace_persons([(1, SightingRows(held=(held,)))])
    with closing(Store(tmp_path / "library.sqlite3")) as again:
        assert _ids(again) == ["a.txt"]
