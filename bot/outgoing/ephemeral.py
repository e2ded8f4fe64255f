"""What one person alone is to see in a group (Bot API 10.2, 10.3): how calls say so to Telegram.

It is what replies to a message that only the bot saw, and all that is said to somebody in a group that has chosen it.
So nothing that is asked unseen is ever answered before all, whoever sends the answer. Telegram takes such messages of
administrators, of others within 15 seconds, and guarantees none: what it refuses is said to all where all have seen
the question, else in the private chat.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram import Message, ReplyParameters, Update

from bot.outgoing.calls import PARAMETERS_OF_ONE, Call
from bot.updates.ephemeral import is_ephemeral
from bot.updates.origin import writer_of

# By names in lower case, as Telegram takes them in any.
_SENT = frozenset({"sendmessage", "sendrichmessage", "sendphoto", "senddocument"})
_INSTEAD = {
    "editmessagetext": "editEphemeralMessageText",
    "editmessagecaption": "editEphemeralMessageCaption",
    "editmessagemedia": "editEphemeralMessageMedia",
    "editmessagereplymarkup": "editEphemeralMessageReplyMarkup",
    "deletemessage": "deleteEphemeralMessage",
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may see the reply to an update; `chosen` says of a group whether only the asker may."""

    update: Update | None
    chosen: Callable[[int], bool]

    def only(self, chat_id: int | str) -> int | None:
        """Who alone is to see it in this chat, by id; None where all are to, or nobody can be named."""
        message, query = self._message, self.update.callback_query if self.update else None
        if message is None or message.chat.id != chat_id or message.chat.id > 0:
            return None
        if not (is_ephemeral(message.message_id) or self.chosen(message.chat.id)):
            return None
        if query is not None:
            return query.from_user.id
        person = message.from_user
        return person.id if person and person.id == writer_of(message) else None

    def addressed(self, call: Call) -> Call:
        """The call as Telegram has it for this audience."""
        only = self.only(call.chat_id)
        if only is None:
            return call
        number = call.data.get("message_id")
        instead = _INSTEAD.get(call.endpoint.lower())
        if instead is not None and isinstance(number, int) and is_ephemeral(number):
            others = {name: value for name, value in call.data.items() if name != "message_id"}
            return call.instead_of(instead, others | {"receiver_user_id": only, "ephemeral_message_id": -number})
        if call.endpoint.lower() not in _SENT:
            return call
        query = self.update.callback_query if self.update else None
        parameters = {"receiver_user_id": only} | ({"callback_query_id": query.id} if query else {})
        return call.instead_of(call.endpoint, call.data | {PARAMETERS_OF_ONE: parameters} | self._reply(call))

    def aloud(self, call: Call) -> Call:
        """What is said instead of a message for one person that was refused."""
        message = self._message
        kept = {name: value for name, value in call.data.items() if name != PARAMETERS_OF_ONE}
        if message is not None and is_ephemeral(message.message_id):
            kept |= {"chat_id": self.only(message.chat.id), "message_thread_id": None, "reply_parameters": None}
        return call.instead_of(call.endpoint, kept)

    def _reply(self, call: Call) -> dict[str, Any]:
        """The reply to what only the bot saw, which goes by its own id."""
        to, message = call.data.get("reply_parameters"), self._message
        if not isinstance(to, ReplyParameters) or message is None or not is_ephemeral(message.message_id):
            return {}
        return {"reply_parameters": {"ephemeral_message_id": -message.message_id}}

    @property
    def _message(self) -> Message | None:
        message = self.update.effective_message if self.update else None
        return message if isinstance(message, Message) else None
