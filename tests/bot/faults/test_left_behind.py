"""What is promised gone is in no byte below var/: after /xoa, and of what was never meant for the bot."""

import os
import signal

import pytest

from bot.sandbox.faults import held_request
from bot.sandbox.world import World
from bot.settings import Settings
from tests.bot.conftest import Running
from tests.bot.faults.conftest import Start, acknowledged, eventually
from tests.bot.faults.test_kills import data_of
from tests.bot.groups import Group, Reader, buttons
from tests.clock import PATIENCE

NAME = "Quỳnh Zéphyrine"
WORDS = "Cây cầu Hương An dài bao nhiêu mét, thưa bạn Xylophon?"
TOPIC = "cầu Hương An"
OVERHEARD = "Tối nay nhóm mình ăn bún Ostrakon nhé"


@pytest.fixture
def world() -> World:
    """Whose people have numbers that no other number is taken for."""
    world = World()
    world._people = 7_312_458_900
    return world


def everything(settings: Settings) -> bytes:
    """All bytes of what is kept."""
    files = (path for path in settings.log.path.parent.rglob("*") if path.is_file())
    return b"\n".join(path.read_bytes() for path in files)


def traces(settings: Settings, user: int, *words: str) -> list[str]:
    """Which of these is still to be read there, the person's number as text or as SQLite packs it."""
    kept = everything(settings)
    number = [str(user)] * (str(user).encode() in kept or user.to_bytes(6, "big") in kept)
    found = [word for word in words if word.encode() in kept or word.encode("unicode_escape") in kept]
    return found + number


async def asked_and_forgotten(world: World, reader: Reader) -> None:
    """Of everything that leaves something behind some, in private and in a group; then /xoa."""
    group = Group(world)
    world.join(group.chat, reader.user)
    [answer] = await reader.asks(WORDS)
    await reader.taps(answer, data_of(answer, "bad:0"))
    await reader.asks("/theodoi lễ hội Xylophon")
    await group.asks(f"/hoi {WORDS}", reader.user)
    await group.asks(f"/dongthoigian@trich_bot {TOPIC}", reader.user)
    world.say(reader.user, reader.chat, "/xoa")
    await world.until(lambda: "Xoá hết" in str(world.messages_of_bot(reader.chat)[-1]), PATIENCE)
    question = world.messages_of_bot(reader.chat)[-1]
    world.tap(reader.user, question, question["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    await world.until(lambda: reader.now(question)["text"].startswith("Đã xoá"), PATIENCE)


@pytest.mark.parametrize("killed", [True, False], ids=["then killed", "then stopped"])
async def test_after_forgetting_nothing_of_the_person_is_left_in_any_byte(
    served: World, start: Start, settings: Settings, killed: bool
) -> None:
    async with start(served) as process:
        reader = Reader(served, user=served.add_user(NAME))
        await asked_and_forgotten(served, reader)
        if killed:
            process.send_signal(signal.SIGKILL)
            await process.wait()
        else:
            assert traces(settings, reader.user.id, NAME, "Xylophon") == []  # while it runs
            process.send_signal(signal.SIGTERM)
            await process.wait()
        assert traces(settings, reader.user.id, NAME, "Xylophon") == []


async def test_what_others_asked_stays_when_somebody_is_forgotten(
    served: World, start: Start, settings: Settings
) -> None:
    async with start(served):
        other = Reader(served)
        await other.asks("Lễ hội hoa ban mở tại đâu?")
        await asked_and_forgotten(served, Reader(served, user=served.add_user(NAME)))
        assert "Lễ hội hoa ban mở tại đâu?".encode() in everything(settings)


async def test_of_what_is_not_meant_for_the_bot_no_word_is_ever_written(
    served: World, start: Start, settings: Settings
) -> None:
    """Killed as soon as Telegram has been told that the message has arrived, so before or while it is handled."""
    world = served
    world.privacy = False
    async with start(world) as process:
        stranger = world.add_user(NAME)
        group = Group(world)
        world.join(group.chat, stranger)
        for _ in range(5):
            world.say(stranger, group.chat, OVERHEARD)
        await acknowledged(world)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    assert traces(settings, stranger.id, NAME, "Ostrakon") == []
    async with start(world):
        group.says(f"/hoi {WORDS}")  # the others are known by their numbers, and nobody is answered
        await world.until(lambda: len(world.messages_of_bot(group.chat)) == 1, PATIENCE)


async def test_what_was_overheard_and_not_answered_is_gone_soon(running: Running, settings: Settings) -> None:
    """A group that wants every message answered: it is kept until it is known that there is no answer."""
    world = World()
    world.privacy = False
    async with running(world=world):
        group = Group(world)
        panel = await group.settings()
        await group.taps(panel, next(data for data in buttons(panel) if data.endswith("every")))
        group.says("Hôm nay Ostrakon nấu món gì vậy mọi người?")
        await group.asks(f"/hoi {WORDS}")
        await eventually(lambda: b"Ostrakon" not in everything(settings))


async def test_while_an_answer_is_on_its_way_nobodys_name_is_kept(running: Running, settings: Settings) -> None:
    world = World()
    async with running(world=world):
        chat = world.private_chat(world.add_user(NAME))
        world.faults.add(held_request(method="sendMessage", chat_id=chat.id))
        world.say(world.users[chat.id], chat, WORDS)
        await world.until(lambda: world.faults.held == 1, PATIENCE)
        assert b"Xylophon" in everything(settings)
        assert NAME.encode() not in everything(settings)
        world.faults.clear()


async def test_nobody_else_reads_what_is_kept_nor_what_was_left_open_before(
    served: World, start: Start, settings: Settings
) -> None:
    var = settings.log.path.parent

    def open_to_others() -> list[str]:
        return [str(path) for path in (var, *var.rglob("*")) if path.stat().st_mode & 0o077]

    before = os.umask(0o022)
    try:
        async with start(served):
            reader = Reader(served)
            await reader.asks(WORDS)
            assert open_to_others() == []
        for path in (var, *var.rglob("*")):
            path.chmod(0o755)
        async with start(served):
            await reader.asks(WORDS)
            assert open_to_others() == []
    finally:
        os.umask(before)
