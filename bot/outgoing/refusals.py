"""What an error of the Bot API means for a message: wait, look whether it arrived, say it otherwise, or leave it."""

import re
from datetime import timedelta
from typing import Any

import httpx
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.outgoing.splitting import pieces, units, visible

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
_TOO_LONG = re.compile(r"message is too long|message_too_long|text is too long", re.IGNORECASE)
_NOTHING_TO_REPLY_TO = re.compile(r"repl(y|ied)[ _].{0,60}(not found|invalid)|reply_message_id_invalid", re.IGNORECASE)
_NOT_MODIFIED = re.compile(r"message is not modified|message_not_modified", re.IGNORECASE)
_NO_SUCH_MESSAGE = re.compile(
    r"message to edit not found|message can't be edited|message_id_invalid|message_edit_time_expired|message not found"
    r"|message_author_required|there is no text in the message to edit",
    re.IGNORECASE,
)
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
    return isinstance(error, BadRequest) and bool(_NO_SUCH_MESSAGE.search(error.message))


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


def instead(error: BadRequest, data: Parameters) -> list[Parameters]:
    """The calls to try in place of a refused sendMessage, in order: the same words, more plainly. None: it's no use."""
    if _NOTHING_TO_REPLY_TO.search(error.message) and data.get("reply_parameters") is not None:
        return [data | {"reply_parameters": None}]
    if _TOO_LONG.search(error.message):
        return _shorter(_plain(data))
    if _NO_MARKUP.search(error.message) and data.get("parse_mode") is not None:
        return [_plain(data)]
    return []


def _plain(data: Parameters) -> Parameters:
    text = str(data.get("text", ""))
    return data | {"text": visible(text) if data.get("parse_mode") == "HTML" else text, "parse_mode": None}


def _shorter(data: Parameters) -> list[Parameters]:
    """The text in two parts or more, the first as the reply, the last with the buttons."""
    length = units(data["text"])
    if length < _SHORTEST:
        return []
    parts = [data | {"text": text} for text in pieces(data["text"], length // 2 + 1) if text.strip()]
    return [
        part
        | ({} if index == 0 else {"reply_parameters": None})
        | ({} if index == len(parts) - 1 else {"reply_markup": None})
        for index, part in enumerate(parts)
    ]
