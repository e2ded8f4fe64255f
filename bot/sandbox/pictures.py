"""The size of a picture, read from its first bytes; Telegram takes nothing else as a photo."""

import struct

from bot.sandbox.errors import bad_request

_LARGEST = 10 << 20  # bytes
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or JPEG; raises ApiError as sendPhoto does."""
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > _LARGEST:
        raise bad_request("too big for a photo")
    try:
        width, height = _png(content) if content.startswith(_PNG) else _jpeg(content)
    except (struct.error, ValueError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    if width + height > 10_000 or not 1 / 20 <= width / height <= 20:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _png(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", content, 16)
    return _positive(width, height)


def _jpeg(content: bytes) -> tuple[int, int]:
    """From the frame header, the first segment with marker C0–CF but C4, C8, CC."""
    if not content.startswith(_JPEG):
        raise ValueError("neither PNG nor JPEG")
    at = 2
    while True:
        marker, length = struct.unpack_from(">HH", content, at)
        if 0xFFC0 <= marker <= 0xFFCF and marker not in {0xFFC4, 0xFFC8, 0xFFCC}:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return _positive(width, height)
        if marker < 0xFF00 or length < 2:
            raise ValueError("no frame")
        at += 2 + length


def _positive(width: int, height: int) -> tuple[int, int]:
    if not width or not height:
        raise ValueError("empty")
    return width, height
