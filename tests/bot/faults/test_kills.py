"""`python -m bot`, a real process, killed and stopped at points that the local Bot API sees."""

import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from bot.sandbox.faults import Fault, held_request, held_response
from bot.sandbox.world import Message, World
from bot.settings import Settings
from tests.bot.faults.conftest import (
    ANSWERING,
    QUESTIONS,
    Show,
    Start,
    acknowledged,
    all_answered,
    ask,
    ask_and_hear,
    ends_in_order,
    eventually,
    people,
    text_of,
)
from tests.clock import PATIENCE

POST = "Chợ Mới mở cửa sáng 2/11/2025, có 300 quầy hàng."


async def test_killed_before_during_and_after_sends_it_answers_each_question_once(
    served: World, start: Start, show: Show
) -> None:
    world = served
    unsent, unheard, unacknowledged, waiting = people(world, 4)
    async with start(world, python=True) as process:
        world.faults.add(held_request(method="getUpdates", times=None))  # once this poll is over, none acknowledges
        world.faults.add(held_request(method=ANSWERING, chat_id=unsent.id))
        world.faults.add(held_response(method=ANSWERING, chat_id=unheard.id))
        world.faults.add(held_request(method=ANSWERING, chat_id=waiting.id))
        ask(world, [unsent, unheard, unacknowledged])
        ask(world, [waiting], each=5)
        await world.until(lambda: world.tally().answered == 2 and world.faults.held == 4, PATIENCE)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    assert len(world.updates) > 0
    world.faults.clear()
    async with start(world, python=True):
        await all_answered(world)
        await acknowledged(world)
    show(world, "kill -9: before a send, after one unheard of, before the acknowledgement, with others waiting")


async def test_stopped_with_answers_in_flight_it_finishes_those_and_leaves_the_rest_to_the_next_start(
    served: World, start: Start, show: Show
) -> None:
    world = served
    slow, never, heard = people(world, 3)
    async with start(world) as process:
        world.faults.add(held_response(method=ANSWERING, chat_id=slow.id))
        world.faults.add(held_request(method=ANSWERING, chat_id=never.id, times=None))
        ask(world, [slow, never], each=3)
        ask(world, [heard])
        await world.until(lambda: world.faults.held == 2 and world.tally(heard).answered == 1, PATIENCE)
        await ends_in_order(process)
    assert world.tally(never).answered == 0
    world.faults.clear()
    async with start(world):
        await all_answered(world)
    show(world, "SIGTERM with answers in flight")


@pytest.mark.parametrize("held", [held_request, held_response], ids=["before it is sent", "before it is heard of"])
async def test_killed_while_it_tells_of_a_new_article_it_tells_of_it_once(
    served: World, start: Start, settings: Settings, monkeypatch: pytest.MonkeyPatch, held: Callable[..., Fault]
) -> None:
    monkeypatch.setenv("TRICH_CHANNELS__ALLOWED", "@ben_song")
    world = served
    chats = people(world, 3)
    channel = world.add_channel("Bến Sông", username="ben_song")

    def told() -> list[int]:
        return [sum(POST in text_of(message) for message in world.messages_of_bot(chat)) for chat in chats]

    def left() -> int:
        with closing(sqlite3.connect(settings.chats.path)) as db:
            [[count]] = db.execute("SELECT count(*) FROM tellings")
            return int(count)

    async with start(world) as process:
        for chat in chats:
            world.say(world.users[chat.id], chat, "/theodoi Chợ Mới")
            await world.next_message(chat, seconds=PATIENCE)
        world.faults.add(held(method=ANSWERING, chat_id=chats[0].id))
        world.say(world.owner(channel), channel, POST)
        await world.until(lambda: world.faults.held == 1 and told()[1:] == [1, 1], PATIENCE)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    assert left() > 0
    world.faults.clear()
    async with start(world):
        await world.until(lambda: told() == [1, 1, 1], PATIENCE)
        await eventually(lambda: left() == 0)
    assert told() == [1, 1, 1]


async def test_killed_while_it_brings_what_a_button_asks_for_it_brings_it_once(
    served: World, start: Start, settings: Settings
) -> None:
    """Before and after a message that nobody heard of; a vote is counted once, and every tap has its notice."""
    world = served
    chats = people(world, 2)
    async with start(world) as process:
        for chat in chats:
            world.say(world.users[chat.id], chat, QUESTIONS[0])
        await all_answered(world)
        answers = [world.messages_of_bot(chat)[0] for chat in chats]
        world.faults.add(held_request(method="getUpdates", times=None))
        world.faults.add(held_request(method=ANSWERING, chat_id=chats[0].id))
        world.faults.add(held_response(method=ANSWERING, chat_id=chats[1].id))
        for chat, answer in zip(chats, answers, strict=True):
            for action in ("bad:0", "context:0"):
                world.tap(world.users[chat.id], answer, data_of(answer, action))
        await world.until(lambda: world.faults.held == 3 and len(world.messages_of_bot(chats[1])) == 2, PATIENCE)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    world.faults.clear()
    async with start(world):
        await world.until(lambda: len(world.messages_of_bot(chats[0])) == 2, PATIENCE)
        await acknowledged(world)
        await ask_and_hear(world, chats)
    assert [len(world.messages_of_bot(chat)) for chat in chats] == [3, 3]
    assert all(world.callback_queries.values())
    with closing(sqlite3.connect(settings.log.path)) as db:
        assert db.execute("SELECT value FROM feedback").fetchall() == [(-1,), (-1,)]


def data_of(answer: Message, action: str) -> str:
    buttons = [button for row in answer["reply_markup"]["inline_keyboard"] for button in row]
    return str(next(b["callback_data"] for b in buttons if b.get("callback_data", "").endswith(action)))
