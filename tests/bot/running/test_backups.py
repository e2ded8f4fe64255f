"""Copies made while the bot writes, and put back."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.querylog.log import QueryLog
from bot.running.backups import BackupError, Kept, back_up, backups, damage, restore
from bot.settings import Settings
from tests.bot.logged import row

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def kept(settings: Settings) -> Kept:
    return Kept.of(settings)


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        counted: int = db.execute("SELECT COUNT(*) FROM queries").fetchone()[0]
        return counted


async def test_a_backup_made_while_rows_are_written_is_whole_and_can_be_put_back(
    settings: Settings, kept: Kept, tmp_path: Path
) -> None:
    settings.library.added.mkdir(parents=True)
    (settings.library.added / "cau.txt").write_text("Cầu dài 1.200 mét.", encoding="utf-8")
    log = QueryLog(settings.log.path)
    await log.open()
    await log.write(row("2026-01-02 08:00", "Một?"))
    writing = asyncio.create_task(_write(log, 200))
    made = await asyncio.to_thread(back_up, kept, tmp_path / "backups", NOW)
    await writing
    await log.close()
    copied = count(made / "queries.sqlite3")
    assert 1 <= copied <= 201
    assert damage(made / "queries.sqlite3") == ""
    assert (made / "queries.key").read_bytes() == settings.log.path.with_suffix(".key").read_bytes()
    assert made.stat().st_mode & 0o077 == 0
    (settings.library.added / "cau.txt").unlink()
    restore(kept, made, replace=True)
    assert count(settings.log.path) == copied
    assert (settings.library.added / "cau.txt").is_file()
    assert len(list(settings.log.path.parent.glob(".*restored"))) == 0


async def _write(log: QueryLog, times: int) -> None:
    for number in range(times):
        await log.write(row("2026-01-02 09:00", f"Câu {number}?"))


async def test_a_log_whose_journal_is_not_written_back_is_copied_with_it(settings: Settings, kept: Kept) -> None:
    log = QueryLog(settings.log.path)
    await log.open()
    await log.write(row("2026-01-02 08:00", "Một?"))
    assert settings.log.path.with_name("queries.sqlite3-wal").stat().st_size > 0
    made = back_up(kept, settings.log.path.parent / "backups", NOW)
    assert count(made / "queries.sqlite3") == 1
    await log.close()


def test_only_the_newest_are_kept_and_nothing_else_is_touched(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    made = [back_up(kept, tmp_path, NOW + timedelta(days=day), most=2) for day in range(4)]
    assert sorted(backups(tmp_path)) == made[2:]
    assert (tmp_path / "mine").is_dir()
    assert not list(tmp_path.glob(".unfinished*"))


def test_a_backup_is_never_overwritten(kept: Kept, tmp_path: Path) -> None:
    back_up(kept, tmp_path, NOW)
    with pytest.raises(BackupError, match="there already"):
        back_up(kept, tmp_path, NOW)


async def test_restoring_refuses_what_stands_there_what_is_damaged_and_what_is_no_backup(
    settings: Settings, kept: Kept, tmp_path: Path
) -> None:
    log = QueryLog(settings.log.path)
    await log.open()
    await log.close()
    made = back_up(kept, tmp_path, NOW)
    with pytest.raises(BackupError, match="stop the bot and say --replace"):
        restore(kept, made)
    (made / "queries.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(BackupError, match="is damaged"):
        restore(kept, made, replace=True)
    assert count(settings.log.path) == 0
    with pytest.raises(BackupError, match="holds no backup"):
        restore(kept, tmp_path)


async def test_the_commands_do_it(settings: Settings, tmp_path: Path) -> None:
    log = QueryLog(settings.log.path)
    await log.open()
    await log.write(row("2026-01-02 08:00", "Một?"))
    await log.close()
    made = await asyncio.to_thread(_trich, "backup", str(tmp_path / "backups"))
    settings.log.path.unlink()
    restored = await asyncio.to_thread(_trich, "restore", made.strip(), "--replace")
    assert str(settings.log.path) in restored
    assert count(settings.log.path) == 1


def _trich(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments], capture_output=True, text=True, check=True, env=os.environ
    )
    return done.stdout
