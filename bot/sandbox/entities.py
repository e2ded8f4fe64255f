"""Message entities: their offsets (UTF-16 code units), and what Telegram does to a text and its entities on arrival.

Follows TDLib's `fix_formatted_text`: characters removed, entities made to nest, white space trimmed.
"""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.sandbox.errors import bad_request

_STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_CODES = frozenset({"code", "pre"})
_INSIDE_OUT = ("expandable_blockquote", "blockquote", "pre", "code", "text_link", "text_mention", "mention", "bold")
_DELETED = frozenset("\r\u0333\u033f\u030a" + "".join(map(chr, range(0x2028, 0x202F))))
# What shows nothing: white space of all kinds, zero-width marks, the tags block's first characters.
_BLANK = re.compile("[\\s\u180e\u200b-\u200f\u2800\ufeff\ufffc\U000e0000-\U000e007f]*")


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of text with a meaning; `offset` and `length` in UTF-16 code units, `type` as in the Bot API."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user_id: int | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None

    @property
    def end(self) -> int:
        """The offset after the last unit."""
        return self.offset + self.length

    def between(self, start: int, end: int) -> "Entity":
        """The same entity over another stretch."""
        return replace(self, offset=start, length=end - start)


def utf16_length(text: str) -> int:
    """UTF-16 code units: what Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of the text that an entity covers."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Outer before inner, as Telegram lists them."""
    return sorted(entities, key=lambda entity: (entity.offset, -entity.length, _depth(entity.type)))


def _depth(kind: str) -> int:
    return _INSIDE_OUT.index(kind) if kind in _INSIDE_OUT else len(_INSIDE_OUT)


def fixed(text: str, entities: Iterable[Entity]) -> tuple[str, list[Entity]]:
    """The text and entities as Telegram keeps them: cleaned, nested, trimmed; the text may be empty.

    Raises ApiError for an entity outside the text.
    """
    text, moved = _cleaned(text, entities)
    return _trimmed(text, _nested(moved))


def is_blank(text: str) -> bool:
    """Whether nothing of it can be seen."""
    return _BLANK.fullmatch(text) is not None


def _cleaned(text: str, entities: Iterable[Entity]) -> tuple[str, list[Entity]]:
    """Control characters become spaces, some characters go, and the offsets follow."""
    kept: list[str] = []
    new_offset: list[int | None] = []  # by old offset; None inside a surrogate pair
    offset = 0
    for character in text:
        new_offset.append(offset)
        if character > "\uffff":
            new_offset.append(None)
        if character not in _DELETED:
            kept.append(" " if character < " " and character != "\n" else character)
            offset += 1 + (character > "\uffff")
    new_offset.append(offset)
    moved = [entity.between(*_moved(entity, new_offset)) for entity in entities if entity.length]
    return "".join(kept), moved


def _moved(entity: Entity, new_offset: list[int | None]) -> tuple[int, int]:
    last = len(new_offset) - 1
    if not 0 <= entity.offset <= last:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {entity.offset}")
    if not entity.offset <= entity.end <= last:
        raise bad_request(
            f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text"
            f" at UTF-16 offset {entity.end}"
        )
    start, end = new_offset[entity.offset], new_offset[entity.end]
    if start is None or end is None:
        raise bad_request(f"entity beginning at UTF-16 offset {entity.offset} splits a UTF-16 symbol")
    return start, end


def _nested(entities: Iterable[Entity]) -> list[Entity]:
    """Quotes don't nest, code and links don't overlap, and styles are cut where one of those begins or ends."""
    ordered = in_order(entities)
    quotes = _apart([entity for entity in ordered if entity.type in _QUOTES])
    others = _apart([entity for entity in ordered if entity.type not in _STYLES | _QUOTES])
    others = [entity for entity in others if not any(_crosses(entity, quote) for quote in quotes)]
    edges = {edge for entity in quotes + others for edge in (entity.offset, entity.end)}
    codes = [entity for entity in others if entity.type in _CODES]
    styles = [piece for style in _joined(ordered) for piece in _cut(style, edges)]
    return in_order(
        quotes
        + others
        + [style for style in styles if not any(code.offset <= style.offset < code.end for code in codes)]
    )


def _apart(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses(entity: Entity, quote: Entity) -> bool:
    apart = entity.end <= quote.offset or quote.end <= entity.offset
    inside = quote.offset <= entity.offset and entity.end <= quote.end
    return not (apart or inside)


def _joined(ordered: list[Entity]) -> list[Entity]:
    """The styles, those of one type that touch or overlap made one."""
    joined: dict[str, list[Entity]] = {}
    for entity in ordered:
        if entity.type not in _STYLES:
            continue
        same = joined.setdefault(entity.type, [])
        if same and entity.offset <= same[-1].end:
            same[-1] = same[-1].between(same[-1].offset, max(same[-1].end, entity.end))
        else:
            same.append(entity)
    return [entity for same in joined.values() for entity in same]


def _cut(style: Entity, edges: set[int]) -> list[Entity]:
    inner = sorted(edge for edge in edges if style.offset < edge < style.end)
    points = [style.offset, *inner, style.end]
    return [style.between(start, end) for start, end in itertools.pairwise(points)]


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """White space goes from both ends of the text and from the front of each entity; empty entities go."""
    stripped = text.strip(" \n")
    cut = len(text) - len(text.lstrip(" \n"))  # white space is one unit a character
    last = utf16_length(stripped)
    kept = []
    for entity in entities:
        covered = utf16_slice(text, entity.offset, entity.length)
        start = entity.offset + len(covered) - len(covered.lstrip(" \n")) - cut
        end = min(entity.end - cut, last)
        if start < end:
            kept.append(entity.between(start, end))
    return stripped, in_order(kept)
