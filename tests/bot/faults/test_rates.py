"""429 for one, and one who writes faster than anybody can answer: nobody else notices."""

import time
from statistics import median

import pytest

from bot.context import services_of
from bot.sandbox.chats import Chat
from bot.sandbox.faults import flood
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.faults.conftest import (
    PATIENCE,
    Show,
    acknowledged,
    all_answered,
    ask,
    at_work_for,
    changed,
    listening,
    people,
)
from tests.bot.querylog.test_log import rows


async def seconds_each(world: World, chats: list[Chat]) -> list[float]:
    """From question to answer, one question of each after the other."""
    taken = []
    for chat in chats:
        began = time.monotonic()
        last = chat.last_message_id
        ask(world, [chat])
        await world.next_message(chat, after=last, seconds=PATIENCE)
        taken.append(time.monotonic() - began)
    return taken


@pytest.mark.parametrize("kind", ["person", "group"])
async def test_while_one_chat_is_told_to_wait_the_others_wait_no_longer(
    world: World, settings: Settings, library: Library, show: Show, kind: str
) -> None:
    held = people(world, 1)[0] if kind == "person" else world.add_group("Xóm")
    others = people(world, 10)
    member = world.users.get(held.id) or world.add_user("Hoa")
    if kind == "group":
        world.join(held, member)
    async with at_work_for(world, settings, library):
        await listening(world)
        before = await seconds_each(world, others)
        world.faults.add(flood(2, chat_id=held.id, method="sendMessage"))
        asked = time.monotonic()
        world.say(member, held, "/hoi Cây cầu dài bao nhiêu mét?" if kind == "group" else "Cây cầu dài bao nhiêu mét?")
        await world.until(lambda: any(call.fault for call in world.calls_of("sendMessage")), PATIENCE)
        meanwhile = await seconds_each(world, others)
        in_time = time.monotonic() - asked < 2 and world.tally(held).answered == 0
        await all_answered(world)
    assert in_time
    assert time.monotonic() - asked >= 2
    assert median(meanwhile) - median(before) < 0.05
    show(
        world,
        f"429 with retry_after for one {kind}: others' median {median(before):.3f} s, then {median(meanwhile):.3f} s",
    )


async def test_who_floods_is_told_once_and_others_are_answered(
    world: World, settings: Settings, library: Library
) -> None:
    flooding, *others = people(world, 6)
    async with at_work_for(world, changed(settings, "inbox", waiting=5), library):
        await listening(world)
        alone = await seconds_each(world, others)
        for _ in range(3):
            ask(world, [flooding], each=100)
            meanwhile = await seconds_each(world, others)
        ask(world, [flooding], each=100)
        await acknowledged(world)
    answered = world.tally(flooding).answered
    assert 5 <= answered < 400
    assert len(notices(world, flooding)) == 1
    outcomes = [row["outcome"] for row in rows(settings.log.path)]
    assert outcomes.count("declined") + outcomes.count("answered") == 400 + 20
    assert median(meanwhile) < median(alone) + 0.25
    assert [world.tally(other).lost for other in others] == [0] * 5


async def test_a_group_that_floods_is_told_once_and_others_are_answered(
    world: World, settings: Settings, library: Library
) -> None:
    group, member = world.add_group("Xóm"), world.add_user("Hoa")
    world.join(group, member)
    others = people(world, 5)
    async with at_work_for(world, changed(settings, "inbox", waiting=5), library):
        await listening(world)
        alone = await seconds_each(world, others)
        for _ in range(3):
            for _ in range(100):
                world.say(member, group, "/hoi Cây cầu dài bao nhiêu mét?")
            meanwhile = await seconds_each(world, others)
        await acknowledged(world)
    assert 5 <= world.tally(group).answered < 300
    assert len(notices(world, group)) == 1
    assert median(meanwhile) < median(alone) + 0.25
    assert [world.tally(other).lost for other in others] == [0] * 5


def notices(world: World, chat: Chat) -> list[str]:
    return [message["text"] for message in world.messages_of_bot(chat) if "Bạn gửi nhanh quá" in message["text"]]


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
