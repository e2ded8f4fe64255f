"""The highest message id known of each chat, to tell where a message would be that has just been sent."""

from collections import OrderedDict
from typing import Any

from telegram import Update

_CHATS = 10_000  # of those that were active last


class KnownIds:
    """Message ids grow. Those of supergroups and channels count in each by itself, those of all private chats together
    (https://core.telegram.org/api/updates#message-related-event-sequences); a local server may count them in each too.
    """

    def __init__(self) -> None:
        self._highest: OrderedDict[int | str, int] = OrderedDict()
        self._private = 0

    def note_update(self, update: Update) -> None:
        """A message came in."""
        message = update.effective_message
        if message is not None:
            self._note(message.chat.id, message.message_id)

    def note_result(self, chat_id: int | str, result: Any) -> None:
        """A message went out, and this is what Telegram answered: a Message, as JSON, or something else."""
        if isinstance(result, dict) and isinstance(result.get("message_id"), int):
            self._note(chat_id, result["message_id"])

    def before_next(self, chat_id: int | str) -> tuple[int, ...]:
        """The ids just above one of which the next message in this chat gets its own."""
        here = self._highest.get(chat_id, 0)
        anywhere = self._private if isinstance(chat_id, int) and chat_id > 0 else here
        return tuple(dict.fromkeys((here, anywhere)))

    def _note(self, chat_id: int | str, message_id: int) -> None:
        self._highest[chat_id] = max(message_id, self._highest.get(chat_id, 0))
        self._highest.move_to_end(chat_id)
        while len(self._highest) > _CHATS:
            self._highest.popitem(last=False)
        if isinstance(chat_id, int) and chat_id > 0:
            self._private = max(message_id, self._private)
