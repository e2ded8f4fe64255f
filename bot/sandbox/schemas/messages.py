"""The methods that put messages into chats, change and remove them."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from bot.sandbox.parameters import Upload
from bot.sandbox.schemas.base import LinkPreviewOptions, MessageEntity, Parameters, ReplyParameters, Strict
from bot.sandbox.schemas.keyboards import InlineKeyboardMarkup, ReplyMarkup


class Text(Parameters):
    """A text and its markup."""

    text: str
    parse_mode: str | None = None
    entities: list[MessageEntity] | None = None
    link_preview_options: LinkPreviewOptions | None = None


class Caption(Strict):
    """What stands under a picture or a file."""

    caption: str = ""
    parse_mode: str | None = None
    caption_entities: list[MessageEntity] | None = None
    show_caption_above_media: bool | None = None


class Placed(Parameters):
    """Where a new message goes; business, paid and effect parameters are not built."""

    chat_id: int | str
    message_thread_id: int | None = None
    disable_notification: bool | None = None
    protect_content: bool | None = None
    reply_parameters: ReplyParameters | None = None


class EphemeralMessageParameters(Strict):
    """Who alone is to see a message (10.3); to put it in the place of another is not built."""

    receiver_user_id: int
    callback_query_id: str | None = None


class New(Placed):
    """A new message that may have buttons, and be for one person."""

    reply_markup: ReplyMarkup | None = None
    ephemeral_message_parameters: EphemeralMessageParameters | None = None


class SendMessage(New, Text):
    """sendMessage."""


class InputRichMessage(Strict):
    """A rich message to be sent: of its three forms only `blocks` is built."""

    blocks: list[dict[str, Any]] | None = None
    html: str | None = None
    markdown: str | None = None
    is_rtl: bool | None = None
    skip_entity_detection: bool | None = None


class SendRichMessage(New):
    """sendRichMessage (Bot API 10.1)."""

    rich_message: InputRichMessage


class SendPhoto(Caption, New):
    """sendPhoto: an upload, or a file_id."""

    photo: str | Upload
    has_spoiler: bool | None = None


class SendDocument(Caption, New):
    """sendDocument: an upload, or a file_id; thumbnails are not built."""

    document: str | Upload
    disable_content_type_detection: bool | None = None


class InputMediaPhoto(Caption):
    """A picture in an album, or one to put in another's place."""

    type: Literal["photo"]
    media: str | Upload
    has_spoiler: bool | None = None


class InputMediaDocument(Caption):
    """A file likewise."""

    type: Literal["document"]
    media: str | Upload
    disable_content_type_detection: bool | None = None


def _kind(value: Any) -> str:
    return "<document>" if isinstance(value, dict) and value.get("type") == "document" else "<photo>"


InputMedia = Annotated[
    Annotated[InputMediaPhoto, Tag("<photo>")] | Annotated[InputMediaDocument, Tag("<document>")], Discriminator(_kind)
]


class SendMediaGroup(Placed):
    """sendMediaGroup, of pictures or of files."""

    media: list[InputMedia]


class Relabelled(Parameters):
    """An edit with its new buttons (none: they go)."""

    reply_markup: InlineKeyboardMarkup | None = None


class Edited(Relabelled):
    """Which message is edited."""

    chat_id: int | str | None = None
    message_id: int | None = None
    inline_message_id: str | None = None


class OfEphemeral(Parameters):
    """deleteEphemeralMessage, and which message the others edit."""

    chat_id: int | str
    receiver_user_id: int
    ephemeral_message_id: int


class EditedEphemeral(OfEphemeral, Relabelled):
    """Which message that one person sees is edited."""


class NewText(Text):
    """A text, or a rich message (10.1)."""

    text: str | None = None  # type: ignore[assignment]
    rich_message: InputRichMessage | None = None


class EditMessageText(Edited, NewText):
    """editMessageText."""


class EditEphemeralMessageText(EditedEphemeral, NewText):
    """editEphemeralMessageText (10.2)."""


class EditMessageCaption(Caption, Edited):
    """editMessageCaption."""


class EditEphemeralMessageCaption(Caption, EditedEphemeral):
    """editEphemeralMessageCaption."""


class EditMessageReplyMarkup(Edited):
    """editMessageReplyMarkup."""


class EditEphemeralMessageReplyMarkup(EditedEphemeral):
    """editEphemeralMessageReplyMarkup."""


class NewMedia(Parameters):
    """A picture or file in another's place."""

    media: InputMedia


class EditMessageMedia(Edited, NewMedia):
    """editMessageMedia."""


class EditEphemeralMessageMedia(EditedEphemeral, NewMedia):
    """editEphemeralMessageMedia."""


class OfMessage(Parameters):
    """deleteMessage."""

    chat_id: int | str
    message_id: int


class DeleteMessages(Parameters):
    """deleteMessages."""

    chat_id: int | str
    message_ids: list[int]


class ReactionType(Strict):
    """An emoji; custom and paid ones are not built."""

    type: Literal["emoji"]
    emoji: str


class SetMessageReaction(OfMessage):
    """setMessageReaction."""

    reaction: list[ReactionType] | None = None
    is_big: bool | None = None


class SendChatAction(Parameters):
    """sendChatAction."""

    chat_id: int | str
    message_thread_id: int | None = None
    action: Literal[
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    ]  # fmt: skip


class GetFile(Parameters):
    """getFile."""

    file_id: str
