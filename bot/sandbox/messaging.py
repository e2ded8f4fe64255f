"""The methods that write into chats: sendMessage, editMessageText, sendChatAction, answerCallbackQuery."""

from typing import Any

from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.message_text import FormattedText, formatted_text
from bot.sandbox.schemas import (
    AnswerCallbackQuery,
    EditMessageText,
    FormattedParameters,
    ReplyParameters,
    SendChatAction,
    SendMessage,
)
from bot.sandbox.world import Chat, Message, World

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


async def send_message(world: World, params: SendMessage) -> Message:
    """A new message of the bot."""
    text, entities = _text(params)  # Telegram looks at the text first
    chat = world.chat(params.chat_id)
    if params.message_thread_id is not None:
        raise bad_request("message thread not found")  # no chat here has topics yet
    reply = _reply(world, chat, params.reply_parameters)
    protected = {"has_protected_content": True} if params.protect_content else {}
    return world.post(chat, world.bot, text, entities, **reply, **protected, **_extras(params))


def _text(params: FormattedParameters) -> FormattedText:
    return formatted_text(params.text, params.parse_mode, [entity.entity() for entity in params.entities or ()])


def _extras(params: FormattedParameters) -> dict[str, Any]:
    """The preview options and the buttons, as the message shows them."""
    extras: dict[str, Any] = {}
    if params.link_preview_options is not None:
        extras["link_preview_options"] = params.link_preview_options.model_dump(exclude_none=True)
    if params.reply_markup is not None and any(params.reply_markup.inline_keyboard):
        extras["reply_markup"] = params.reply_markup.model_dump(exclude_none=True)
    return extras


def _reply(world: World, chat: Chat, reply: ReplyParameters | None) -> dict[str, Any]:
    if reply is None:
        return {}
    if reply.chat_id is not None and world.chat(reply.chat_id) is not chat:
        raise bad_request("replies to messages of another chat are not built in the sandbox")
    if reply.message_id not in chat.messages and reply.allow_sending_without_reply:
        return {}
    original = world.original(chat, reply.message_id)
    return {"reply_to_message": original} | (
        {} if reply.quote is None else {"quote": _quote(reply, reply.quote, original)}
    )


def _quote(reply: ReplyParameters, text: str, original: Message) -> dict[str, Any]:
    """The TextQuote; its text must stand in the message replied to."""
    quote, _ = formatted_text(text, reply.quote_parse_mode, [entity.entity() for entity in reply.quote_entities or ()])
    start = original["text"].find(quote)
    if start < 0 or utf16_length(quote) > 1024:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"text": quote, "position": utf16_length(original["text"][:start]), "is_manual": True}


async def edit_message_text(world: World, params: EditMessageText) -> Message:
    """A message of the bot with another text; without `reply_markup` its buttons go."""
    if params.inline_message_id is not None:
        raise bad_request("MESSAGE_ID_INVALID")  # no message here was sent through inline mode
    if params.chat_id is None:
        raise bad_request("chat_id is empty")
    if params.message_id is None:
        raise bad_request("message identifier is not specified")
    text, entities = _text(params)
    message = world.chat(params.chat_id).messages.get(params.message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot.id:
        raise bad_request("message can't be edited")
    edited = world.edited(message, text, entities, **_extras(params))
    if all(edited.get(field) == message.get(field) for field in ("text", "entities", "reply_markup")):
        raise bad_request(_NOT_MODIFIED)
    world.replace(edited)
    return edited


async def send_chat_action(world: World, params: SendChatAction) -> bool:
    """Seen for a few seconds in an app; here only checked and recorded."""
    world.chat(params.chat_id)
    if params.message_thread_id is not None:
        raise bad_request("message thread not found")
    return True


async def answer_callback_query(world: World, params: AnswerCallbackQuery) -> bool:
    """The notice after a tap on a button; each query takes one answer."""
    if world.callback_queries.get(params.callback_query_id, {}) is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if utf16_length(params.text or "") > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    world.callback_queries[params.callback_query_id] = params.model_dump(exclude_none=True)
    return True
