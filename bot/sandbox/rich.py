"""Rich messages as Telegram sends them (Bot API 10.1 to 10.3): no block, text or field else, and within its limits.

What comes is a `RichMessage`, as a bot receives it, or an `InputRichMessage` of blocks that have the same form in both.
Formatting from HTML or Markdown is not built.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Json = Any

# core.telegram.org/bots/api#rich-message-limits
MOST_CHARACTERS = 32_768
_MOST_BLOCKS, _MOST_LEVELS, _MOST_MEDIA, _MOST_COLUMNS = 500, 16, 50, 20

# Of each object its fields and what they hold; "?" behind what may be left out.
_MEDIUM = {"has_spoiler": "flag?", "caption": "caption?"}
_BLOCKS: Mapping[str, Mapping[str, str]] = {
    "paragraph": {"text": "text"},
    "heading": {"text": "text", "size": "int"},
    "pre": {"text": "text", "language": "str?"},
    "footer": {"text": "text"},
    "divider": {},
    "mathematical_expression": {"expression": "said"},
    "anchor": {"name": "str"},
    "list": {"items": "items"},
    "blockquote": {"blocks": "blocks", "credit": "text?"},
    "expandable_blockquote": {"text": "text", "credit": "text?"},
    "pullquote": {"text": "text", "credit": "text?"},
    "collage": {"blocks": "blocks", "caption": "caption?"},
    "slideshow": {"blocks": "blocks", "caption": "caption?"},
    "table": {
        "cells": "rows", "is_bordered": "flag?", "is_striped": "flag?", "is_compact": "flag?", "caption": "text?"
    },
    "details": {"summary": "text", "blocks": "blocks", "is_open": "flag?"},
    "map": {"location": "file", "zoom": "int", "width": "int", "height": "int", "caption": "caption?"},
    "animation": {"animation": "file", **_MEDIUM},
    "audio": {"audio": "file", "caption": "caption?"},
    "document": {"document": "file", "caption": "caption?"},
    "photo": {"photo": "files", **_MEDIUM},
    "video": {"video": "file", **_MEDIUM},
    "voice_note": {"voice_note": "file", "caption": "caption?"},
    "buttons": {"buttons": "buttons", "align": "str?"},
}  # fmt: skip
_MEDIA = frozenset({"animation", "audio", "document", "photo", "video", "voice_note"})
_PLAIN = ("bold", "italic", "underline", "strikethrough", "spoiler", "subscript", "superscript", "marked", "code")
_TEXTS: Mapping[str, Mapping[str, str]] = {
    **{kind: {"text": "text"} for kind in _PLAIN},
    "date_time": {"text": "text", "unix_time": "int", "date_time_format": "str"},
    "text_mention": {"text": "text", "user": "file"},
    "custom_emoji": {"custom_emoji_id": "str", "alternative_text": "said"},
    "mathematical_expression": {"expression": "said"},
    "url": {"text": "text", "url": "str"},
    "email_address": {"text": "text", "email_address": "str"},
    "phone_number": {"text": "text", "phone_number": "str"},
    "bank_card_number": {"text": "text", "bank_card_number": "str"},
    "mention": {"text": "text", "username": "str"},
    "hashtag": {"text": "text", "hashtag": "str"},
    "cashtag": {"text": "text", "cashtag": "str"},
    "bot_command": {"text": "text", "bot_command": "str"},
    "button": {"button": "button"},
    "anchor": {"name": "str"},
    "anchor_link": {"text": "text", "anchor_name": "str"},
    "reference": {"text": "text", "name": "str"},
    "reference_link": {"text": "text", "reference_name": "str"},
}
_ITEM = {
    "label": "str", "blocks": "blocks", "has_checkbox": "flag?", "is_checked": "flag?", "value": "int?", "type": "str?"
}  # fmt: skip
_CELL = {
    "text": "text?", "is_header": "flag?", "colspan": "int?", "rowspan": "int?", "align": "str", "valign": "str"
}  # fmt: skip
_CAPTION = {"text": "text", "credit": "text?"}
_BUTTON = {"text": "text", "style": "str?", "url": "str?", "callback_data": "str?"}  # others are not built
_BUTTON_DOES, _BUTTON_STYLES = ("url", "callback_data"), frozenset({"danger", "success", "primary", "link"})
_MOST_BUTTONS, _LONGEST_DATA = 8, 64  # of a row; bytes
_LISTS: Mapping[str, Mapping[str, str]] = {"items": _ITEM, "buttons": _BUTTON}
_OBJECTS: Mapping[str, Mapping[str, str]] = {"caption": _CAPTION, "button": _BUTTON}
_SCALARS: Mapping[str, type] = {"str": str, "said": str, "int": int, "flag": bool, "file": dict, "files": list}


# Those blocks have another form where they are sent: what they hold has no label or file yet. Built are these.
_FILES = frozenset({"photo", "document"})
_OTHERWISE_SENT = frozenset({"list", "map", *_MEDIA, "collage", "slideshow"}) - _FILES


def as_sent(message: Mapping[str, Json], stored: Callable[[str, Json], Json] | None = None) -> dict[str, Any]:
    """What an InputRichMessage becomes; raises ApiError for one that can't be sent, or is not built.

    `stored` makes of the InputMedia of a photo or document what a message has of it.
    """
    forms = [name for name in ("blocks", "html", "markdown") if message.get(name) is not None]
    if len(forms) != 1:
        raise bad_request("exactly one of the fields blocks, html and markdown must be used")
    if forms != ["blocks"]:
        raise bad_request(f"rich messages from {forms[0]} are not built in the sandbox")
    _refuse(message["blocks"])
    kept = {"blocks": _with_files(message["blocks"], stored)}
    return checked(kept | ({"is_rtl": True} if message.get("is_rtl") else {}))


def _with_files(value: Json, stored: Callable[[str, Json], Json] | None) -> Json:
    if isinstance(value, list):
        return [_with_files(each, stored) for each in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("type")
    if kind in _FILES and stored is not None and kind in value:
        return value | {kind: stored(kind, value[kind])}
    return {name: _with_files(each, stored) for name, each in value.items()}


def _refuse(value: Json) -> None:
    if isinstance(value, dict):
        if value.get("type") in _OTHERWISE_SENT:
            raise bad_request(f"rich blocks {value['type']} are not built in the sandbox")
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        _refuse(each)


def buttons_in(value: Json) -> Iterator[dict[str, Any]]:
    """The buttons that ask the bot for something, in their order."""
    if isinstance(value, dict) and "callback_data" in value:
        yield value
        return
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from buttons_in(each)


def checked(message: Json) -> dict[str, Any]:
    """The message; raises ApiError for one that Telegram would not send, with the place that is wrong."""
    check = _Check()
    check.fields(message, {"blocks": "blocks", "is_rtl": "flag?"}, "rich_message", 0)
    if not message["blocks"]:
        raise _wrong("rich_message.blocks", "there is none")
    for counted, most, what in (
        (check.characters, MOST_CHARACTERS, "characters"),
        (check.blocks, _MOST_BLOCKS, "blocks"),
        (check.media, _MOST_MEDIA, "media"),
    ):
        if counted > most:
            raise bad_request(f"rich message is too long: {counted} {what} of {most}")
    return dict(message)


class _Check:
    def __init__(self) -> None:
        self.characters = self.blocks = self.media = 0

    def fields(self, value: Json, known: Mapping[str, str], path: str, level: int) -> None:
        if not isinstance(value, dict):
            raise _wrong(path, "it is no object")
        for name in value:
            if name not in known:
                raise _wrong(f"{path}.{name}", "there is no such field")
        for name, kind in known.items():
            if name in value:
                self._value(value[name], kind.rstrip("?"), f"{path}.{name}", level)
            elif not kind.endswith("?"):
                raise _wrong(f"{path}.{name}", "it is required")

    def _value(self, value: Json, kind: str, path: str, level: int) -> None:
        if kind in _SCALARS:
            wanted = _SCALARS[kind]
            if type(value) is not wanted:
                raise _wrong(path, f"it is no {wanted.__name__}")
            self.characters += len(str(value)) if kind == "said" else 0
        elif kind == "text":
            self._text(value, path, level)
        elif kind in _OBJECTS:
            if kind == "button":
                self._button(value, path)
            self.fields(value, _OBJECTS[kind], path, level)
        else:
            if kind == "buttons" and not 1 <= len(_listed(value, path)) <= _MOST_BUTTONS:
                raise _wrong(path, f"it has not 1 to {_MOST_BUTTONS} buttons")
            for number, each in enumerate(_listed(value, path)):
                self._element(each, kind, f"{path}.{number}", level)

    def _element(self, value: Json, kind: str, path: str, level: int) -> None:
        if kind == "blocks":
            self._typed(value, _BLOCKS, path, level + 1)
        elif kind == "rows":
            self.blocks += 1
            if len(_listed(value, path)) > _MOST_COLUMNS:
                raise _wrong(path, f"it has more than {_MOST_COLUMNS} columns")
            for number, cell in enumerate(value):
                self.fields(cell, _CELL, f"{path}.{number}", level)
        else:
            if kind == "buttons":
                self._button(value, path)
            self.blocks += kind == "items"
            self.fields(value, _LISTS[kind], path, level)

    def _button(self, value: Json, path: str) -> None:
        given = [name for name in _BUTTON_DOES if isinstance(value, dict) and name in value]
        if len(given) != 1:
            raise _wrong(f"{path}.url", "exactly one thing must be done by a button")
        style, data = value.get("style"), str(value.get("callback_data", "x"))
        if style is not None and (style not in _BUTTON_STYLES or (style == "link" and "url" in given)):
            raise _wrong(f"{path}.style", "there is no such style")
        if not 1 <= len(data.encode()) <= _LONGEST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")

    def _typed(self, value: Json, known: Mapping[str, Mapping[str, str]], path: str, level: int) -> None:
        if level > _MOST_LEVELS:
            raise _wrong(path, f"it is nested deeper than {_MOST_LEVELS} levels")
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in known:
            raise _wrong(f"{path}.type", "there is no such type")
        if known is _BLOCKS:
            self.blocks += 1
            self.media += kind in _MEDIA
        self.fields({name: each for name, each in value.items() if name != "type"}, known[kind], path, level)

    def _text(self, value: Json, path: str, level: int) -> None:
        if isinstance(value, str):
            self.characters += len(value)
        elif isinstance(value, list):
            for number, each in enumerate(value):
                self._text(each, f"{path}.{number}", level)
        else:
            self._typed(value, _TEXTS, path, level + 1)


def _listed(value: Json, path: str) -> list[Json]:
    if not isinstance(value, list):
        raise _wrong(path, "it is no list")
    return value


def _wrong(path: str, why: str) -> ApiError:
    return bad_request(f'wrong rich message "{path}": {why}')
