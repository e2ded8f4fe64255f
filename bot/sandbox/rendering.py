"""A message of the bot as lines for a terminal: styles, addresses, a bar before what is quoted.

A terminal shows the page's address short and opens all of it; what is piped on has it in full.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.sandbox.entities import utf16_length, utf16_slice
from bot.sandbox.world import Message

_BAR = "│ "
_LONGEST_ADDRESS = 48  # of a link that a terminal shows
_STYLES = {
    "bold": Style(bold=True),
    "italic": Style(italic=True),
    "underline": Style(underline=True),
    "strikethrough": Style(strike=True),
    "code": Style(color="cyan"),
    "pre": Style(color="cyan"),
}
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
# DEL and the C1 controls, which some terminals obey; Telegram leaves them in a text.
_CONTROLS = re.compile("[\x7f-\x9f]")


def lines(message: Message, console: Console, words: Mapping[str, str]) -> Iterator[Text]:
    """The message's lines after the sender's name, which stands alone before a quote.

    Wrapped at the console's width where it is a terminal, so that each line of a quote has its bar. `words` are those
    of terminal.toml.
    """
    name = Text.assemble((words["bot"], "bold cyan"))
    logical = list(_logical_lines(message, words, short=console.is_terminal))
    if logical[0][0]:
        yield name
    else:
        logical[0] = (False, name + logical[0][1])
    for quoted, line in logical:
        bar = Text.assemble((_BAR if quoted else "", "dim"))
        if not console.is_terminal or not line:
            yield bar + line
            continue
        for part in line.wrap(console, max(console.width - len(bar), 1)):
            yield bar + part


def _logical_lines(message: Message, words: Mapping[str, str], *, short: bool) -> Iterator[tuple[bool, Text]]:
    """Each line and whether it is quoted; a line break beside a quote only ends the quote's paragraph."""
    if attached := _attached(message, words):
        yield False, Text(attached, style="dim")
    if "text" not in message and "caption" not in message:
        return
    stretches = _stretches(message, short=short)
    for index, (quoted, text) in enumerate(stretches):
        parts = list(text.split("\n", allow_blank=True))
        if not quoted and index > 0 and not parts[0]:
            parts = parts[1:]
        if not quoted and index < len(stretches) - 1 and parts and not parts[-1]:
            parts = parts[:-1]
        for part in parts:
            yield quoted, part


def _attached(message: Message, words: Mapping[str, str]) -> str:
    """What a terminal can't show, named; empty where there is nothing of the kind."""
    if "photo" in message:
        return words["photo"].format(**message["photo"][-1])
    if "document" in message:
        return words["file"].format(name=_CONTROLS.sub("\ufffd", message["document"]["file_name"]))
    return ""


def _stretches(message: Message, *, short: bool) -> list[tuple[bool, Text]]:
    """The styled text, cut where a quote begins or ends; first of each pair: whether it is quoted."""
    caption = message.get("caption", ""), message.get("caption_entities", [])
    text, entities = (message["text"], message.get("entities", [])) if "text" in message else caption
    points = {0, utf16_length(text)}
    points |= {point for entity in entities for point in (entity["offset"], _end(entity))}
    stretches: list[tuple[bool, Text]] = []
    for start, end in itertools.pairwise(sorted(points)):
        covering = [entity for entity in entities if entity["offset"] <= start < _end(entity)]
        quoted = any(entity["type"] in _QUOTES for entity in covering)
        if not stretches or stretches[-1][0] != quoted:
            stretches.append((quoted, Text()))
        piece = _CONTROLS.sub("\ufffd", utf16_slice(text, start, end - start))
        stretches[-1][1].append(piece, _style(covering)).append(_addresses(covering, end, text, short=short))
    return stretches


def _style(covering: list[dict[str, Any]]) -> Style:
    known = [_STYLES[entity["type"]] for entity in covering if entity["type"] in _STYLES]
    links = [Style(link=entity["url"]) for entity in covering if "url" in entity]
    return Style.combine([Style.null(), *known, *links])


def _addresses(covering: list[dict[str, Any]], end: int, text: str, *, short: bool) -> str:
    """The addresses of links that end here, unless their text is the address itself."""
    ending = [entity for entity in covering if "url" in entity and _end(entity) == end]
    return "".join(
        f" ({_shortened(entity['url']) if short else entity['url']})"
        for entity in ending
        if utf16_slice(text, entity["offset"], entity["length"]) != entity["url"]
    )


def _shortened(address: str) -> str:
    """Where a link leads, at a glance: its host and path, the end of a long one cut."""
    parts = urlsplit(address)
    place = f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}" or address
    return place if len(place) <= _LONGEST_ADDRESS else f"{place[: _LONGEST_ADDRESS - 1]}…"


def _end(entity: dict[str, Any]) -> int:
    return int(entity["offset"] + entity["length"])
