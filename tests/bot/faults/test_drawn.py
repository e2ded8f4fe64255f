"""What is said as a rich message, or to one person alone, under the faults that plain messages are tried with."""

import signal
import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest

from bot.sandbox.chats import Chat
from bot.sandbox.faults import held_request, held_response
from bot.sandbox.world import Message, World
from bot.settings import Settings
from retrieval import Library
from tests.bot.faults.conftest import Show, Start, at_work_for, changed, people
from tests.bot.faults.test_once import UNHEARD
from tests.bot.groups import buttons
from tests.bot.test_ephemeral import Quiet, only_for
from tests.clock import PATIENCE

ASKED, SAID, NOTE = "/ai Trần Văn Bách", "rút ngắn 20 phút", "có thể đã gửi"
METHODS = {True: "sendRichMessage", False: "sendMessage"}


def ask(world: World, chats: Sequence[Chat]) -> None:
    """What is answered by a rich message."""
    for chat in chats:
        world.say(world.users[chat.id], chat, ASKED)


def are_rich(world: World, chats: Sequence[Chat]) -> bool:
    """Whether each chat has been told once, by a rich message."""
    told = [[message for message in world.messages_of_bot(chat) if SAID in str(message)] for chat in chats]
    return all(len(each) == 1 and "rich_message" in each[0] for each in told)


@pytest.mark.parametrize("kind", UNHEARD)
async def test_a_rich_message_of_unknown_fate_arrives_once(
    world: World, quick: Settings, library: Library, show: Show, kind: str
) -> None:
    world.set_shared_ids(on=True)
    chats = people(world, 4)
    for chat in chats[::2]:
        world.faults.add(UNHEARD[kind](method="sendRichMessage", chat_id=chat.id))
    async with at_work_for(world, changed(quick, "reply", rich=True), library):
        ask(world, chats)
        await world.until(lambda: world.tally().lost == 0, PATIENCE)
    show(world, f"2 of 4 rich messages: {kind}")
    assert are_rich(world, chats)


async def test_killed_before_and_after_rich_messages_it_says_each_once(
    served: World, start: Start, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRICH_REPLY__RICH", "true")
    world = served
    world.set_shared_ids(on=True)
    unsent, unheard, heard = chats = people(world, 3)
    async with start(world) as process:
        world.faults.add(held_request(method="getUpdates", times=None))  # once this poll is over, none acknowledges
        world.faults.add(held_request(method="sendRichMessage", chat_id=unsent.id))
        world.faults.add(held_response(method="sendRichMessage", chat_id=unheard.id))
        ask(world, chats)
        await world.until(lambda: world.tally().answered == 2 and world.faults.held == 3, PATIENCE)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    world.faults.clear()
    async with start(world):
        await world.until(lambda: world.tally().lost == 0 and len(world.updates) == 0, PATIENCE)
    show(world, "kill -9 before and after rich messages")
    assert are_rich(world, chats)
    assert world.tally(heard).answered == 1


def seen(world: World, group: Quiet, after: Message) -> list[Message]:
    """What Lan has been told since; nobody else has been told anything."""
    said = world.messages_of_bot(group.chat, after["message_id"])
    assert all(only_for(group.lan, message) for message in said)
    return said


def answers(said: Sequence[Message]) -> list[Message]:
    """Those that answer."""
    return [message for message in said if SAID in str(message)]


@pytest.mark.parametrize("rich", [True, False], ids=["rich", "plain"])
@pytest.mark.parametrize("kind", UNHEARD)
async def test_what_one_alone_is_to_see_is_never_seen_by_others_nor_said_twice_unasked(
    world: World, quick: Settings, library: Library, kind: str, *, rich: bool
) -> None:
    """What may have arrived can't be looked for: a note brings it, at a tap, and only to who asked."""
    async with at_work_for(world, changed(quick, "reply", rich=rich), library):
        group = await Quiet.of(world)
        world.faults.add(UNHEARD[kind](method=METHODS[rich], chat_id=group.chat.id))
        asked = group.says(ASKED)
        await world.until(lambda: any(NOTE in str(each) for each in seen(world, group, asked)), PATIENCE)
        came = answers(seen(world, group, asked))
        assert len(came) <= 1
        note = next(each for each in seen(world, group, asked) if NOTE in str(each))
        await group.taps(note, buttons(note)[0], group.lan)
        told = answers(world.messages_of_bot(group.chat, asked["message_id"]))
        assert len(told) == len(came) + 1
        assert all(only_for(group.lan, message) for message in told)


@pytest.mark.parametrize(
    ("held", "rich"),
    [(held_request, True), (held_response, False)],
    ids=["before it is sent, rich", "before it is heard of, plain"],
)
async def test_killed_while_it_tells_one_alone_it_says_it_once_at_most_and_to_nobody_else(
    served: World, start: Start, monkeypatch: pytest.MonkeyPatch, held: type, *, rich: bool
) -> None:
    monkeypatch.setenv("TRICH_REPLY__RICH", str(rich))
    world = served
    async with start(world) as process:
        group = await Quiet.of(world)
        world.faults.add(held(method=METHODS[rich], chat_id=group.chat.id))
        asked = group.says(ASKED)
        await world.until(lambda: world.faults.held == 1, PATIENCE)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    await world.until(lambda: world.faults.held == 0, PATIENCE)  # else what is held might be carried out
    came = answers(seen(world, group, asked))
    world.faults.clear()
    async with start(world):
        await world.until(lambda: any(NOTE in str(each) for each in seen(world, group, asked)), PATIENCE)
        await group.after(group.says("/help@trich_bot", group.hoa))
    said = world.messages_of_bot(group.chat, asked["message_id"])
    assert answers(said) == came
    assert len(came) == (held is held_response)
    assert all(only_for(group.lan, message) for message in said if message in came or NOTE in str(message))


@pytest.mark.parametrize("file", ["log", "chats"])
async def test_while_a_file_is_locked_rich_messages_go_out_and_one_alone_sees_what_is_theirs(
    world: World, quick: Settings, library: Library, file: str
) -> None:
    async with at_work_for(world, changed(quick, "reply", rich=True), library):
        group = await Quiet.of(world)
        chats = people(world, 2)
        with closing(sqlite3.connect(getattr(quick, file).path)) as other:
            other.execute("BEGIN IMMEDIATE")
            ask(world, chats)
            asked = group.says(ASKED)
            await world.until(lambda: are_rich(world, chats) and bool(answers(seen(world, group, asked))), PATIENCE)
        assert are_rich(world, chats)
        assert len(answers(seen(world, group, asked))) == 1
