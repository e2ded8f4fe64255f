"""Fitting text into Telegram's messages, whose length counts UTF-16 units after the markup is parsed."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator

MESSAGE_LIMIT = 4096  # core.telegram.org/bots/api#sendmessage

_TAG = re.compile(r"<[^<>]*>")
_SENTENCE_END = re.compile(r"""[.!?…]["”’»)\]]*\s+""")
_SPACE = re.compile(r"\s+")


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def visible(markup: str) -> str:
    """The text that a message in escaped HTML shows."""
    return html.unescape(_TAG.sub("", markup))


def pack(parts: Iterable[str], limit: int = MESSAGE_LIMIT) -> list[str]:
    """Messages made of whole parts of HTML, in order, a blank line between two parts of one message.

    A part never breaks, so each must fit the limit on its own (`pieces` sees to that for quotes).
    """
    messages: list[str] = []
    for part in parts:
        joined = f"{messages[-1]}\n\n{part}" if messages else part
        if messages and units(visible(joined)) <= limit:
            messages[-1] = joined
        else:
            messages.append(part)
    return messages


def pieces(text: str, limit: int) -> Iterator[str]:
    """The text in pieces of at most `limit` UTF-16 units, cut after a sentence or else between words.

    Joined they are the text: white space at a cut ends the piece before it, as far as it fits. A word longer than the
    limit is cut between two characters as readers see them. `limit` is 2 at least.
    """
    at = 0
    while units(rest := text[at : at + limit + 1]) > limit:
        cut = _cut(rest, limit)
        yield rest[:cut]
        at += cut
    yield rest


def beginning(text: str, limit: int) -> str:
    """The first piece, for what shows no more than that; without white space at its end."""
    return next(pieces(text, limit)).rstrip()


def _cut(text: str, limit: int) -> int:
    """Where the first piece ends: in its second half, after a sentence, else after a word; else at the very limit."""
    room = _prefix(text, limit)
    for boundary in (_SENTENCE_END, _SPACE):
        # What ends at the limit is whole though its white space stands beyond.
        ends = [min(match.end(), room) for match in boundary.finditer(text, 0, room + 1) if match.end() > room // 2]
        if ends:
            return ends[-1]
    return _between_characters(text, room)


def _prefix(text: str, limit: int) -> int:
    """How many code points of the text fit into `limit` UTF-16 units."""
    used = 0
    for position, character in enumerate(text):
        used += units(character)
        if used > limit:
            return position
    return len(text)


def _between_characters(text: str, position: int) -> int:
    """The last place up to `position` that does not tear a character from its marks, or an emoji from its parts."""
    place = position
    while place > 0 and (_continues(text[place]) or text[place - 1] == "\u200d"):
        place -= 1
    return place or position  # torn where a single character is longer than the limit


def _continues(character: str) -> bool:
    """Whether it belongs to the character before it: a mark or variation selector, a joiner, a skin tone."""
    return unicodedata.category(character) in {"Mn", "Me", "Mc"} or character == "\u200d" or "🏻" <= character <= "🏿"
