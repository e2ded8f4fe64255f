"""A group as tests act in it, and what the log says."""

import sqlite3
from contextlib import closing
from typing import Any

from bot.sandbox.world import Message, Topic, User, World
from bot.settings import Settings

PATIENCE = 10  # seconds; every wait ends as soon as the message is there


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
