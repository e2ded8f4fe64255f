"""What the methods' parameters are built from."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from bot.sandbox.entities import Entity
from bot.sandbox.parameters import Upload

_ATTACHED = "attach://"
_STRINGS = (str, str | None, str | Upload)


class Strict(BaseModel):
    """An object of the Bot API: no unknown fields, no values made to fit."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Parameters(Strict):
    """The parameters of one method."""

    @model_validator(mode="before")
    @classmethod
    def _decode(cls, values: dict[str, Any]) -> dict[str, Any]:
        decoded = {name: cls._decoded(name, value) for name, value in values.items()}
        return _with_files(decoded, cls.model_fields)

    @classmethod
    def _decoded(cls, name: str, value: Any) -> Any:
        field = cls.model_fields.get(name)
        if field is None or field.annotation in _STRINGS or not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value


def _with_files(values: dict[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values with each file in the place that names it (`attach://its-name`); files that none names stay."""
    loose = {name: value for name, value in values.items() if name not in fields and isinstance(value, Upload)}
    if not loose:
        return values
    attached: set[str] = set()

    def placed(value: Any) -> Any:
        match value:
            case str() if value.startswith(_ATTACHED) and value.removeprefix(_ATTACHED) in loose:
                attached.add(value.removeprefix(_ATTACHED))
                return loose[value.removeprefix(_ATTACHED)]
            case list():
                return [placed(each) for each in value]
            case dict():
                return {key: placed(each) for key, each in value.items()}
            case _:
                return value

    filled = {
        name: placed(value) if name in {"media", "photo", "document", "rich_message"} else value
        for name, value in values.items()
    }
    return {name: value for name, value in filled.items() if name not in attached}


class NoParameters(Parameters):
    """getMe, close, logOut, getWebhookInfo."""


class MessageEntity(Strict):
    """A stretch of a text given by its place instead of by markup."""

    type: Literal[
        "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
        "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link",
        "date_time",
    ]  # fmt: skip
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    unix_time: int | None = None

    def entity(self) -> Entity:
        """As the sandbox keeps it."""
        return Entity(self.type, self.offset, self.length, self.url, self.language, unix_time=self.unix_time)


class LinkPreviewOptions(Strict):
    """How the preview of a link is shown, or that it isn't."""

    is_disabled: bool | None = None
    url: str | None = None
    prefer_small_media: bool | None = None
    prefer_large_media: bool | None = None
    show_above_text: bool | None = None


class ReplyParameters(Strict):
    """The message replied to, by one of its two kinds of ids, and a quote from it."""

    message_id: int = 0
    ephemeral_message_id: int | None = None
    chat_id: int | str | None = None
    allow_sending_without_reply: bool | None = None
    quote: str | None = None
    quote_parse_mode: str | None = None
    quote_entities: list[MessageEntity] | None = None
    quote_position: int | None = None
