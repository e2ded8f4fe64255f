"""HTML → the lines that a reader of the page sees, to the letter, each with what its mark-up says it is."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree, html

from . import rules
from .lines import Hint, Line
from .source import UnreadableError

_INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|o:p|q|s|small|span|strike"
    r"|strong|sub|sup|time|tt|u|var|wbr"
)
_UNSEEN = re.compile(r"button|head|iframe|math|noscript|object|script|select|style|svg|template|textarea")
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CAPTION_CLASS = re.compile(r"caption|desc_cation", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")  # HTML's white space: a no-break space is a character of the text


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page, numbered from 1, its element's name, and the element around that."""

    line: Line
    parent: html.HtmlElement | None
    tag: str


def parse(text: str) -> html.HtmlElement:
    """The tree of a page or of a part of one. Raises `UnreadableError` where there is none."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:
        tree = None
    if tree is None:
        raise UnreadableError("no HTML in it")
    return tree


def blocks(tree: html.HtmlElement) -> list[Block]:
    """The lines of a tree in order."""
    return list(_Walk().walk(tree))


def spaced(lines: Iterable[Line]) -> list[Line]:
    """The lines with a blank one after each, as paragraphs are."""
    return [spaced for line in lines for spaced in (line, Line(line.number, ""))]


class _Walk:
    """Collects text until a block begins or ends."""

    def __init__(self) -> None:
        self._open: list[html.HtmlElement] = []
        self._pieces: list[str] = []
        self._count = 0
        self._unseen: html.HtmlElement | None = None

    def walk(self, tree: html.HtmlElement) -> Iterator[Block]:
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            if event == "start":
                yield from self._start(element)
            else:
                yield from self._end(element)

    def _start(self, element: html.HtmlElement) -> Iterator[Block]:
        if self._unseen is not None:
            return
        if _is_unseen(element):
            self._unseen = element
            return
        if _is_block(element):
            yield from self._flush()
            self._open.append(element)
        self._pieces.append(element.text or "")

    def _end(self, element: html.HtmlElement) -> Iterator[Block]:
        if self._unseen is None and _is_block(element):
            yield from self._flush()
            self._open.pop()
        if self._unseen is element:
            self._unseen = None
        if self._unseen is None:
            self._pieces.append(element.tail or "")

    def _flush(self) -> Iterator[Block]:
        text = _SPACES.sub(" ", "".join(self._pieces)).strip(" ")
        self._pieces.clear()
        if not text.strip() or not self._open:
            return
        self._count += 1
        line = Line(self._count, unicodedata.normalize("NFC", text))
        element = self._open[-1]
        hint = self._hint(line.words)
        yield Block(Line(line.number, line.text, hint), element.getparent(), str(element.tag))

    def _hint(self, words: str) -> Hint | None:
        nearest = self._open[-3:]
        if any(e.tag == "figcaption" or _CAPTION_CLASS.search(e.get("class", "")) for e in nearest):
            return "caption"
        heading = nearest[-1].tag in _HEADINGS or (len(nearest) > 1 and nearest[-2].tag in _HEADINGS)
        return "heading" if heading and not rules.is_prose(words) else None


def _is_block(element: html.HtmlElement) -> bool:
    return not _INLINE.fullmatch(str(element.tag))


def _is_unseen(element: html.HtmlElement) -> bool:
    if _UNSEEN.fullmatch(str(element.tag)) or "hidden" in element.attrib:
        return True
    return bool(_HIDDEN.search(element.get("style", "")))
