"""Answers to taps on buttons and to inline queries."""

from typing import Literal

from pydantic import Field

from bot.sandbox.schemas.base import LinkPreviewOptions, MessageEntity, Parameters, Strict
from bot.sandbox.schemas.keyboards import InlineKeyboardMarkup


class AnswerCallbackQuery(Parameters):
    """answerCallbackQuery."""

    callback_query_id: str
    text: str | None = None
    show_alert: bool | None = None
    url: str | None = None
    cache_time: int | None = None


class InputTextMessageContent(Strict):
    """The text that a result sends."""

    message_text: str
    parse_mode: str | None = None
    entities: list[MessageEntity] | None = None
    link_preview_options: LinkPreviewOptions | None = None


class InlineQueryResultArticle(Strict):
    """A result with a title; other kinds of results are not built."""

    type: Literal["article"]
    id: str
    title: str
    input_message_content: InputTextMessageContent
    reply_markup: InlineKeyboardMarkup | None = None
    url: str | None = None
    description: str | None = None
    thumbnail_url: str | None = None
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None


class InlineQueryResultsButton(Strict):
    """The button above the results; web apps are not built."""

    text: str = Field(min_length=1)
    start_parameter: str


class AnswerInlineQuery(Parameters):
    """answerInlineQuery."""

    inline_query_id: str
    results: list[InlineQueryResultArticle]
    cache_time: int = Field(default=300, ge=0)
    is_personal: bool = False
    next_offset: str = ""
    button: InlineQueryResultsButton | None = None


class AnswerGuestQuery(Parameters):
    """answerGuestQuery."""

    guest_query_id: str
    result: InlineQueryResultArticle
