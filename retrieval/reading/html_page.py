"""HTML pages: trafilatura finds the body, our own walk of the page gives the lines to the letter."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import islice

import trafilatura
from lxml import etree, html

from retrieval.records import Dropped, Problem, Reading
from retrieval.tokens import normalize

from . import marginal, reasons, rules
from .article import from_lines
from .attributes import without_crowds
from .encodings import decode, refuse_legacy
from .lines import Line
from .markup import Block, blocks, parse, spaced
from .page_metadata import heading_of, metadata_of
from .source import Source, UnreadableError

# trafilatura's fallback, jusText, looks from each short line for the next long one: hours on a page of 100,000 of them.
# Pages of articles have some hundred lines.
_MANY_LINES = 2_000
# trafilatura itself compares each paragraph with all others: 0.7 s for so many, 19 s for six times as many.
_MOST_LINES = 20_000
# Elements in a paragraph, line breaks apart. trafilatura takes them out and leaves their text in as many pieces; lxml,
# asked for the text, goes back from each piece to the first: a minute for 50,000 bold words.
_MANY_MARKS = 500
_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"(</?)fig(?:ure|caption)\b", re.IGNORECASE)
# A page of an article has fewer lines that are links, among those that were taken for its body.
_FEWEST_TEASERS, _TEASERS = 4, 0.6
_SHORTEST_TEASER = 3  # spaces
_MOST_BESIDE = 3  # lines in the box of a teaser: its heading, what it tells, when


def read_html(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    """One article from a page. The numbers of its lines count the page's lines as shown, from 1.

    A line is in the article where trafilatura has it in the body, or where it stands between such lines as their
    equal. Lines between the first and the last of the body that are not in it are among the dropped.
    """
    text = without_crowds(decode(data))
    tree = parse(text)
    page = blocks(tree)
    if len(page) > _MOST_LINES:
        raise UnreadableError(f"{len(page):,} lines: no page of an article has so many")
    inside = _inside(page, _uncrowded(tree, text), fast=len(page) > _MANY_LINES)
    metadata = metadata_of(tree, page, sorted(inside), source.publishers)
    _refuse_list(tree, page, inside, metadata.title)
    lines, outside = _body(page, inside, metadata.title)
    refuse_legacy("\n".join(line.text for line in lines))
    reading, wrong = from_lines(source, lines, metadata, outside)
    yield reading
    yield from (Problem(source.path, message) for message in wrong)


def _uncrowded(tree: html.HtmlElement, text: str) -> str:
    """The page's text; where paragraphs have more mark-up than any of an article, that of a page without it."""
    if not any(map(_is_crowded, tree.iter("p"))):
        return text
    plain = deepcopy(tree)
    for paragraph in plain.iter("p"):
        if _is_crowded(paragraph):
            etree.strip_tags(paragraph, *{element.tag for element in _marks(paragraph)})
    page: str = html.tostring(plain, encoding="unicode")
    return page


def _is_crowded(paragraph: html.HtmlElement) -> bool:
    return next(islice(_marks(paragraph), _MANY_MARKS, None), None) is not None


def _marks(paragraph: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (element for element in paragraph.iterdescendants("*") if element.tag != "br")


def _inside(page: Sequence[Block], text: str, *, fast: bool) -> set[int]:
    """The numbers of the lines that trafilatura has in the body. Raises `UnreadableError` where there is none.

    It leaves captions out; of a page that is little but pictures, with a paragraph above them, they are the text.
    """
    for shown in (text, *([_FIGURE.sub(r"\1p", text)] if _FIGURE.search(text) else [])):
        extracted = _extracted(shown, fast=fast)
        inside = {
            block.line.number
            for block in page
            if _key(block.line.text) in extracted
            or (block.cells and any(_key(cell) in extracted for cell in block.cells))
        }
        if any(block.line.hint is None for block in page if block.line.number in inside):
            return inside
    raise UnreadableError("no article found on the page")


def _extracted(text: str, *, fast: bool) -> set[str]:
    """The keys of trafilatura's paragraphs, headings, list items and cells, cut at line breaks; none where it finds no
    body.
    """
    document = trafilatura.bare_extraction(
        text, with_metadata=False, include_comments=False, favor_recall=True, fast=fast
    )
    if document is None or isinstance(document, dict) or document.body is None:
        return set()
    for line_break in document.body.iter("lb"):
        line_break.tail = f"\n{line_break.tail or ''}"
    return {_key(line) for element in document.body.iter() for line in str(element.xpath("string()")).split("\n")} - {
        ""
    }


def _refuse_list(tree: html.HtmlElement, page: Sequence[Block], inside: set[int], title: str | None) -> None:
    """Raises `UnreadableError` where the page is no article but links to many: a paper's front, a section."""
    amid = page[max(0, min(inside) - 2) : max(inside)]
    told = sum(1 for b in amid if b.line.number in inside and not b.linked and rules.is_prose(b.line.words))
    linked = [block for block in amid if block.linked and block.line.words.count(" ") >= 2]
    teasers = sum(1 for block in linked if block.line.hint == "heading" or block.line.number in inside)
    heading = heading_of(page)
    headed = heading is not None and heading.line.words == title and title.count(" ") >= 3
    if teasers < _FEWEST_TEASERS or teasers < _TEASERS * told or headed:
        return
    if not tree.xpath("//meta[@property='og:type' and @content='article']"):
        raise UnreadableError("no article but a list of them: a home or section page?")


def _body(page: Sequence[Block], inside: set[int], title: str | None) -> tuple[list[Line], list[Dropped]]:
    """The page's lines that are article, and those between them that are not."""
    beside = Counter(block.parent for block in page if block.line.number in inside)
    amid = inside | {block.line.number for block in page if block.parent is not None and beside[block.parent] > 1}
    heading = _heading(page, title, max(inside))
    if heading:
        inside = inside | {heading}
        told = (block.line.number for block in page if block.line.number in inside and rules.is_prose(block.line.words))
        amid.update(range(heading, max(heading, min(told, default=0))))  # where leads stand, in boxes of their own
    if heading_of(page) is None:  # a page for printing: the title is any line above the text
        above = (block.line for block in page[: min(inside)] if block.line.number in amid)
        inside = inside | {line.number for line in above if " " in line.words and rules.is_heading(line.words)}
    others = _teasers(page, title)
    lines: list[Line] = []
    outside: list[Dropped] = []
    for block in page[min(inside | amid) - 1 : max(amid)]:
        line = block.line
        if line.number in others:
            outside.append(Dropped(line.number, line.text, reasons.OTHER_ARTICLE))
        elif line.number in inside or _belongs(line, amid=line.number in amid):
            lines.append(line)
        elif line.number > min(inside):
            outside.append(Dropped(line.number, line.text, reasons.OUTSIDE))
    return spaced(lines), outside


def _teasers(page: Sequence[Block], title: str | None) -> set[int]:
    """The numbers of the headings and of the items of lists that are links, to other articles, and of the line beside
    each heading that tells of it.
    """
    found: set[int] = set()
    beside = Counter(block.parent for block in page)
    for block, following in zip(page, [*page[1:], None], strict=True):
        if not block.linked or block.line.words == title:
            continue
        if block.tag == "li" and block.line.words.count(" ") >= _SHORTEST_TEASER:
            found.add(block.line.number)
        if block.line.hint == "heading":
            found.add(block.line.number)
            parents = (block.parent, block.parent.getparent() if block.parent is not None else None)
            if following and following.parent is not None and following.parent in parents and following.tag != "h1":
                found.update({following.line.number} if beside[following.parent] <= _MOST_BESIDE else ())
    return found


def _heading(page: Sequence[Block], title: str | None, last: int) -> int | None:
    """The number of the main heading, if it stands above the end of the body: that of the title, or the only one."""
    headings = [block.line for block in page if block.tag == "h1"]
    named = [line for line in headings if line.words == title]
    found = named or (headings if len(headings) == 1 else [])
    return found[0].number if found and found[0].number < last else None


def _belongs(line: Line, *, amid: bool) -> bool:
    """Whether a line that trafilatura left out is for our own rules to judge: it is a picture's caption or, `amid` the
    paragraphs of the body, prose, a heading or what says who wrote it, where and when."""
    if line.hint == "caption" or rules.is_caption(line.words):
        return True
    return amid and (
        line.hint == "heading"
        or rules.is_prose(line.words)
        or marginal.byline(line.words) is not None
        or marginal.date_line(line.words) is not None
        or marginal.source_line(line.words, closing=True) is not None
    )


def _key(text: str) -> str:
    return _SPACE.sub("", normalize(text))
