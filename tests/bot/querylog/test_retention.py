"""Old questions become counts; their words and hashes are gone from the files, and nothing is counted twice."""

import asyncio
import logging
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.querylog import retention
from bot.querylog.retention import thin, thinned
from bot.settings import LogSettings
from retrieval.records import VIETNAM
from tests.bot.logged import Written, row
from tests.clock import PATIENCE

OLD, NEW = row("2026-01-01 10:00", "Bí mật cũ"), row("2026-01-02 00:00", "Câu hỏi mới")


def questions(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [question for (question,) in db.execute("SELECT question FROM queries ORDER BY id")]


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        counted: int = db.execute("SELECT COALESCE(SUM(count), 0) FROM daily").fetchone()[0]
        return counted


async def test_days_before_the_limit_are_counts_and_their_words_are_in_no_file(written: Written) -> None:
    path = await written(OLD, OLD, NEW, disliked=(OLD,))
    assert thin(path, date(2026, 1, 2)) == 1
    assert (questions(path), count(path)) == (["Câu hỏi mới"], 2)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT COUNT(*) FROM feedback").fetchone() == (0,)
    for file in path.parent.glob("queries.sqlite3*"):
        assert "Bí mật cũ".encode() not in file.read_bytes()


async def test_thinning_twice_counts_once_and_a_late_row_is_added(written: Written) -> None:
    path = await written(OLD, NEW)
    assert thin(path, date(2026, 1, 2)) == 1
    assert thin(path, date(2026, 1, 2)) == 0
    assert count(path) == 1
    await written(OLD)
    assert thin(path, date(2026, 1, 2)) == 1
    assert count(path) == 2


KILLED = """
import os, pathlib, signal, sys
from datetime import date
from bot.querylog import retention
retention._FORGET = "DELETE FROM queries WHERE :end > kill()"
add = retention.add_duration_class
def add_kill(db):
    add(db)
    db.create_function("kill", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
retention.add_duration_class = add_kill
retention.thin(pathlib.Path(sys.argv[1]), date(2026, 1, 2))
"""


async def test_a_kill_in_the_middle_leaves_the_day_as_it_was(written: Written) -> None:
    path = await written(OLD, NEW)
    killed = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", KILLED, str(path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (questions(path), count(path)) == (["Bí mật cũ", "Câu hỏi mới"], 0)
    thin(path, date(2026, 1, 2))
    assert (questions(path), count(path)) == (["Câu hỏi mới"], 1)


async def test_it_is_done_at_the_start_and_when_a_day_has_passed(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, today = await written(OLD, NEW), datetime(2026, 1, 3, 9, tzinfo=VIETNAM)
    monkeypatch.setattr(retention, "_EVERY", 0.001)
    async with thinned(LogSettings(path=path, keep_days=1), lambda: today):
        await _until(lambda: questions(path) == ["Câu hỏi mới"])
        today = datetime(2026, 1, 4, 0, 1, tzinfo=VIETNAM)
        await _until(lambda: questions(path) == [])
    assert count(path) == 2


async def test_zero_days_keep_everything(written: Written) -> None:
    path = await written(OLD)
    async with thinned(LogSettings(path=path, keep_days=0), lambda: datetime(2030, 1, 1, tzinfo=VIETNAM)):
        await asyncio.sleep(0)
    assert questions(path) == ["Bí mật cũ"]


async def test_a_log_that_cannot_be_used_is_told_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    async with thinned(LogSettings(path=tmp_path / "none.sqlite3", keep_days=1)):
        await _until(lambda: "was not thinned" in caplog.text)
    assert not (tmp_path / "none.sqlite3").exists()


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - as nobody tells
            await asyncio.sleep(0.005)
