"""429 for one, and one who writes faster than anybody can answer: nobody else notices."""

import pytest

from bot.app import build
from bot.context import services_of
from bot.running.running import at_work
from bot.sandbox.chats import Chat
from bot.sandbox.faults import flood, held_response
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import pointed_at
from tests.bot.faults.conftest import (
    ANSWERING,
    QUESTIONS,
    Show,
    all_answered,
    ask,
    at_work_for,
    changed,
    eventually,
    is_answer,
    listening,
    people,
    text_of,
)
from tests.bot.querylog.test_log import rows
from tests.clock import PATIENCE


async def each_answered(world: World, chats: list[Chat]) -> None:
    """One question of each after the other, and its answer."""
    for chat in chats:
        last = chat.last_message_id
        ask(world, [chat])
        await world.next_message(chat, after=last, seconds=PATIENCE)


@pytest.mark.parametrize("kind", ["person", "group"])
async def test_while_one_chat_is_told_to_wait_an_hour_the_others_wait_for_nothing(
    world: World, settings: Settings, library: Library, show: Show, kind: str
) -> None:
    held = people(world, 1)[0] if kind == "person" else world.add_group("Xóm")
    others = people(world, 10)
    member = world.users.get(held.id) or world.add_user("Hoa")
    if kind == "group":
        world.join(held, member)
    async with serving(world) as address:
        pointed = pointed_at(address, world, changed(settings, "inbox", grace_seconds=0))
        async with at_work(build(pointed, library)):
            await listening(world)
            world.faults.add(flood(3600, chat_id=held.id, method=ANSWERING))
            plain, rich, _ = QUESTIONS
            world.say(member, held, f"/hoi {plain}" if kind == "group" else rich)
            await world.until(lambda: any(call.fault for call in world.calls), PATIENCE)
            await each_answered(world, others)
            assert world.tally(held).answered == 0
            assert sum(call.params["chat_id"] == str(held.id) for call in world.calls if call.method in ANSWERING) == 1
        async with at_work(build(pointed, library)):  # nor is the question lost
            await all_answered(world)
    assert all(map(is_answer, world.messages_of_bot(held)))  # and no note that it may have been sent
    show(world, f"429 with retry_after for one {kind}, while ten others ask")


@pytest.mark.parametrize("kind", ["person", "group"])
async def test_who_floods_is_told_once_and_others_are_answered_whatever_becomes_of_the_flood(
    world: World, settings: Settings, library: Library, kind: str
) -> None:
    """The others have their answers while nothing of those to the flood is over."""
    flooding = people(world, 1)[0] if kind == "person" else world.add_group("Xóm")
    others = people(world, 5)
    member = world.users.get(flooding.id) or world.add_user("Hoa")
    if kind == "group":
        world.join(flooding, member)
    patient = changed(changed(settings, "inbox", waiting=5), "telegram", timeout=PATIENCE)
    async with at_work_for(world, patient, library):
        await listening(world)
        world.faults.add(held_response(method=ANSWERING, chat_id=flooding.id, times=None))
        for _ in range(3):
            for _ in range(100):
                world.say(member, flooding, "/hoi Cây cầu dài bao nhiêu mét?")
            await each_answered(world, others)
        assert world.tally(flooding).answered <= 1
        world.faults.clear()
        await eventually(lambda: len(dealt_with(settings)) == 300 + 15)
    assert 5 <= world.tally(flooding).answered < 300
    assert len(notices(world, flooding)) == 1
    assert [world.tally(other).lost for other in others] == [0] * 5


def dealt_with(settings: Settings) -> list[str]:
    """What became of questions that were answered or declined."""
    return [outcome for row in rows(settings.log.path) if (outcome := row["outcome"]) in ("answered", "declined")]


def notices(world: World, chat: Chat) -> list[str]:
    return [text_of(message) for message in world.messages_of_bot(chat) if "Bạn gửi nhanh quá" in text_of(message)]


async def test_a_group_that_nobody_asks_in_is_never_told_that_it_is_too_fast(
    world: World, settings: Settings, library: Library
) -> None:
    group = world.add_group("Xóm")
    member = world.add_user("Hoa")
    world.join(group, member)
    world.set_privacy(on=False)
    async with at_work_for(world, changed(settings, "inbox", waiting=1), library) as bot:
        for number in range(150):
            world.say(member, group, f"chuyện phiếm {number}")
        asked = world.say(member, group, "/hoi Cây cầu dài bao nhiêu mét?")["message"]["message_id"]
        await world.next_message(group, after=asked, seconds=PATIENCE)
    assert len(world.messages_of_bot(group)) == 1
    assert (services_of(bot).monitor.metrics.registry.get_sample_value("trich_updates_received_total") or 0) >= 151
