"""The table of methods, and the one way a call takes: token, method, parameters, handler, record."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.sandbox import account, messaging, schemas
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.world import Call, World


@dataclass(frozen=True, slots=True)
class Method:
    """What a method takes, and the function that carries it out."""

    parameters: type[schemas.Parameters]
    handler: Callable[[World, Any], Awaitable[Any]]


METHODS: Mapping[str, Method] = {
    "getMe": Method(schemas.NoParameters, account.get_me),
    "logOut": Method(schemas.NoParameters, account.log_out),
    "close": Method(schemas.NoParameters, account.close),
    "getUpdates": Method(schemas.GetUpdates, account.get_updates),
    "deleteWebhook": Method(schemas.DeleteWebhook, account.delete_webhook),
    "getWebhookInfo": Method(schemas.NoParameters, account.get_webhook_info),
    "setMyCommands": Method(schemas.SetMyCommands, account.set_my_commands),
    "getMyCommands": Method(schemas.CommandsFor, account.get_my_commands),
    "deleteMyCommands": Method(schemas.CommandsFor, account.delete_my_commands),
    "setMyDescription": Method(schemas.SetMyDescription, account.set_my_description),
    "getMyDescription": Method(schemas.LanguageOnly, account.get_my_description),
    "setMyShortDescription": Method(schemas.SetMyShortDescription, account.set_my_short_description),
    "getMyShortDescription": Method(schemas.LanguageOnly, account.get_my_short_description),
    "sendMessage": Method(schemas.SendMessage, messaging.send_message),
    "editMessageText": Method(schemas.EditMessageText, messaging.edit_message_text),
    "sendChatAction": Method(schemas.SendChatAction, messaging.send_chat_action),
    "answerCallbackQuery": Method(schemas.AnswerCallbackQuery, messaging.answer_callback_query),
}
_BY_LOWER_CASE = {name.lower(): name for name in METHODS}  # Telegram takes method names in any case

# Where Telegram has its own words for a parameter that isn't given.
_MISSING = {"chat_id": "chat_id is empty", "text": "message text is empty"}


async def call(world: World, token: str, method: str, params: dict[str, Any]) -> Any:
    """The result of a call, recorded in `world.calls`; raises ApiError, recorded too.

    A call with a wrong token is answered 401 and not recorded.
    """
    if token != world.token:
        raise ApiError(401, "Unauthorized")
    if world.logged_out:
        raise ApiError(400, "Logged out")
    name = _BY_LOWER_CASE.get(method.lower(), method)
    try:
        result = await _carried_out(world, name, params)
    except ApiError as error:
        world.record(Call(name, params, None, error.description))
        raise
    world.record(Call(name, params, result, None))
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


def _reason(error: ErrorDetails) -> str:
    """The first thing wrong with the parameters, the field named by its path (`reply_markup.inline_keyboard.0`)."""
    path = ".".join(str(part) for part in error["loc"] if part not in {"int", "str"})  # without a union's branch
    match error["type"]:
        case "extra_forbidden":
            return f'unknown parameter "{path}"'
        case "missing":
            return _MISSING.get(path, f'parameter "{path}" is required')
        case _:
            return f'wrong parameter "{path}": {error["msg"]}'
