"""Answers of Telegram's that are lost while many ask: each question is answered once, however many ids pass."""

import base64
import signal
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from bot.sandbox.chats import Chat, Message
from bot.sandbox.faults import Fault, bad_gateway, failing, held_response, lost_request, lost_response
from bot.sandbox.world import World
from bot.settings import Settings
from bot.taps.kinds import BringTap
from retrieval import Library
from tests.bot.faults.conftest import (
    ANSWERING,
    Show,
    Start,
    ask,
    at_work_for,
    changed,
    is_answer,
    listening,
    people,
    text_of,
)
from tests.bot.faults.test_kills import data_of
from tests.clock import PATIENCE

BRING = BringTap().data
UNHEARD = {
    "the connection ends after the send": lost_response,
    "the connection ends before the send": lost_request,
    "502 after the send": lambda **when: bad_gateway(handled=True, **when),
    "502 before the send": bad_gateway,
    "500 after the send": lambda **when: failing(500, "Internal Server Error", handled=True, **when),
    "no answer in time": held_response,
}
Q = "/hoi Cây cầu dài bao nhiêu mét?"


@pytest.fixture
def world() -> World:
    world = World()
    world.set_shared_ids(on=True)
    return world


def written(world: World, chat: Chat) -> list[Message]:
    """What the bot has written there."""
    return world.messages_of_bot(chat)


def answers(world: World, chat: Chat) -> list[Message]:
    return [message for message in written(world, chat) if is_answer(message)]


async def answered(world: World, chats: Sequence[Chat]) -> None:
    await world.until(lambda: all(answers(world, chat) for chat in chats), PATIENCE)


@pytest.mark.parametrize("kind", UNHEARD)
async def test_twenty_five_answers_of_unknown_fate_among_a_hundred_arrive_once(
    world: World, quick: Settings, library: Library, show: Show, kind: str
) -> None:
    chats = people(world, 50)
    for chat in chats[::2]:
        world.faults.add(UNHEARD[kind](method=ANSWERING, chat_id=chat.id))
    async with at_work_for(world, quick, library):
        await listening(world)
        ask(world, chats, each=2)
        await world.until(lambda: world.tally().lost == 0, 3 * PATIENCE)
    show(world, f"25 of 100: {kind}")


@pytest.mark.parametrize("shared", [True, False], ids=["one counter", "a counter in each chat"])
async def test_all_kinds_at_once_and_edits_lost_as_well(
    world: World, quick: Settings, library: Library, show: Show, *, shared: bool
) -> None:
    world.set_shared_ids(on=shared)
    chats = people(world, 60)
    for chat, kind in zip(chats, [*UNHEARD] * 8, strict=False):
        world.faults.add(UNHEARD[kind](method=ANSWERING, chat_id=chat.id))
    for fault in (lost_response, bad_gateway, lost_request):
        world.faults.add(fault(method="editMessageText", times=5))
    async with at_work_for(world, quick, library):
        await listening(world)
        ask(world, chats, each=3)
        await world.until(lambda: world.tally().lost == 0, 3 * PATIENCE)
    show(world, "48 of 180 sends and 15 edits")


async def test_killed_twice_among_answers_that_are_lost_and_502s_it_answers_each_question_once(
    served: World, start: Start, show: Show
) -> None:
    world = served
    chats = people(world, 48)
    for number, chat in enumerate(chats[::2]):
        kind = [lost_response, bad_gateway, UNHEARD["502 after the send"]][number % 3]
        world.faults.add(kind(method=ANSWERING, chat_id=chat.id))
    for answered_then in (30, 90):
        async with start(world) as process:
            ask(world, chats)
            await world.until(lambda: world.tally().answered >= answered_then, 3 * PATIENCE)  # noqa: B023 - now
            process.send_signal(signal.SIGKILL)
            await process.wait()
        ask(world, chats)
    async with start(world):
        await world.until(lambda: world.tally().lost == 0, 3 * PATIENCE)
    show(world, "two kills, 8 answers lost and 16 502s, among 192 questions")


def chatting_group(world: World, lines: int, kind: Any) -> Chat:
    """Somebody asks, and others write before the bot can answer; it doesn't get to see that."""
    group, member = world.add_group("Xóm", type=kind), world.add_user("Hoa")
    world.join(group, member)
    world.say(member, group, Q)
    for number in range(lines):
        world.say(member, group, f"chuyện phiếm {number}")
    return group


@pytest.mark.parametrize(
    ("fault", "lines", "kind"),
    [
        (lost_response, 17, "supergroup"),
        (lost_response, 120, "supergroup"),
        (lost_response, 50, "group"),
        (bad_gateway, 0, "supergroup"),
        (bad_gateway, 120, "supergroup"),
        (bad_gateway, 50, "group"),
    ],
)
async def test_in_a_group_where_others_write_unseen_the_answer_arrives_once(  # noqa: PLR0917 - one case
    world: World, quick: Settings, library: Library, fault: Callable[..., Fault], lines: int, kind: Any
) -> None:
    group = chatting_group(world, lines, kind)
    world.faults.add(fault(method=ANSWERING, chat_id=group.id))
    async with at_work_for(world, quick, library):
        await answered(world, [group])
    assert len(answers(world, group)) == len(written(world, group)) == 1


async def test_where_it_cannot_be_found_out_a_note_brings_the_answer_once_it_is_tapped(
    world: World, quick: Settings, library: Library
) -> None:
    [chat] = people(world, 1)
    world.faults.add(lost_request(method=ANSWERING))
    world.faults.add(failing(400, "Bad Request: something new", method="editMessageText", times=None))
    async with at_work_for(world, quick, library):
        ask(world, [chat])
        note = await world.next_message(chat, seconds=PATIENCE)
        assert "có thể đã gửi" in note["text"]
        await world.until(lambda: len([c for c in world.calls_of("editMessageText") if c.fault]) > 1, PATIENCE)
        world.faults.clear()
        world.tap(world.users[chat.id], note, BRING)
        await answered(world, [chat])
        world.tap(world.users[chat.id], note, BRING)
    assert len(answers(world, chat)) == len(written(world, chat)) == 1


async def in_doubt(world: World, settings: Settings, library: Library) -> Chat:
    """A chat with an answer and a note behind it: the bot could not find out that it had arrived, and has ended."""
    [chat] = people(world, 1)
    world.faults.add(lost_response(method=ANSWERING))
    world.faults.add(failing(400, "Bad Request: something new", method="editMessageText", times=None))
    async with at_work_for(world, settings, library):
        ask(world, [chat])
        await world.until(lambda: len(written(world, chat)) == 2, PATIENCE)
    return chat


async def test_a_note_brings_the_answer_after_another_start_as_well(
    world: World, quick: Settings, library: Library
) -> None:
    chat = await in_doubt(world, quick, library)
    world.faults.clear()
    note = written(world, chat)[-1]
    async with at_work_for(world, quick, library):
        world.tap(world.users[chat.id], note, BRING)
        await world.until(lambda: len(answers(world, chat)) == 2, PATIENCE)  # the first had arrived
    [_, answer] = written(world, chat)
    assert answer["message_id"] == note["message_id"]
    assert [BRING in str(each["reply_markup"]) for each in (note, answer)] == [True, False]


@pytest.mark.parametrize("quick_one", ["taps", "replies"])
async def test_who_is_quicker_than_the_search_for_what_was_sent_does_not_get_it_again(
    world: World, quick: Settings, library: Library, quick_one: str
) -> None:
    chats = people(world, 2)
    world.faults.add(lost_response(method=ANSWERING, chat_id=chats[0].id))
    async with at_work_for(world, changed(quick, "telegram", retry=0.5), library):
        ask(world, chats)
        await answered(world, chats)
        answer, user = written(world, chats[0])[0], world.users[chats[0].id]
        if quick_one == "taps":
            world.tap(user, answer, data_of(answer, "bad:0"))
        else:
            world.say(user, chats[0], "Lễ hội hoa ban mở tại đâu?", reply_to=answer["message_id"])
        await world.until(lambda: world.tally().lost == 0 and world.calls_of("editMessageText") != [], PATIENCE)
    assert sum("1.200 mét" in text_of(message) for message in written(world, chats[0])) == 1


async def test_what_may_have_been_sent_is_not_sent_again_unless_it_is_asked_for(
    world: World, quick: Settings, library: Library
) -> None:
    chat = await in_doubt(world, quick, library)
    assert len(answers(world, chat)) == 1


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize("kind", [*UNHEARD][:4])
@pytest.mark.parametrize("content", ["photo", "document"])
async def test_pictures_and_files_arrive_once(
    world: World, quick: Settings, library: Library, kind: str, content: str
) -> None:
    chat, *others = people(world, 8)
    async with at_work_for(world, quick, library) as bot:
        ask(world, [chat])
        await answered(world, [chat])
        world.faults.add(UNHEARD[kind](method=f"send{content.capitalize()}"))
        ask(world, others, each=3)
        if content == "photo":
            await bot.bot.send_photo(chat.id, PNG, "Một hình")
        else:
            await bot.bot.send_document(chat.id, b"a,b", filename="a.csv")
        await world.until(lambda: world.tally().lost == 0, 3 * PATIENCE)
    assert [content in message for message in written(world, chat)] == [False, True]
