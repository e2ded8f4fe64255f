"""What another process can do to the world: the methods of `World` by name, with ids in the place of objects.

    {"act": "say", "user": 1001, "chat": -1000000000002, "text": "/hoi ai?", "topic": 5}

Every argument has the name it has in Python. A user, chat or topic is its id, a message `[chat id, message id]`, an
inline query its id, bytes are Base64.
"""

import base64
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from bot.sandbox.chats import Chat, Message, Topic, User
from bot.sandbox.errors import bad_request
from bot.sandbox.world import World

ACTS = (
    "add_user", "private_chat", "add_group", "add_channel", "join", "leave", "kick", "promote", "demote", "restrict",
    "set_permissions", "set_anonymous", "set_language", "set_privacy", "set_private_topics",
    "set_limits", "set_shared_ids", "block",
    "unblock", "upgrade", "destroy", "add_topic", "close_topic", "reopen_topic", "delete_topic", "say", "send_photo",
    "send_document", "publish", "comment", "edit", "edit_to_rich", "delete", "tap", "react", "expire_queries",
    "ask_inline", "choose", "summon",
)  # fmt: skip
_NO_COERCION = ConfigDict(strict=True)


def act(world: World, request: Mapping[str, Any]) -> Any:
    """Carry it out; what the method returns, as JSON. Raises ApiError, also for an act or argument that isn't there."""
    name = request.get("act")
    if name not in ACTS:
        raise bad_request(f"unknown act {name!r}")
    method = getattr(world, name)
    values = {key: value for key, value in request.items() if key != "act"}
    _check_names(method, values)
    hints = get_type_hints(method)
    arguments = {key: _Argument(world, key, values).as_(hints[key]) for key in values}
    return _as_json(method(**arguments))


def _check_names(method: Callable[..., Any], values: Mapping[str, Any]) -> None:
    parameters = inspect.signature(method).parameters
    for key in values:
        if key not in parameters:
            raise bad_request(f'unknown argument "{key}"')
    for key, parameter in parameters.items():
        if parameter.default is parameter.empty and key not in values:
            raise bad_request(f'argument "{key}" is required')


class _Argument:
    """A value of the request on its way to what the method's annotation asks for."""

    def __init__(self, world: World, name: str, values: Mapping[str, Any]) -> None:
        self._world = world
        self._name = name
        self._values = values

    def as_(self, hint: Any) -> Any:
        value = self._values[self._name]
        wanted = {hint, *get_args(hint)}
        if value is None and type(None) in wanted:
            return None
        if get_origin(hint) is Iterable and User in wanted:
            return [self._user(each) for each in self._plain(value, list[int])]
        looked_up = {User: self._user, Chat: self._world.chat, Topic: self._topic, Message: self._message}
        for kind, of in looked_up.items():
            if kind in wanted:
                return of(value)
        return self._bytes(value) if hint is bytes else self._plain(value, hint)

    def _user(self, value: Any) -> Any:
        return self._found(self._world.users, value)

    def _bytes(self, value: Any) -> bytes:
        try:
            return base64.b64decode(self._plain(value, str), validate=True)
        except ValueError:
            raise self._wrong("it is not Base64") from None

    def _topic(self, value: Any) -> Any:
        return self._found(self._world.chat(self._values["chat"]).topics or {}, value)

    def _message(self, value: Any) -> Any:
        """A message, or an inline query, which is a dictionary as well."""
        if self._name == "query":
            return self._found(self._world.inline_asked, value)
        if not isinstance(value, list) or len(value) != 2:
            raise self._wrong("a message is [chat id, message id]")
        chat_id, message_id = value
        return self._found(self._world.chat(chat_id).messages, message_id)

    def _found(self, known: Mapping[Any, Any], key: Any) -> Any:
        if not isinstance(key, int | str) or key not in known:
            raise bad_request(f"{self._name} not found")
        return known[key]

    def _plain(self, value: Any, hint: Any) -> Any:
        try:
            return TypeAdapter(hint, config=_NO_COERCION).validate_python(value)
        except ValidationError as error:
            raise self._wrong(error.errors()[0]["msg"]) from None

    def _wrong(self, why: str) -> Exception:
        return bad_request(f'wrong argument "{self._name}": {why}')


def _as_json(value: Any) -> Any:
    if isinstance(value, Topic):
        return {"id": value.id, "name": value.name, "closed": value.closed}
    return value.as_json() if isinstance(value, User | Chat) else value
