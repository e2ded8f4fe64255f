"""Posts of channels as articles: read from the message, kept as article lines, one folder for each channel.

A post's file is that of the day on which it was published, which no edit changes. Telegram tells bots of edits, but of
no deletion: what a channel has deleted stays until somebody takes its line out of the file.
"""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from telegram import (
    Message,
    MessageEntity,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from retrieval import Article
from retrieval.polling.archive import Archive

_VIETNAM = timezone(timedelta(hours=7))
# What a line may consist of and yet say nothing: addresses, names of accounts, hashtags.
_POINTERS = re.compile(r"(?:https?://|www\.|t\.me/)\S+|[#@]\w+")
_WORD = re.compile(r"\w")
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Post:
    """A post as an article. `text` is its text or caption, without the lines that only point elsewhere; it may be
    empty, and then there is nothing to quote.
    """

    id: str
    channel: int
    day: date
    title: str | None
    text: str
    published: datetime
    publisher: str
    author: str | None
    url: str | None

    def line(self) -> bytes:
        """The article line (DESIGN §4)."""
        fields = {
            "id": self.id,
            "title": self.title,
            "text": self.text,
            "published": self.published.isoformat(),
            "publisher": self.publisher,
            "author": self.author,
            "url": self.url,
        }
        return json.dumps({k: v for k, v in fields.items() if v}, ensure_ascii=False).encode() + b"\n"


def read_post(message: Message, my_id: int) -> Post | None:
    """The post; None for what the bot of this id has said itself, which is no source.

    A post taken over from another channel is that one's, with its date. What was a person's is the channel's that
    published it, and the person its author: names of accounts are anybody's to choose. An album's messages are posts
    each, as each has a link and a caption of its own; mostly one has a caption, and the others nothing to quote.
    """
    origin = message.forward_origin
    if message.via_bot and message.via_bot.id == my_id:
        return None
    if isinstance(origin, MessageOriginUser) and origin.sender_user.id == my_id:
        return None
    published, publisher, author, url = message.date, message.chat.title, message.author_signature, message.link
    match origin:
        case MessageOriginChannel():
            published, publisher, author = origin.date, origin.chat.title, origin.author_signature
            url = f"https://t.me/{origin.chat.username}/{origin.message_id}" if origin.chat.username else url
        case MessageOriginChat():
            published, publisher, author = origin.date, origin.sender_chat.title, origin.author_signature
        case MessageOriginUser():
            published, author = origin.date, origin.sender_user.full_name
        case MessageOriginHiddenUser():
            published, author = origin.date, origin.sender_user_name
        case _:
            pass
    return Post(
        id=f"t.me/{message.chat.id}/{message.message_id}",
        channel=message.chat.id,
        day=message.date.astimezone(_VIETNAM).date(),
        title=_title(message),
        text="\n".join(line for line in _text(message).split("\n") if _says_something(line)),
        published=published.astimezone(_VIETNAM),
        publisher=publisher or str(message.chat.id),
        author=author,
        url=url,
    )


def keep(folder: Path, post: Post) -> bool:
    """Put the post in the place of what it was before; whether that changes anything. Raises OSError.

    A kill leaves the file as it was or as it is meant to be.
    """
    line = post.line() if post.text else b""
    return Archive(folder / str(post.channel)).put({post.id: line}, {}, post.day)


def is_from(article: Article, channel: int) -> bool:
    """Whether the article is a post of this channel, in its words or taken over."""
    return Path(article.path).parent.name == str(channel)


def _text(message: Message) -> str:
    return message.text or message.caption or ""


def _says_something(line: str) -> bool:
    return bool(_WORD.search(_POINTERS.sub("", line)))


def _title(message: Message) -> str | None:
    """The first line where all its words are bold and more follows, as channels write headlines."""
    first, _, rest = _text(message).partition("\n")
    words = [word.start() for word in _WORD.finditer(first)]
    if not words or not _WORD.search(_POINTERS.sub("", rest)) or len(first) > _LONGEST_TITLE:
        return None
    begin, end = _units(first[: words[0]]), _units(first[: words[-1] + 1])
    for entity in message.entities or message.caption_entities:
        if entity.type == MessageEntity.BOLD and entity.offset <= begin and entity.offset + entity.length >= end:
            return first.strip()
    return None


def _units(text: str) -> int:
    """Places of entities count UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
