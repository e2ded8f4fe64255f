"""What a message says, and to whom: its command, its mentions, the message it replies to, the question that is left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from telegram import Message, MessageEntity

RepliedTo = Literal["nobody", "me", "a bot", "another"]


@dataclass(frozen=True, slots=True)
class Command:
    """`/name` or `/name@bot` at the beginning of a text, in lower case; `bot` is empty where none is named."""

    name: str
    bot: str


@dataclass(frozen=True, slots=True)
class Wording:
    """`text` is the text or caption as received, `question` what is left of it without command and mentions of the bot.

    `points_at` is the text of the message that this one replies to: its quoted part, if a part is quoted.
    """

    text: str
    question: str
    points_at: str = ""
    command: Command | None = None
    mentions_me: bool = False
    mentions_another_bot: bool = False
    mentions_others: bool = False
    replied_to: RepliedTo = "nobody"


def read(message: Message, my_id: int, my_username: str) -> Wording:
    """What a message says to a bot of this id and username."""
    text, entities = _text_and_entities(message)
    mine = [entity for entity in entities if _names(entity, text, my_id, my_username)]
    others = [entity for entity in entities if _is_mention(entity) and entity not in mine]
    command, spans = _command(text, entities)
    replied = _replied(message)
    return Wording(
        text=text,
        question=_without(text, [*spans, *mine]),
        points_at=_pointed_at(message, replied, my_id, my_username),
        command=command,
        mentions_me=bool(mine),
        mentions_another_bot=any(_is_a_bots(entity, text) for entity in others),
        mentions_others=bool(others),
        replied_to=_whose(replied, my_id),
    )


def _text_and_entities(message: Message) -> tuple[str, Sequence[MessageEntity]]:
    if message.text is not None:
        return message.text, message.entities
    return message.caption or "", message.caption_entities


def _command(text: str, entities: Iterable[MessageEntity]) -> tuple[Command | None, list[MessageEntity]]:
    """The command at the beginning, with where it stands."""
    for entity in entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            name, _, bot = _slice(text, entity).removeprefix("/").lower().partition("@")
            return Command(name, bot), [entity]
    return None, []


def _names(entity: MessageEntity, text: str, my_id: int, my_username: str) -> bool:
    """Whether an entity mentions the bot, by its username or as a link."""
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == my_id
    return entity.type == MessageEntity.MENTION and _slice(text, entity).lower() == f"@{my_username}".lower()


def _is_mention(entity: MessageEntity) -> bool:
    return entity.type in {MessageEntity.MENTION, MessageEntity.TEXT_MENTION}


def _is_a_bots(entity: MessageEntity, text: str) -> bool:
    """Bots' usernames end in "bot" (core.telegram.org/bots/features#creating-a-new-bot)."""
    if entity.user is not None:
        return entity.user.is_bot
    return _slice(text, entity).lower().endswith("bot")


def _slice(text: str, entity: MessageEntity) -> str:
    """The entity's text; places count UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "surrogatepass")


def _without(text: str, entities: Iterable[MessageEntity]) -> str:
    """The text without these stretches of it, and without the commas and blanks that set them off."""
    units = text.encode("utf-16-le", "surrogatepass")
    kept, at = [], 0
    for entity in sorted(entities, key=lambda entity: entity.offset):
        kept.append(units[2 * at : 2 * entity.offset])
        at = max(at, entity.offset + entity.length)
    kept.append(units[2 * at :])
    return reduce(_joined, (piece.decode("utf-16-le", "surrogatepass") for piece in kept)).strip()


def _joined(before: str, after: str) -> str:
    before, after = before.rstrip(), after.lstrip()
    if not before:
        return after.lstrip(",:;-–— \n")
    if not after or after[0] in "?!.…,;:":
        return before.rstrip(",;: ") + after
    return f"{before} {after}"


def _replied(message: Message) -> Message | None:
    """The message replied to. In a topic each message "replies" to the one that opened it, which nobody means."""
    replied = message.reply_to_message
    opens_topic = message.is_topic_message and replied and replied.message_id == message.message_thread_id
    return None if opens_topic else replied


def _whose(replied: Message | None, my_id: int) -> RepliedTo:
    """A comment on a channel's post is put to nobody in particular."""
    if replied is None or replied.is_automatic_forward:
        return "nobody"
    sender = replied.from_user
    if sender is None or replied.sender_chat is not None:
        return "another"
    if sender.id == my_id:
        return "me"
    return "a bot" if sender.is_bot else "another"


def _pointed_at(message: Message, replied: Message | None, my_id: int, my_username: str) -> str:
    """What is asked by a reply without words of its own; the bot isn't asked its own answers."""
    if replied is not None and _whose(replied, my_id) == "me":
        return ""
    if message.quote is not None:
        return message.quote.text.strip()
    if replied is None:
        return ""
    text, entities = _text_and_entities(replied)
    return _without(text, [*_command(text, entities)[1], *(e for e in entities if _names(e, text, my_id, my_username))])
