"""What a web page says of its article: title, author, paper, publication."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from lxml import html

from retrieval.dates import parse_published
from retrieval.tokens import fold, normalize

from . import json_ld, marginal, rules
from .markup import Block
from .metadata import Metadata, host_of, known_publisher

_URL = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content", "//meta[@name='twitter:url']/@content")
_TITLE = ("//meta[@property='og:title']/@content", "//title/text()", "//meta[@name='title']/@content")
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='pubdate' or @name='publishdate' or @name='publish-date' or @name='publication_date']/@content",
    "//meta[@property='og:published_time' or @property='article:published' or @name='article:published_time']/@content",
    "//meta[@name='date' or @name='DC.date.issued' or @name='dc.date' or @name='parsely-pub-date']/@content",
)
_SECTION = ("//meta[@property='article:section']/@content", "//meta[@itemprop='articleSection']/@content")
_SITE = ("//meta[@property='og:site_name']/@content", "//meta[@name='application-name']/@content")
_AUTHOR = (
    "//meta[@name='author' or @property='author' or @name='article:author' or @name='dable:author']/@content",
    "//meta[@property='article:author' and not(contains(@content, '/'))]/@content",
)
_AUTHOR_ELEMENT = (
    "//*[@rel='author' or @itemprop='author' or @data-role='author' or contains(@class, 'author')"
    " or contains(@class, 'byline')][not(ancestor::*[contains(@class, 'comment') or contains(@class, 'related')])]"
)
_MAIL = re.compile(r"(?<![^\s@])[^\s@]++@\S++")
_MOST_ELEMENTS, _LONGEST_AUTHOR = 20, 60
_MOST_BETWEEN, _LONGEST_NOTE = 60, 80  # elements between heading and text, characters of what is no paragraph of it

# "Tít bài - Thời sự - Báo Sơn Bình": what parts a page's title.
_PARTS = re.compile(r"\s(?:[|–—-]|::|»|›|•)\s")
_PAPER = re.compile(
    r"báo|tạp chí|thời báo|đài|cổng (?:thông tin|ttđt)|thông tấn|tin tức|truyền hình|news|online|times|điện tử|tv\b"
    r"|\.vn\b|\.com\b|vnexpress|vietnamnet|vietnam\+",
    re.IGNORECASE,
)
# Titles that say what the page is, not what the article is called.
_NO_TITLE = re.compile(
    r"(?:bản in|in (?:bài|trang|tin)|print|untitled|trang chủ|home|tin tức|tin bài|chi tiết(?: tin)?)\W*"
    r"|(?:cổng|trang) (?:thông tin|tt) ?(?:điện tử|đt)\b.*"
)
_DATED, _MOST_IN_DATE = re.compile(r"date|time|publish|ngay-?dang", re.IGNORECASE), 5
_TODAY = re.compile(r"now|today|current|clock|header|footer|comment", re.IGNORECASE)
_ABOVE, _BELOW = 4, 8  # lines around the heading in which an article's own date stands


def metadata_of(
    tree: html.HtmlElement, page: Sequence[Block], body: Sequence[int], publishers: Mapping[str, str]
) -> Metadata:
    """What the page states; `body` are the numbers of the lines that are article, or none."""
    stated = json_ld.article_of(tree)
    url = _first(tree, _URL)
    title, heading = _title(tree, page)
    site = _first(tree, _SITE) or json_ld.text_of(stated, "publisher")
    names = [*_names(url, publishers), *([site] if site else [])]
    return Metadata(
        title=title,
        author=_author(tree, stated, names),
        credited=_paper(site) or _last_part(tree, heading),
        url=url,
        published=_published(tree, stated) or _timed(tree) or _shown(page, heading, body),
        section=_first(tree, _SECTION),
    )


def heading_of(page: Sequence[Block]) -> Block | None:
    """The page's main heading."""
    return next((block for block in page if block.tag == "h1"), None)


def _title(tree: html.HtmlElement, page: Sequence[Block]) -> tuple[str | None, str | None]:
    """The article's title and the heading that stands on the page: the heading where the page's title begins with it
    ("Tít bài - Tên báo"), else what is stated.
    """
    stated = [" ".join(normalize(title).split()) for title in (_first(tree, [path]) for path in _TITLE) if title]
    stated = [title for title in stated if not _NO_TITLE.fullmatch(title.lower())]
    found = heading_of(page)
    heading = found.line.words if found else None
    if heading and any(title.startswith(heading) for title in stated):
        return heading, heading
    if not stated:
        return heading, heading
    parts = _PARTS.split(stated[0])
    return (" - ".join(parts[:-1]) if len(parts) > 1 and _PAPER.search(parts[-1]) else stated[0]), heading


def _last_part(tree: html.HtmlElement, heading: str | None) -> str | None:
    """The paper's name at the end of the page's title; never what the article is called."""
    title = " ".join(normalize(_first(tree, ["//title/text()"]) or "").split())
    parts = _PARTS.split(title)
    last = parts[-1]
    if len(parts) < 2 or last == heading or marginal.section(last):
        return None
    known = heading is not None and title.startswith(heading) and title != heading
    return last if (known or _PAPER.search(last)) and len(last) <= 60 and not rules.is_prose(last) else None


def _paper(site: str | None) -> str | None:
    return " ".join(normalize(site).split()) or None if site else None


def _names(url: str | None, publishers: Mapping[str, str]) -> Iterator[str]:
    """What the paper is called: by its host, and by its name."""
    host = host_of(url)
    if host:
        yield max(host.split(".")[:-1] or [host], key=len)
    if known := known_publisher(url, publishers):
        yield known


def _author(tree: html.HtmlElement, stated: Mapping[str, object], names: Sequence[str]) -> str | None:
    """The first person whom the page names as the author; a paper, or an office of it, is none."""
    elements = tree.xpath(_AUTHOR_ELEMENT)[:_MOST_ELEMENTS]
    shown = (" ".join(_MAIL.sub(" ", str(element.xpath("string()"))).split()) for element in elements)
    metas = (str(value) for path in _AUTHOR for value in tree.xpath(path))
    for written in (", ".join(json_ld.texts_of(stated, "author")), *metas, *shown):
        author = " ".join(normalize(written or "").split())
        if author and len(author) <= _LONGEST_AUTHOR and _is_person(author, names):
            return author
    return None


def _is_person(author: str, names: Sequence[str]) -> bool:
    plain = _plain(author)
    if any(len(_plain(name)) > 2 and _plain(name) in plain for name in names) or _PAPER.search(author):
        return False
    return marginal.byline(author) is not None


def _plain(name: str) -> str:
    """The letters alone: "Tuổi Trẻ Online", "TUOI TRE ONLINE" and "tuoitre" meet."""
    return re.sub(r"[^a-z0-9]", "", fold(unicodedata.normalize("NFC", name)))


def _published(tree: html.HtmlElement, stated: Mapping[str, object]) -> str | None:
    """The first stated date that is one; else the first, to be told as none."""
    found = [json_ld.text_of(stated, "datePublished")]
    found += [str(value).strip() for path in _PUBLISHED for value in tree.xpath(path)]
    written = [value for value in found if value]
    exact = [value for value in written if (date := parse_published(value)) and "T" in date.edtf]
    dated = [value for value in written if parse_published(value)]
    return next(iter([*exact, *dated, *written]), None)


def _timed(tree: html.HtmlElement) -> str | None:
    """The date of an element `time`, or of one that is called so, between the main heading and the first paragraph."""
    for element in islice(tree.xpath("(//h1)[1]/following::*"), _MOST_BETWEEN):
        if element.tag == "p" and len(element.xpath("string()")) > _LONGEST_NOTE:
            return None
        if element.tag == "time" and parse_published(element.get("datetime", "")):
            return str(element.get("datetime"))
        called = element.get("class", "")
        if _DATED.search(called) and not _TODAY.search(called) and len(element) < _MOST_IN_DATE:
            written = " ".join(normalize(str(element.xpath("string()"))).split())
            if when := marginal.date_line(written):
                return when
    return None


def _shown(page: Sequence[Block], heading: str | None, body: Sequence[int]) -> str | None:
    """The date that stands between heading and body, else just above the heading: not the day on which the page was
    opened, and not that of a comment.
    """
    title = next((i for i, block in enumerate(page) if heading and block.line.words == heading), None)
    above_body = -1 if title is None else title
    first = next((i for i, block in enumerate(page) if block.line.number in body and i > above_body), len(page))
    start = (title + 1) if title is not None else max(0, first - _BELOW)
    below = page[start : max(start, min(first + 1, start + _BELOW))]
    above = page[max(0, (title or 0) - _ABOVE) : title] if title is not None else []
    timed = [block for block in above if ":" in block.line.words or re.search(r"\d[hg]\d", block.line.words)]
    for block in (*below, *reversed(timed)):
        if _TODAY.search(block.marks):
            continue
        if when := marginal.date_line(block.line.words) or marginal.date_beside(block.line.words):
            return when
    return None


def _first(tree: html.HtmlElement, paths: Sequence[str]) -> str | None:
    found = (str(value).strip() for path in paths for value in tree.xpath(path))
    return next((value for value in found if value), None)
