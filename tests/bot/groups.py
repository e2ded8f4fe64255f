"""A group and a private chat as tests act in them, and what the log says."""

import sqlite3
from contextlib import closing
from typing import Any

from bot.sandbox.world import Message, Topic, User, World
from bot.settings import Settings
from tests.clock import PATIENCE

_HELP = ("Cách hỏi", "Asking")  # how the answer to "/help" begins


class Reader:
    """A person who asks in private and taps."""

    def __init__(self, world: World, language: str = "vi", user: User | None = None) -> None:
        self.world = world
        self.user: User = user or world.add_user("Lan", language_code=language)
        self.chat = world.private_chat(self.user)

    async def asks(self, text: str, **options: Any) -> list[Message]:
        """All that the bot says to it."""
        asked: Message = self.world.say(self.user, self.chat, text, **options)["message"]
        return await self.heard_after(asked["message_id"])

    async def heard_after(self, last: int) -> list[Message]:
        """What the bot has said since, now that everything before is handled."""
        asked: Message = self.world.say(self.user, self.chat, "/help")["message"]

        def helps(message: Message) -> bool:
            """By its text: what comes of a tap may stand below "/help" as well."""
            later = message["message_id"] > asked["message_id"]
            return bool(later and message.get("text", "").startswith(_HELP))

        await self.world.until(lambda: any(map(helps, self.world.messages_of_bot(self.chat))), PATIENCE)
        return [m for m in self.world.messages_of_bot(self.chat) if m["message_id"] > last and not helps(m)]

    async def taps(self, message: Message, data: str) -> list[Message]:
        """What comes of it besides what changes in the message."""
        last = max(m for m in self.chat.messages)
        query = self.world.tap(self.user, message, data)["callback_query"]
        await self.world.until(lambda: self.world.callback_queries[query["id"]] is not None, PATIENCE)
        self.notice: dict[str, Any] = self.world.callback_queries[query["id"]] or {}
        return await self.heard_after(last)

    def now(self, message: Message) -> Message:
        return self.chat.messages[message["message_id"]]


class Group:
    """A group with the bot in it, its owner, and Lan and Hoa as members."""

    def __init__(self, world: World, **options: Any) -> None:
        self.world = world
        self.owner = world.add_user("Chủ nhóm")
        self.lan = world.add_user("Lan")
        self.hoa = world.add_user("Hoa")
        self.chat = world.add_group("Xóm", owner=self.owner, members=[self.lan, self.hoa], **options)

    def says(self, text: str, user: User | None = None, **options: Any) -> Message:
        message: Message = self.world.say(user or self.lan, self.chat, text, **options)["message"]
        return message

    async def asks(self, text: str, user: User | None = None, **options: Any) -> Message:
        """What the bot replies."""
        return await self.after(self.says(text, user, **options))

    async def after(self, message: Message) -> Message:
        """The bot's next message after this one."""
        return await self.world.next_message(self.chat, after=message["message_id"], seconds=PATIENCE)

    async def heard(self) -> list[Message]:
        """All that the bot has said here, now that everything before is handled."""
        await self.asks("/help@trich_bot", self.hoa)
        return self.world.messages_of_bot(self.chat)[:-1]

    async def settings(self, topic: Topic | None = None) -> Message:
        """The panel, as the owner calls for it."""
        return await self.asks("/caidat", self.owner, topic=None if topic is None else topic.id)

    async def taps(self, panel: Message, data: str, user: User | None = None) -> dict[str, Any]:
        """What the person sees after tapping a button."""
        query = self.world.tap(user or self.owner, panel, data)["callback_query"]
        await self.world.until(lambda: self.world.callback_queries[query["id"]] is not None, PATIENCE)
        await self.asks("/help@trich_bot", self.hoa)  # by then the panel says what holds now
        return self.world.callback_queries[query["id"]] or {}

    def now(self, message: Message) -> Message:
        """The message as it stands now."""
        return self.chat.messages[message["message_id"]]

    async def until_it_says(self, message: Message, words: str) -> None:
        await self.world.until(lambda: words in self.now(message)["text"], PATIENCE)


def rows(settings: Settings) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(settings.log.path)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("SELECT * FROM queries ORDER BY id")]


def chosen(panel: Message) -> list[str]:
    """The buttons that are marked."""
    return [
        button["text"] for row in panel["reply_markup"]["inline_keyboard"] for button in row if "✓" in button["text"]
    ]


def buttons(panel: Message) -> list[str]:
    return [button["callback_data"] for row in panel["reply_markup"]["inline_keyboard"] for button in row]
