"""Posts of channels as articles: read from the message, kept as article lines, one folder for each channel.

A post's file is that of the day on which it was published, which no edit changes. Telegram tells bots of edits, but of
no deletion: what a channel has deleted stays until somebody takes its line out of the file. So does what was edited
into something that can't be read: only what is known to say nothing takes the place of words.
"""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from telegram import (
    Message,
    MessageEntity,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from bot.updates.origin import day_of
from bot.updates.rich import Mark
from bot.updates.untyped import rich_of, unknown_in
from retrieval import Article
from retrieval.polling.archive import Archive
from retrieval.records import VIETNAM

# What a line may consist of and yet say nothing: addresses, names of accounts, hashtags.
_POINTERS = re.compile(r"(?:https?://|www\.|t\.me/)\S+|[#@]\w+")
_WORD = re.compile(r"\w")
_LONGEST_TITLE = 200
# Hidden, so that it is never read as articles.
RAW = ".unread"

_Line = tuple[str, Mark | None]


@dataclass(frozen=True, slots=True)
class Post:
    """A post as an article. `text` is its text or caption, without the lines that only point elsewhere; it may be
    empty, and then there is nothing to quote. `marks` say what its lines are, None where nothing but words says so.

    `unknown` names what is not known in it; `raw` then is all of it, as JSON. `unread`: no text was found, and that it
    says nothing is not known either, as it is of a picture alone.
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
    marks: tuple[Mark | None, ...] | None = None
    unknown: tuple[str, ...] = ()
    raw: str = ""
    unread: bool = False

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
            "structure": self._structure(),
        }
        # What a line of a rich post is, is known also where it is all body.
        kept = {k: v for k, v in fields.items() if v or (k == "structure" and v is not None)}
        return json.dumps(kept, ensure_ascii=False).encode() + b"\n"

    def _structure(self) -> dict[Mark, list[int]] | None:
        if self.marks is None:
            return None
        structure: dict[Mark, list[int]] = {}
        for number, mark in enumerate(self.marks, 1):
            if mark is not None:
                structure.setdefault(mark, []).append(number)
        return structure

    def raw_line(self) -> bytes:
        """What is kept of a post that is not wholly known, until it is."""
        fields = {"id": self.id, "unknown": self.unknown, "message": json.loads(self.raw)}
        return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


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
    lines, unknown = _lines(message), unknown_in(message)
    kept = [line for line in lines if _says_something(line[0])]
    return Post(
        id=f"t.me/{message.chat.id}/{message.message_id}",
        channel=message.chat.id,
        day=day_of(message),
        title=_title(message, lines),
        text="\n".join(text for text, _ in kept),
        published=published.astimezone(VIETNAM),
        publisher=publisher or str(message.chat.id),
        author=author,
        url=url,
        marks=tuple(mark for _, mark in kept) if rich_of(message) else None,
        unknown=unknown,
        raw=message.to_json() if unknown else "",
        unread=not kept and (bool(unknown) or (not lines and message.effective_attachment is None)),
    )


def keep(folder: Path, post: Post) -> bool:
    """Put the post in the place of what it was before; whether that changes anything that is quoted. Raises OSError.

    What could not be read leaves what was there before. A kill leaves each file as it was or as it is meant
    to be.
    """
    raw = post.raw_line() if post.unknown else b""
    Archive(folder / RAW / str(post.channel)).put({post.id: raw}, {}, post.day)
    if post.unread:
        return False
    line = post.line() if post.text else b""
    return Archive(folder / str(post.channel)).put({post.id: line}, {}, post.day)


def is_from(article: Article, channel: int) -> bool:
    """Whether the article is a post of this channel, in its words or taken over."""
    return Path(article.path).parent.name == str(channel)


def _lines(message: Message) -> list[_Line]:
    """The lines of what it says, each with what it is; none where there is no text at all."""
    rich = rich_of(message)
    if rich is not None and rich.text:
        return list(zip(rich.text.split("\n"), rich.marks, strict=True))
    text = message.text or message.caption
    # A rich message of pictures alone has said, as far as it is known, that it has no words.
    return [(line, None) for line in text.split("\n")] if text else [("", None)] if rich is not None else []


def _says_something(line: str) -> bool:
    return bool(_WORD.search(_POINTERS.sub("", line)))


def _title(message: Message, lines: list[_Line]) -> str | None:
    """The first heading where nothing but captions stands before it, else the first line where all its words are bold,
    as channels write headlines; where more follows.
    """
    spoken = [(text, mark) for text, mark in lines if mark != "caption" and _says_something(text)]
    if len(spoken) < 2 or len(spoken[0][0]) > _LONGEST_TITLE:
        return None
    first, mark = spoken[0]
    return first.strip() if mark == "heading" or _is_bold(message, first) else None


def _is_bold(message: Message, line: str) -> bool:
    """Whether all words of the text's first line are, which this is."""
    words = [word.start() for word in _WORD.finditer(line)]
    if not (message.text or message.caption or "").startswith(line):
        return False
    begin, end = _units(line[: words[0]]), _units(line[: words[-1] + 1])
    return any(
        entity.type == MessageEntity.BOLD and entity.offset <= begin and entity.offset + entity.length >= end
        for entity in message.entities or message.caption_entities
    )


def _units(text: str) -> int:
    """Places of entities count UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
