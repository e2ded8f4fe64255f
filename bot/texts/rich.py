"""Replies as rich messages (`InputRichMessage` of Bot API 10.1 to 10.3): the parts that messages in HTML are packed of,
drawn as blocks. Both say the same words, as both are made of the same parts.

A quotation of a part becomes one, with the lines right below it as its credit; what is folded up, quotations that open;
the lines of `Rows` those of a table; all other lines paragraphs. The words that answer, bold in a quotation, are
marked; the number of a quote before its source, [1], is a reference, which the lines of `Notes` lead to. The markup is
that of our own templates.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

Block = dict[str, Any]
RichText = str | dict[str, Any] | list[Any]

# core.telegram.org/bots/api#rich-message-limits
_MOST_CHARACTERS, _MOST_BLOCKS = 32_768, 500
_QUOTATION = re.compile(r"<blockquote(?P<folded> expandable)?+>(?P<text>(?:[^<]++|<(?!/?blockquote))*+)</blockquote>")
_BLANK = re.compile(r"\n\s*\n")
_SOURCE = "\n— "  # before the source of a quote that is folded up
_JOINT = " · "  # between lines that become one
_NUMBER = re.compile(r"\[(\d{1,2})\]")
_STYLES = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code"}


class Rows(str):
    """A part whose lines above its first quotation are the rows of a table, the first its head."""

    __slots__ = ()


class Title(str):
    """A part whose first line is the title of it all."""

    __slots__ = ()


class Notes(str):
    """A part whose lines may begin with the number of a quote, to which it then leads."""

    __slots__ = ()


def rich_message(parts: Sequence[str], summary: str = "", folded: Sequence[str] = ()) -> dict[str, Any] | None:
    """The parts as one message, further ones `folded` up under a summary; None where they are more than it holds."""
    blocks = [block for part in parts for block in _blocks_of(part)]
    inside = [block for part in folded for block in _blocks_of(part)]
    if inside:
        blocks.append({"type": "details", "summary": _inline(summary), "blocks": inside})
    # Rows, and what is inside of quotations, count as well.
    if len(blocks) + len(inside) > _MOST_BLOCKS // 4 or _length(blocks) > _MOST_CHARACTERS:
        return None
    return {"blocks": blocks, "skip_entity_detection": True} if blocks else None


def with_media(rich: Mapping[str, Any], pictures: Sequence[Block], files: Sequence[Block]) -> dict[str, Any]:
    """The message with pictures below its title, and files at its end."""
    first, *others = rich["blocks"]
    return {**rich, "blocks": [first, *pictures, *others, *files]}


def with_buttons(rich: Mapping[str, Any], buttons: Sequence[Block]) -> dict[str, Any]:
    """The message with a button below each quote: the credit ends one. Without where there are more or fewer quotes."""
    blocks, left = list[Block](), iter(buttons)
    if sum("credit" in block for block in rich["blocks"]) != len(buttons):
        return dict(rich)
    for block in rich["blocks"]:
        blocks.append(block)
        if "credit" in block:
            blocks.append({"type": "buttons", "buttons": [next(left)], "align": "left"})
    return {**rich, "blocks": blocks}


def picture(media: str, described: str = "") -> Block:
    """A picture by its file_id or its attachment (attach://…), with what is seen in it as its caption."""
    return {"type": "photo", "photo": {"type": "photo", "media": media}, "caption": {"text": described}}


def file(media: str) -> Block:
    """A file likewise."""
    return {"type": "document", "document": {"type": "document", "media": media}}


def media_of(rich: Mapping[str, Any]) -> tuple[list[Block], list[Block]]:
    """The pictures and files of a message that was sent, to be sent with it once more."""
    blocks = rich.get("blocks") or ()
    pictures = [
        picture(block["photo"][-1]["file_id"], block.get("caption", {}).get("text", ""))
        for block in blocks
        if block.get("type") == "photo"
    ]
    return pictures, [file(block["document"]["file_id"]) for block in blocks if block.get("type") == "document"]


def _blocks_of(part: str) -> Iterator[Block]:
    at, blocks = 0, list[Block]()
    for found in _QUOTATION.finditer(part):
        _add_lines(blocks, part[at : found.start()])
        blocks.extend(_folded(found["text"]) if found["folded"] else [_quotation(found["text"])])
        at = found.end()
    _add_lines(blocks, part[at:])
    first = next((number for number, block in enumerate(blocks) if block["type"] != "paragraph"), len(blocks))
    if isinstance(part, Rows) and first:
        blocks[:first] = [_table(block["text"] for block in blocks[:first])]
    elif isinstance(part, Title) and first:
        blocks[0] = {"type": "heading", "size": 3, "text": blocks[0]["text"]}
    elif isinstance(part, Notes):
        for block in blocks:
            if block["type"] == "paragraph":
                block["text"] = _numbered(block["text"], "reference_link", "reference_name")
    yield from blocks


def _add_lines(blocks: list[Block], markup: str) -> None:
    """What stands right below a quotation is its credit."""
    if blocks and blocks[-1]["type"] == "blockquote" and markup.startswith("\n") and not _BLANK.match(markup):
        credit, *rest = _BLANK.split(markup[1:], maxsplit=1)
        blocks[-1]["credit"] = _credit(_JOINT.join(filter(None, map(str.strip, credit.split("\n")))))
        markup = rest[0] if rest else ""
    blocks += [{"type": "paragraph", "text": _inline(line)} for line in markup.split("\n") if line.strip()]


def _quotation(text: str) -> Block:
    return {"type": "blockquote", "blocks": [{"type": "paragraph", "text": _inline(text, bold="marked")}]}


def _folded(text: str) -> Iterator[Block]:
    for each in filter(str.strip, _BLANK.split(text)):
        quoted, _, source = each.rpartition(_SOURCE)
        credit = {"credit": _credit(source)} if quoted else {}
        yield {"type": "expandable_blockquote", "text": _inline(quoted or source, bold="marked"), **credit}


def _credit(markup: str) -> RichText:
    return _numbered(_inline(markup), "reference", "name")


def _numbered(text: RichText, kind: str, field: str) -> RichText:
    """The text, the number that it begins with as a text of this kind, named in this field."""
    inside: list[Any] = text if isinstance(text, list) else [text]
    first, *others = inside
    found = _NUMBER.match(first) if isinstance(first, str) else None
    if found is None:
        return text
    return [{"type": kind, field: found[1], "text": found[0]}, first[found.end() :], *others]


def _table(lines: Iterable[RichText]) -> Block:
    """Of one column, so that a phone shows it: side by side its lines were four words wide and ten lines tall."""
    cells: list[list[Block]] = [[{"text": text, "align": "left", "valign": "top"}] for text in lines]
    cells[0][0]["is_header"] = True
    return {"type": "table", "cells": cells, "is_bordered": True, "is_compact": True}


def _inline(markup: str, bold: str = "bold") -> RichText:
    reader = _Inline(bold)
    reader.feed(markup.strip())
    reader.close()
    return reader.text()


class _Inline(HTMLParser):
    """Markup without blocks → RichText."""

    def __init__(self, bold: str) -> None:
        super().__init__(convert_charrefs=True)
        self._styles = _STYLES | {"b": bold}
        self._open: list[tuple[Block, list[Any]]] = [({}, [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        style: Block = {"type": self._styles.get(tag, "")}
        if tag == "a":
            style = {"type": "url", "url": known.get("href") or ""}
        elif tag == "tg-time":
            style = {"type": "date_time", "unix_time": int(known["unix"] or 0), "date_time_format": ""}
        self._open.append((style, []))

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) == 1:
            return
        style, inside = self._open.pop()
        shown = style | {"text": _joined(inside)} if style["type"] else _joined(inside)
        self._open[-1][1].append(shown)

    def handle_data(self, data: str) -> None:
        self._open[-1][1].append(data)

    def text(self) -> RichText:
        return _joined(self._open[0][1])


def _joined(inside: list[Any]) -> RichText:
    only: RichText = inside[0] if len(inside) == 1 else inside or ""
    return only


def _length(value: Any) -> int:
    """Characters of all texts; names of types and addresses among them, so that it is rather too many."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_length, value.values()))
    return sum(map(_length, value)) if isinstance(value, list) else 0
