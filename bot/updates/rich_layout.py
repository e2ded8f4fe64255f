"""What rich messages consist of (Bot API 10.1 to 10.3), and how it is read: tables only."""

from collections.abc import Mapping
from typing import Literal

# What to do with a field of a block. "text": a RichText; with a mark: one that is this; "blocks", "quoted": blocks, the
# latter quoted; "figure": a RichBlockCaption; "items", "rows": of a list, of a table; None: not for readers.
Role = Literal["text", "heading", "caption", "quotation", "blocks", "quoted", "figure", "items", "rows"] | None
_MEDIUM: dict[str, Role] = {"has_spoiler": None, "caption": "figure"}
# The fields of each block in the order in which they are read (core.telegram.org/bots/api#richblock); "thinking" stands
# in drafts only.
BLOCKS: Mapping[str, Mapping[str, Role]] = {
    "paragraph": {"text": "text"},
    "heading": {"text": "heading", "size": None},
    "pre": {"text": "text", "language": None},
    "footer": {"text": "caption"},
    "divider": {},
    "mathematical_expression": {"expression": "text"},
    "anchor": {"name": None},
    "list": {"items": "items"},
    "blockquote": {"blocks": "quoted", "credit": "caption"},
    "expandable_blockquote": {"text": "quotation", "credit": "caption"},
    "pullquote": {"text": "quotation", "credit": "caption"},
    "collage": {"blocks": "blocks", "caption": "figure"},
    "slideshow": {"blocks": "blocks", "caption": "figure"},
    "table": {"caption": "caption", "cells": "rows", "is_bordered": None, "is_striped": None, "is_compact": None},
    "details": {"summary": "heading", "blocks": "blocks", "is_open": None},
    "map": {"location": None, "zoom": None, "width": None, "height": None, "caption": "figure"},
    "animation": {"animation": None, **_MEDIUM},
    "audio": {"audio": None, **_MEDIUM},
    "document": {"document": None, **_MEDIUM},
    "photo": {"photo": None, **_MEDIUM},
    "video": {"video": None, **_MEDIUM},
    "voice_note": {"voice_note": None, **_MEDIUM},
    "buttons": {"buttons": None, "align": None},  # as those under a message: they lead elsewhere
}
ITEM = frozenset({"label", "blocks", "has_checkbox", "is_checked", "value", "type"})
CELL = frozenset({"text", "is_header", "colspan", "rowspan", "align", "valign"})
CAPTION = frozenset({"text", "credit"})

# Of a RichText the field that holds what is read (None: nothing is), and the entity of a plain message that it is like.
TEXTS: Mapping[str, tuple[str | None, str | None]] = {
    "bold": ("text", "bold"), "italic": ("text", "italic"), "underline": ("text", "underline"),
    "strikethrough": ("text", "strikethrough"), "spoiler": ("text", "spoiler"), "code": ("text", "code"),
    "date_time": ("text", None), "text_mention": ("text", "text_mention"), "subscript": ("text", None),
    "superscript": ("text", None), "marked": ("text", None), "custom_emoji": ("alternative_text", None),
    "mathematical_expression": ("expression", None), "url": ("text", "text_link"), "email_address": ("text", "email"),
    "phone_number": ("text", "phone_number"), "bank_card_number": ("text", None), "mention": ("text", "mention"),
    "hashtag": ("text", "hashtag"), "cashtag": ("text", "cashtag"), "bot_command": ("text", "bot_command"),
    "button": ("button", None), "anchor": (None, None), "anchor_link": ("text", None), "reference": ("text", None),
    "reference_link": ("text", None),
}  # fmt: skip
