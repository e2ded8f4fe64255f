"""The methods that change and remove messages, and that react to them."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.access import own_message, reached
from bot.sandbox.chats import Chat, Message
from bot.sandbox.ephemeral import own_ephemeral
from bot.sandbox.errors import bad_request
from bot.sandbox.media import captioned, shown
from bot.sandbox.messaging import buttons, rich_content, text_content
from bot.sandbox.reactions import is_allowed
from bot.sandbox.schemas.messages import (
    DeleteMessages,
    Edited,
    EditedEphemeral,
    EditEphemeralMessageCaption,
    EditEphemeralMessageMedia,
    EditEphemeralMessageReplyMarkup,
    EditEphemeralMessageText,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    OfMessage,
    SetMessageReaction,
)
from bot.sandbox.world import World

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
_MEDIA = ("photo", "document")
_SHOWN = ("text", "rich_message", "entities", "caption", "caption_entities", "photo", "document", "reply_markup")
_OLD = 48 * 3600  # seconds; what is older only administrators delete


async def edit_message_text(world: World, params: EditMessageText | EditEphemeralMessageText) -> Message | bool:
    """Another text, or a rich message; without `reply_markup` the buttons go."""
    if params.rich_message is None:
        content = text_content(world, params)
    elif params.text is None:
        content = rich_content(world, params.rich_message)
    else:
        raise bad_request("text and rich_message can't be used together")

    def changed(message: Message) -> dict[str, Any]:
        if "text" not in message and "rich_message" not in message:
            raise bad_request("there is no text in the message to edit")
        return content

    return _edited(world, params, changed)


async def edit_message_caption(
    world: World, params: EditMessageCaption | EditEphemeralMessageCaption
) -> Message | bool:
    """Another caption under a picture or a file, or none."""
    caption = captioned(world, params)

    def changed(message: Message) -> dict[str, Any]:
        if not any(kind in message for kind in _MEDIA):
            raise bad_request("there is no caption in the message to edit")
        return {kind: message[kind] for kind in _MEDIA if kind in message} | caption

    return _edited(world, params, changed)


async def edit_message_media(world: World, params: EditMessageMedia | EditEphemeralMessageMedia) -> Message | bool:
    """Another picture or file, with its caption."""
    content = shown(world, params.media)
    return _edited(world, params, lambda _: content)


async def edit_message_reply_markup(
    world: World, params: EditMessageReplyMarkup | EditEphemeralMessageReplyMarkup
) -> Message | bool:
    """Other buttons only."""
    kept = set(_SHOWN) - {"reply_markup"} | {"link_preview_options"}
    return _edited(world, params, lambda message: {key: message[key] for key in kept if key in message})


def _edited(
    world: World, params: Edited | EditedEphemeral, changed: Callable[[Message], dict[str, Any]]
) -> Message | bool:
    """The message in its new form; of one sent through inline mode or for one person only that it went well."""
    inline: str | None = None
    if isinstance(params, EditedEphemeral):
        message = own_ephemeral(world, params, "edit")
    else:
        inline = params.inline_message_id
        message = own_message(world, params.chat_id, params.message_id) if inline is None else _inline(world, inline)
    content = changed(message) | buttons(params.reply_markup)
    if all(content.get(field) == message.get(field) for field in _SHOWN):
        raise bad_request(_NOT_MODIFIED)
    edited = world.edited(message, content)
    world.replace(edited)
    if world.home(message).type == "channel":
        world.follow(message, content)
    return edited if inline is None and isinstance(params, Edited) else True


def _inline(world: World, inline_id: str) -> Message:
    chat_id, message_id = world.inline_messages.get(inline_id, (0, 0))
    if chat_id not in world.chats or message_id not in world.chats[chat_id].messages:
        raise bad_request("MESSAGE_ID_INVALID")
    return world.chats[chat_id].messages[message_id]


async def delete_message(world: World, params: OfMessage) -> bool:
    """The message goes, for everyone."""
    chat = reached(world, params.chat_id)
    message = chat.messages.get(params.message_id) if params.message_id > 0 else None
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(world, chat, message)
    world.remove(message)
    return True


def _check_deletable(world: World, chat: Chat, message: Message) -> None:
    if chat.members is not None and chat.may(world.bot, "can_delete_messages"):
        return
    if chat.type != "private" and world.author(message) != world.bot:
        raise bad_request("message can't be deleted")
    if world.now() - message["date"] > _OLD:
        raise bad_request("message can't be deleted for everyone")


async def delete_messages(world: World, params: DeleteMessages) -> bool:
    """Several at once; those that aren't there are passed over."""
    chat = reached(world, params.chat_id)
    if not 1 <= len(params.message_ids) <= 100:
        raise bad_request(
            "too many message identifiers specified" if params.message_ids else "message identifiers are not specified"
        )
    for number in params.message_ids:
        if number in chat.messages:
            await delete_message(world, OfMessage(chat_id=chat.id, message_id=number))
    return True


async def set_message_reaction(world: World, params: SetMessageReaction) -> bool:
    """The bot's own reaction, one at most."""
    chat = reached(world, params.chat_id)
    if params.message_id <= 0 or params.message_id not in chat.messages:
        raise bad_request("message to react not found")
    reactions = params.reaction or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not all(is_allowed(reaction.emoji) for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    chat.reactions.setdefault(params.message_id, {})[world.bot.id] = tuple(each.emoji for each in reactions)
    world.touch(chat.messages[params.message_id])
    return True
