"""What an error of the Bot API means for a message: wait, look whether it arrived, say it otherwise, or leave it."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import httpx
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.ground.splitting import pieces, units, visible

Parameters = dict[str, Any]

# core.telegram.org documents no list of descriptions; these are those of the Bot API server's source and of MTProto.
_NOT_THERE = re.compile(
    r"chat not found|user not found|peer_id_invalid|not enough rights|have no rights|need administrator rights"
    r"|chat_write_forbidden|chat_restricted|chat_admin_required|chat_send_[a-z]{1,20}_forbidden|user_is_blocked|user_deactivated"
    r"|input_user_deactivated|bot was kicked|bot is not a member|channel_private|topic_closed|topic_deleted"
    r"|message thread not found|topic_id_invalid|group chat was deactivated|chat_id_invalid",
    re.IGNORECASE,
)
_NO_MARKUP = re.compile(r"can't parse entities|entit(y|ies)_", re.IGNORECASE)
_TOO_LONG = re.compile(r"message is too long|message_too_long|text is too long|HTTP 413|too large", re.IGNORECASE)
_NOTHING_TO_REPLY_TO = re.compile(
    r"repl(y|ied)[ _](?!markup).{0,60}(not found|invalid)|reply_message_id_invalid|quote_text_invalid", re.IGNORECASE
)
_NOT_MODIFIED = re.compile(r"message is not modified|message_not_modified", re.IGNORECASE)
_NO_MESSAGE = re.compile(
    r"message to edit not found|message_id_invalid|message_edit_time_expired|message not found", re.IGNORECASE
)
_ANOTHER_MESSAGE = re.compile(
    r"message can't be edited|message_author_required|there is no (text|caption) in the message to edit", re.IGNORECASE
)
# Of a button, of the keyboard as a whole, or of the JSON that it is written in.
_NO_KEYBOARD = re.compile(
    r"button|reply.?markup|keyboard|webapp|callback_?data|copy_text|wrong http url|url host is empty", re.IGNORECASE
)
# In the order in which they are left out where nobody knows why a call was refused.
_PARTS = {
    "reply_markup": _NO_KEYBOARD,
    "parse_mode": _NO_MARKUP,
    "reply_parameters": _NOTHING_TO_REPLY_TO,
    "link_preview_options": re.compile(r"webpage|link.?preview", re.IGNORECASE),
}
_TOO_LATE = re.compile(r"query is too old|query.?id.?(is )?invalid|query_id_invalid", re.IGNORECASE)
_MARGIN = 0.1  # seconds more than Telegram asks for
_SHORTEST = 64  # UTF-16 units; a text that is too long at this length isn't refused for its length


def too_late(error: BaseException) -> bool:
    """Whether nobody waits any more for the answer to a tap or an inline query."""
    return isinstance(error, BadRequest) and bool(_TOO_LATE.search(error.message))


def undeliverable(error: BaseException) -> bool:
    """Whether nothing can be said there: blocked, kicked, muted, or the chat or topic is gone. No bug, no apology."""
    return isinstance(error, Forbidden) or (isinstance(error, BadRequest) and bool(_NOT_THERE.search(error.message)))


def not_modified(error: BaseException) -> bool:
    """Whether an edit was refused because the message says so already."""
    return isinstance(error, BadRequest) and bool(_NOT_MODIFIED.search(error.message))


def not_the_bots(error: BaseException) -> bool:
    """Whether an edit was refused because the chat has no message of the bot's with that id."""
    return no_message(error) or another_message(error)


def no_message(error: BaseException) -> bool:
    """Whether an edit was refused because the chat has no message with that id, or none that the bot can see."""
    return isinstance(error, BadRequest) and bool(_NO_MESSAGE.search(error.message))


def another_message(error: BaseException) -> bool:
    """Whether an edit was refused because the message is somebody else's, or of another kind."""
    return isinstance(error, BadRequest) and bool(_ANOTHER_MESSAGE.search(error.message))


def asked_to_wait(error: BaseException) -> float:
    """The seconds after which Telegram wants to be asked again; 0 where it has not said."""
    if not isinstance(error, RetryAfter):
        return 0.0
    after = error.retry_after  # a timedelta, as `app.build` asks for
    return (after.total_seconds() if isinstance(after, timedelta) else after) + _MARGIN


def refused_token(error: BaseException) -> bool:
    """Whether the token is refused, which python-telegram-bot gives the same class as an unknown method."""
    return isinstance(error, InvalidToken) and "not found" not in error.message.lower()


def may_have_arrived(error: TelegramError) -> bool:
    """Whether Telegram may have carried the call out although no answer came back.

    Not where no connection was made; a connection that ended, a reply that did not come in time, or a gateway's error
    page leave it open.
    """
    never_left = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
    return not isinstance(error.__cause__, never_left) and not isinstance(error, InvalidToken)


def instead(error: BadRequest, data: Parameters, *, divisible: bool = True) -> list[Parameters]:
    """The calls to try in place of a refused one, in order: the same words, more plainly. None: it's no use.

    What is refused for a reason that nobody knows goes out without its buttons; refused again, without its markup,
    then without what it replies to, then without a word on link previews; and in parts in the end, where it is
    `divisible`.
    """
    if _TOO_LONG.search(error.message) is None:
        for name in _blamed(error):
            if data.get(name) is not None:
                # A reply that quotes names the one to be sent where it is refused.
                return [_plain(data) if name == "parse_mode" else data | {name: getattr(data[name], "otherwise", None)}]
    final = undeliverable(error) or not_modified(error) or not_the_bots(error)
    return _shorter(_plain(data)) if divisible and not final else []


def blames_a_part(error: BadRequest) -> bool:
    """Whether it names a part of the call, without which the rest may be taken."""
    return any(refused.search(error.message) for refused in (_TOO_LONG, *_PARTS.values()))


def _blamed(error: BadRequest) -> Sequence[str]:
    """The parts of a call that may be why it was refused, the one that is named first."""
    named = [name for name, refused in _PARTS.items() if refused.search(error.message)]
    known = undeliverable(error) or not_modified(error) or not_the_bots(error)
    return named[:1] if named or known else [*_PARTS]


def _plain(data: Parameters) -> Parameters:
    said = {name: str(data[name]) for name in ("text", "caption") if data.get(name) is not None}
    if data.get("parse_mode") == "HTML":
        said = {name: visible(markup) for name, markup in said.items()}
    return data | said | {"parse_mode": None}


def _shorter(data: Parameters) -> list[Parameters]:
    """The text in two parts or more, the first as the reply, the last with the buttons."""
    length = units(data.get("text", ""))
    if length < _SHORTEST:
        return []
    parts = [data | {"text": text} for text in pieces(data["text"], length // 2 + 1) if text.strip()]
    return [
        part
        | ({} if index == 0 else {"reply_parameters": None})
        | ({} if index == len(parts) - 1 else {"reply_markup": None})
        for index, part in enumerate(parts)
    ]
