"""Telegram's HTML parse mode: markup → text and entities, as TDLib's `parse_html` reads it, with its error messages.

https://core.telegram.org/bots/api#html-style. Offsets in errors count UTF-8 bytes, those of entities UTF-16 units.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.entities import Entity, in_order, utf16_length, utf16_slice
from bot.sandbox.errors import ApiError, bad_request

_SPACE = " \t\r\n\0\v"
_END = "\0"  # stands after the last character, so that reading never runs over the end
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_STYLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = frozenset(_STYLE) | {"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}


@dataclass(frozen=True, slots=True)
class _Tag:
    """A start tag not yet closed; `argument` is its one attribute that means something, empty where it has none."""

    name: str
    argument: str
    offset: int


def parse_html(markup: str) -> tuple[str, list[Entity]]:
    """The text without its tags, and the entities the tags stand for (neither trimmed nor cleaned).

    Raises ApiError "Bad Request: can't parse entities: …" as Telegram does.
    """
    return _Reader(markup).read()


class _Reader:
    def __init__(self, markup: str) -> None:
        self._markup = markup + _END
        self._at = 0
        self._text: list[str] = []
        self._offset = 0  # of the next character of the text, in UTF-16 units
        self._open: list[_Tag] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._markup) - 1:
            if self._markup[self._at] != "<":
                self._put(self._character())
            elif self._markup[self._at + 1] == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return self._joined_text(), in_order(self._entities)

    def _joined_text(self) -> str:
        # Two halves of a surrogate pair written as two references make one character; a lone half is an error.
        try:
            return "".join(self._text).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            raise _cannot_parse(
                "Text contains invalid Unicode characters after decoding HTML entities,"
                " check for unmatched surrogate code units"
            ) from None

    def _put(self, character: str) -> None:
        self._text.append(character)
        self._offset += utf16_length(character)

    def _character(self) -> str:
        """The next character, a reference (`&lt;`, `&#236;`) decoded; what isn't a reference stays as it is."""
        start = self._at
        self._at += 1
        if self._markup[start] != "&":
            return self._markup[start]
        code, end = self._reference(start)
        if not code:
            return "&"
        self._at = end + (self._markup[end] == ";")
        return code

    def _reference(self, start: int) -> tuple[str, int]:
        """The character meant by the reference at `start` (empty: none) and where the reference ends."""
        end = start + 1
        if self._markup[end] != "#":
            while self._markup[end].isascii() and self._markup[end].isalpha():
                end += 1
            return _NAMED.get(self._markup[start + 1 : end], ""), end
        hexadecimal = self._markup[end + 1] == "x"
        first = end = end + 1 + hexadecimal
        digits = "0123456789abcdefABCDEF" if hexadecimal else "0123456789"
        while self._markup[end] in digits:
            end += 1
        number = int(self._markup[first:end] or "0", 16 if hexadecimal else 10) if end - start < 10 else 0
        return (chr(number), end) if 0 < number < 0x10FFFF else ("", end)

    def _start_tag(self) -> None:
        start = self._at
        self._at += 1
        name = self._word(">").lower()
        if self._markup[self._at] == _END:
            raise self._error("Unclosed start tag", start)
        if name not in _TAGS:
            raise self._error(f'Unsupported start tag "{name}"', start)
        argument = ""
        while (attribute := self._attribute(name, start)) is not None:
            argument = _argument(name, *attribute) or argument
        if name == "span" and argument != "spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', start)
        self._open.append(_Tag(name, argument, self._offset))

    def _attribute(self, tag: str, start: int) -> tuple[str, str] | None:
        """The next attribute's name and value; None at the end of the tag, which is read over."""
        self._skip_space()
        if self._markup[self._at] == ">":
            self._at += 1
            return None
        name = self._word("=>/\"'")
        if not name:
            raise self._error(f'Empty attribute name in the tag "{tag}"', start)
        self._skip_space()
        value = ""
        if self._markup[self._at] == "=":
            self._at += 1
            self._skip_space()
            value = self._quoted() if self._markup[self._at] in "\"'" else self._token()
        if self._markup[self._at] == _END:
            raise self._error(f'Unclosed start tag "{tag}"', start)
        return name, value

    def _token(self) -> str:
        start = self._at
        while self._markup[self._at].isascii() and (self._markup[self._at].isalnum() or self._markup[self._at] in ".-"):
            self._at += 1
        if self._markup[self._at] not in _SPACE + ">":
            raise self._error("Unexpected end of name token", start)
        return self._markup[start : self._at].lower()

    def _quoted(self) -> str:
        quote = self._markup[self._at]
        self._at += 1
        value = []
        while self._markup[self._at] not in quote + _END:
            value.append(self._character())
        self._at += self._markup[self._at] == quote
        return "".join(value)

    def _end_tag(self) -> None:
        start = self._at
        if not self._open:
            raise self._error("Unexpected end tag", start)
        self._at += 2
        name = self._word(">").lower()
        self._skip_space()
        if self._markup[self._at] != ">":
            raise self._error("Unclosed end tag", start)
        self._at += 1
        tag = self._open.pop()
        if name and name != tag.name:
            raise self._error("Unmatched end tag", start, f', expected "</{tag.name}>", found "</{name}>"')
        if self._offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _Tag) -> None:
        length = self._offset - tag.offset
        if tag.name in _STYLE:
            self._entities.append(Entity(_STYLE[tag.name], tag.offset, length))
        elif tag.name == "blockquote":
            self._entities.append(Entity("expandable_blockquote" if tag.argument else "blockquote", tag.offset, length))
        elif tag.name == "tg-emoji":
            if not tag.argument.isdecimal():
                raise bad_request("invalid custom emoji identifier specified")
            self._entities.append(Entity("custom_emoji", tag.offset, length, custom_emoji_id=tag.argument))
        elif tag.name == "tg-time":  # in a form of ours (`date_time_format`) it is not built
            if not re.fullmatch(r"\d{1,10}", tag.argument, re.ASCII):
                raise bad_request("invalid date specified")
            self._entities.append(Entity("date_time", tag.offset, length, unix_time=int(tag.argument)))
        elif tag.name == "a":
            covered = utf16_slice("".join(self._text), tag.offset, length)
            self._entities += link_entity(tag.argument or covered, tag.offset, length)
        else:
            self._close_code(Entity(tag.name, tag.offset, length, language=tag.argument or None))

    def _close_code(self, entity: Entity) -> None:
        """`<pre><code class="language-x">` is one entity of type pre; a language outside of that is dropped."""
        last = self._entities[-1] if self._entities else None
        same = last is not None and (last.offset, last.length) == (entity.offset, entity.length)
        if last is not None and same and {last.type, entity.type} == {"pre", "code"}:
            language = last.language or entity.language
            if language:
                self._entities[-1] = Entity("pre", entity.offset, entity.length, language=language)
                return
        self._entities.append(entity)

    def _word(self, stops: str) -> str:
        start = self._at
        while self._markup[self._at] not in stops + _SPACE:
            self._at += 1
        return self._markup[start : self._at]

    def _skip_space(self) -> None:
        while self._markup[self._at] in _SPACE and self._at < len(self._markup) - 1:
            self._at += 1

    def _error(self, reason: str, at: int, more: str = "") -> ApiError:
        return _cannot_parse(f"{reason} at byte offset {len(self._markup[:at].encode())}{more}")


def _argument(tag: str, name: str, value: str) -> str:
    """What an attribute means for its tag; empty where it means nothing, which Telegram passes over."""
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "unix"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "1"
        case _:
            return ""


def link_entity(url: str, offset: int, length: int) -> list[Entity]:
    """A link over a stretch of text, or none where Telegram doesn't take the address (the text then stands alone)."""
    if url.startswith("tg://user?"):
        number = parse_qs(urlsplit(url).query).get("id", [""])[0]
        return [Entity("text_mention", offset, length, user_id=int(number))] if number.isdecimal() else []
    address = checked_url(url)
    return [Entity("text_link", offset, length, url=address)] if address else []


def checked_url(url: str) -> str:
    """The address as Telegram writes it (scheme and at least a `/` after the host); empty if it is none."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme in {"tg", "ton"}:
        return url
    if parts.scheme not in {"http", "https"} or not _is_host(host) or any(c in _SPACE for c in url):
        return ""
    return parts._replace(path=parts.path or "/").geturl()


def _is_host(host: str) -> bool:
    labels = host.split(".")
    return host == "localhost" or (len(labels) > 1 and all(labels))


def _cannot_parse(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
