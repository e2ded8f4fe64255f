"""What Telegram sends and python-telegram-bot does not type yet, in one place, which shrinks as that one grows.

python-telegram-bot 22.8 knows Bot API 10.0. Of later fields `rich_message` (10.1) is what a message says: it gets the
text and entities of a plain message that says the same, so that all that reads messages reads these too, wherever they
stand: forwarded, replied to, edited. A field that has another form than python-telegram-bot knows is set apart.
"""

from collections.abc import Mapping
from typing import Any

from telegram import Message

from bot.updates.ephemeral import identified
from bot.updates.rich import Rich, read

_RICH = "rich_message"
_APART = "set_apart"  # a field of our own, with those of another form
_POSTS = ("channel_post", "edited_channel_post")
_HEAD = ("message_id", "date", "chat")  # without which there is no message
_MESSAGES = frozenset(
    {
        "message", "edited_message", "channel_post", "edited_channel_post", "guest_message", "business_message",
        "edited_business_message", "callback_query",
    }
)  # fmt: skip
_INSIDE = frozenset({"message", "reply_to_message", "pinned_message"})
# Later fields of a message that say nothing to its readers: who sees it (10.2), and of which community the chat is.
_NO_CONTENT = frozenset(
    {"ephemeral_message_id", "receiver_user", "community_chat_added", "community_chat_removed", "community_chat_joined"}
)


def typed(update: dict[str, Any]) -> dict[str, Any]:
    """The update, as JSON, with what python-telegram-bot can type in the place of what it can't."""
    return {name: _typed(value) if name in _MESSAGES else value for name, value in update.items()}


def _typed(message: Any) -> Any:
    if not isinstance(message, Mapping):
        return message
    known = identified(message)
    for name in _INSIDE & known.keys():
        inner = known[name]
        known[name] = _with_text(identified(inner)) if isinstance(inner, Mapping) else inner
    return _with_text(known)


def _with_text(message: Mapping[str, Any]) -> dict[str, Any]:
    if _RICH not in message or "text" in message or "caption" in message:
        return dict(message)
    rich = read(message[_RICH])
    if not rich.text:
        return dict(message)
    return dict(message) | {"text": rich.text, "entities": list(rich.entities)}


def set_apart(update: dict[str, Any]) -> dict[str, Any] | None:
    """A post, as JSON, with the fields that can't be parsed in one that is passed over; None where that is no help."""
    kind = next((kind for kind in _POSTS if isinstance(update.get(kind), Mapping)), None)
    if kind is None:
        return None
    post = update[kind]
    head = {name: post[name] for name in _HEAD if name in post}
    if not _is_typed(head):
        return None
    apart = {name: value for name, value in post.items() if name not in head and not _is_typed(head | {name: value})}
    return update | {kind: {name: value for name, value in post.items() if name not in apart} | {_APART: apart}}


def as_it_came(message: Mapping[str, Any]) -> dict[str, Any]:
    """A message, as JSON, without what this module has made of it, for a newer version to make more of it."""
    made = {_APART, *(("text", "entities") if _RICH in message else ())}
    return {name: value for name, value in message.items() if name not in made} | dict(message.get(_APART, {}))


def _is_typed(message: dict[str, Any]) -> bool:
    try:
        return Message.de_json(message, None) is not None
    except Exception:  # noqa: BLE001 - as in `parsing`
        return False


def rich_of(message: Message) -> Rich | None:
    """What a rich message says; None for one that is none."""
    return read(message.api_kwargs[_RICH]) if _RICH in message.api_kwargs else None


def rich_message_of(message: Message) -> Mapping[str, Any]:
    """The field `rich_message`; empty where there is none."""
    return dict(message.api_kwargs.get(_RICH) or {})


def unknown_in(message: Message) -> tuple[str, ...]:
    """The names of what is not known in a message, which may be what it says."""
    rich = rich_of(message)
    fields = (f"field {name}"[:60] for name in message.api_kwargs if name not in {_RICH, _APART, *_NO_CONTENT})
    others = (f"field {name} of another form" for name in message.api_kwargs.get(_APART, ()))
    return (*fields, *others, *(rich.unknown if rich else ()))
