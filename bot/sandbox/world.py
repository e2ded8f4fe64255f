"""The state behind the local Bot API: one bot, its users, their chats and messages, its updates.

Tests and the terminal chat drive it directly, in the event loop that serves it; another process does through
`/sandbox/` (see `server`).
"""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.entities import Entity
from bot.sandbox.errors import bad_request
from bot.sandbox.message_text import formatted_text
from bot.sandbox.signals import Signal
from bot.sandbox.updates import Update, UpdateQueue

Message = dict[str, Any]  # the Bot API's Message, as JSON
_KEPT_CALLS = 10_000
_KEPT_BY_EDITS = frozenset({"message_id", "from", "chat", "date", "reply_to_message", "quote", "has_protected_content"})


@dataclass(frozen=True, slots=True)
class User:
    """A person or the bot itself."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def as_json(self) -> dict[str, Any]:
        """The Bot API's User."""
        optional = {"username": self.username, "language_code": self.language_code}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name} | _given(optional)


@dataclass(slots=True)
class Chat:
    """A chat and its messages by id, oldest first; ids count from 1 in each chat, and none is given twice."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    first_name: str | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0

    def as_json(self) -> dict[str, Any]:
        """The Bot API's Chat."""
        optional = {"title": self.title, "username": self.username, "first_name": self.first_name}
        return {"id": self.id, "type": self.type} | _given(optional)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method as it was answered: `error` is the description, None where it went well."""

    method: str
    params: dict[str, Any]
    result: Any
    error: str | None


class World:
    """All state of the sandbox. Not thread-safe: use it from the event loop that serves it."""

    def __init__(
        self,
        token: str = "123456789:sandbox",  # noqa: S107 - opens nothing but this sandbox
        bot_username: str = "trich_bot",
        bot_name: str = "Trích",
        now: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.bot = User(int(token.partition(":")[0]), bot_name, bot_username, is_bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.calls: deque[Call] = deque(maxlen=_KEPT_CALLS)
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}  # by scope (as JSON) and language
        self.descriptions: dict[tuple[str, str], str] = {}  # by "description" or "short_description", and language
        self.callback_queries: dict[str, dict[str, Any] | None] = {}  # by id; the answer, None while there is none
        self.logged_out = False
        # Update ids go up over restarts too, as Telegram's do: a bot may remember those it has handled.
        self.updates = UpdateQueue(first_id=int(now()))
        self._now = now
        self._changed = Signal()

    def add_user(self, first_name: str, username: str | None = None, language_code: str | None = "vi") -> User:
        """A new person, who has not written to the bot yet."""
        user = User(1000 + len(self.users), first_name, username, language_code)
        self.users[user.id] = user
        return user

    def private_chat(self, user: User) -> Chat:
        """The person's chat with the bot, opened at the first call; its id is the person's, as in Telegram."""
        return self.chats.setdefault(
            user.id, Chat(user.id, "private", username=user.username, first_name=user.first_name)
        )

    def chat(self, chat_id: int | str) -> Chat:
        """The chat with this id or @username; raises ApiError as every method does that names a chat."""
        if isinstance(chat_id, int) and chat_id in self.chats:
            return self.chats[chat_id]
        for chat in self.chats.values():
            if chat.username and f"@{chat.username}" == chat_id and chat.type != "private":
                return chat
        raise bad_request("chat not found")

    def say(self, user: User, chat: Chat, text: str, *, reply_to: int | None = None) -> Update:
        """The person sends a text; returns the update, queued for the bot.

        Raises ApiError for what an app can't send either: nothing to be seen, over 4096 UTF-16 units, no message
        `reply_to`.
        """
        clean, entities = formatted_text(text)
        extra = {} if reply_to is None else {"reply_to_message": self.original(chat, reply_to)}
        return self.updates.push("message", self.post(chat, user, clean, entities, **extra))

    def tap(self, user: User, message: Message, data: str) -> Update:
        """The person taps the inline button with this callback data under a message of the bot."""
        buttons = (button for row in message["reply_markup"]["inline_keyboard"] for button in row)
        if not any(button.get("callback_data") == data for button in buttons):
            raise bad_request("BUTTON_DATA_INVALID")
        query_id = str(len(self.callback_queries) + 1)
        self.callback_queries[query_id] = None
        query = {
            "id": query_id,
            "from": user.as_json(),
            "message": message,
            "chat_instance": str(message["chat"]["id"]),
            "data": data,
        }
        return self.updates.push("callback_query", query)

    def post(self, chat: Chat, sender: User, text: str, entities: Sequence[Entity], **extra: Any) -> Message:
        """Put a message into the chat and wake those who wait for one."""
        chat.last_message_id += 1
        message: Message = {
            "message_id": chat.last_message_id,
            "from": sender.as_json(),
            "chat": chat.as_json(),
            "date": int(self._now()),
            "text": text,
        }
        message |= self._entities(entities) | extra
        chat.messages[message["message_id"]] = message
        self._changed.notify()
        return message

    def edited(self, message: Message, text: str, entities: Sequence[Entity], **extra: Any) -> Message:
        """The message with another text and markup, not yet in its chat."""
        kept = {key: value for key, value in message.items() if key in _KEPT_BY_EDITS}
        return kept | {"edit_date": int(self._now()), "text": text} | self._entities(entities) | extra

    def replace(self, message: Message) -> None:
        """Put an edited message in the place of the one with its id."""
        self.chats[message["chat"]["id"]].messages[message["message_id"]] = message
        self._changed.notify()

    def _entities(self, entities: Sequence[Entity]) -> dict[str, Any]:
        """The message's field `entities`, left out where there are none; a mention of a stranger is dropped."""
        known = [entity for entity in entities if entity.user_id is None or entity.user_id in self.users]
        return {"entities": [self._entity(entity) for entity in known]} if known else {}

    def _entity(self, entity: Entity) -> dict[str, Any]:
        optional = {
            "url": entity.url,
            "language": entity.language,
            "custom_emoji_id": entity.custom_emoji_id,
            "user": None if entity.user_id is None else self.users[entity.user_id].as_json(),
        }
        return {"type": entity.type, "offset": entity.offset, "length": entity.length} | _given(optional)

    def original(self, chat: Chat, message_id: int) -> Message:
        """A message as a reply to it shows it; raises ApiError as a reply to a missing one does."""
        if message_id not in chat.messages:
            raise bad_request("message to be replied not found")
        return {key: value for key, value in chat.messages[message_id].items() if key != "reply_to_message"}

    def messages_of_bot(self, chat: Chat, after: int = 0) -> list[Message]:
        """What the bot has written there, as it stands now, from message id `after` + 1 on."""
        newest_first = itertools.takewhile(
            lambda message: message["message_id"] > after, reversed(chat.messages.values())
        )
        return [message for message in newest_first if message["from"]["id"] == self.bot.id][::-1]

    async def next_message(self, chat: Chat, after: int = 0, seconds: float | None = None) -> Message:
        """The bot's first message there with an id over `after`, once there is one; TimeoutError if none comes."""
        await self.until(lambda: bool(self.messages_of_bot(chat, after)), seconds)
        return self.messages_of_bot(chat, after)[0]

    async def until(self, condition: Callable[[], bool], seconds: float | None = None) -> None:
        """Wait until the condition holds, trying anew at every change; TimeoutError after `seconds`."""
        async with asyncio.timeout(seconds):
            await self._changed.until(condition)

    def record(self, call: Call) -> None:
        """Remember a call (the last ten thousand are kept) and wake those who wait."""
        self.calls.append(call)
        self._changed.notify()

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]


def _given(optional: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in optional.items() if value is not None}
