"""What was said in the page is there at another start."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot.sandbox.chats import Chat
from bot.sandbox.keeping import kept
from bot.sandbox.world import Message, World


def scene() -> tuple[World, Chat]:
    world = World()
    return world, world.private_chat(world.add_user("Lan"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "page.sqlite3"


def texts(chat: Chat) -> Sequence[str]:
    return [message["text"] for message in chat.messages.values() if "text" in message]


def ask(world: World, chat: Chat, text: str) -> Message:
    message: Message = world.say(world.users[chat.id], chat, text)["message"]
    return message


async def test_another_start_shows_what_was_said_and_goes_on_from_it(path: Path) -> None:
    world, chat = scene()
    async with kept(world, path):
        asked = ask(world, chat, "một?")
        answer = world.post(chat, world.bot, "1.", ())
        world.react(world.users[chat.id], answer, ["👍"])
        world.set_language(world.users[chat.id], "en")
        gone = ask(world, chat, "nhầm")
        world.delete(gone)
        chat.read.add(asked["message_id"])
        world.touch(asked)
    again, same = scene()
    async with kept(again, path):
        assert same.messages == chat.messages
        assert (same.authors, same.read) == ({1: chat.id, 2: world.bot.id}, {1})
        assert same.reactions[2] == {chat.id: ("👍",)}
        assert again.users[chat.id].language_code == "en"
        assert len(again.updates) == 0  # the bot has heard all of it before
        assert ask(again, same, "hai?")["message_id"] == 3
    third, last = scene()
    async with kept(third, path):
        assert texts(last) == ["một?", "1.", "hai?"]


async def test_pictures_and_files_are_kept_and_new_ones_do_not_take_their_place(path: Path) -> None:
    world, chat = scene()
    async with kept(world, path):
        picture = world.files.add("photos", b"\x89PNG", size=(2, 1))
        world.put(chat, world.bot, {"photo": [picture.as_photo()]})
        world.files.add("documents", b"a,b", "bảng.csv")
    again, same = scene()
    async with kept(again, path):
        assert again.files.of(same.messages[1]["photo"][0]["file_id"]) == picture
        assert again.files.add("photos", b"\x89PNG2", size=(2, 1)).path not in {file.path for file in world.files.all()}


async def test_what_was_said_in_a_chat_that_is_no_more_stays_away(path: Path) -> None:
    world, chat = scene()
    async with kept(world, path):
        ask(world, chat, "một?")
    async with kept(empty := World(), path):
        assert not empty.chats


@pytest.mark.parametrize("content", [b"no database" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
async def test_a_damaged_file_is_set_aside_and_begun_anew(
    path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    world, chat = scene()
    async with kept(world, path):
        ask(world, chat, "một?")
    assert "damaged" in caplog.text
    assert path.with_name("page.sqlite3.damaged").read_bytes() == content
    again, same = scene()
    async with kept(again, path):
        assert texts(same) == ["một?"]


async def test_a_second_program_keeps_nothing_and_works(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    first, chat = scene()
    second, other = scene()
    async with kept(first, path):
        ask(first, chat, "một?")
        async with kept(second, path):
            ask(second, other, "hai?")
    assert "is not kept" in caplog.text
    again, same = scene()
    async with kept(again, path):
        assert texts(same) == ["một?"]


async def test_of_each_chat_the_last_messages_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sandbox.keeping._MOST", 2)
    world, chat = scene()
    async with kept(world, path):
        for number in range(5):
            ask(world, chat, str(number))
    again, same = scene()
    async with kept(again, path):
        assert texts(same) == ["3", "4"]
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM messages").fetchone() == (2,)
