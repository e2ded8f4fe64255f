"""The table of methods, and the one way a call takes: token, method, parameters, handler, record."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.sandbox import account, answering, editing, ephemeral, media, membership, messaging, receiving
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import Fault
from bot.sandbox.schemas import account as own
from bot.sandbox.schemas import base, chats, messages, queries
from bot.sandbox.world import Call, World


@dataclass(frozen=True, slots=True)
class Method:
    """What a method takes, and the function that carries it out."""

    parameters: type[base.Parameters]
    handler: Callable[[World, Any], Awaitable[Any]]


METHODS: Mapping[str, Method] = {
    "getMe": Method(base.NoParameters, account.get_me),
    "logOut": Method(base.NoParameters, account.log_out),
    "close": Method(base.NoParameters, account.close),
    "getUpdates": Method(own.GetUpdates, receiving.get_updates),
    "setWebhook": Method(own.SetWebhook, receiving.set_webhook),
    "deleteWebhook": Method(own.DeleteWebhook, receiving.delete_webhook),
    "getWebhookInfo": Method(base.NoParameters, receiving.get_webhook_info),
    "setMyCommands": Method(own.SetMyCommands, account.set_my_commands),
    "getMyCommands": Method(own.CommandsFor, account.get_my_commands),
    "deleteMyCommands": Method(own.CommandsFor, account.delete_my_commands),
    "setMyDescription": Method(own.SetMyDescription, account.set_my_description),
    "getMyDescription": Method(own.LanguageOnly, account.get_my_description),
    "setMyShortDescription": Method(own.SetMyShortDescription, account.set_my_short_description),
    "getMyShortDescription": Method(own.LanguageOnly, account.get_my_short_description),
    "setChatMenuButton": Method(own.SetChatMenuButton, account.set_chat_menu_button),
    "getChatMenuButton": Method(own.GetChatMenuButton, account.get_chat_menu_button),
    "sendMessage": Method(messages.SendMessage, messaging.send_message),
    "sendRichMessage": Method(messages.SendRichMessage, messaging.send_rich_message),
    "sendPhoto": Method(messages.SendPhoto, messaging.send_photo),
    "sendDocument": Method(messages.SendDocument, messaging.send_document),
    "sendMediaGroup": Method(messages.SendMediaGroup, messaging.send_media_group),
    "sendChatAction": Method(messages.SendChatAction, messaging.send_chat_action),
    "getFile": Method(messages.GetFile, media.get_file),
    "editMessageText": Method(messages.EditMessageText, editing.edit_message_text),
    "editMessageCaption": Method(messages.EditMessageCaption, editing.edit_message_caption),
    "editMessageMedia": Method(messages.EditMessageMedia, editing.edit_message_media),
    "editMessageReplyMarkup": Method(messages.EditMessageReplyMarkup, editing.edit_message_reply_markup),
    "editEphemeralMessageText": Method(messages.EditEphemeralMessageText, editing.edit_message_text),
    "editEphemeralMessageCaption": Method(messages.EditEphemeralMessageCaption, editing.edit_message_caption),
    "editEphemeralMessageMedia": Method(messages.EditEphemeralMessageMedia, editing.edit_message_media),
    "editEphemeralMessageReplyMarkup": Method(
        messages.EditEphemeralMessageReplyMarkup, editing.edit_message_reply_markup
    ),
    "deleteEphemeralMessage": Method(messages.OfEphemeral, ephemeral.delete_ephemeral_message),
    "deleteMessage": Method(messages.OfMessage, editing.delete_message),
    "deleteMessages": Method(messages.DeleteMessages, editing.delete_messages),
    "setMessageReaction": Method(messages.SetMessageReaction, editing.set_message_reaction),
    "answerCallbackQuery": Method(queries.AnswerCallbackQuery, answering.answer_callback_query),
    "answerInlineQuery": Method(queries.AnswerInlineQuery, answering.answer_inline_query),
    "answerGuestQuery": Method(queries.AnswerGuestQuery, answering.answer_guest_query),
    "getChat": Method(chats.OfChat, membership.get_chat),
    "getChatMember": Method(chats.GetChatMember, membership.get_chat_member),
    "getChatAdministrators": Method(chats.OfChat, membership.get_chat_administrators),
    "getChatMemberCount": Method(chats.OfChat, membership.get_chat_member_count),
    "createForumTopic": Method(chats.CreateForumTopic, membership.create_forum_topic),
    "leaveChat": Method(chats.OfChat, membership.leave_chat),
}
_BY_LOWER_CASE = {name.lower(): name for name in METHODS}  # Telegram takes method names in any case

_BRANCHES = frozenset({"int", "str", "Upload", "KeyboardButton"})
# Where Telegram has its own words for a parameter that isn't given.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
}


def canonical(method: str) -> str:
    """The method's name as Telegram writes it; an unknown one as it is."""
    return _BY_LOWER_CASE.get(method.lower(), method)


async def call(world: World, token: str, method: str, params: dict[str, Any], fault: Fault | None = None) -> Any:
    """The result of a call, recorded in `world.calls`; raises ApiError, recorded too.

    A call with a wrong token is answered 401 and not recorded. `fault` is what befalls the call besides.
    """
    if token != world.token:
        raise ApiError(401, "Unauthorized")
    if world.logged_out:
        raise ApiError(400, "Logged out")
    name = canonical(method)
    try:
        result = await _carried_out(world, name, params)
    except ApiError as error:
        world.record(Call(name, params, None, error.description, fault))
        raise
    world.record(Call(name, params, result, None, fault))
    return result


async def _carried_out(world: World, name: str, params: dict[str, Any]) -> Any:
    if name not in METHODS:
        raise ApiError(404, "Not Found")
    method = METHODS[name]
    try:
        checked = method.parameters.model_validate(params)
    except ValidationError as error:
        raise bad_request(_reason(error.errors()[0])) from None
    return await method.handler(world, checked)


def _is_branch(part: int | str) -> bool:
    """Whether a part of the path isn't a field but a union's branch."""
    return part in _BRANCHES or (isinstance(part, str) and part.startswith("<"))


def _reason(error: ErrorDetails) -> str:
    """The first thing wrong with the parameters, the field named by its path (`reply_markup.inline_keyboard.0`)."""
    path = ".".join(str(part) for part in error["loc"] if not _is_branch(part))
    match error["type"]:
        case "extra_forbidden":
            return f'unknown parameter "{path}"'
        case "missing":
            return _MISSING.get(path, f'parameter "{path}" is required')
        case _:
            return f'wrong parameter "{path}": {error["msg"]}'
