"""What one person alone is to see in a group, under 429, a full disk, updates that come twice, and SIGTERM: it is said
once, and whatever happens nobody else sees it.
"""

import signal
from pathlib import Path

import pytest

from bot.app import build
from bot.running.running import at_work
from bot.sandbox.faults import flood, held_request, held_response
from bot.sandbox.serve import serving
from bot.sandbox.world import Message, User, World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import pointed_at
from tests.bot.faults.conftest import (
    ANSWERING,
    QUESTIONS,
    Start,
    acknowledged,
    at_work_for,
    changed,
    ends_in_order,
    is_answer,
    kept_in,
)
from tests.bot.faults.test_storage import fill
from tests.bot.faults.test_updates import renewed
from tests.bot.test_ephemeral import Quiet, only_for
from tests.clock import PATIENCE

PLAIN, RICH, _ = QUESTIONS
ASKED = {"plain": f"/hoi {PLAIN}", "rich": RICH}
NOTE = "có thể đã gửi"


@pytest.fixture(params=[*ASKED])
def asked(request: pytest.FixtureRequest) -> str:
    """A command that only the bot sees, answered by a plain or by a rich message."""
    return ASKED[request.param]


def told(group: Quiet, user: User) -> list[Message]:
    """The answers that this person has been given, there and in private; none has been given to all."""
    answers = list(filter(is_answer, group.world.messages_of_bot(group.chat)))
    assert all("receiver_user" in message for message in answers)
    private = group.world.chats.get(user.id)
    alone = filter(is_answer, group.world.messages_of_bot(private)) if private else ()
    return [*(message for message in answers if only_for(user, message)), *alone]


@pytest.mark.parametrize("admin", [True, False], ids=["an admin", "no admin"])
async def test_where_a_group_is_told_to_wait_the_others_do_not_and_nobody_else_ever_sees_it(
    settings: Settings, library: Library, asked: str, *, admin: bool
) -> None:
    """Who is no administrator may say it within 15 seconds only: what is later comes in the private chat."""
    now = 1_000_000_000.0
    world = World(now=lambda: now)
    async with serving(world) as address:
        pointed = pointed_at(address, world, changed(settings, "inbox", grace_seconds=0))
        async with at_work(build(pointed, library)):
            held, other = [await Quiet.of(world, admin=admin) for _ in range(2)]
            world.private_chat(held.lan)
            world.faults.add(flood(3600, chat_id=held.chat.id, method=ANSWERING))
            held.says(asked)
            await world.until(lambda: any(call.fault for call in world.calls), PATIENCE)
            other.says(asked)
            await world.until(lambda: len(told(other, other.lan)) == 1, PATIENCE)
            assert told(held, held.lan) == []
        now += 60
        async with at_work(build(pointed, library)):
            await world.until(lambda: bool(told(held, held.lan)), PATIENCE)
            await acknowledged(world)
    [answer] = told(held, held.lan)
    assert (answer["chat"]["id"] == held.lan.id) is not admin


async def test_an_update_that_comes_twice_is_answered_once_to_its_asker_alone(
    world: World, settings: Settings, library: Library, asked: str
) -> None:
    async with at_work_for(world, settings, library):
        group = await Quiet.of(world)
        update = world.say(group.lan, group.chat, asked)
        world.updates.repeat(update)
        await world.until(lambda: bool(told(group, group.lan)), PATIENCE)
        world.updates.repeat(update)
        await group.heard()
    async with at_work_for(renewed(world), settings, library):  # and after another start
        world.updates.repeat(update)
        await group.heard()
    assert [only_for(group.lan, answer) for answer in told(group, group.lan)] == [True]


async def test_while_no_page_goes_on_the_disk_each_is_answered_and_alone(
    world: World, settings: Settings, library: Library, small_disk: Path, asked: str
) -> None:
    settings = kept_in(small_disk, settings)
    async with at_work_for(world, settings, library):
        groups = [await Quiet.of(world) for _ in range(3)]
        fill(small_disk)
        for _ in range(3):
            for group in groups:
                group.says(asked)
                group.says(asked, group.hoa)
        await world.until(lambda: all(len(told(g, g.lan)) == len(told(g, g.hoa)) == 3 for g in groups), PATIENCE)
        await acknowledged(world)
        (small_disk / "filler").unlink()
    assert [len(told(group, each)) for group in groups for each in (group.lan, group.hoa)] == [3] * 6


@pytest.mark.parametrize("room", [False, True], ids=["still full", "with room again"])
async def test_killed_on_a_full_disk_it_says_to_each_once_at_most_and_a_note_where_it_may_have(  # noqa: PLR0917 - fixtures
    served: World, start: Start, small_disk: Path, monkeypatch: pytest.MonkeyPatch, asked: str, room: bool
) -> None:
    for part, name in (("LOG", "queries"), ("INBOX", "inbox"), ("CHATS", "chats")):
        monkeypatch.setenv(f"TRICH_{part}__PATH", str(small_disk / f"{name}.sqlite3"))
    world = served
    async with start(world) as process:
        unsent, unheard, *heard = groups = [await Quiet.of(world) for _ in range(4)]
        fill(small_disk)
        world.faults.add(held_request(method="getUpdates", times=None))  # once this poll is over, none acknowledges
        world.faults.add(held_request(method=ANSWERING, chat_id=unsent.chat.id))
        world.faults.add(held_response(method=ANSWERING, chat_id=unheard.chat.id))
        for group in groups:
            group.says(asked)
        before = [len(for_hoa(group)) for group in heard]
        for group in heard:  # when Hoa is answered, the program is done with what it said to Lan
            group.says("/help@trich_bot", group.hoa)
        await world.until(lambda: world.faults.held == 3 and bool(told(unheard, unheard.lan)), PATIENCE)
        await world.until(lambda: all(len(for_hoa(g)) > had for g, had in zip(heard, before, strict=True)), PATIENCE)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    await world.until(lambda: world.faults.held == 0, PATIENCE)  # else what is held might be carried out
    world.faults.clear()
    if room:
        (small_disk / "filler").unlink()
    async with start(world):
        await world.until(lambda: bool(notes(unsent)) and bool(notes(unheard)), PATIENCE)
        await acknowledged(world)
        assert [len(told(group, group.lan)) for group in groups] == [0, 1, 1, 1]
        assert [len(notes(group)) for group in groups] == [1, 1, 0, 0]


def for_hoa(group: Quiet) -> list[Message]:
    """What Hoa alone has been told."""
    return [message for message in group.world.messages_of_bot(group.chat) if only_for(group.hoa, message)]


def notes(group: Quiet) -> list[Message]:
    """What Lan has been told may have been sent."""
    said = [message for message in group.world.messages_of_bot(group.chat) if NOTE in str(message)]
    assert all("receiver_user" in message for message in said)
    return [message for message in said if only_for(group.lan, message)]


async def test_stopped_while_it_tells_one_alone_it_says_that_and_leaves_the_rest_to_the_next_start(
    served: World, start: Start, asked: str
) -> None:
    world = served
    async with start(world) as process:
        slow, never, heard = groups = [await Quiet.of(world) for _ in range(3)]
        world.faults.add(held_response(method=ANSWERING, chat_id=slow.chat.id))
        world.faults.add(held_request(method=ANSWERING, chat_id=never.chat.id, times=None))
        for group in (slow, never, never, heard):
            group.says(asked)
        await world.until(lambda: world.faults.held == 2 and len(told(heard, heard.lan)) == 1, PATIENCE)
        await ends_in_order(process)
    await world.until(lambda: world.faults.held == 0, PATIENCE)
    assert [len(told(group, group.lan)) for group in groups] == [1, 0, 1]
    world.faults.clear()
    async with start(world):
        await world.until(lambda: bool(notes(never)) and bool(told(never, never.lan)), PATIENCE)
        await acknowledged(world)
        await never.heard()
    # Of the first it is not known whether it was said when the program ended; the second waited behind it.
    assert [(len(told(group, group.lan)), len(notes(group))) for group in groups] == [(1, 1), (1, 1), (1, 0)]
