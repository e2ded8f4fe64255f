"""What each method takes: one pydantic model a method, its fields the Bot API's own, nothing else allowed.

Values come as JSON or, in forms and addresses, as strings; a string for a field that isn't one is read as JSON, as
Telegram does. Whatever then isn't of the field's type is an error that names the field.
"""

import json
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.sandbox.entities import Entity
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import checked_url


class Strict(BaseModel):
    """An object of the Bot API: no unknown fields, no values made to fit."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Parameters(Strict):
    """The parameters of one method."""

    @model_validator(mode="before")
    @classmethod
    def _decode(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {name: cls._decoded(name, value) for name, value in values.items()}

    @classmethod
    def _decoded(cls, name: str, value: Any) -> Any:
        field = cls.model_fields.get(name)
        if field is None or field.annotation in (str, str | None) or not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value


class NoParameters(Parameters):
    """getMe, close, logOut, getWebhookInfo."""


class MessageEntity(Strict):
    """A stretch of a text given by its place instead of by markup."""

    type: Literal[
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
        "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link",
    ]  # fmt: skip
    offset: int
    length: int
    url: str | None = None
    language: str | None = None

    def entity(self) -> Entity:
        """As the sandbox keeps it."""
        return Entity(self.type, self.offset, self.length, self.url, self.language)


class LinkPreviewOptions(Strict):
    """How the preview of a link is shown, or that it isn't."""

    is_disabled: bool | None = None
    url: str | None = None
    prefer_small_media: bool | None = None
    prefer_large_media: bool | None = None
    show_above_text: bool | None = None


class ReplyParameters(Strict):
    """The message replied to, and a quote from it."""

    message_id: int
    chat_id: int | str | None = None
    allow_sending_without_reply: bool | None = None
    quote: str | None = None
    quote_parse_mode: str | None = None
    quote_entities: list[MessageEntity] | None = None
    quote_position: int | None = None


class CopyTextButton(Strict):
    """The text that a button puts on the clipboard."""

    text: str = Field(min_length=1, max_length=256)


class InlineKeyboardButton(Strict):
    """A button under a message: a text and exactly one thing it does."""

    text: str = Field(min_length=1)
    url: str | None = None
    callback_data: str | None = None
    switch_inline_query: str | None = None
    switch_inline_query_current_chat: str | None = None
    copy_text: CopyTextButton | None = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        actions = self.model_fields_set - {"text"}
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
    """Rows of buttons."""

    inline_keyboard: list[list[InlineKeyboardButton]]


class FormattedParameters(Parameters):
    """What sendMessage and editMessageText share."""

    text: str
    parse_mode: str | None = None
    entities: list[MessageEntity] | None = None
    link_preview_options: LinkPreviewOptions | None = None
    reply_markup: InlineKeyboardMarkup | None = None


class SendMessage(FormattedParameters):
    """sendMessage; business, paid and effect parameters are not built."""

    chat_id: int | str
    message_thread_id: int | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    reply_parameters: ReplyParameters | None = None


class EditMessageText(FormattedParameters):
    """editMessageText."""

    chat_id: int | str | None = None
    message_id: int | None = None
    inline_message_id: str | None = None


class SendChatAction(Parameters):
    """sendChatAction."""

    chat_id: int | str
    message_thread_id: int | None = None
    action: Literal[
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    ]  # fmt: skip


class AnswerCallbackQuery(Parameters):
    """answerCallbackQuery."""

    callback_query_id: str
    text: str | None = None
    show_alert: bool | None = None
    url: str | None = None
    cache_time: int | None = None


class GetUpdates(Parameters):
    """getUpdates; out-of-range numbers are brought into range, as Telegram does."""

    offset: int = 0
    limit: int = 100
    timeout: int = 0
    allowed_updates: list[str] | None = None


class DeleteWebhook(Parameters):
    """deleteWebhook."""

    drop_pending_updates: bool = False


class BotCommand(Strict):
    """A command in the menu."""

    command: str
    description: str


class CommandScope(Strict):
    """Where a list of commands is shown."""

    type: Literal[
        "default", "all_private_chats", "all_group_chats", "all_chat_administrators",
        "chat", "chat_administrators", "chat_member",
    ] = "default"  # fmt: skip
    chat_id: int | str | None = None
    user_id: int | None = None


class CommandsFor(Parameters):
    """getMyCommands and deleteMyCommands: the scope and language of a list."""

    scope: CommandScope = CommandScope()
    language_code: str = ""


class SetMyCommands(CommandsFor):
    """setMyCommands."""

    commands: list[BotCommand]


class SetMyDescription(Parameters):
    """setMyDescription."""

    description: str = Field(default="", max_length=512)
    language_code: str = ""


class SetMyShortDescription(Parameters):
    """setMyShortDescription."""

    short_description: str = Field(default="", max_length=120)
    language_code: str = ""


class LanguageOnly(Parameters):
    """getMyDescription, getMyShortDescription."""

    language_code: str = ""
