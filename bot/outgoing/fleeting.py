"""What is worth nothing soon after: signs of typing, and answers to taps and inline queries."""

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.ground.refusals import asked_to_wait
from bot.outgoing.calls import Call, Result
from bot.outgoing.wire import Wire

_ANSWERED_WITHIN = 10.0  # seconds: nobody waits for an answer any more
_SIGNS_AT_ONCE = 4  # in a rush answers need the line


class Fleeting:
    """Makes such calls, for a while or once."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._clock = wire.time.clock
        self._signs = 0  # under way

    async def answered(self, call: Call) -> Result:
        """An answer may be repeated: where the first has arrived, the second is refused as too old."""
        began = self._clock()
        for wait in self._wire.waits():
            try:
                return await self._wire.made(call, urgent=True)
            except (BadRequest, Forbidden, InvalidToken):
                raise
            except TelegramError as error:
                wait = max(wait, asked_to_wait(error))  # noqa: PLW2901 - as Telegram has it
                if self._clock() + wait > began + _ANSWERED_WITHIN:
                    raise
                self._wire.metrics.resent.labels(type(error).__name__).inc()
                await self._wire.time.sleep(wait)
        raise AssertionError("unreachable")

    async def signed(self, call: Call) -> Result:
        """Signs count against Telegram's limits too, and are worth less than any message."""
        now, turns = self._clock(), self._wire.turns
        if turns.held(call.chat_id) > now or self._signs >= _SIGNS_AT_ONCE or not self._wire.line.is_free:
            return True
        self._signs += 1
        try:
            return await self._wire.made(call)
        except RetryAfter as error:
            turns.hold(call.chat_id, now + asked_to_wait(error), now)
            raise
        finally:
            self._signs -= 1
