"""How messages get to Telegram: at its pace, again after a failure, and never twice.

Where an answer of Telegram's got lost, or the program was killed before it could write one down, the message is looked
for (see `doubts`), and sent again only where it is certain that it isn't there. Where that can't be told, a note takes
its place: perhaps sent, and a button that brings it. The note's own id mostly tells; then it becomes the message, or
goes.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.ext import BaseRateLimiter

from bot.ground.refusals import blames_a_part, instead, may_have_arrived, not_modified, undeliverable
from bot.once.handling import Handling, current
from bot.once.inbox import Inbox
from bot.once.known_ids import KnownIds
from bot.outgoing.calls import SEND_RICH, Call, Result, readable, stand_in
from bot.outgoing.doubts import Doubts, Fate
from bot.outgoing.ephemeral import Audience
from bot.outgoing.fleeting import Fleeting
from bot.outgoing.notes import Notes, can_become, is_text
from bot.outgoing.wire import Wire

logger = logging.getLogger(__name__)

_NEW_MESSAGE = ("send", "copy", "forward")
_EDIT = ("edit",)
_ANSWER = ("answer",)  # to a tap or an inline query
_SIGN = "sendChatAction"


class InDoubt(Forbidden):
    """A message may have been sent, and the chat takes no note that says so: nothing more is said there."""


class Delivery(BaseRateLimiter[None]):
    """What python-telegram-bot passes each call through."""

    def __init__(
        self,
        wire: Wire,
        inbox: Inbox,
        known: KnownIds,
        notes: Notes,
        to_asker: Callable[[int], bool] = lambda _: False,
    ) -> None:
        """`to_asker` says of a group whether only the asker may see replies."""
        self._wire = wire
        self._to_asker = to_asker
        self._inbox = inbox
        self._known = known
        self._notes = notes
        self._doubts = Doubts(wire, known)
        self._fleeting = Fleeting(wire)
        self._clock = wire.time.clock
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
        audience = self._audience()
        call = audience.addressed(Call(callback, kwargs, endpoint, data))
        if endpoint == _SIGN:
            return True if audience.only(call.chat_id) else await self._fleeting.signed(call)
        if "chat_id" in data and endpoint.startswith(_NEW_MESSAGE):
            async with self._locks.setdefault(call.chat_id, asyncio.Lock()):
                return readable(call, await self._sent_once(self._below(call)))
        if endpoint.startswith(_EDIT):
            return readable(call, await self._edited(call))
        if endpoint.startswith(_ANSWER):
            return await self._fleeting.answered(call)
        return await self._wire.made(call)

    def _audience(self) -> Audience:
        handling = current()
        return Audience(handling.update if handling else None, self._to_asker)

    async def _sent_once(self, call: Call) -> Result:
        """The message, unless it has been sent in an earlier life of the program."""
        handling = current()
        ordinal = handling.next_ordinal() if handling else 0
        earlier = handling.earlier.get(ordinal) if handling else None
        if earlier and earlier.is_there:
            told = earlier.result  # of what was written on a full disk there is the id only
            return stand_in(call, told) if isinstance(told, int) and told is not True else told
        after, unsure = (earlier.after, earlier.may_be_there) if earlier else ((), False)
        outgoing = _Outgoing(handling, ordinal, after, unsure=unsure)
        try:
            result = await self._sent(call, outgoing)
        except (BadRequest, InvalidToken) as error:
            if handling:  # another start is not to look for it
                await self._inbox.refused(handling.update.update_id, ordinal)
            if call.is_for_one and isinstance(error, BadRequest) and not blames_a_part(error):
                return await self._sent_aloud(call, handling, error)
            if call.endpoint == SEND_RICH or not isinstance(error, BadRequest):  # who sends it says the same in HTML
                if handling:
                    handling.refused()
                raise
            return await self._sent_otherwise(call, error)
        if handling:
            await self._inbox.sent(handling.update.update_id, ordinal, result, self._known.unwritten())
        return result

    async def _sent_aloud(self, call: Call, handling: Handling | None, error: BadRequest) -> Result:
        """What one person alone was to see, in another way."""
        logger.info("what only who asked was to see is said otherwise: %s", error.message)
        aloud = self._audience().aloud(call)
        if handling:
            handling.refused()
        if aloud.chat_id == call.chat_id:  # whose turn it is
            return await self._sent_once(aloud)
        async with self._locks.setdefault(aloud.chat_id, asyncio.Lock()):
            return await self._sent_once(aloud)

    def _below(self, call: Call) -> Call:
        """The call; where what it replies to stands right above in a private chat, without showing that once more.

        So does what goes on from a message sent before on the same update. What an earlier run of the program has sent
        in between, nobody knows.
        """
        to, handling = call.data.get("reply_parameters"), current()
        if handling is not None and handling.again:
            return call
        if not isinstance(to, ReplyParameters) or not isinstance(call.chat_id, int) or call.chat_id < 0:
            return call
        goes_on = handling is not None and handling.goes_on
        if not goes_on and self._known.last(call.chat_id, shared=False) > to.message_id:
            return call
        return call.instead_of(call.endpoint, call.data | {"reply_parameters": None})

    async def _sent(self, call: Call, outgoing: "_Outgoing") -> Result:
        """Telegram's answer once it has taken the message, or one that says the same. Raises what is final."""
        if outgoing.unsure:  # under way at a kill: Telegram may carry it out as late as what timed out
            await self._wire.time.sleep(max(self._wire.time.first_wait, self._wire.time.late))
            outgoing.since = self._clock()
        for wait in self._wire.waits():
            try:
                result = await self._attempt(call, outgoing)
            except ChatMigrated as error:
                call = call.instead_of(call.endpoint, call.data | {"chat_id": error.new_chat_id})
                outgoing.after = ()
            except TelegramError as error:
                left = outgoing.left and not isinstance(error, RetryAfter) and may_have_arrived(error)
                outgoing.unsure |= left
                if outgoing.left and not left and outgoing.handling:  # the wait may be long, and end with a kill
                    await self._inbox.not_sent(outgoing.handling.update.update_id, outgoing.ordinal)
                await self._wire.wait_after(error, call.chat_id, wait)
                if left and isinstance(error, TimedOut):  # what took so long may take as long again
                    await self._wire.time.sleep(self._wire.time.late)
                outgoing.since = self._clock()
            else:
                if result is not Fate.ABSENT:
                    return result
        raise AssertionError("unreachable")

    async def _attempt(self, call: Call, outgoing: "_Outgoing") -> Result:
        """The message, sent or found; ABSENT where it is now known that it is to be sent."""
        outgoing.left = False
        if outgoing.unsure:
            result = await self._found_out(call, outgoing)
            outgoing.unsure = result is not Fate.ABSENT
            return result
        await self._wire.turn(call.chat_id)
        began = 0.0

        async def written_down() -> None:
            nonlocal began
            outgoing.after, outgoing.tried = self._known.before_next(call.chat_id), set()
            if outgoing.handling:
                update_id = outgoing.handling.update.update_id
                await self._inbox.about_to_send(update_id, outgoing.ordinal, outgoing.after, self._known.unwritten())
            outgoing.left, began = True, self._clock()

        result = await self._wire.made_after(call, written_down)
        self._note(call, result, outgoing.after, began)
        return result

    async def _found_out(self, call: Call, outgoing: "_Outgoing") -> Result:
        """A message of unknown fate, or the note that stands for it; ABSENT where it is to be sent."""
        after, tried = outgoing.after, outgoing.tried
        fate = await self._doubts.fate(call, after, outgoing.since, tried)
        if fate is Fate.UNKNOWN:
            try:
                note = await self._noted(call, outgoing)
            except BadRequest:
                if not call.is_for_one:
                    raise
                # It is too late for what one person alone sees: the note is said otherwise, the message is not.
                call, after = self._audience().aloud(call), ()
                note = await self._noted(call, outgoing)
            fate = await self._doubts.fate(call, after, outgoing.since, tried, note)
            if fate is Fate.UNKNOWN:
                logger.warning("a message may have been sent, and is brought to who asks for it")
                self._notes.keep(call.chat_id, note, call)
                return stand_in(call, note)
            if fate is Fate.ABSENT and can_become(call) and await self._becomes(call, note):
                fate = stand_in(call, note)
            else:
                await self._removed(call, note)
        if fate is not Fate.ABSENT:
            self._note(call, fate)
        return fate

    async def _noted(self, call: Call, outgoing: "_Outgoing") -> int:
        """The id of the note, sent. Raises TelegramError; then another is sent later, if the first is not found."""
        note = self._notes.of(call, outgoing.handling.update if outgoing.handling else None)
        await self._wire.turn(call.chat_id)
        try:
            result = await self._wire.made(note)
        except BadRequest as error:
            if call.is_for_one:
                raise
            if undeliverable(error):
                raise
            raise InDoubt(error.message) from error
        except TelegramError:
            outgoing.tried.clear()  # the note may be at one of these, and becomes the message when it is found
            raise
        message_id = int(result["message_id"])
        self._known.note(call.chat_id, message_id, kept=False)  # it may yet become the message
        return message_id

    async def _becomes(self, call: Call, note: int) -> bool:
        """Whether the note says now what the call was to say; not where somebody has deleted it."""
        edit = call.as_edit(note)
        try:
            return edit is not None and bool(await self._edited(edit))
        except BadRequest as error:
            logger.info("a note does not become the message: %s", error.message)
            return False

    async def _removed(self, call: Call, note: int) -> None:
        data = {"chat_id": call.chat_id, "message_id": note}
        try:
            await self._wire.repeated(call.instead_of("deleteMessage", data))
        except TelegramError as error:  # it says that the message may be there, and so it is
            logger.info("a note stays: %s", type(error).__name__)

    def _note(self, call: Call, result: Result, after: tuple[int, ...] = (), began: float = 0.0) -> None:
        self._wire.metrics.sent.inc()
        self._known.note_result(call.chat_id, result, after, began)

    async def _sent_otherwise(self, call: Call, error: BadRequest) -> Result:
        others = instead(error, call.data, divisible=is_text(call)) if call.as_edit(0) or is_text(call) else []
        if not others:
            raise error
        logger.warning("a message was refused and is sent more plainly: %s", error.message)
        result: Result = None
        for data in others:
            result = await self._sent_once(call.instead_of(call.endpoint, data))
        return result

    async def _edited(self, call: Call) -> Result:
        """An edit may be repeated; one that changes nothing is done."""
        try:
            await self._wire.turn(call.chat_id)
            return await self._wire.repeated(call)
        except BadRequest as error:
            if not_modified(error):
                return True
            others = [] if "rich_message" in call.data else instead(error, call.data, divisible=False)
            if not others:
                raise
            logger.warning("an edit was refused and is made more plainly: %s", error.message)
            return await self._edited(call.instead_of(call.endpoint, others[0]))


class _Outgoing:
    """A message on its way: what update it is sent on, where it would be, and whether it may be there."""

    def __init__(self, handling: Handling | None, ordinal: int, after: tuple[int, ...], *, unsure: bool) -> None:
        self.handling = handling
        self.ordinal = ordinal
        self.after = after
        self.unsure = unsure
        self.since = 0.0  # when it can't have arrived later any more
        self.tried: set[int] = set()  # ids at which it is not
        self.left = False  # whether the last attempt was to send it
