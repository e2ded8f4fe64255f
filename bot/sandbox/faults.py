"""Faults on request: what a test makes go wrong with the next calls of the bot.

world.faults.add(flood(3, chat_id=chat.id))               # one 429 for that chat
world.faults.add(lost_response(method="sendMessage"))     # stored, and the bot never hears of it
world.faults.add(unauthorized(times=None))                # 401 from now on, until `clear`
"""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.sandbox.signals import Signal

BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center>nginx</center></body>\r\n</html>\r\n"
)


class Fault(BaseModel):
    """What goes wrong with calls of `method` (or of any of several; None: of all) about `chat_id` (None: any), `times`
    times (None: always).

    `error` answers `code`, `description` and `parameters` as the Bot API does; `body` answers `code` and the bare text;
    `drop` closes the connection without a word; `hold` keeps the answer back until `release`, or for ever. With
    `handled` the call is really carried out first: a message is stored, but the bot doesn't hear of it.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["error", "body", "drop", "hold"]
    method: str | list[str] | None = None
    chat_id: int | None = None
    times: int | None = Field(default=1, ge=1)
    handled: bool = False
    code: int = Field(default=400, ge=200, le=599)
    description: str = ""
    parameters: dict[str, Any] | None = None
    body: str = ""

    def concerns(self, method: str, params: dict[str, Any]) -> bool:
        """Whether it strikes this call."""
        methods = [self.method] if isinstance(self.method, str) else self.method
        return (methods is None or method.lower() in map(str.lower, methods)) and (
            self.chat_id is None or str(params.get("chat_id")) == str(self.chat_id)
        )


class FaultQueue:
    """Faults in the order in which they were added; a call meets the first that concerns it."""

    def __init__(self, changed: Signal) -> None:
        self.held = 0  # answers that are kept back now
        self._faults: list[Fault] = []
        self._changed = changed
        self._releases = Signal()
        self._closed = False

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def add(self, fault: Fault) -> Fault:
        """Queue a fault; the queue's own copy counts down."""
        queued = fault.model_copy()
        self._faults.append(queued)
        return queued

    def take(self, method: str, params: dict[str, Any]) -> Fault | None:
        """The fault that strikes this call; used up after its last time."""
        fault = next((fault for fault in self._faults if fault.concerns(method, params)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            if not fault.times:
                self._faults = [other for other in self._faults if other is not fault]
        return fault

    def clear(self) -> None:
        """Nothing goes wrong any more; what is held is let go."""
        self._faults = []
        self.release()

    def release(self) -> None:
        """Let go the answers that are kept back now."""
        self._releases.notify()

    async def hold(self) -> bool:
        """Return at the next `release`; False where the server stops instead."""
        self.held += 1
        self._changed.notify()
        try:
            if not self._closed:
                await self._releases.wait()
        finally:
            self.held -= 1
            self._changed.notify()
        return not self._closed

    def open(self) -> None:
        """The server starts, perhaps after a stop: answers can be held again."""
        self._closed = False

    def close(self) -> None:
        """The server stops: nothing is held any longer."""
        self._closed = True
        self.release()


def failing(code: int, description: str, parameters: dict[str, Any] | None = None, **when: Any) -> Fault:
    """Any error of the Bot API, such as `failing(400, "Bad Request: TOPIC_DELETED", method="sendMessage")`."""
    return Fault(kind="error", code=code, description=description, parameters=parameters, **when)


def flood(retry_after: int, **when: Any) -> Fault:
    """429 with `retry_after` seconds."""
    return failing(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}, **when)


def unauthorized(**when: Any) -> Fault:
    """401, as after a revoked token."""
    return failing(401, "Unauthorized", **when)


def conflict(**when: Any) -> Fault:
    """409, as from a second instance that polls."""
    words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    return failing(409, words, **{"method": "getUpdates"} | when)


def blocked(**when: Any) -> Fault:
    """403, as from somebody who has blocked the bot."""
    return failing(403, "Forbidden: bot was blocked by the user", **when)


def bad_gateway(**when: Any) -> Fault:
    """502 with a page of HTML."""
    return Fault(kind="body", code=502, body=BAD_GATEWAY, **when)


def lost_request(**when: Any) -> Fault:
    """The connection closes before anything is done."""
    return Fault(kind="drop", **when)


def lost_response(**when: Any) -> Fault:
    """The connection closes after the call was carried out."""
    return Fault(kind="drop", handled=True, **when)


def held_request(**when: Any) -> Fault:
    """Nothing is done before `release`; nothing ever is if the bot goes away first. Without a release: a black hole."""
    return Fault(kind="hold", **when)


def held_response(**when: Any) -> Fault:
    """The call is carried out at once, its answer waits for `release`: a slow server."""
    return Fault(kind="hold", handled=True, **when)
