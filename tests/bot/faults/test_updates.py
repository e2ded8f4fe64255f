"""Updates that are broken, repeated, out of order, old, or too many."""

import logging
from collections import Counter
from typing import Any

import pytest

from bot.context import services_of
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.faults.conftest import (
    QUESTIONS,
    Show,
    acknowledged,
    all_answered,
    answers_in_order,
    ask,
    ask_and_hear,
    at_work_for,
    listening,
    people,
)
from tests.bot.querylog.test_log import rows
from tests.clock import PATIENCE

BROKEN: list[dict[str, Any]] = [
    {"message": {"message_id": "bí mật", "date": "hôm qua", "chat": {}}},
    {"message": 5},
    {"callback_query": {"from": ["bí mật"]}},
    {"message": {"message_id": 1, "date": 10**30, "chat": {"id": 1, "type": "private"}, "text": "bí mật"}},
    {"something_new": {"text": "bí mật"}},
    {},
]


async def test_an_update_that_cannot_be_parsed_stops_none_behind_it(
    world: World, settings: Settings, library: Library, show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    chats = people(world, 2)
    for broken in BROKEN:
        ask(world, chats)
        world.updates.put(broken)
    ask(world, chats)
    async with at_work_for(world, settings, library) as bot:
        await all_answered(world)
        await acknowledged(world)
    assert services_of(bot).monitor.metrics.registry.get_sample_value("trich_updates_unreadable_total") == 6
    assert "cannot be parsed" in caplog.text
    assert "bí mật" not in caplog.text
    assert Counter(row["outcome"] for row in rows(settings.log.path)) == {"answered": 14, "ignored": 6}
    show(world, "6 updates that cannot be parsed among others")


async def test_updates_that_come_twice_are_answered_once(
    world: World, settings: Settings, library: Library, show: Show
) -> None:
    [chat] = people(world, 1)
    update = world.say(world.users[chat.id], chat, QUESTIONS[0])
    async with at_work_for(world, settings, library):
        world.updates.repeat(update)
        await all_answered(world)
        world.updates.repeat(update)
        await ask_and_hear(world, [chat])
    async with at_work_for(renewed(world), settings, library):  # and after another start
        world.updates.repeat(update)
        await ask_and_hear(world, [chat])
    assert len(rows(settings.log.path)) == 3
    show(world, "updates twice, at once, later and after another start")


def renewed(world: World) -> World:
    """Its server has been stopped; now it is to be served again."""
    world.updates._closed = False
    world.faults._closed = False
    return world


async def test_updates_out_of_order_are_answered_in_order(
    world: World, settings: Settings, library: Library, show: Show
) -> None:
    chats = people(world, 3)
    ask(world, chats, each=4)
    world.updates.reverse()
    async with at_work_for(world, settings, library):
        await all_answered(world)
        world.updates.put({"update_id": 5, "message": old_message(world, chats[0].id)})  # ids begin anew after a week
        await world.until(lambda: len(world.messages_of_bot(chats[0])) == 5, PATIENCE)
    for chat in chats:
        assert answers_in_order(chat)
    show(world, "updates in reverse order, then one with a lower id")


def old_message(world: World, chat_id: int) -> Any:
    user = world.users[chat_id]
    return world.post(world.private_chat(user), user, QUESTIONS[0], [])


async def test_two_thousand_that_wait_at_the_start_are_answered_or_told_that_it_is_too_late(
    settings: Settings, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    now = 1_000_000_000.0
    world = World(now=lambda: now)
    late, fresh = people(world, 170), people(world, 60)
    ask(world, late, each=10)
    now = 4_000_000_000.0  # no question is too old for its time
    ask(world, fresh, each=5)
    async with at_work_for(world, settings, library):
        await acknowledged(world)
        await world.until(lambda: all(world.messages_of_bot(chat) for chat in late), 3 * PATIENCE)
        await world.until(lambda: all(world.tally(chat).lost == 0 for chat in fresh), 3 * PATIENCE)
    assert {len(world.messages_of_bot(chat)) for chat in late} == {1}
    assert all("câu hỏi đã cũ" in world.messages_of_bot(chat)[0]["text"] for chat in late)
    assert Counter(row["outcome"] for row in rows(settings.log.path)) == {"declined": 1700, "answered": 300}
    assert {(world.tally(chat).answered, world.tally(chat).doubled) for chat in fresh} == {(5, 0)}
    assert not caplog.records


async def test_order_is_kept_in_a_chat_while_others_go_on(
    world: World, settings: Settings, library: Library, show: Show
) -> None:
    chats = people(world, 8)
    async with at_work_for(world, settings, library) as bot:
        await listening(world)
        ask(world, chats, each=8)
        await all_answered(world)
    for chat in chats:
        assert answers_in_order(chat)
    assert services_of(bot).inbox
    show(world, "8 people asking 8 questions each at once")
