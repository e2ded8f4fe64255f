"""The methods that send: text, pictures, files, albums, and the sign that something is coming."""

import time
from functools import partial
from typing import Any

from bot.sandbox.access import thread_checked, writable
from bot.sandbox.chats import Action, Message, Said
from bot.sandbox.ephemeral import check_seen_by_all, receiver_of
from bot.sandbox.errors import bad_request
from bot.sandbox.media import captioned, document, in_block, photo, shown
from bot.sandbox.message_text import formatted_text
from bot.sandbox.replies import original_of, replying
from bot.sandbox.rich import as_sent
from bot.sandbox.schemas.keyboards import ForceReply, InlineKeyboardMarkup
from bot.sandbox.schemas.messages import (
    InputRichMessage,
    New,
    Placed,
    SendChatAction,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendRichMessage,
    Text,
)
from bot.sandbox.threads import threaded
from bot.sandbox.world import World

_ACTION_SECONDS = 5  # core.telegram.org/bots/api#sendchataction


async def send_message(world: World, params: SendMessage) -> Message:
    """A new text of the bot."""
    content = text_content(world, params)  # Telegram looks at the text first
    return _sent(world, params, "text messages", content)


async def send_rich_message(world: World, params: SendRichMessage) -> Message:
    """A rich message of the bot."""
    content = rich_content(world, params.rich_message)
    return _sent(world, params, "text messages", content)


def rich_content(world: World, message: InputRichMessage) -> dict[str, Any]:
    """The field `rich_message`, with the files that came with it."""
    return {"rich_message": as_sent(dict(message), partial(in_block, world))}


async def send_photo(world: World, params: SendPhoto) -> Message:
    """A picture with a caption."""
    caption = captioned(world, params)
    return _sent(world, params, "photos", photo(world, params.photo) | caption)


async def send_document(world: World, params: SendDocument) -> Message:
    """A file with a caption."""
    caption = captioned(world, params)
    return _sent(world, params, "documents", document(world, params.document) | caption)


async def send_media_group(world: World, params: SendMediaGroup) -> list[Message]:
    """An album: two to ten messages that hang together."""
    if not 2 <= len(params.media) <= 10:
        raise bad_request(
            "there must be from 2 to 10 media in an album" if params.media else "there are no messages to send"
        )
    if len({media.type for media in params.media}) > 1:
        raise bad_request("document can't be mixed with other media types")
    contents = [shown(world, media) for media in params.media]
    group = {"media_group_id": str(world.files.next_album())}
    what = "photos" if params.media[0].type == "photo" else "documents"
    return [_sent(world, params, what, content | group) for content in contents]


def text_content(world: World, params: Text) -> dict[str, Any]:
    """The text, its entities and its preview, as a message shows them."""
    text, entities = formatted_text(
        params.text or "", params.parse_mode, [each.entity() for each in params.entities or ()]
    )
    content = {"text": text} | world.entities(entities)
    if params.link_preview_options is not None:
        content["link_preview_options"] = params.link_preview_options.model_dump(exclude_none=True)
    return content


def buttons(markup: Any) -> dict[str, Any]:
    """The field `reply_markup`; of all kinds of markup a message shows the inline keyboard only."""
    if not isinstance(markup, InlineKeyboardMarkup) or not any(markup.inline_keyboard):
        return {}
    return {"reply_markup": markup.model_dump(exclude_none=True)}


def _sent(world: World, params: Placed, what: str, content: dict[str, Any]) -> Message:
    chat = writable(world, params.chat_id, _PERMISSIONS[what], what)
    original = original_of(world, chat, params.reply_parameters)
    thread_checked(world, chat, params.message_thread_id, original)
    apart = params.ephemeral_message_parameters if isinstance(params, New) else None
    receiver = None if apart is None else receiver_of(world, chat, apart, original)
    if receiver is None:
        check_seen_by_all(original)
    if world.limits is not None:
        world.limits.check(chat)
    content |= threaded(chat, params.message_thread_id, original)
    content |= replying(world, chat, params.reply_parameters, original)
    if params.protect_content:
        content["has_protected_content"] = True
    if isinstance(params, New):
        content |= buttons(params.reply_markup)
    chat.action = None
    message = world.put(chat, world.bot, content, receiver)
    if isinstance(params, New) and isinstance(params.reply_markup, ForceReply):
        chat.wants_reply.add(message["message_id"])
    said = str(message.get("text", message.get("caption", "")))
    to = _to(params)  # also a message that is gone
    chat.said[message["message_id"]] = Said(time.monotonic(), to, said)
    if chat.type == "channel":
        world.forward(message)
    return message


def _to(params: Placed) -> int | None:
    reply = params.reply_parameters
    if reply is None:
        return None
    return reply.message_id if reply.ephemeral_message_id is None else -reply.ephemeral_message_id


_PERMISSIONS = {
    "text messages": "can_send_messages",
    "photos": "can_send_photos",
    "documents": "can_send_documents",
}


async def send_chat_action(world: World, params: SendChatAction) -> bool:
    """Seen for a few seconds in an app, until the bot writes."""
    chat = writable(world, params.chat_id, "can_send_messages", "text messages")
    thread_checked(world, chat, params.message_thread_id, None)
    chat.action = Action(params.action, params.message_thread_id, time.monotonic() + _ACTION_SECONDS)
    world.changes.note("action", chat.id)
    return True
