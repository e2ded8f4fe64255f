"""Pictures and files on their way into a message: uploaded, or known by their file_id."""

from typing import Any

from pydantic import ValidationError

from bot.sandbox.errors import bad_request
from bot.sandbox.files import LARGEST_DOWNLOAD, StoredFile
from bot.sandbox.message_text import formatted_caption
from bot.sandbox.parameters import Upload
from bot.sandbox.pictures import picture_size
from bot.sandbox.schemas.messages import Caption, GetFile, InputMediaDocument, InputMediaPhoto
from bot.sandbox.world import World


def photo(world: World, given: str | Upload) -> dict[str, Any]:
    """The field `photo` of a message: one size, as it was uploaded."""
    file = world.files.of(given) if isinstance(given, str) else _picture(world, given)
    if file.size is None:
        raise bad_request("can't use file of type Document as Photo")
    return {"photo": [file.as_photo()]}


def _picture(world: World, upload: Upload) -> StoredFile:
    return world.files.add("photos", upload.content, size=picture_size(upload.content))


def document(world: World, given: str | Upload) -> dict[str, Any]:
    """The field `document` of a message."""
    if isinstance(given, Upload) and not given.content:
        raise bad_request("file must be non-empty")
    file = world.files.of(given) if isinstance(given, str) else world.files.add("documents", given.content, given.name)
    if file.size is not None:
        raise bad_request("can't use file of type Photo as Document")
    return {"document": file.as_document()}


def captioned(world: World, params: Caption) -> dict[str, Any]:
    """The caption and its entities as a message shows them."""
    entities = [entity.entity() for entity in params.caption_entities or ()]
    text, found = formatted_caption(params.caption, params.parse_mode, entities)
    if not text:
        return {}
    above = {"show_caption_above_media": True} if params.show_caption_above_media else {}
    return {"caption": text} | world.entities(found, "caption_entities") | above


def shown(world: World, media: InputMediaPhoto | InputMediaDocument) -> dict[str, Any]:
    """All that an InputMedia brings into a message."""
    caption = captioned(world, media)
    content = photo(world, media.media) if media.type == "photo" else document(world, media.media)
    return content | caption


def in_block(world: World, kind: str, media: Any) -> Any:
    """What a photo or document block of a rich message holds of its InputMedia, whose caption is ignored."""
    try:
        given = InputMediaPhoto.model_validate(media) if kind == "photo" else InputMediaDocument.model_validate(media)
    except ValidationError:
        raise bad_request(f"wrong {kind} in a rich message") from None
    return (photo(world, given.media) if kind == "photo" else document(world, given.media))[kind]


async def get_file(world: World, params: GetFile) -> dict[str, Any]:
    """Where a file can be fetched."""
    file = world.files.of(params.file_id, "invalid file_id")
    if len(file.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return file.as_json() | {"file_path": file.path}
