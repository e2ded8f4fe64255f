"""Telegram's limits on sending, by a clock that the test turns."""

from collections.abc import Callable
from typing import Any

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Limits
from bot.sandbox.world import Chat, User, World
from tests.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> Limits:
    return Limits(clock)


def retry_after(check: Callable[[Chat], Any], chat: Chat) -> int:
    """The seconds to wait, 0 where the message is taken."""
    try:
        check(chat)
    except ApiError as error:
        return int((error.parameters or {})["retry_after"])
    return 0


def test_a_chat_takes_one_message_a_second_and_others_do_not_wait(limits: Limits, clock: Clock) -> None:
    one, other = Chat(1, "private"), Chat(2, "private")
    assert [retry_after(limits.check, chat) for chat in (one, one, other)] == [0, 1, 0]
    clock.now += 0.5
    assert retry_after(limits.check, one) == 1
    clock.now += 0.5
    assert retry_after(limits.check, one) == 0


@pytest.mark.parametrize(("kind", "wait"), [("supergroup", 40), ("private", 0), ("channel", 0)])
def test_a_group_takes_twenty_messages_a_minute(limits: Limits, clock: Clock, kind: str, wait: int) -> None:
    chat = Chat(-5, kind)
    for _ in range(20):
        assert retry_after(limits.check, chat) == 0
        clock.now += 1
    assert retry_after(limits.check, chat) == wait


def test_thirty_messages_a_second_are_taken_in_all(limits: Limits, clock: Clock) -> None:
    taken = [retry_after(limits.check, Chat(number, "private")) for number in range(31)]
    assert taken == [0] * 30 + [1]
    clock.now += 1
    assert retry_after(limits.check, Chat(31, "private")) == 0


async def test_the_server_keeps_them_where_it_is_told_to(bot: Bot, world: World, an: User, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "một")
    await bot.send_message(chat.id, "hai")
    world.set_limits(on=True)
    await bot.send_message(chat.id, "ba")
    with pytest.raises(RetryAfter):
        await bot.send_message(chat.id, "bốn")
    with pytest.raises(RetryAfter):
        await bot.edit_message_text("một nữa", chat.id, sent.message_id)
    assert await bot.send_chat_action(chat.id, "typing")
    world.set_limits(on=False)
    await bot.send_message(world.private_chat(an).id, "bốn")
    assert [message["text"] for message in world.messages_of_bot(chat)] == ["một", "hai", "ba", "bốn"]
