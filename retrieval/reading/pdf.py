"""PDF files that hold text: PDFium reads them, which Chromium shows them with."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import c_double
from itertools import accumulate
from math import hypot, pi, radians
from statistics import median
from typing import Any

from retrieval.records import Dropped, Problem, Reading

from . import damage, reasons, rules
from .article import from_lines
from .encodings import refuse_legacy, visible
from .lines import Line
from .markup import spaced
from .metadata import Metadata, clean_url
from .printed import Paragraph, Printed, cells, paragraphs, repeated
from .source import Source, UnreadableError

_PAGE_NUMBER = re.compile(r"(?:trang\s?)?[-–]?\s?\d{1,4}\s?(?:/\s?\d{1,4})?\s?[-–]?", re.IGNORECASE)
# What a browser prints above and below: "29/11/2025, 10:00 Tít bài", "https://vidu.vn/a.html 1/2".
_BROWSER_FOOT = re.compile(r"(?P<url>https?://\S+)\s+\d{1,4}/\d{1,4}")
_BROWSER_HEAD = re.compile(
    r"\d{1,2}[:/]\d{1,2}(?:[:/]\d{2,4})?,?\s(?:\d{1,2}[:/]\d{2}(?:/\d{2,4})?)?(?:\s?(?:AM|PM|SA|CH))?\s.{1,300}"
)
_LINE_ENDS = "\r\n"
_SOFT_HYPHENS = "\x02\ufffe\xad"
# The bullets of the fonts Symbol and Wingdings, which have no code of their own.
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf06e": "■", "\uf071": "❑"})
_MOST_CHARACTERS = 2_000_000
_MEASURED = 8  # letters of a line that are looked at
_SLANTED = radians(25)  # italics lean by twenty degrees
_LONGEST_TITLE, _MOST_IN_ROW = 40, 20  # words


def read_pdf(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    """One article from the text of all pages. Lines are numbered through the pages; a paragraph's lines are joined
    with a space. What is the page's, and what came out broken, is dropped. The file's own properties are not used.
    """
    printed, scanned, pages = _printed(source, data)
    if not printed:
        raise UnreadableError("no text in it: a scan?")
    foot = next((match for line in printed if (match := _BROWSER_FOOT.fullmatch(line.text))), None)
    furniture = repeated(printed, pages) if pages > 1 else set()
    aside = [line for line in printed if line.number in furniture or _is_the_pages(line, browser=foot is not None)]
    dropped = [Dropped(line.number, line.text, reasons.PAGE_NUMBER) for line in aside]
    gone = {line.number for line in aside}
    found = paragraphs([line for line in printed if line.number not in gone])
    whole, broken = damage.sorted_out([paragraph.text for paragraph in found])
    refuse_legacy("\n".join(paragraph.text for paragraph in found))
    dropped += [Dropped(found[at].number, found[at].text, reasons.DAMAGED) for at in broken]
    kept = [found[at] for at in whole]
    lines = spaced(Line(paragraph.number, paragraph.text, _hint(paragraph)) for paragraph in kept)
    stated = Metadata(title=_title(kept), url=clean_url(foot["url"]) if foot else None)
    reading, wrong = from_lines(source, lines, stated, dropped)
    yield reading
    yield from (Problem(source.path, message) for message in wrong)
    if broken:
        yield Problem(source.path, f"{len(broken)} of {len(found)} paragraphs damaged, left out: {damage.ADVICE}")
    if scanned:
        yield Problem(source.path, f"no text on {_listed(scanned)}: scanned?")


def _is_the_pages(line: Printed, *, browser: bool) -> bool:
    """Whether a line is a page's number, or what a browser prints around a page."""
    if _PAGE_NUMBER.fullmatch(line.text) or _BROWSER_FOOT.fullmatch(line.text):
        return True
    return browser and _BROWSER_HEAD.fullmatch(line.text) is not None


def _hint(paragraph: Paragraph) -> Any:
    return None if rules.is_prose(paragraph.text) else paragraph.hint


def _title(found: Sequence[Paragraph]) -> str | None:
    """What the first page has in the largest letters, if the body's are smaller."""
    first = [paragraph for paragraph in found if paragraph.page == found[0].page and paragraph.hint]
    largest = max(first, key=lambda paragraph: paragraph.size, default=None)
    return largest.text if largest and 2 < largest.text.count(" ") < _LONGEST_TITLE else None


def _listed(pages: Sequence[int]) -> str:
    named = ", ".join(str(page) for page in pages[:10])
    return f"page{'s' if len(pages) > 1 else ''} {named}{', …' if len(pages) > 10 else ''}"


def _printed(source: Source, data: bytes) -> tuple[list[Printed], list[int], int]:
    """All lines, the numbers of the pages that hold pictures only, and how many pages there are."""
    import pypdfium2  # noqa: PLC0415 - few libraries hold any

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        password = "password" in str(error).lower()
        raise UnreadableError("encrypted" if password else f"damaged or no .pdf: {error}") from None
    lines: list[Printed] = []
    scanned: list[int] = []
    try:
        if len(document) > source.limits.pdf_pages:
            raise UnreadableError(f"{len(document):,} pages, above the limit of {source.limits.pdf_pages:,}")
        for number in range(len(document)):
            found = list(_page(document, number, len(lines)))
            lines += found
            if not found and _has_pictures(document, number):
                scanned.append(number + 1)
        return lines, scanned, len(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"damaged or no .pdf: {error}") from None
    finally:
        document.close()


def _has_pictures(document: Any, number: int) -> bool:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    page = document[number]
    return next(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _page(document: Any, number: int, before: int) -> Iterator[Printed]:
    """The lines of a page, as PDFium puts its letters in order."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    text = document[number].get_textpage()
    count = min(text.count_chars(), _MOST_CHARACTERS)
    letters: list[str] = []
    places: list[int] = []
    for at in range(count + 1):
        code = pdfium.FPDFText_GetUnicode(text.raw, at) if at < count else ord("\n")
        letter = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if letter not in _LINE_ENDS:
            if not letter.isspace() and _is_slanted(pdfium.FPDFText_GetCharAngle(text.raw, at)):
                continue
            letters.append(letter)
            if not letter.isspace():
                places.append(at)
            continue
        words = _words("".join(letters))
        if words and places:
            before += 1
            yield _line(text, words, places, before, number + 1)
        letters.clear()
        places.clear()


def _is_slanted(angle: float) -> bool:
    """Whether a letter, turned by so many radians, is a watermark's: far from a line and from a column."""
    return angle > 0 and _SLANTED < angle % (pi / 2) < pi / 2 - _SLANTED


def _words(text: str) -> str:
    """A line's text: pairs of surrogates as the letter they are, no soft hyphens, single spaces."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = "".join(letter for letter in whole if letter not in _SOFT_HYPHENS).translate(_BULLETS)
    return visible(unicodedata.normalize("NFC", " ".join(kept.split())))


def _line(text: Any, words: str, places: Sequence[int], number: int, page: int) -> Printed:
    some = (*places[:: len(places) // _MEASURED + 1], places[-1])
    size = round(median(_size(text, at) for at in some), 1)
    left, right = text.get_charbox(places[0], loose=True)[0], text.get_charbox(places[-1], loose=True)[2]
    baseline = median(_baseline(text, at) for at in some)
    return Printed(number, page, words, left, right, baseline, size, _cells(text, words, places, size))


def _size(text: Any, at: int) -> float:
    """The size of a letter's font on the page: the boxes of letters are as high as their font says, and some say 0."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text.raw, at, matrix)
    return float(pdfium.FPDFText_GetFontSize(text.raw, at)) * hypot(matrix.c, matrix.d)


def _baseline(text: Any, at: int) -> float:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(text.raw, at, x, y)
    return y.value


def _cells(text: Any, words: str, places: Sequence[int], size: float) -> tuple[str, ...]:
    """The cells of a short line that no full stop ends."""
    parts = words.split()
    if not 1 < len(parts) <= _MOST_IN_ROW or words.endswith("."):
        return ()
    starts = [0, *accumulate(map(len, parts))]
    if starts[-1] != len(places):  # signs of several codes: the words are not found again among them
        return ()
    gaps = [text.get_charbox(places[at])[0] - text.get_charbox(places[at - 1])[2] for at in starts[1:-1]]
    return cells(parts, gaps, size)
