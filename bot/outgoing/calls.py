"""A call of the Bot API on its way out, and what it answers."""

import logging
import time as machine
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

from telegram import Message

from bot.updates.ephemeral import identified

logger = logging.getLogger(__name__)

Parameters = dict[str, Any]
Result = Any  # bool, dict or list of dicts: what the Bot API answered

_TEXT = frozenset({"chat_id", "text", "parse_mode", "entities", "link_preview_options", "reply_markup"})
SEND_RICH = "sendRichMessage"  # Bot API 10.1
PARAMETERS_OF_ONE = "ephemeral_message_parameters"  # Bot API 10.3: who alone is to see a message
# Telegram takes names of methods in any case: under its own name python-telegram-bot means its method, without rich
# messages.
EDIT_RICH = "editmessagetext"
_RICH = frozenset({"chat_id", "rich_message", "reply_markup"})
ATTACHED = "attached_"  # begins the names of files that a rich message names as attach://attached_…
_CAPTION = frozenset(
    {"chat_id", "caption", "parse_mode", "caption_entities", "show_caption_above_media", "reply_markup"}
)
# What makes a message say what a new one would have said; that leaves one that says so already as it is.
_EDITS = {
    "sendMessage": ("editMessageText", _TEXT),
    SEND_RICH: ("editMessageText", _RICH),
    "sendPhoto": ("editMessageCaption", _CAPTION),
    "sendDocument": ("editMessageCaption", _CAPTION),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Bot API."""

    callback: Callable[..., Coroutine[Any, Any, Result]]
    timeouts: dict[str, Any]
    endpoint: str
    data: Parameters

    @property
    def chat_id(self) -> int | str:
        """The chat that it is about; of an inline message, the name of that."""
        chat_id = self.data.get("chat_id", self.data.get("inline_message_id"))
        return chat_id if isinstance(chat_id, int) else str(chat_id)

    async def made(self) -> Result:
        """What the Bot API answers. Raises TelegramError."""
        given = {key: value for key, value in self.data.items() if value is not None}
        result = await self.callback(self.endpoint, given, **self.timeouts)
        return identified(result) if isinstance(result, dict) else result

    @property
    def is_for_one(self) -> bool:
        """Whether one person alone is to see what it sends: no edit tells whether that is there."""
        return PARAMETERS_OF_ONE in self.data

    def instead_of(self, endpoint: str, data: Parameters) -> "Call":
        """Another call in its place."""
        return replace(self, endpoint=endpoint, data=data)

    def as_edit(self, message_id: int) -> "Call | None":
        """The edit that makes this message say what the call sends; None where no edit does."""
        if self.endpoint not in _EDITS or not isinstance(self.chat_id, int):
            return None
        endpoint, names = _EDITS[self.endpoint]
        kept = {key: value for key, value in self.data.items() if key in names or key.startswith(ATTACHED)}
        return self.instead_of(endpoint, kept | {"message_id": message_id})


def readable(call: Call, result: Result) -> Result:
    """What Telegram answered, or as much of it as can be read: the message is out, and that is what counts."""
    if result is None:
        return True
    if not isinstance(result, dict) or not isinstance(result.get("message_id"), int):
        return result
    try:
        Message.de_json(dict(result))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with what another program wrote
        logger.warning("the answer to %s cannot be parsed: %s", call.endpoint, type(error).__name__)
        return stand_in(call, result["message_id"])
    return result


def stand_in(call: Call, message_id: int) -> Parameters:
    """A message that is there, as far as it is known."""
    kind = "private" if isinstance(call.chat_id, int) and call.chat_id > 0 else "supergroup"
    chat = {"id": call.chat_id, "type": kind}
    return {"message_id": message_id, "date": int(machine.time()), "chat": chat, "text": str(call.data.get("text", ""))}
