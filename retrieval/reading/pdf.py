"""PDF files that hold text."""

import re
from collections.abc import Iterator
from io import BytesIO

import pypdf
from pypdf.errors import PyPdfError

from retrieval.records import Dropped, Problem, Reading

from . import reasons
from .article import from_lines
from .encodings import refuse_legacy
from .lines import Line, join_printed
from .metadata import Metadata
from .source import Source, UnreadableError

_PAGE_NUMBER = re.compile(r"(?:trang\s?)?[-–]?\s?\d{1,4}\s?(?:/\s?\d{1,4})?\s?[-–]?", re.IGNORECASE)


def read_pdf(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    """One article from the text of all pages. Lines are numbered through the pages; a paragraph's lines are joined
    with a space, for they are the page's, not the text's. The file's own properties are not used.
    """
    printed = [Line(number, text) for number, text in enumerate(_printed(source, data), 1)]
    if not any(printed):
        raise UnreadableError("no text in it: a scan?")
    numbers = [line for line in printed if line and _PAGE_NUMBER.fullmatch(line.words)]
    lines = list(join_printed([line for line in printed if line not in numbers]))
    refuse_legacy("\n".join(line.text for line in lines))
    dropped = [Dropped(line.number, line.text, reasons.PAGE_NUMBER) for line in numbers]
    reading, wrong = from_lines(source, lines, Metadata(), dropped)
    yield reading
    yield from (Problem(source.path, message) for message in wrong)


def _printed(source: Source, data: bytes) -> Iterator[str]:
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableError("encrypted")
        if len(reader.pages) > source.limits.pdf_pages:
            raise UnreadableError(f"{len(reader.pages):,} pages, above the limit of {source.limits.pdf_pages:,}")
        for page in reader.pages:
            yield from page.extract_text().split("\n")
    except PyPdfError as error:
        raise UnreadableError(f"damaged or no .pdf: {error}") from None
