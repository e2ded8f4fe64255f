"""A message as far as it decides whether the bot answers: records of no library's making."""

from dataclasses import dataclass
from typing import Literal

from bot.ground.place import Place

RepliedTo = Literal["nobody", "me", "a bot", "another"]
# Why a message is nothing that a person has just said to the chat.
NotSaid = Literal[
    "channel_post", "direct_messages", "automatic_forward", "own_inline_result", "itself", "bot", "service",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, from getMe; `reads_all` is False in privacy mode."""

    id: int
    username: str
    reads_all: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """`/name` or `/name@bot` at the beginning of a text, in lower case; `bot` is empty where none is named."""

    name: str
    bot: str


@dataclass(frozen=True, slots=True)
class Said:
    """`text` is the text or caption as received, `question` what is left of it without command and mentions of the bot.

    `points_at` is the text of the message that this one replies to: its quoted part, if a part is quoted. `topic` is
    None in chats without topics.
    """

    place: Place
    text: str
    question: str
    is_private: bool = False
    topic: int | None = None
    points_at: str = ""
    command: Command | None = None
    mentions_me: bool = False
    mentions_another_bot: bool = False
    mentions_others: bool = False
    replied_to: RepliedTo = "nobody"
    is_forwarded: bool = False
    by_inline_bot: bool = False
    not_said: NotSaid | None = None
