"""A text on its way into a message: parse mode, entities, limits."""

from collections.abc import Sequence

from bot.sandbox.detection import detected
from bot.sandbox.entities import Entity, fixed, in_order, is_blank, utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import parse_html

MAX_LENGTH = 4096  # UTF-16 code units after parsing
MAX_CAPTION = 1024
_MAX_BYTES = 1 << 15  # before parsing, as the Bot API server has it

FormattedText = tuple[str, list[Entity]]


def formatted_text(text: str, parse_mode: str | None = None, entities: Sequence[Entity] = ()) -> FormattedText:
    """The text and its entities as a message has them; raises ApiError as sendMessage does.

    A parse mode makes Telegram pass over `entities`. Markdown, which Trích doesn't write, is refused.
    """
    if not text:
        raise bad_request("message text is empty")
    text, found = _formatted(text, parse_mode, entities)
    if is_blank(text):
        raise bad_request("message text is empty")
    if utf16_length(text) > MAX_LENGTH:
        raise bad_request("message is too long")
    return text, found


def formatted_caption(text: str, parse_mode: str | None = None, entities: Sequence[Entity] = ()) -> FormattedText:
    """The same for what stands under a picture or a file, which may be empty."""
    text, found = _formatted(text, parse_mode, entities)
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return ("", []) if is_blank(text) else (text, found)


def _formatted(text: str, parse_mode: str | None, entities: Sequence[Entity]) -> FormattedText:
    if len(text.encode()) > _MAX_BYTES:
        raise bad_request("text is too long")
    if parse_mode:
        text, entities = _parsed(text, parse_mode)
    text, kept = fixed(text, entities)
    return text, in_order([*kept, *detected(text, kept)])


def _parsed(text: str, parse_mode: str) -> FormattedText:
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    return parse_html(text)
