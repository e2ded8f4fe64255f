"""The state behind the local Bot API: one bot, its users, their chats and messages, its updates and calls."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.changes import Changes
from bot.sandbox.chats import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, Chat, Message, User, given
from bot.sandbox.entities import Entity
from bot.sandbox.errors import bad_request
from bot.sandbox.faults import Fault, FaultQueue
from bot.sandbox.files import Files
from bot.sandbox.limits import Limits
from bot.sandbox.privacy import is_service, sees
from bot.sandbox.signals import Signal
from bot.sandbox.tally import NOTHING, Tally, tally
from bot.sandbox.updates import Update, UpdateQueue
from bot.sandbox.webhook import Webhook

_KEPT_CALLS = 10_000
# What stays when the content of a message is replaced.
_KEPT_BY_EDITS = frozenset(
    {
        "message_id", "from", "sender_chat", "author_signature", "chat", "date", "reply_to_message", "external_reply",
        "quote", "has_protected_content", "message_thread_id", "is_topic_message", "is_automatic_forward",
        "forward_origin", "via_bot", "media_group_id", "ephemeral_message_id", "receiver_user",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method as it was answered: `error` is the description, None where it went well.

    `fault` is what was made to go wrong with it; a call can have a result that never reached the bot. `at` is when the
    call was over (time.monotonic).
    """

    method: str
    params: dict[str, Any]
    result: Any
    error: str | None
    fault: Fault | None = None
    at: float = field(default_factory=time.monotonic)


class State:
    """What there is, and the ways to put messages and updates into it that all others are built on."""

    def __init__(
        self,
        token: str = "123456789:sandbox",  # noqa: S107 - opens nothing but this sandbox
        bot_username: str = "trich_bot",
        bot_name: str = "Trích",
        now: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.bot = User(int(token.partition(":")[0]), bot_name, bot_username, is_bot=True)
        self.users: dict[int, User] = {user.id: user for user in (self.bot, GROUP_ANONYMOUS_BOT, CHANNEL_BOT)}
        self.privacy = True  # as @BotFather sets it up; off, the bot reads all that is said in its groups
        self.inline_mode = True  # likewise, and with feedback on the results chosen
        self.guest_mode = True  # likewise
        self.private_topics = False  # likewise: on, private chats with the bot have topics (9.3)
        self.shared_ids = False  # on, message ids of private chats and basic groups have one counter, as in Telegram
        self.limits: Limits | None = None  # set it to have more than Telegram allows answered 429
        self.chats: dict[int, Chat] = {}
        self.calls: deque[Call] = deque(maxlen=_KEPT_CALLS)
        self.commands: dict[tuple[str, str], list[dict[str, Any]]] = {}  # by scope (as JSON) and language
        self.descriptions: dict[tuple[str, str], str] = {}  # by "description" or "short_description", and language
        self.menu_buttons: dict[int | None, dict[str, Any]] = {}  # by chat; None: the default
        self.callback_queries: dict[str, dict[str, Any] | None] = {}  # by id; the answer, None while there is none
        self.tapped: dict[str, tuple[int, int, float]] = {}  # by callback query: who, in which chat, when
        self.inline_queries: dict[str, dict[str, Any] | None] = {}  # likewise
        self.inline_asked: dict[str, dict[str, Any]] = {}  # the queries themselves
        self.inline_cache: dict[
            tuple[str, str, int | None], tuple[float, dict[str, Any]]
        ] = {}  # until when; the answer
        self.inline_messages: dict[str, tuple[int, int]] = {}  # inline_message_id: the chat and message it stands for
        self.guest_queries: dict[str, tuple[int, int] | None] = {}  # by id; what was posted, None while nothing is
        self.guest_asked: dict[str, Message] = {}  # the messages that summoned the bot
        self.webhook: Webhook | None = None
        self.webhook_pause = 1.0  # seconds before an update that a webhook refused is tried again
        self.logged_out = False
        self.files = Files()
        # Update ids go up over restarts too, as Telegram's do: a bot may remember those it has handled.
        self.updates = UpdateQueue(first_id=int(now()), taken=self._taken)
        self.now = now
        self._people = 0
        self._last_shared_id = self._last_ephemeral_id = 0
        self._changed = Signal()
        self.changes = Changes(self._changed)
        self.faults = FaultQueue(self._changed)

    def add_user(self, first_name: str, username: str | None = None, language_code: str | None = "vi") -> User:
        """A new person, who has not written to the bot yet."""
        self._people += 1
        user = User(1000 + self._people, first_name, username, language_code)
        self.users[user.id] = user
        self.changes.note("user", user.id)
        return user

    def private_chat(self, user: User) -> Chat:
        """The person's chat with the bot, opened at the first call; its id is the person's, as in Telegram."""
        if user.id not in self.chats:
            self.chats[user.id] = Chat(user.id, "private", username=user.username, first_name=user.first_name)
            self.changes.note("chat", user.id)
        return self.chats[user.id]

    def chat(self, chat_id: int | str) -> Chat:
        """The chat with this id or @username; raises ApiError as every method does that names a chat."""
        if isinstance(chat_id, int) and chat_id in self.chats:
            return self.chats[chat_id]
        for chat in self.chats.values():
            if chat.username and f"@{chat.username}" == chat_id and chat.type != "private":
                return chat
        raise bad_request("chat not found")

    def home(self, message: Message) -> Chat:
        """The chat that a message stands in."""
        return self.chats[message["chat"]["id"]]

    def author(self, message: Message) -> User | None:
        """Who really wrote it, also where it appears in a chat's name; None for Telegram's own messages."""
        return self.users.get(self.home(message).authors.get(message["message_id"], 0))

    def post(self, chat: Chat, sender: User, text: str, entities: Sequence[Entity], **extra: Any) -> Message:
        """Put a text into the chat and wake those who wait for one."""
        return self.put(chat, sender, {"text": text} | self.entities(entities) | extra)

    def put(self, chat: Chat, author: User, content: dict[str, Any], receiver: User | None = None) -> Message:
        """Put a message into the chat and wake those who wait for one; `content` may name another sender.

        Only the `receiver` sees it, if there is one; here its id is a negative one (see `ephemeral`).
        """
        if receiver is None:
            number = chat.last_message_id = self._next_id(chat)
            apart: dict[str, Any] = {}
        else:
            self._last_ephemeral_id += 1
            number = -self._last_ephemeral_id
            chat.below[number] = chat.last_message_id
            apart = {"ephemeral_message_id": -number}
            apart |= {} if receiver == author else {"receiver_user": receiver.as_json()}
        sender = {"sender_chat": chat.as_json()} if chat.type == "channel" else {"from": author.as_json()}
        head = {"message_id": number, "chat": chat.as_json(), "date": int(self.now())} | apart
        message: Message = head | sender | content
        chat.messages[message["message_id"]] = message
        chat.authors[message["message_id"]] = author.id
        self.touch(message)
        return message

    def _next_id(self, chat: Chat) -> int:
        if not self.shared_ids or chat.type not in {"private", "group"}:
            return chat.last_message_id + 1
        self._last_shared_id = max(self._last_shared_id, chat.last_message_id) + 1
        return self._last_shared_id

    def deliver(self, kind: str, message: Message) -> Update:
        """Make an update of a message; returned, but not queued, where the bot doesn't get to see it."""
        chat = self.home(message)
        seen = sees(self.bot, chat, message, self.author(message), privacy=self.privacy)
        seen |= "ephemeral_message_id" in message
        if seen and kind == "message" and not is_service(message) and self.author(message):
            chat.asked[message["message_id"]] = time.monotonic()
        return self.updates.push(kind, message, seen=seen)

    def _taken(self, update: Update) -> None:
        match update:
            case {"message": {"chat": {"id": int(chat_id)}, "message_id": int(number)}} | {
                "channel_post": {"chat": {"id": int(chat_id)}, "message_id": int(number)}
            } if chat_id in self.chats:
                self.chats[chat_id].read.add(number)
                self.changes.note("message", chat_id, number)

    def edited(self, message: Message, content: dict[str, Any]) -> Message:
        """The message with another content, not yet in its chat."""
        kept = {key: value for key, value in message.items() if key in _KEPT_BY_EDITS}
        return kept | {"edit_date": int(self.now())} | content

    def replace(self, message: Message) -> None:
        """Put an edited message in the place of the one with its id."""
        self.home(message).messages[message["message_id"]] = message
        self.touch(message)

    def remove(self, message: Message) -> None:
        """Take a message out of its chat."""
        del self.home(message).messages[message["message_id"]]
        self.touch(message)

    def touch(self, message: Message) -> None:
        """Wake those who watch it: something about the message has changed."""
        self.changes.note("message", message["chat"]["id"], message["message_id"])

    def entities(self, entities: Sequence[Entity], name: str = "entities") -> dict[str, Any]:
        """The message's field `entities`, left out where there are none; a mention of a stranger is dropped."""
        known = [entity for entity in entities if entity.user_id is None or entity.user_id in self.users]
        return {name: [self._entity(entity) for entity in known]} if known else {}

    def _entity(self, entity: Entity) -> dict[str, Any]:
        optional = {
            "url": entity.url,
            "language": entity.language,
            "custom_emoji_id": entity.custom_emoji_id,
            "unix_time": entity.unix_time,
            "user": None if entity.user_id is None else self.users[entity.user_id].as_json(),
        }
        return {"type": entity.type, "offset": entity.offset, "length": entity.length} | given(optional)

    def original(self, chat: Chat, message_id: int) -> Message:
        """A message as a reply to it shows it; raises ApiError as a reply to a missing one does."""
        if message_id not in chat.messages:
            raise bad_request("message to be replied not found")
        return {key: value for key, value in chat.messages[message_id].items() if key != "reply_to_message"}

    def messages_of_bot(self, chat: Chat, after: int = 0) -> list[Message]:
        """What the bot has written there, as it stands now, from message id `after` + 1 on."""
        newest_first = itertools.takewhile(
            lambda message: message["message_id"] != after and not 0 < message["message_id"] < after,
            reversed(chat.messages.values()),
        )
        return [message for message in newest_first if chat.authors.get(message["message_id"]) == self.bot.id][::-1]

    def tally(self, chat: Chat | None = None, questions: Collection[int] | None = None) -> Tally:
        """What became of what people wrote: in all chats, in one, or of its messages with these ids.

        See `tally.tally` for what counts as an answer.
        """
        if chat is not None:
            return tally(chat, questions)
        return sum((tally(each) for each in self.chats.values()), NOTHING)

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
