"""Files that fail: what they were for is counted and told, and the answers go out all the same."""

import asyncio
import contextlib
import itertools
import logging
import os
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.context import services_of
from bot.ground.database import connect
from bot.once.inbox import Inbox
from bot.querylog.log import QueryLog
from bot.sandbox.faults import held_request, held_response
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.faults.conftest import (
    ANSWERING,
    Show,
    Start,
    acknowledged,
    all_answered,
    ask,
    ask_and_hear,
    at_work_for,
    changed,
    eventually,
    kept_in,
    people,
)
from tests.bot.querylog.test_log import ROW, rows
from tests.clock import PATIENCE


def lost(bot: object, name: str) -> float | None:
    return services_of(bot).monitor.metrics.registry.get_sample_value(name)  # type: ignore[arg-type]


async def test_a_locked_log_holds_back_no_answer_and_its_losses_are_counted_and_told_once(
    world: World, settings: Settings, library: Library, show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    async with at_work_for(world, settings, library) as bot:
        with closing(sqlite3.connect(settings.log.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            await ask_and_hear(world, people(world, 4))
            await eventually(lambda: lost(bot, "trich_query_log_rows_lost_total") == 4)
    assert caplog.text.count("no row for update") == 1
    show(world, "log database locked")


async def test_a_full_disk_holds_back_no_answer(
    world: World, settings: Settings, library: Library, show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    async with at_work_for(world, settings, library) as bot:
        log = services_of(bot).log
        assert log._transactions is not None
        db = log._transactions._db
        # The file may not grow by a single page: SQLite fails as it does on a full disk.
        [[pages]] = list(await db.execute_fetchall("PRAGMA page_count"))
        await db.execute(f"PRAGMA max_page_count = {pages}")
        await ask_and_hear(world, people(world, 60))
    assert (lost(bot, "trich_query_log_rows_lost_total") or 0) > 20
    assert "database or disk is full" in caplog.text
    show(world, "log on a full disk")


async def test_a_disk_that_is_really_full_holds_back_no_answer(
    world: World, settings: Settings, library: Library, show: Show, small_disk: Path
) -> None:
    settings = kept_in(small_disk, settings)
    async with at_work_for(world, settings, library) as bot:
        chats = people(world, 30)
        await ask_and_hear(world, chats[:5])
        with contextlib.suppress(OSError), (small_disk / "filler").open("wb") as filler:
            while True:
                filler.write(bytes(4096))
        ask(world, chats, each=3)
        await all_answered(world)
        assert (lost(bot, "trich_query_log_rows_lost_total") or 0) > 20
        assert (lost(bot, "trich_state_writes_lost_total") or 0) > 20
        (small_disk / "filler").unlink(missing_ok=True)
    show(world, "a disk that is really full, log and state on it")


def fill(disk: Path) -> None:
    """Not a page more goes on it."""
    with contextlib.suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
        for size in (4096, 1):
            with contextlib.suppress(OSError):
                while True:
                    filler.write(bytes(size))


@pytest.mark.parametrize("room", [False, True], ids=["still full", "with room again"])
async def test_killed_on_a_full_disk_no_question_is_lost_or_answered_twice(  # noqa: PLR0917 - fixtures
    served: World, start: Start, show: Show, small_disk: Path, monkeypatch: pytest.MonkeyPatch, room: bool
) -> None:
    """What can't be written down is not acknowledged, so Telegram brings it again; what is sent has room of its own."""
    for part, name in (("LOG", "queries"), ("INBOX", "inbox"), ("CHATS", "chats")):
        monkeypatch.setenv(f"TRICH_{part}__PATH", str(small_disk / f"{name}.sqlite3"))
    world = served
    chats = people(world, 10)
    async with start(world) as process:
        fill(small_disk)
        world.faults.add(held_request(method="getUpdates", times=None))  # once this poll is over, none acknowledges
        for chat in chats[:4]:
            world.faults.add(held_request(method=ANSWERING, chat_id=chat.id))
        for chat in chats[4:8]:
            world.faults.add(held_response(method=ANSWERING, chat_id=chat.id))
        ask(world, chats)
        await world.until(lambda: world.tally().answered == 6 and world.faults.held == 9, PATIENCE)
        assert len(world.updates) == 10
        process.send_signal(signal.SIGKILL)
        await process.wait()
    world.faults.clear()
    if room:
        (small_disk / "filler").unlink()
    async with start(world):
        await all_answered(world)
        await acknowledged(world)
    show(world, "a full disk, then kill -9")


async def test_on_a_full_disk_a_question_that_is_not_answered_yet_holds_back_no_other(
    world: World, settings: Settings, library: Library, show: Show, small_disk: Path
) -> None:
    settings = changed(settings, "inbox", path=small_disk / "inbox.sqlite3")
    async with at_work_for(world, settings, library):
        fill(small_disk)
        slow, quick = people(world, 2)
        world.faults.add(held_request(method=ANSWERING, chat_id=slow.id))
        ask(world, [slow])
        await world.until(lambda: world.faults.held == 1, PATIENCE)
        ask(world, [quick], each=3)
        await world.until(lambda: world.tally(quick).answered == 3, PATIENCE)
        assert len(world.updates) == 4  # none of them is on the disk, and the first is not done with
        world.faults.clear()
        await all_answered(world)
        await acknowledged(world)
    show(world, "a full disk, one answer held up")


async def test_a_log_that_is_removed_is_begun_anew(
    world: World, settings: Settings, library: Library, show: Show
) -> None:
    async with at_work_for(world, settings, library):
        chats = people(world, 2)
        await ask_and_hear(world, chats)
        await eventually(lambda: len(rows(settings.log.path)) == 2)
        for path in settings.log.path.parent.glob("queries.sqlite3*"):
            path.unlink()
        await ask_and_hear(world, chats)
    assert len(rows(settings.log.path)) == 2
    show(world, "log file removed")


async def test_without_its_own_state_the_bot_answers_and_says_what_may_happen(
    world: World, settings: Settings, library: Library, show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    settings.inbox.path.mkdir(parents=True)  # no file can be opened there
    async with at_work_for(world, settings, library) as bot:
        ask(world, people(world, 3), each=2)
        await all_answered(world)
    assert "a crash may lose or repeat replies" in caplog.text
    assert (lost(bot, "trich_state_writes_lost_total") or 0) > 6
    show(world, "state on a disk that takes nothing")


async def test_a_locked_state_holds_back_no_answer(
    world: World, settings: Settings, library: Library, show: Show
) -> None:
    await _used(settings)
    with closing(sqlite3.connect(settings.inbox.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with at_work_for(world, settings, library) as bot:
            await ask_and_hear(world, people(world, 3))
    assert (lost(bot, "trich_state_writes_lost_total") or 0) > 0
    show(world, "state locked")


async def _used(settings: Settings) -> None:
    inbox = Inbox(settings.inbox.path, 1)
    await inbox.open()
    await inbox.close()


async def test_the_state_has_no_file_beside_it_that_ends_the_program_where_it_is_cut_off(
    served: World, start: Start, settings: Settings, show: Show
) -> None:
    world = served
    chats = people(world, 3)
    async with start(world) as process:
        await ask_and_hear(world, chats)
        beside = {path.name for path in settings.inbox.path.parent.glob("inbox.sqlite3*")}
        assert beside == {"inbox.sqlite3", "inbox.sqlite3-wal"}
        for name in beside:
            os.truncate(settings.inbox.path.with_name(name), 0)
        await ask_and_hear(world, chats)
        assert process.returncode is None
    show(world, "the state cut off under the running program")


async def test_where_what_sqlite_maps_is_cut_off_the_next_start_answers_all_that_was_asked(
    served: World, start: Start, settings: Settings, show: Show
) -> None:
    """The system may end the program at its next look there, by SIGBUS: nothing is lost by that."""
    world = served
    chats = people(world, 3)
    async with start(world) as process:
        await ask_and_hear(world, chats)
        mapped = list(settings.log.path.parent.rglob("*-shm"))  # the library's, too
        for path in mapped:
            os.truncate(path, 0)
        assert {settings.log.path.with_name(f"{settings.log.path.name}-shm")} < set(mapped)
        ask(world, chats, each=2)
        ended = asyncio.create_task(process.wait())
        answered = asyncio.create_task(all_answered(world))
        await asyncio.wait({ended, answered}, return_when=asyncio.FIRST_COMPLETED)
        for task in (ended, answered):
            task.cancel()
        assert process.returncode in {None, -signal.SIGBUS}
    async with start(world):
        await ask_and_hear(world, chats)
        await eventually(lambda: len(rows(settings.log.path)) >= 9)
    show(world, "what SQLite maps cut off under the running program")


@pytest.fixture
async def interrupted(world: World, settings: Settings, library: Library, tmp_path: Path) -> Path:
    """What is on the disk while the bot is at work: nothing is closed, the log's last rows are in the journal only."""
    snapshot = tmp_path / "snapshot"
    async with at_work_for(world, settings, library):
        ask(world, people(world, 4), each=3)
        await all_answered(world)
        await eventually(lambda: len(rows(settings.log.path)) == 12)
        shutil.copytree(settings.log.path.parent, snapshot)
    assert (snapshot / "queries.sqlite3-wal").stat().st_size > 0
    return snapshot


async def test_after_a_power_cut_during_a_write_the_log_holds_what_was_whole(interrupted: Path) -> None:
    whole = []
    for part, garbage in itertools.product((0.0, 0.33, 0.9, 0.999, 1.0), (b"", b"\xa5" * 5000)):
        copy = interrupted.with_name(f"torn at {part}, then {len(garbage)} bytes")
        shutil.copytree(interrupted, copy)
        torn(copy / "queries.sqlite3-wal", part, garbage)
        log = QueryLog(copy / "queries.sqlite3", "a key for tests only")
        await log.open()
        await log.write(ROW)
        await log.close()
        *before, last = rows(copy / "queries.sqlite3")
        assert (last["update_id"], last["outcome"]) == (ROW.update_id, "not_found")
        whole.append(len(before))
        with closing(sqlite3.connect(copy / "queries.sqlite3")) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert whole == sorted(whole)
    assert (whole[0], whole[-1]) == (0, 12)


async def test_after_a_power_cut_the_bot_answers_what_is_asked_and_repeats_nothing(
    interrupted: Path, settings: Settings, library: Library, show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    shutil.rmtree(settings.log.path.parent)
    shutil.copytree(interrupted, settings.log.path.parent)
    torn(settings.log.path.with_name("queries.sqlite3-wal"), 0.5, b"\0" * 100)
    fresh = World(now=lambda: 4_000_000_000.0)
    async with at_work_for(fresh, settings, library):
        ask(fresh, people(fresh, 2))
        await all_answered(fresh)
    assert "opened" not in caplog.text
    show(fresh, "power-off during a write of the log")


def torn(path: Path, part: float, garbage: bytes) -> None:
    """Of a file that was being written, only so much is on the disk, and then perhaps something else."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)] + garbage)


async def test_what_was_committed_to_the_state_is_on_the_disk(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox.sqlite3", 1)
    await inbox.open()
    assert inbox._transactions is not None
    assert await inbox._transactions.read("PRAGMA synchronous", ()) == [(2,)]  # FULL: fsync before a commit is over
    await inbox.close()
    db = await connect(tmp_path / "other.sqlite3", ())
    assert list(await db.execute_fetchall("PRAGMA synchronous")) == [(1,)]
    await db.close()
