"""Buttons under messages and in the place of the keyboard."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import checked_url
from bot.sandbox.schemas.base import Strict

_MOST_INLINE_BUTTONS = 100
_MOST_BUTTONS = 300
_APPEARANCE = frozenset({"text", "style"})
Style = Literal["danger", "success", "primary"]


class CopyTextButton(Strict):
    """The text that a button puts on the clipboard."""

    text: str = Field(min_length=1, max_length=256)


class ChosenChat(Strict):
    """SwitchInlineQueryChosenChat: in which kinds of chats the person may go on."""

    query: str = ""
    allow_user_chats: bool | None = None
    allow_bot_chats: bool | None = None
    allow_group_chats: bool | None = None
    allow_channel_chats: bool | None = None


class InlineKeyboardButton(Strict):
    """A button under a message: a text and exactly one thing it does."""

    text: str = Field(min_length=1)
    style: Style | None = None
    url: str | None = None
    callback_data: str | None = None
    switch_inline_query: str | None = None
    switch_inline_query_current_chat: str | None = None
    switch_inline_query_chosen_chat: ChosenChat | None = None
    copy_text: CopyTextButton | None = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        actions = self.model_fields_set - _APPEARANCE
        if not actions:
            raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if len(actions) > 1:
            raise bad_request(f"inline keyboard button has more than one of the fields {', '.join(sorted(actions))}")
        if self.callback_data is not None and not 1 <= len(self.callback_data.encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
        if self.url is not None and not checked_url(self.url):
            raise bad_request("BUTTON_URL_INVALID")
        return self


class InlineKeyboardMarkup(Strict):
    """Rows of buttons under a message."""

    inline_keyboard: list[list[InlineKeyboardButton]]

    @model_validator(mode="after")
    def _is_not_too_long(self) -> Self:
        _check_number(self.inline_keyboard, _MOST_INLINE_BUTTONS)
        return self


class KeyboardButton(Strict):
    """A button that sends its text, or what it asks for."""

    text: str = Field(min_length=1)
    style: Style | None = None
    request_contact: bool | None = None
    request_location: bool | None = None


class _Placeholder(Strict):
    selective: bool | None = None
    input_field_placeholder: str | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.input_field_placeholder is not None and not 1 <= utf16_length(self.input_field_placeholder) <= 64:
            raise bad_request("REPLY_MARKUP_PLACEHOLDER_INVALID")
        return self


class ReplyKeyboardMarkup(_Placeholder):
    """Rows of buttons instead of the keyboard; a text stands for a button."""

    keyboard: list[list[KeyboardButton | str]]
    is_persistent: bool | None = None
    resize_keyboard: bool | None = None
    one_time_keyboard: bool | None = None

    @model_validator(mode="after")
    def _is_not_too_long(self) -> Self:
        if not any(self.keyboard):
            raise bad_request("the keyboard has no buttons")
        _check_number(self.keyboard, _MOST_BUTTONS)
        return self


class ReplyKeyboardRemove(Strict):
    """The letters come back."""

    remove_keyboard: Literal[True]
    selective: bool | None = None


class ForceReply(_Placeholder):
    """The app begins a reply by itself."""

    force_reply: Literal[True]


def _check_number(rows: Sequence[Sequence[object]], most: int) -> None:
    if sum(map(len, rows)) > most:
        raise bad_request("reply markup is too long")


def _kind(value: Any) -> str:
    """The kind of markup, by the one field that only it has."""
    kinds = ("keyboard", "remove_keyboard", "force_reply")
    return next((f"<{kind}>" for kind in kinds if isinstance(value, dict) and kind in value), "<inline_keyboard>")


ReplyMarkup = Annotated[
    Annotated[InlineKeyboardMarkup, Tag("<inline_keyboard>")]
    | Annotated[ReplyKeyboardMarkup, Tag("<keyboard>")]
    | Annotated[ReplyKeyboardRemove, Tag("<remove_keyboard>")]
    | Annotated[ForceReply, Tag("<force_reply>")],
    Discriminator(_kind),
]
