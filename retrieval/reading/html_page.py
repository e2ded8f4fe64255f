"""HTML pages: trafilatura finds the body and the metadata, our own walk of the page gives the lines to the letter."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import trafilatura
from lxml import html

from retrieval.records import Dropped, Problem, Reading
from retrieval.tokens import normalize

from . import marginal, reasons, rules
from .article import from_lines
from .encodings import decode, refuse_legacy
from .lines import Line
from .markup import Block, blocks, parse, spaced
from .metadata import Metadata
from .source import Source, UnreadableError

# trafilatura's fallback, jusText, looks from each short line for the next long one: hours on a page of 100,000 of them.
# Pages of articles have some hundred lines.
_MANY_LINES = 2_000
_SPACE = re.compile(r"\s+")
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='pubdate']/@content",
)
_SECTION = ("//meta[@property='article:section']/@content", "//meta[@itemprop='articleSection']/@content")


def read_html(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    """One article from a page. The numbers of its lines count the page's lines as shown, from 1.

    A line is in the article where trafilatura has it in the body, or where it stands between such lines as their
    equal. Lines between the first and the last of the body that are not in it are among the dropped.
    """
    text = decode(data)
    tree = parse(text)
    page = blocks(tree)
    document = trafilatura.bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        fast=len(page) > _MANY_LINES,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if document is None or isinstance(document, dict) or document.body is None:
        raise UnreadableError("no article found on the page")
    metadata = _metadata(tree, document, page)
    lines, outside = _body(page, _extracted(document.body), metadata.title)
    refuse_legacy("\n".join(line.text for line in lines))
    reading, wrong = from_lines(source, lines, metadata, outside)
    yield reading
    yield from (Problem(source.path, message) for message in wrong)


def _extracted(body: html.HtmlElement) -> set[str]:
    """The keys of trafilatura's paragraphs, headings, list items and cells, cut at line breaks."""
    for line_break in body.iter("lb"):
        line_break.tail = f"\n{line_break.tail or ''}"
    return {_key(line) for element in body.iter() for line in str(element.xpath("string()")).split("\n")} - {""}


def _body(page: Sequence[Block], extracted: set[str], title: str | None) -> tuple[list[Line], list[Dropped]]:
    """The page's lines that are article, and those between them that are not."""
    inside = {block.line.number for block in page if _key(block.line.text) in extracted}
    if not inside:
        raise UnreadableError("no article found on the page")
    beside = Counter(block.parent for block in page if block.line.number in inside)
    amid = inside | {block.line.number for block in page if block.parent is not None and beside[block.parent] > 1}
    heading = next((block.line.number for block in page if block.tag == "h1" and block.line.words == title), None)
    if heading and heading < max(inside):
        inside.add(heading)
        amid.update(
            range(heading, min(inside - {heading}, default=heading))
        )  # where leads stand, in boxes of their own
    lines: list[Line] = []
    outside: list[Dropped] = []
    for block in page[min(inside) - 1 : max(amid)]:
        line = block.line
        if line.number in inside or _belongs(line, amid=line.number in amid):
            lines.append(line)
        else:
            outside.append(Dropped(line.number, line.text, reasons.OUTSIDE))
    return spaced(lines), outside


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


def _metadata(tree: html.HtmlElement, document: "trafilatura.settings.Document", page: Sequence[Block]) -> Metadata:
    title = _title(document.title, page)
    author = document.author
    if author and author.casefold() == (document.sitename or "").casefold():
        author = None
    return Metadata(
        title=title,
        author=author,
        credited=document.sitename,
        url=document.url,
        published=_first(tree, _PUBLISHED) or document.date,
        section=_first(tree, _SECTION),
    )


def _title(stated: str | None, page: Sequence[Block]) -> str | None:
    """The page's main heading where the stated title begins with it ("Tít bài - Tên báo"), else the stated title."""
    words = " ".join(normalize(stated or "").split())
    heading = next((block.line.words for block in page if block.tag == "h1"), None)
    return heading if heading and words.startswith(heading) else words or None


def _first(tree: html.HtmlElement, paths: Sequence[str]) -> str | None:
    found = (str(value).strip() for path in paths for value in tree.xpath(path))
    return next((value for value in found if value), None)
