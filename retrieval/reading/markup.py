"""HTML → the lines that a reader of the page sees, to the letter, each with what its mark-up says it is."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree, html

from . import rules
from .attributes import without_crowds
from .lines import Hint, Line
from .source import UnreadableError

_INLINE = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|o:p|q|s|small|span|strike"
    r"|strong|sub|sup|time|tt|u|var|wbr"
)
_UNSEEN = re.compile(r"button|head|iframe|math|noscript|object|script|select|style|svg|template|textarea")
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CAPTION_CLASS = re.compile(r"caption|desc_cation", re.IGNORECASE)
# What stands before the text without white space: place and style part them on the page.
_STAMP_CLASS = re.compile(r"stamp|location|dateline|place", re.IGNORECASE)
# "style" that sets what stands there apart from what follows.
_APART = re.compile(r"(?:margin|padding)(?:-right)?\s*:|float\s*:|display\s*:", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|binh-?luan)(?=$|[\s_-])", re.IGNORECASE)
_STAMPS = frozenset(["span", "strong", "b", "em", "i"])
_LONGEST_STAMP, _MOST_OF_STAMP = 60, 6  # characters, words
_LONGEST_CELL, _LONGEST_PICTURE = 120, 400  # characters
_MOST_OF_PICTURE = 60  # elements of a table that shows one
_MOST_BESIDE_FILM = 3  # elements, the film among them
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
# When another article came, behind the link to it.
_WHEN = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}(?:,?\s\d{1,2}:\d{2})?$")
_PARAGRAPH_TAGS = re.compile(r"</?(?:p|div|br|h[1-6]|li)(?:\s[^<>]{0,400}+)?/?>", re.IGNORECASE)
_FEWEST_TAGS = 2
_SPACES = re.compile(r"[ \t\r\n\f]+")  # HTML's white space: a no-break space is a character of the text


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page, numbered from 1, its element's name, and the element around that.

    `linked`: all of it is a link. `cells` are those of a table's row, which is one line. `marks` are the classes of
    its element and of the inline ones in it.
    """

    line: Line
    parent: html.HtmlElement | None
    tag: str
    linked: bool = False
    cells: tuple[str, ...] = ()
    marks: str = ""


def is_html(text: str) -> bool:
    """Whether a text has tags of paragraphs."""
    return sum(1 for _ in islice(_PARAGRAPH_TAGS.finditer(text), _FEWEST_TAGS)) == _FEWEST_TAGS


def parse(text: str) -> html.HtmlElement:
    """The tree of a page or of a part of one. Raises `UnreadableError` where there is none."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(without_crowds(text).encode("utf-8", "replace"), parser=parser)
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
        self._row: html.HtmlElement | None = None
        self._cells: list[str] = []
        self._marks: list[str] = []
        self._linked, self._links = 0, 0

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
        if self._row is not None:
            self._add(element, element.text)
            return
        if _is_block(element):
            yield from self._flush()
            self._open.append(element)
            self._row = element if element.tag == "tr" and _is_row_of_figures(element) else None
        self._links += element.tag == "a"
        self._add(element, element.text)

    def _end(self, element: html.HtmlElement) -> Iterator[Block]:
        if self._unseen is None:
            if self._row is not None and element is not self._row:
                if element.tag in ("td", "th"):
                    self._cells.append(_SPACES.sub(" ", "".join(self._pieces)).strip(" "))
                    self._pieces.clear()
            elif _is_stamp(element):
                yield from (replace(block, line=replace(block.line, hint="place")) for block in self._flush())
            elif _is_block(element):
                yield from self._flush()
                self._open.pop()
                self._row = None
            self._links -= element.tag == "a" and self._row is None
        if self._unseen is element:
            self._unseen = None
        if self._unseen is None:
            self._pieces.append(element.tail or "")
            self._linked += len((element.tail or "").strip()) if self._links > 0 else 0

    def _add(self, element: html.HtmlElement, text: str | None) -> None:
        self._pieces.append(text or "")
        self._linked += len((text or "").strip()) if self._links > 0 else 0
        if element.get("class"):
            self._marks.append(element.get("class", ""))

    def _flush(self) -> Iterator[Block]:
        if self._cells:
            self._pieces = [" | ".join(cell for cell in self._cells if cell)]
        text = _SPACES.sub(" ", "".join(self._pieces)).strip(" ")
        cells, marks, linked = tuple(self._cells), " ".join(self._marks), self._linked
        self._pieces.clear()
        self._cells.clear()
        self._marks = [self._marks[-1]] if self._marks and not text.strip() else []
        self._linked = 0
        if not text.strip() or not self._open:
            return
        self._count += 1
        line = Line(self._count, unicodedata.normalize("NFC", text))
        element = self._open[-1]
        all_linked = linked > 0 and linked >= len(_WHEN.sub("", text).replace(" ", "")) * 0.9
        block = Block(
            Line(line.number, line.text, self._hint(line.words)), element.getparent(), str(element.tag), all_linked
        )
        yield replace(block, cells=cells, marks=marks)

    def _hint(self, words: str) -> Hint | None:
        nearest = self._open[-3:]
        if any(e.tag == "figcaption" or _CAPTION_CLASS.search(e.get("class", "")) for e in nearest):
            return "caption"
        if _is_player(nearest[-1]):
            return "image"
        if _is_pictures_text(nearest[-1], words):
            return "caption"
        heading = nearest[-1].tag in _HEADINGS or (len(nearest) > 1 and nearest[-2].tag in _HEADINGS)
        return "heading" if heading and not rules.is_prose(words) else None


def _is_row_of_figures(row: html.HtmlElement) -> bool:
    """Whether a table's row is one line for a reader: several short cells, and neither pictures nor paragraphs."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2 or row.find(".//table") is not None or row.find(".//img") is not None:
        return False
    return all(len(cell) < 20 and len(cell.text_content()) <= _LONGEST_CELL for cell in cells)


def _is_stamp(element: html.HtmlElement) -> bool:
    """Whether a mark of place ends without white space before the text: "<span class=stamp>Huế</span>Sáng nay".

    Its class or style says so, or that it is a name of several words and what follows is a sentence.
    """
    following = element.tail or ""
    if element.tag not in _STAMPS or not following[:1].isupper() or element.getprevious() is not None:
        return False
    parent = element.getparent()
    if parent is None or (parent.text or "").strip():
        return False
    if _STAMP_CLASS.search(element.get("class", "")) or _APART.search(element.get("style", "")):
        return True
    words = element.text_content()[:_LONGEST_STAMP].split()
    named = 1 < len(words) < _MOST_OF_STAMP and all(word[:1].isupper() and word.isalpha() for word in words)
    return named and following.count(" ", 0, _LONGEST_STAMP) >= _MOST_OF_STAMP


def _is_player(element: html.HtmlElement) -> bool:
    """Whether a line stands beside a film, and nothing else does: what the film is called."""
    parent = element.getparent()
    beside = [] if parent is None else [child.tag for child in islice(parent, _MOST_BESIDE_FILM + 1)]
    return len(beside) <= _MOST_BESIDE_FILM and not {"video", "audio"}.isdisjoint(beside)


def _is_pictures_text(element: html.HtmlElement, words: str) -> bool:
    """Whether a line is in a small table whose other cell is a picture."""
    if element.tag not in ("td", "th", "p", "div") or rules.is_prose(words):
        return False
    above = [ancestor for ancestor in islice(element.iterancestors(), 5) if ancestor.tag == "table"]
    inside = list(islice(above[0].iter(), _MOST_OF_PICTURE + 1)) if above else []
    if len(inside) > _MOST_OF_PICTURE or not any(one.tag == "img" for one in inside):
        return False
    return len(above[0].text_content()) <= _LONGEST_PICTURE


def _is_block(element: html.HtmlElement) -> bool:
    return not _INLINE.fullmatch(str(element.tag))


def _is_unseen(element: html.HtmlElement) -> bool:
    if _UNSEEN.fullmatch(str(element.tag)) or "hidden" in element.attrib:
        return True
    if element.tag in ("div", "section", "ul", "ol", "aside") and _is_of_comments(element):
        return True
    return bool(_HIDDEN.search(element.get("style", "")))


def _is_of_comments(element: html.HtmlElement) -> bool:
    """Whether an element holds what readers say below the article."""
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(_COMMENTS.search(named)) and element.find(".//h1") is None
