"""How messages get to Telegram: at its pace, again after a failure, and once.

Telegram takes no key by which it could tell a repeated message from a new one. So where an answer of its got lost, or
the program was killed before it could write one down, the bot looks for the message before it sends another: it edits
the next few message ids into what it wanted to say. "Not modified" means that the message is there; an edit that goes
through makes it so; where there is none, it is sent. Where that can't be found out (pictures, chats named by
@username), the message is sent again: an answer twice is better than none.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from weakref import WeakValueDictionary

from telegram import Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.incoming.inbox import Inbox
from bot.outgoing.handling import current
from bot.outgoing.known_ids import KnownIds
from bot.outgoing.limits import Turns
from bot.outgoing.refusals import (
    Parameters,
    instead,
    may_have_arrived,
    not_modified,
    not_the_bots,
    refused_token,
    undeliverable,
)
from bot.running.metrics import Metrics

logger = logging.getLogger(__name__)

_NEW_MESSAGE = ("send", "copy", "forward")
_EDIT = ("edit",)
_ANSWER = ("answer",)  # to a tap or an inline query: soon after, nobody waits for it any more
_ANSWERED_WITHIN = 10.0  # seconds
_SIGN = "sendChatAction"
_SIGNS_AT_ONCE = 4  # in a rush answers need the line
# Ids that are tried when a message is looked for: others may have written in the seconds that it was under way.
_LOOKED_AT = 16
_MARGIN = 0.1  # seconds more than Telegram asks for
_LONGEST_WAIT = 10.0  # seconds between two attempts
_KEPT_IN_EDITS = frozenset({"chat_id", "text", "parse_mode", "entities", "link_preview_options", "reply_markup"})

Result = Any  # bool, dict or list of dicts: what the Bot API answered


@dataclass(frozen=True, slots=True)
class _Call:
    """A call of the Bot API."""

    callback: Callable[..., Coroutine[Any, Any, Result]]
    timeouts: dict[str, Any]
    endpoint: str
    data: Parameters

    @property
    def chat_id(self) -> int | str:
        chat_id = self.data.get("chat_id", self.data.get("inline_message_id"))
        return chat_id if isinstance(chat_id, int) else str(chat_id)

    async def made(self) -> Result:
        given = {key: value for key, value in self.data.items() if value is not None}
        return await self.callback(self.endpoint, given, **self.timeouts)


@dataclass(frozen=True, slots=True)
class Time:
    """In seconds: what the clock says, how to wait, and how long to wait before a call is made again at first."""

    first_wait: float = 1.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Delivery(BaseRateLimiter[None]):
    """What python-telegram-bot passes each call through."""

    def __init__(self, turns: Turns, inbox: Inbox, known: KnownIds, metrics: Metrics, time: Time) -> None:
        self._turns = turns
        self._inbox = inbox
        self._known = known
        self._metrics = metrics
        self._clock = time.clock
        self._sleep = time.sleep
        self._first_wait = time.first_wait
        self._signs = 0  # under way
        # A lock lives as long as a message to its chat is under way.
        self._locks: WeakValueDictionary[int | str, asyncio.Lock] = WeakValueDictionary()

    async def initialize(self) -> None:
        """Nothing to set up."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(  # noqa: PLR0913, PLR0917 - PTB's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Result:
        """Messages and edits wait and are repeated until Telegram has said yes or no, answers for a while.

        All else is tried once; a sign of typing not at all where messages have to wait.
        """
        call = _Call(callback, kwargs, endpoint, data)
        if endpoint == _SIGN:
            return await self._signed(call)
        if "chat_id" in data and endpoint.startswith(_NEW_MESSAGE):
            async with self._locks.setdefault(call.chat_id, asyncio.Lock()):
                return _readable(call, await self._sent_once(call))
        if endpoint.startswith(_EDIT):
            return _readable(call, await self._edited(call))
        if endpoint.startswith(_ANSWER):
            return await self._answered(call)
        return await callback(*args, **kwargs)

    async def _sent_once(self, call: _Call) -> Result:
        """The message, unless it has been sent in an earlier life of the program."""
        handling = current()
        if handling is None:
            return await self._sent(call, self._known.before_next(call.chat_id))
        ordinal, update_id = handling.next_ordinal(), handling.update.update_id
        earlier = handling.earlier.get(ordinal)
        if earlier and earlier.result is not None:
            return earlier.result
        after = earlier.after if earlier else self._known.before_next(call.chat_id)
        if not earlier:
            await self._inbox.about_to_send(update_id, ordinal, after)
        result = await self._sent(call, after, unsure=earlier is not None)
        await self._inbox.sent(update_id, ordinal, result)
        return result

    async def _sent(self, call: _Call, after: Sequence[int], *, unsure: bool = False) -> Result:
        """Telegram's answer once it has taken the message, or one that says the same more plainly."""
        for wait in self._waits():
            try:
                result = await self._found(call, after) if unsure else None
                if result is None:
                    unsure = False
                    await self._turn(call.chat_id)
                    result = await call.made()
            except BadRequest as error:
                return await self._sent_otherwise(call, error)
            except ChatMigrated as error:
                call = replace(call, data=call.data | {"chat_id": error.new_chat_id})
            except TelegramError as error:
                unsure = unsure or (not isinstance(error, RetryAfter) and may_have_arrived(error))
                await self._wait_after(error, call.chat_id, wait)
            else:
                self._metrics.sent.inc()
                self._known.note_result(call.chat_id, result)
                return result
        raise AssertionError("unreachable")

    async def _sent_otherwise(self, call: _Call, error: BadRequest) -> Result:
        others = instead(error, call.data) if call.endpoint == "sendMessage" else []
        if not others:
            raise error
        logger.warning("a message was refused and is sent more plainly: %s", error.message)
        result: Result = None
        for data in others:
            result = await self._sent_once(replace(call, data=data))
        return result

    async def _edited(self, call: _Call) -> Result:
        """An edit may be repeated; one that changes nothing is done."""
        for wait in self._waits():
            try:
                await self._turn(call.chat_id)
                return await call.made()
            except BadRequest as error:
                if not_modified(error):
                    return True
                raise
            except TelegramError as error:
                await self._wait_after(error, call.chat_id, wait)
        raise AssertionError("unreachable")

    async def _answered(self, call: _Call) -> Result:
        """An answer may be repeated: where the first has arrived, the second is refused as too old."""
        began = self._clock()
        for wait in self._waits():
            try:
                return await call.made()
            except (BadRequest, Forbidden, InvalidToken):
                raise
            except TelegramError as error:
                wait = max(wait, _seconds(error) + _MARGIN) if isinstance(error, RetryAfter) else wait  # noqa: PLW2901
                if self._clock() + wait > began + _ANSWERED_WITHIN:
                    raise
                self._metrics.resent.labels(type(error).__name__).inc()
                await self._sleep(wait)
        raise AssertionError("unreachable")

    async def _signed(self, call: _Call) -> Result:
        """Signs count against Telegram's limits too, and are worth less than any message."""
        now = self._clock()
        if self._turns.held(call.chat_id) > now or self._signs >= _SIGNS_AT_ONCE:
            return True
        self._signs += 1
        try:
            return await call.made()
        except RetryAfter as error:
            self._turns.hold(call.chat_id, now + _seconds(error) + _MARGIN, now)
            raise
        finally:
            self._signs -= 1

    async def _found(self, call: _Call, after: Sequence[int]) -> Result:
        """The message of unknown fate, as Telegram has it; None where it isn't, or where that can't be told."""
        if call.endpoint != "sendMessage" or not isinstance(call.chat_id, int):
            return self._told("unknowable")
        for message_id in _candidates(after):
            data = {key: value for key, value in call.data.items() if key in _KEPT_IN_EDITS} | {
                "message_id": message_id
            }
            try:
                result = await replace(call, endpoint="editMessageText", data=data).made()
            except (BadRequest, InvalidToken) as error:
                if not_modified(error):
                    return self._told("there", _stand_in(call, message_id))
                if refused_token(error):
                    raise
                if not not_the_bots(error):
                    return self._told("unknowable")
            else:
                return self._told("there", result)
        return self._told("absent")

    def _told(self, found: str, result: Result = None) -> Result:
        self._metrics.uncertain.labels(found).inc()
        logger.info("a message whose fate was unknown: %s", found)
        return result

    async def _turn(self, chat_id: int | str) -> None:
        """Wait until Telegram's limits let a message go to this chat."""
        await self._until(self._turns.in_chat(chat_id, self._clock()))
        while (held := self._turns.held(chat_id)) > self._clock():  # since then another call has been told to wait
            await self._until(held)
        await self._until(self._turns.over_all(self._clock()))

    async def _until(self, moment: float) -> None:
        if (wait := moment - self._clock()) > 0:
            await self._sleep(wait)

    async def _wait_after(self, error: TelegramError, chat_id: int | str, wait: float) -> None:
        """Wait as long as Telegram says, else `wait` seconds; raise what waiting won't mend."""
        if isinstance(error, Forbidden) or undeliverable(error):
            raise error
        if isinstance(error, InvalidToken) and not refused_token(error):
            raise error  # a method that this server does not have
        self._metrics.resent.labels(type(error).__name__).inc()
        if isinstance(error, RetryAfter):
            now = self._clock()
            self._turns.hold(chat_id, now + _seconds(error) + _MARGIN, now)
            return
        logger.info("a message has not gone out yet, next attempt in %.1f s: %s", wait, type(error).__name__)
        await self._sleep(wait)

    def _waits(self) -> Iterator[float]:
        wait = self._first_wait
        while True:
            yield wait
            wait = min(_LONGEST_WAIT, 2 * wait)


def _candidates(after: Sequence[int]) -> list[int]:
    """The ids just above each of these, every one once."""
    return list(dict.fromkeys(base + step for base in after for step in range(1, _LOOKED_AT + 1)))


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after  # a timedelta, as `app.build` asks for
    return after.total_seconds() if isinstance(after, timedelta) else after


def _readable(call: _Call, result: Result) -> Result:
    """What Telegram answered, or as much of it as can be read: the message is out, and that is what counts."""
    if result is None:
        return True
    if not isinstance(result, dict) or not isinstance(result.get("message_id"), int):
        return result
    try:
        Message.de_json(dict(result))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with what another program wrote
        logger.warning("the answer to %s cannot be parsed: %s", call.endpoint, type(error).__name__)
        return _stand_in(call, result["message_id"])
    return result


def _stand_in(call: _Call, message_id: int) -> dict[str, Any]:
    """A message that is there, as far as it is known."""
    kind = "private" if isinstance(call.chat_id, int) and call.chat_id > 0 else "supergroup"
    chat = {"id": call.chat_id, "type": kind}
    return {"message_id": message_id, "date": int(time.time()), "chat": chat, "text": str(call.data.get("text", ""))}
