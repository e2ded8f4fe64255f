"""Word documents (.docx)."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from retrieval.records import Problem, Reading

from . import rules
from .archives import open_zip
from .article import from_lines
from .encodings import refuse_legacy
from .lines import Hint, Line
from .markup import spaced
from .metadata import Metadata
from .source import Limits, Source, UnreadableError

_BODY = "word/document.xml"
_SMALL = 1_000_000  # bytes that may be packed as tightly as they like


def read_docx(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    """One article from a document's paragraphs and tables; lines are numbered in that order.

    The document's own properties are not used: they tell who typed it, not who wrote it.
    """
    with open_zip(data) as archive:
        _check(archive, source.limits)
    lines = _lines(docx.Document(BytesIO(data)))
    refuse_legacy("\n".join(line.text for line in lines))
    reading, wrong = from_lines(source, lines, Metadata())
    yield reading
    yield from (Problem(source.path, message) for message in wrong)


def _check(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = {info.filename: info for info in archive.infolist()}
    if _BODY not in members:
        raise UnreadableError("no Word document in it, or an encrypted one")
    if members[_BODY].file_size > limits.page:
        raise UnreadableError(f"{members[_BODY].file_size:,} bytes of text, above the limit of {limits.page:,}")
    # python-docx unpacks every part; all that is large in a document is pictures, which are packed already.
    unpacked, packed = sum(i.file_size for i in members.values()), sum(i.compress_size for i in members.values())
    if unpacked > _SMALL and unpacked > limits.ratio * packed:
        raise UnreadableError(f"packed more than {limits.ratio}:1, as no text is: a zip bomb?")


def _lines(document: Document) -> list[Line]:
    texts = (text for paragraph in _paragraphs(document) for text in _texts(paragraph))
    return spaced(Line(number, text, hint) for number, (text, hint) in enumerate(texts, 1))


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (p for row in block.rows for cell in row.cells for p in cell.paragraphs)
        else:
            yield block


def _texts(paragraph: Paragraph) -> list[tuple[str, Hint | None]]:
    """The paragraph's lines (it may hold line breaks), each with what its style says it is."""
    style = (paragraph.style.name or "") if paragraph.style else ""
    texts = [text for text in paragraph.text.split("\n") if text.strip()]
    return [(text, _hint(style, text)) for text in texts]


def _hint(style: str, text: str) -> Hint | None:
    if style == "Caption":
        return "caption"
    heading = style.startswith("Heading") or style in {"Title", "Subtitle"}
    return "heading" if heading and not rules.is_prose(text) else None
