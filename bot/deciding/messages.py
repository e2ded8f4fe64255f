"""What a message of Telegram's says, and to whom: its command, its mentions, what it replies to, the question left."""

from collections.abc import Iterable, Sequence
from functools import reduce

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

from bot.deciding.said import Command, Identity, NotSaid, RepliedTo, Said
from bot.updates.origin import place_of, topic_of


def identity_of(user: User) -> Identity:
    """Who the bot is, from the user that getMe gives."""
    return Identity(user.id, user.username or "", bool(user.can_read_all_group_messages))


def read(message: Message, me: Identity) -> Said:
    """What a message says to this bot."""
    text, entities = _text_and_entities(message)
    mine = [entity for entity in entities if _names(entity, text, me)]
    others = [entity for entity in entities if _is_mention(entity) and entity not in mine]
    command, spans = _command(text, entities)
    replied = _replied(message)
    return Said(
        place=place_of(message),
        text=text,
        question=_without(text, [*spans, *mine]),
        is_private=message.chat.type == ChatType.PRIVATE,
        topic=topic_of(message),
        points_at=_pointed_at(message, replied, me),
        command=command,
        mentions_me=bool(mine),
        mentions_another_bot=any(_is_a_bots(entity, text) for entity in others),
        mentions_others=bool(others),
        replied_to=_whose(replied, me),
        is_forwarded=message.forward_origin is not None,
        by_inline_bot=message.via_bot is not None,
        not_said=not_said(message, me),
    )


def not_said(message: Message, me: Identity) -> NotSaid | None:
    """Why a message is nothing that a person has just said to the chat; None where it is."""
    sender = message.from_user
    reason: NotSaid | None = None
    if message.chat.type == ChatType.CHANNEL:
        reason = "channel_post"
    elif message.direct_messages_topic:
        reason = "direct_messages"  # what people write to a channel, its admins answer
    elif message.is_automatic_forward:
        reason = "automatic_forward"
    elif message.via_bot and message.via_bot.id == me.id:
        reason = "own_inline_result"
    elif sender and sender.id == me.id:
        reason = "itself"
    elif sender and sender.is_bot and message.sender_chat is None:
        reason = "bot"  # but not those by which Telegram stands in for anonymous admins and for channels
    elif message.text is None and message.caption is None and message.effective_attachment is None:
        reason = "service"
    return reason


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


def _names(entity: MessageEntity, text: str, me: Identity) -> bool:
    """Whether an entity mentions the bot, by its username or as a link."""
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    return entity.type == MessageEntity.MENTION and _slice(text, entity).lower() == f"@{me.username}".lower()


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


def _whose(replied: Message | None, me: Identity) -> RepliedTo:
    """A comment on a channel's post is put to nobody in particular."""
    if replied is None or replied.is_automatic_forward:
        return "nobody"
    sender = replied.from_user
    if sender is None or replied.sender_chat is not None:
        return "another"
    if sender.id == me.id:
        return "me"
    return "a bot" if sender.is_bot else "another"


def _pointed_at(message: Message, replied: Message | None, me: Identity) -> str:
    """What is asked by a reply without words of its own; the bot isn't asked its own answers."""
    if replied is not None and _whose(replied, me) == "me":
        return ""
    if message.quote is not None:
        return message.quote.text.strip()
    if replied is None:
        return ""
    text, entities = _text_and_entities(replied)
    return _without(text, [*_command(text, entities)[1], *(e for e in entities if _names(e, text, me))])
