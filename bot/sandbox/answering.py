"""The methods that answer taps on buttons and inline queries."""

import re
import time
from typing import Any

from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import checked_url
from bot.sandbox.message_text import formatted_text
from bot.sandbox.messaging import buttons
from bot.sandbox.schemas.queries import (
    AnswerCallbackQuery,
    AnswerGuestQuery,
    AnswerInlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
)
from bot.sandbox.world import World

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_MOST_RESULTS = 50
_MOST_BYTES = 64  # of a result's id and of an offset


async def answer_callback_query(world: World, params: AnswerCallbackQuery) -> bool:
    """The notice after a tap on a button; each query takes one answer."""
    if world.callback_queries.get(params.callback_query_id, {}) is not None:
        raise bad_request(_TOO_OLD)
    if utf16_length(params.text or "") > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    world.callback_queries[params.callback_query_id] = params.model_dump(exclude_none=True)
    return True


async def answer_inline_query(world: World, params: AnswerInlineQuery) -> bool:
    """The results; kept for those who ask the same within `cache_time` seconds."""
    _check_results(params)
    results = [_result(world, result) for result in params.results]
    if world.inline_queries.get(params.inline_query_id, {}) is not None:
        raise bad_request(_TOO_OLD)
    answer: dict[str, Any] = {"results": results, "next_offset": params.next_offset, "is_personal": params.is_personal}
    if params.button is not None:
        answer["button"] = params.button.model_dump()
    world.inline_queries[params.inline_query_id] = answer
    query = world.inline_asked[params.inline_query_id]
    asker = query["from"]["id"] if params.is_personal else None
    world.inline_cache[query["query"], query["offset"], asker] = (time.monotonic() + params.cache_time, answer)
    return True


async def answer_guest_query(world: World, params: AnswerGuestQuery) -> dict[str, str]:
    """The one message that a guest posts, as a reply to what summoned it."""
    if world.guest_queries.get(params.guest_query_id, (0, 0)) is not None:
        raise bad_request(_TOO_OLD)
    asked = world.guest_asked[params.guest_query_id]
    content = _result(world, params.result)["message"]
    caller = {"guest_bot_caller_user": asked["from"], "reply_to_message": asked}
    message = world.put(world.home(asked), world.bot, content | caller)
    world.guest_queries[params.guest_query_id] = (message["chat"]["id"], message["message_id"])
    inline_id = f"inline{len(world.inline_messages) + 1}"
    world.inline_messages[inline_id] = (message["chat"]["id"], message["message_id"])
    return {"inline_message_id": inline_id}


def _check_results(params: AnswerInlineQuery) -> None:
    ids = [result.id for result in params.results]
    if len(ids) > _MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if any(not 1 <= len(number.encode()) <= _MOST_BYTES for number in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(params.next_offset.encode()) > _MOST_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    if params.button is not None:
        _check_button(params.button)


def _check_button(button: InlineQueryResultsButton) -> None:
    if not re.fullmatch("[A-Za-z0-9_-]{1,64}", button.start_parameter):
        raise bad_request("START_PARAM_INVALID")


def _result(world: World, result: InlineQueryResultArticle) -> dict[str, Any]:
    """The result as the app shows it, and under `message` what it sends."""
    if not result.title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    for url in (result.url, result.thumbnail_url):
        if url and not checked_url(url):
            raise bad_request("WEBDOCUMENT_URL_INVALID")
    content = result.input_message_content
    entities = [entity.entity() for entity in content.entities or ()]
    text, found = formatted_text(content.message_text, content.parse_mode, entities)
    message: dict[str, Any] = {"text": text} | world.entities(found) | buttons(result.reply_markup)
    if content.link_preview_options is not None:
        message["link_preview_options"] = content.link_preview_options.model_dump(exclude_none=True)
    shown = result.model_dump(exclude_none=True, exclude={"input_message_content", "reply_markup"})
    return shown | {"message": message}
