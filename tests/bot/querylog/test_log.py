import asyncio
import hashlib
import hmac
import json
import logging
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from bot.querylog import log as querylog
from bot.querylog.log import QueryLog, QueryLogError
from bot.querylog.rows import Outcome, Row, Vote
from bot.querylog.tables import MIGRATIONS
from tests.bot.records import quote_of

KEY = "a key for tests only"
ROW = Row(
    at=datetime(2026, 1, 2, 10, 30, tzinfo=timezone(timedelta(hours=7))),
    update_id=7,
    chat="private",
    user_id=42,
    language="vi",
    question="Cầu dài bao nhiêu?",
    kind="question",
    outcome=Outcome("not_found"),
    seconds=0.01234,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "queries.sqlite3"


def rows(path: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("SELECT * FROM queries ORDER BY id")]


async def written(path: Path, *given: Row, key: str | None = KEY) -> list[dict[str, Any]]:
    log = QueryLog(path, key)
    await log.open()
    for row in given:
        await log.write(row)
    await log.close()
    return rows(path)


async def test_a_row_holds_what_happened(path: Path) -> None:
    quote = quote_of("Cây cầu dài 1.200 mét.")
    [row] = await written(path, replace(ROW, outcome=Outcome("answered", (quote,), "how many")))
    assert json.loads(row.pop("quotes")) == [{"article": "cau", "start": 0, "end": 22, "score": 1.5}]
    assert row == {
        "id": 1,
        "at": "2026-01-02T03:30:00.000+00:00",
        "update_id": 7,
        "chat": "private",
        "user_hash": hmac.new(KEY.encode(), b"42", hashlib.sha256).hexdigest(),
        "language": "vi",
        "question": "Cầu dài bao nhiêu?",
        "kind": "question",
        "question_kind": "how many",
        "outcome": "answered",
        "duration_ms": 12.3,
    }


@pytest.mark.parametrize("question", ["'; DROP TABLE queries; --", "Hà Nội".encode().decode(), "a\0b", "😀" * 4096])
async def test_the_question_is_kept_as_typed(path: Path, question: str) -> None:
    [row] = await written(path, replace(ROW, question=question))
    assert row["question"] == question


async def test_the_log_is_in_wal_mode(path: Path) -> None:
    await written(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_migrations_are_recorded_by_name_and_applied_once(path: Path) -> None:
    await written(path, ROW)
    assert len(await written(path, ROW)) == 2
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT name FROM migrations").fetchall() == [(m.__name__,) for m in MIGRATIONS]


async def test_a_migration_that_fails_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def m999_broken(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE half (x)")
        db.execute("not SQL")

    with monkeypatch.context() as patch:
        patch.setattr(querylog, "MIGRATIONS", (*MIGRATIONS, m999_broken))
        log = QueryLog(path, KEY)
        await log.open()
        await log.close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == []
    assert len(await written(path, ROW)) == 1


async def test_a_log_of_a_newer_version_is_refused(path: Path) -> None:
    await written(path, ROW)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO migrations VALUES ('m999_from_the_future', '2030-01-01')")
    with pytest.raises(QueryLogError, match=r"newer version of Trích.*m999_from_the_future"):
        await QueryLog(path, KEY).open()
    assert len(rows(path)) == 1


async def test_without_a_given_key_one_is_made_for_its_owner_only_and_kept(path: Path) -> None:
    first, second = await written(path, ROW, ROW, key=None)
    key_file = path.with_suffix(".key")
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert len(key_file.read_bytes()) == 64
    later = (await written(path, ROW, key=None))[-1]
    assert first["user_hash"] == second["user_hash"] == later["user_hash"]
    assert first["user_hash"] == hmac.new(key_file.read_bytes(), b"42", hashlib.sha256).hexdigest()


@pytest.mark.parametrize("damaged", [b"", b"\0" * 64, b"f" * 64, None], ids=["empty", "zeros", "another", "gone"])
async def test_where_the_key_is_another_the_log_is_set_aside_with_it_as_its_rows_are_nobodys(
    path: Path, caplog: pytest.LogCaptureFixture, damaged: bytes | None
) -> None:
    await written(path, ROW, key=None)
    path.with_suffix(".key").unlink()
    if damaged is not None:
        path.with_suffix(".key").write_bytes(damaged)
    assert len(await written(path, ROW, ROW, key=None)) == 2
    [aside] = [each for each in path.parent.glob("queries.sqlite3.damaged-*") if each.suffix != ".sqlite3-wal"]
    assert len(rows(aside)) == 1
    assert "queries.key" in caplog.text


async def test_a_locked_log_is_reported_without_the_users_words(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    log = QueryLog(path, KEY, patience=0.02)
    await log.open()
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        await log.write(ROW)
        await log.close()
    assert [record.levelno for record in caplog.records] == [logging.ERROR, logging.ERROR]
    assert "no row for update 7" in caplog.text
    assert "1 rows could not be written until the end" in caplog.text
    assert "Cầu" not in caplog.text


async def test_a_log_that_cannot_be_opened_is_reported_and_so_is_every_row(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "var").touch()  # where its folder should be
    log = QueryLog(tmp_path / "var" / "queries.sqlite3", KEY)
    await log.open()
    await log.write(ROW)
    await log.close()
    assert "cannot be opened" in caplog.text
    assert "no row for update 7" in caplog.text


def content(path: Path) -> bytes:
    return path.read_bytes()


@pytest.fixture
def notes(path: Path) -> Path:
    path.parent.mkdir()
    path.write_text("Ghi chép riêng, không phải cơ sở dữ liệu." * 50, encoding="utf-8")
    return path


async def test_a_file_that_is_no_database_is_set_aside_whole(notes: Path, caplog: pytest.LogCaptureFixture) -> None:
    before = content(notes)
    assert len(await written(notes, ROW)) == 1
    assert "not a database" in caplog.text
    [aside] = notes.parent.glob("queries.sqlite3.damaged-20*")
    assert content(aside) == before


async def test_rows_that_come_while_the_log_is_locked_are_written_later(path: Path) -> None:
    late: list[None] = []
    log = QueryLog(path, KEY, patience=0.02, late=lambda: late.append(None))
    await log.open()
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        for number in range(11):
            await log.write(replace(ROW, update_id=number))
        await log._settled()
        assert rows(path) == []
    await log.close()
    assert [row["update_id"] for row in rows(path)] == list(range(11))
    assert len(late) == 11


async def test_who_asks_to_be_forgotten_is_so_in_what_waits_to_be_written_too(path: Path) -> None:
    log = QueryLog(path, KEY, patience=0.02)
    await log.open()
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        await log.write(ROW)
        await log.write(replace(ROW, user_id=43))
        await log._settled()
    await log.forget(42)
    await log.close()
    assert len(rows(path)) == 1


@pytest.mark.parametrize("damage", ["header", "middle", "truncated", "emptied"])
async def test_a_log_that_is_damaged_while_it_is_used_recovers_by_itself(path: Path, damage: str) -> None:
    log = QueryLog(path, KEY)
    await log.open()
    await asyncio.gather(*(log.write(ROW) for _ in range(300)))
    await log.wipe()
    whole = path.read_bytes()
    with path.open("r+b") as file:
        if damage in {"truncated", "emptied"}:
            file.truncate(len(whole) // 3 if damage == "truncated" else 0)
        else:
            file.seek(0 if damage == "header" else 4096)
            file.write(b"\xa5" * (100 if damage == "header" else len(whole) - 8192))
    await log.write(replace(ROW, update_id=1000))
    await log.close()
    # In the middle it may be noticed at the next start only: SQLite has pages of it in memory.
    assert (await written(path, replace(ROW, update_id=1001)))[-1]["update_id"] == 1001
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_text_that_cannot_be_stored_is_reported_without_it(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert await written(path, replace(ROW, question="bí mật \ud800")) == []
    assert "no row for update 7" in caplog.text
    assert "bí mật" not in caplog.text


VOTE = Vote(ROW.at, ROW.update_id, 42, -1, "button")


def votes(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT query, voter, value, by FROM feedback ORDER BY query, voter").fetchall()


async def voted(path: Path, *given: Vote, rows: int = 1) -> list[tuple[Any, ...]]:
    log = QueryLog(path, KEY)
    await log.open()
    for _ in range(rows):
        await log.write(ROW)
    assert all([await log.vote(vote) for vote in given])
    await log.close()
    return votes(path)


async def test_a_vote_stands_beside_the_row_of_its_question(path: Path) -> None:
    [(query, voter, value, by)] = await voted(path, VOTE)
    [row] = rows(path)
    assert (query, voter, value, by) == (row["id"], row["user_hash"], -1, "button")


async def test_a_changed_mind_replaces_the_vote_and_can_take_it_back(path: Path) -> None:
    [vote] = await voted(path, VOTE, replace(VOTE, value=1, by="reaction"))
    assert vote[2:] == (1, "reaction")
    assert await voted(path, replace(VOTE, value=0), rows=0) == []


async def test_everybody_has_a_vote(path: Path) -> None:
    assert len(await voted(path, VOTE, replace(VOTE, user_id=43, value=1))) == 2


async def test_where_telegram_numbers_anew_the_last_question_is_meant(path: Path) -> None:
    assert [vote[0] for vote in await voted(path, VOTE, rows=2)] == [2]


async def test_a_vote_on_a_row_that_is_gone_is_not_kept(path: Path) -> None:
    assert await voted(path, VOTE, rows=0) == []


async def test_a_vote_that_cannot_be_kept_is_reported(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    log = QueryLog(path, KEY, patience=0.02)
    await log.open()
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not await log.vote(VOTE)
        await log.close()
    assert "no vote on update 7" in caplog.text
