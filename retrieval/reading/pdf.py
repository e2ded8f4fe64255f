"""PDF files that hold text: PDFium reads them, which Chromium shows them with."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import c_double, c_int, create_string_buffer
from itertools import accumulate, pairwise
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
_BROWSER_FOOT = re.compile(r"(?P<url>(?:https?|file)://\S+)\s+\d{1,4}/\d{1,4}")
_BROWSER_HEAD = re.compile(
    r"\d{1,2}[:/]\d{1,2}(?:[:/]\d{2,4})?,?\s(?:\d{1,2}[:/]\d{2}(?:/\d{2,4})?)?(?:\s?(?:AM|PM|SA|CH))?\s.{1,300}"
)
_LINE_ENDS = "\r\n"
_SOFT_HYPHENS = "\x02\ufffe\xad"
# The bullets of the fonts Symbol and Wingdings, which have no code of their own; ư and Ư, as old fonts misname them.
_SHOWN = str.maketrans(
    {
        "\u01a3": "ư",
        "\u01a2": "Ư",
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf0d8": "➢",
        "\uf0fc": "✓",
        "\uf06e": "■",
        "\uf071": "❑",
    }
)
_TOUCHING = 0.1  # of the size: no space between words is so narrow
_MOST_CHARACTERS = 2_000_000
_LONGEST_NAME = 200  # bytes of a font's
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
    url = clean_url(foot["url"]) if foot and foot["url"].startswith("http") else None
    stated = Metadata(title=_title(kept), url=url)
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
    letters: list[tuple[str, int]] = []
    for at in range(count + 1):
        code = pdfium.FPDFText_GetUnicode(text.raw, at) if at < count else ord("\n")
        letter = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if letter not in _LINE_ENDS:
            if letter.isspace() or not _is_slanted(pdfium.FPDFText_GetCharAngle(text.raw, at)):
                letters.append((letter, at))
            continue
        letters = _in_order(text, letters)
        words = _words("".join(letter for letter, _ in letters))
        places = [at for letter, at in letters if not letter.isspace()]
        if words and places:
            before += 1
            yield _line(text, words, places, before, number + 1)
        letters = []


def _in_order(text: Any, letters: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """A line's letters from left to right, without the spaces that PDFium guesses at where one of another font stands.

    Programs that do not find all letters in a font write those of another one behind the line, each in its gap.
    """
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    inner = [n for n, (letter, _) in enumerate(letters) if letter.isspace() and 0 < n < len(letters) - 1]
    guessed = [n for n in inner if pdfium.FPDFText_IsGenerated(text.raw, letters[n][1]) == 1]
    begins = [_origin(text, letters[n][1])[0] for n in (0, *(n + 1 for n in inner)) if letters]
    if all(one <= other for one, other in pairwise(begins)):
        touching = {n for n in guessed if _touch(text, letters[n - 1][1], letters[n + 1][1])}
        return [letter for n, letter in enumerate(letters) if n not in touching]
    written = [letters[n] for n in sorted(set(range(len(letters))) - set(guessed))]
    boxes = {at: text.get_charbox(at, loose=True) for _, at in written}
    ordered = sorted(written, key=lambda one: boxes[one[1]][0])
    size = _size(text, ordered[0][1])
    found: list[tuple[str, int]] = []
    for letter, at in ordered:
        apart = found and boxes[at][0] - boxes[found[-1][1]][2] > _TOUCHING * size
        found += [(" ", found[-1][1])] if apart and not letter.isspace() and not found[-1][0].isspace() else []
        found.append((letter, at))
    return found


def _touch(text: Any, at: int, other: int) -> bool:
    """Whether no space is between two letters."""
    gap = text.get_charbox(other, loose=True)[0] - text.get_charbox(at, loose=True)[2]
    return bool(abs(gap) < _TOUCHING * _size(text, at))


def _is_slanted(angle: float) -> bool:
    """Whether a letter, turned by so many radians, is a watermark's: far from a line and from a column."""
    return angle > 0 and _SLANTED < angle % (pi / 2) < pi / 2 - _SLANTED


def _words(text: str) -> str:
    """A line's text: pairs of surrogates as the letter they are, no soft hyphens, single spaces."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = "".join(letter for letter in whole if letter not in _SOFT_HYPHENS).translate(_SHOWN)
    return visible(unicodedata.normalize("NFC", " ".join(kept.split())))


def _line(text: Any, words: str, places: Sequence[int], number: int, page: int) -> Printed:
    some = (*places[:: len(places) // _MEASURED + 1], places[-1])
    size = round(median(_size(text, at) for at in some), 1)
    left, right = text.get_charbox(places[0], loose=True)[0], text.get_charbox(places[-1], loose=True)[2]
    baseline = median(_origin(text, at)[1] for at in some)
    bold = _is_bold(text, places[0]) and _is_bold(text, places[-1])
    return Printed(number, page, words, left, right, baseline, size, _cells(text, words, places, size), bold)


def _size(text: Any, at: int) -> float:
    """The size of a letter's font on the page: the boxes of letters are as high as their font says, and some say 0."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text.raw, at, matrix)
    return float(pdfium.FPDFText_GetFontSize(text.raw, at)) * hypot(matrix.c, matrix.d)


def _is_bold(text: Any, at: int) -> bool:
    """Whether a letter's font is called so; what PDFium says of its weight is a guess."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    name = create_string_buffer(_LONGEST_NAME)
    pdfium.FPDFText_GetFontInfo(text.raw, at, name, _LONGEST_NAME, c_int())
    return b"bold" in name.value.lower()


def _origin(text: Any, at: int) -> tuple[float, float]:
    """Where a letter begins on its baseline."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(text.raw, at, x, y)
    return x.value, y.value


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
