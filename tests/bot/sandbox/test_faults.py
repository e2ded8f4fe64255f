"""Each fault, as the real client feels it."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot, ReplyParameters
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.sandbox import faults
from bot.sandbox.faults import Fault
from bot.sandbox.serve import serving
from bot.sandbox.tally import answers
from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.conftest import Api
from tests.clock import PATIENCE


def texts(chat: Chat) -> list[str]:
    return [message["text"] for message in chat.messages.values()]


@pytest.mark.parametrize(
    ("fault", "felt"),
    [
        (faults.bad_gateway(), (NetworkError, "Bad Gateway")),
        (faults.flood(7), (RetryAfter, "Retry in 0:00:07")),
        (faults.unauthorized(), (InvalidToken, "Unauthorized")),
        (faults.conflict(method="sendMessage"), (Conflict, "terminated by other getUpdates request")),
        (faults.blocked(), (Forbidden, "bot was blocked by the user")),
        (faults.failing(400, "Bad Request: TOPIC_DELETED"), (BadRequest, "Topic_deleted")),
        (Fault(kind="body", code=200, body='{"ok": tr'), (TelegramError, "Invalid server response")),
        (faults.lost_request(), (NetworkError, "disconnected|Server|Read")),
    ],
)
async def test_a_call_that_fails_leaves_nothing_behind_and_the_next_goes_well(
    bot: Bot, world: World, chat: Chat, fault: Fault, felt: tuple[type[Exception], str]
) -> None:
    world.faults.add(fault)
    with pytest.raises(felt[0], match=felt[1]):
        await bot.send_message(chat.id, "một")
    assert texts(chat) == []
    assert list(world.faults) == []
    await bot.send_message(chat.id, "hai")
    assert texts(chat) == ["hai"]
    [failed, sent] = world.calls_of("sendMessage")
    assert (failed.result, failed.error is None, sent.error) == (None, False, None)
    assert failed.fault == fault.model_copy(update={"times": 0})


@pytest.mark.parametrize("fault", [faults.lost_response(), faults.bad_gateway(handled=True)])
async def test_a_message_may_be_stored_although_the_bot_hears_of_a_failure(
    bot: Bot, world: World, chat: Chat, fault: Fault
) -> None:
    world.faults.add(fault)
    with pytest.raises(NetworkError):
        await bot.send_message(chat.id, "một")
    assert texts(chat) == ["một"]
    [call] = world.calls_of("sendMessage")
    assert (call.error, call.fault) == (None, fault.model_copy(update={"times": 0}))


async def test_a_fault_strikes_its_method_and_its_chat_only(bot: Bot, world: World, chat: Chat) -> None:
    other = world.private_chat(world.add_user("Bình"))
    world.faults.add(faults.flood(3, method="SENDMESSAGE", chat_id=chat.id))
    await bot.send_chat_action(chat.id, "typing")
    await bot.send_message(other.id, "một")
    with pytest.raises(RetryAfter):
        await bot.send_message(chat.id, "hai")
    assert texts(other) == ["một"]


async def test_faults_come_in_their_order_each_as_often_as_asked(bot: Bot, world: World, chat: Chat) -> None:
    world.faults.add(faults.flood(1, times=2))
    world.faults.add(faults.blocked())
    felt: list[object] = []
    for _ in range(4):
        try:
            felt.append(await bot.send_chat_action(chat.id, "typing"))
        except TelegramError as error:
            felt.append(type(error))
    assert felt == [RetryAfter, RetryAfter, Forbidden, True]


async def test_a_fault_without_a_number_lasts_until_it_is_cleared(bot: Bot, world: World) -> None:
    world.faults.add(faults.unauthorized(times=None))
    for _ in range(3):
        with pytest.raises(InvalidToken):
            await bot.get_me()
    world.faults.clear()
    await bot.get_me()


async def test_a_slow_answer_comes_when_it_is_released(bot: Bot, world: World, chat: Chat) -> None:
    world.faults.add(faults.held_response(method="sendMessage"))
    sending = asyncio.create_task(bot.send_message(chat.id, "một"))
    await world.until(lambda: world.faults.held == 1, PATIENCE)
    assert texts(chat) == ["một"]
    world.faults.release()
    assert (await sending).text == "một"
    assert world.faults.held == 0


async def test_a_slow_server_carries_a_call_out_when_it_is_released(bot: Bot, world: World, chat: Chat) -> None:
    world.faults.add(faults.held_request(method="sendMessage"))
    sending = asyncio.create_task(bot.send_message(chat.id, "một"))
    await world.until(lambda: world.faults.held == 1, PATIENCE)
    assert texts(chat) == []
    world.faults.release()
    assert (await sending).text == "một"


async def test_a_bot_that_goes_away_from_a_black_hole_has_done_nothing(world: World, chat: Chat) -> None:
    world.faults.add(faults.held_request())
    async with serving(world) as url, httpx.AsyncClient() as client:
        params = {"chat_id": chat.id, "text": "một"}
        sending = asyncio.create_task(client.post(f"{url}/bot{world.token}/sendMessage", json=params))
        await world.until(lambda: world.faults.held == 1, PATIENCE)
        sending.cancel()
        await world.until(lambda: world.faults.held == 0, PATIENCE)
    assert texts(chat) == []
    assert world.calls_of("sendMessage") == []


async def test_a_black_holed_poll_never_answers_though_updates_wait(world: World, an: User, chat: Chat) -> None:
    world.faults.add(faults.held_request(method="getUpdates"))
    async with serving(world) as url, httpx.AsyncClient() as client:
        address = f"{url}/bot{world.token}/getUpdates"
        lost = asyncio.create_task(client.get(address))
        await world.until(lambda: world.faults.held == 1, PATIENCE)
        update = world.say(an, chat, "Xin chào")
        assert (await client.get(address)).json()["result"] == [update]
        assert not lost.done()
        lost.cancel()


async def test_stopping_lets_go_what_is_held(world: World) -> None:
    world.faults.add(faults.held_request())
    async with httpx.AsyncClient() as client:
        async with serving(world) as url:
            call = asyncio.create_task(client.get(f"{url}/bot{world.token}/getMe"))
            await world.until(lambda: world.faults.held == 1, PATIENCE)
        with pytest.raises(httpx.TransportError):
            await call


@pytest.fixture
async def deaf_bot(world: World) -> AsyncIterator[Bot]:
    """A client that gives up on a poll after a moment."""
    async with serving(world) as url:
        request = HTTPXRequest(read_timeout=0.05, httpx_kwargs={"verify": False})
        async with Bot(world.token, base_url=f"{url}/bot", request=request, get_updates_request=request) as bot:
            yield bot


async def test_the_bot_recovers_from_a_black_hole_by_its_own_timeout(
    deaf_bot: Bot, world: World, an: User, chat: Chat
) -> None:
    world.faults.add(faults.held_request(method="getUpdates"))
    world.say(an, chat, "Xin chào")
    with pytest.raises(TelegramError, match="Timed out"):
        await deaf_bot.get_updates()
    [update] = await deaf_bot.get_updates()
    assert update.message is not None


async def test_an_update_that_cannot_be_parsed_stays_until_it_is_acknowledged(
    bot: Bot, world: World, api: Api, an: User, chat: Chat
) -> None:
    bad = world.updates.put({"message": {"message_id": "what?", "date": [], "chat": 7}})
    good = world.say(an, chat, "Xin chào")
    with pytest.raises(Exception, match=r"."):  # whatever the client library makes of it
        await bot.get_updates()
    assert (await api("getUpdates"))["result"] == [bad, good]
    assert (await api("getUpdates", offset=bad["update_id"] + 1))["result"] == [good]


async def test_an_update_may_come_again_after_it_was_acknowledged(api: Api, world: World, an: User, chat: Chat) -> None:
    update = world.say(an, chat, "Xin chào")
    after = update["update_id"] + 1
    assert (await api("getUpdates"))["result"] == [update]
    assert (await api("getUpdates", offset=after))["result"] == []
    world.updates.repeat(update)
    assert (await api("getUpdates", offset=after))["result"] == [update]
    assert (await api("getUpdates", offset=after))["result"] == []


async def test_a_repeated_update_releases_a_poll(api: Api, world: World, an: User, chat: Chat) -> None:
    update = world.say(an, chat, "Xin chào")
    poll = asyncio.ensure_future(api("getUpdates", offset=update["update_id"] + 1, timeout=50))
    await world.updates.changed.until(lambda: world.updates.awaited)
    world.updates.repeat(update)
    assert (await poll)["result"] == [update]


async def test_updates_may_come_out_of_order(api: Api, world: World, an: User, chat: Chat) -> None:
    said = [world.say(an, chat, text) for text in ("một", "hai", "ba")]
    world.updates.reverse()
    assert (await api("getUpdates"))["result"] == said[::-1]
    early = world.updates.put({"update_id": said[0]["update_id"] - 5, "message": said[0]["message"]})
    assert (await api("getUpdates"))["result"][-1] == early


async def test_questions_are_counted_as_sent_answered_lost_and_doubled(
    bot: Bot, world: World, an: User, chat: Chat
) -> None:
    numbers = [world.say(an, chat, text)["message"]["message_id"] for text in ("một", "hai", "ba", "bốn")]
    other = world.private_chat(world.add_user("Bình"))
    world.say(world.users[other.id], other, "một")
    replies = [ReplyParameters(number, allow_sending_without_reply=True) for number in numbers]
    await bot.send_message(chat.id, "1", reply_parameters=replies[0])
    world.faults.add(faults.lost_response(method="sendMessage"))
    with pytest.raises(NetworkError):
        await bot.send_message(chat.id, "2", reply_parameters=replies[1])
    await bot.send_message(chat.id, "2", reply_parameters=replies[1])
    world.delete(chat.messages[numbers[2]])
    await bot.send_message(chat.id, "3", reply_parameters=replies[2])
    tally = world.tally(chat)
    assert (tally.sent, tally.answered, tally.lost, tally.doubled) == (4, 3, 1, 1)
    assert all(0 <= seconds < PATIENCE for seconds in tally.seconds)
    everywhere = world.tally()
    assert (everywhere.sent, everywhere.answered, everywhere.lost, everywhere.doubled) == (5, 3, 2, 1)


async def test_in_a_private_chat_what_stands_below_a_question_answers_it(
    bot: Bot, world: World, an: User, chat: Chat
) -> None:
    async def said(text: str, to: int | None = None) -> int:
        reply = None if to is None else ReplyParameters(to)
        return (await bot.send_message(chat.id, text, reply_parameters=reply)).message_id

    def asked(text: str) -> int:
        return int(world.say(an, chat, text)["message"]["message_id"])

    first = asked("một")
    answer = await said("1")
    await said("1, tiếp theo")  # goes on
    thanked, second, third = asked("cảm ơn"), asked("hai"), asked("ba")
    late = await said("2")  # as the bot had not yet heard of the third
    last = await said("3", third)
    assert answers(chat) == {first: [answer], second: [late], third: [last]}
    again = await said("3")
    assert answers(chat)[third] == [last, again]
    assert (world.tally(chat).lost, world.tally(chat).doubled) == (1, 1)
    assert thanked not in answers(chat)


async def test_in_a_group_only_replies_answer(bot: Bot, world: World, an: User) -> None:
    group = world.add_group("Xóm", owner=an)
    world.say(an, group, "/hoi một")
    await bot.send_message(group.id, "1")
    assert (answers(group), world.tally(group).lost) == ({}, 1)
