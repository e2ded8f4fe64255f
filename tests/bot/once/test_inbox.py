import json
import logging
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp

import pytest
from telegram import Update

from bot.ground.losses import Losses
from bot.once.inbox import Inbox, InboxError
from bot.once.unfinished import Send
from tests.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "inbox.sqlite3"


@pytest.fixture
async def inbox(path: Path, clock: Clock) -> AsyncIterator[Inbox]:
    inbox = Inbox(path, 1, clock=clock)
    await inbox.open()
    yield inbox
    await inbox.close()


def asked(update_id: int, text: str = "Ai?") -> Update:
    message = {"message_id": 3, "date": 5, "chat": {"id": 7, "type": "private"}, "text": text}
    return Update.de_json({"update_id": update_id, "message": message}, None)


def left(path: Path) -> Path:
    """A copy of what would be there after a kill: who has the file open lets nobody else read it."""
    copy = Path(mkdtemp(dir=path.parent.parent)) / path.name
    for file in path.parent.glob(f"{path.name}*"):
        shutil.copy(file, copy.with_name(file.name))
    return copy


def rows(path: Path) -> list[tuple[int, str | None]]:
    with closing(sqlite3.connect(left(path))) as db:
        return db.execute("SELECT id, content FROM updates ORDER BY id").fetchall()


async def after_a_kill(path: Path) -> Inbox:
    """Another program opens the file; the first has not closed it."""
    inbox = Inbox(left(path), 1)
    await inbox.open()
    return inbox


async def test_what_is_received_is_on_the_disk_and_new_only_once(inbox: Inbox, path: Path) -> None:
    assert [update.update_id for update in await inbox.receive([asked(1), asked(2), asked(2)])] == [1, 2]
    assert [update.update_id for update in await inbox.receive([asked(2), asked(3)])] == [3]
    other = await after_a_kill(path)
    assert await other.receive([asked(1), asked(3)]) == []
    assert [unfinished.update["update_id"] for unfinished in await other.unfinished()] == [1, 2, 3]
    await other.close()


async def test_no_other_program_opens_the_file_meanwhile(
    inbox: Inbox, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await inbox.receive([asked(1)])
    other = Inbox(path, 1)
    await other.open()
    await other.close()
    assert "database is locked" in caplog.text
    assert [update.update_id for update in await inbox.receive([asked(1), asked(2)])] == [2]


async def test_of_the_messages_in_private_chats_the_last_ids_are_kept_and_nothing_else(
    inbox: Inbox, path: Path
) -> None:
    await inbox.about_to_send(1, 0, (3,), range(1, 30_001))
    await inbox.sent(1, 0, {"message_id": 30_001}, [5, 30_001])
    other = await after_a_kill(path)
    assert await other.message_ids() == [*range(10_002, 30_002)]
    await other.sent(1, 0, {}, None)
    assert await other.message_ids() == []
    await other.close()


async def test_an_update_is_taken_up_as_it_was_with_what_was_sent_on_it(inbox: Inbox, path: Path) -> None:
    await inbox.receive([asked(1, "Cầu dài bao nhiêu?")])
    await inbox.about_to_send(1, 0, (3, 9))
    await inbox.sent(1, 0, {"message_id": 4})
    await inbox.about_to_send(1, 1, (4,))
    other = await after_a_kill(path)
    [left] = await other.unfinished()
    await other.close()
    assert Update.de_json(left.update, None) == asked(1)
    assert left.update["message"]["text"] == "Cầu dài bao nhiêu?"
    assert left.sends == {0: Send((3, 9), {"message_id": 4}), 1: Send((4,))}


async def test_of_what_is_done_with_no_word_is_kept(inbox: Inbox, path: Path) -> None:
    await inbox.receive([asked(1, "bí mật"), asked(2)])
    await inbox.about_to_send(1, 0, ())
    await inbox.finish(1)
    assert rows(path)[0] == (1, None)
    with closing(sqlite3.connect(left(path))) as db:
        assert db.execute("SELECT count(*) FROM sends").fetchone() == (0,)
    assert [json.loads(content)["update_id"] for _, content in rows(path)[1:] if content] == [2]


async def test_what_telegram_does_not_repeat_any_more_is_forgotten(inbox: Inbox, path: Path, clock: Clock) -> None:
    await inbox.receive([asked(1), asked(2)])
    await inbox.finish(1)
    clock.now += 3 * 24 * 3600
    await inbox.receive([asked(3)])
    assert [update_id for update_id, _ in rows(path)] == [2, 3]


async def test_updates_for_another_bot_are_let_lie(inbox: Inbox, path: Path) -> None:
    await inbox.receive([asked(1)])
    other = Inbox(left(path), 2)
    await other.open()
    assert await other.unfinished() == []
    assert len(await other.receive([asked(1)])) == 1
    await other.close()


async def test_a_file_of_a_newer_version_is_refused(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL)")
        db.execute("INSERT INTO migrations VALUES ('m999_from_the_future', '2030-01-01')")
    with pytest.raises(InboxError, match=r"newer version of Trích.*m999_from_the_future"):
        await Inbox(path, 1).open()


def test_losses_are_counted_each_and_told_now_and_then(caplog: pytest.LogCaptureFixture, clock: Clock) -> None:
    counted: list[int] = []
    losses = Losses(logging.getLogger("test"), lambda: counted.append(1), clock)
    for _ in range(500):
        losses.add("no row", "disk full")
    clock.now += 601
    losses.add("no row", "disk full")
    assert len(counted) == 501
    assert [record.getMessage() for record in caplog.records] == [
        "no row (disk full)",
        "no row (disk full), and 499 more since the last report",
    ]


async def test_one_in_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inbox = Inbox(Path(":memory:"), 1)
    await inbox.open()
    await inbox.close()
    assert not [*tmp_path.iterdir()]
