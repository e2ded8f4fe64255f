"""Word documents (.docx), as a reader sees them."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from retrieval.records import Problem, Reading

from . import rules, signs
from .archives import open_zip
from .article import from_lines
from .encodings import refuse_legacy, visible
from .lines import Hint, Line
from .markup import spaced
from .metadata import Metadata
from .source import Limits, Source, UnreadableError

_BODY = "word/document.xml"
_SMALL = 1_000_000  # bytes that may be packed as tightly as they like

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_RUN = qn("w:r")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
# What was deleted or moved away in review, what a field computes its text from, and the older of two drawings.
_UNSEEN = frozenset(
    {
        *(qn(name) for name in ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rPr", "w:pPr", "w:sectPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_BOXES = frozenset({qn("w:txbxContent")})
_NOTES = ("footnotes", "endnotes")
_LONGEST_CELL = 200  # characters: a table of longer ones is a layout


def read_docx(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    """One article from a document's paragraphs, tables, text boxes and notes; lines are numbered in that order.

    Tracked changes are read as accepted. A table's row is a line. Notes stand below the text. The document's own
    properties are not used: they tell who typed it, not who wrote it.
    """
    with open_zip(data) as archive:
        _check(archive, source.limits)
    document = docx.Document(BytesIO(data))
    found = [*_body(document), *_notes(document)]
    lines = spaced(Line(number, visible(one.text), one.hint) for number, one in enumerate(found, 1))
    refuse_legacy("\n".join(line.text for line in lines))
    reading, wrong = from_lines(source, lines, Metadata())
    yield reading
    yield from (Problem(source.path, message) for message in wrong)


def _check(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = {info.filename: info for info in archive.infolist()}
    if _BODY not in members:
        raise UnreadableError("no Word document in it, or an encrypted one")
    texts = [members[name] for name in (_BODY, *(f"word/{notes}.xml" for notes in _NOTES)) if name in members]
    if any(text.file_size > limits.page for text in texts):
        largest = max(text.file_size for text in texts)
        raise UnreadableError(f"{largest:,} bytes of text, above the limit of {limits.page:,}")
    # python-docx unpacks every part; all that is large in a document is pictures, which are packed already.
    unpacked, packed = sum(i.file_size for i in members.values()), sum(i.compress_size for i in members.values())
    if unpacked > _SMALL and unpacked > limits.ratio * packed:
        raise UnreadableError(f"packed more than {limits.ratio}:1, as no text is: a zip bomb?")


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    hint: Hint | None = None


def _body(document: Document) -> Iterator[_Text]:
    styles = {style.style_id: style.name or "" for style in document.styles}
    yield from _blocks(document.element.body, styles)


def _notes(document: Document) -> Iterator[_Text]:
    """The texts of footnotes and endnotes, in the order of their parts."""
    for part in document.part.package.iter_parts():
        if any(str(part.partname) == f"/word/{notes}.xml" for notes in _NOTES):
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            for note in root:
                if note.get(qn("w:type")) in (None, "normal"):
                    yield from _blocks(note, {})


def _blocks(parent: etree._Element, styles: dict[str, str]) -> Iterator[_Text]:
    """The lines of what holds paragraphs and tables: a body, a cell, a content control, what was inserted."""
    for element in parent:
        if element.tag == _PARAGRAPH:
            yield from _paragraph(element, styles)
        elif element.tag == _TABLE:
            yield from _table(element, styles)
        elif element.tag not in _UNSEEN:
            yield from _blocks(element, styles)


def _table(table: etree._Element, styles: dict[str, str]) -> Iterator[_Text]:
    """A line for each row of short cells; else the cells' own lines."""
    for row in table.iter(_ROW):
        if next(row.iterancestors(_TABLE)) is not table:
            continue
        cells = [list(_blocks(cell, styles)) for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row]
        texts = [" ".join(one.text for one in cell) for cell in cells if cell]
        if len(cells) > 1 and all(len(text) <= _LONGEST_CELL for text in texts):
            yield from ([_Text(" | ".join(texts))] if texts else [])
        else:
            yield from (one for cell in cells for one in cell)


def _paragraph(paragraph: etree._Element, styles: dict[str, str]) -> Iterator[_Text]:
    """The paragraph's lines (it may hold line breaks), each with what its style says it is; then its text boxes'."""
    named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    style = styles.get(named.get(qn("w:val"), ""), "") if named is not None else ""
    boxes: list[etree._Element] = []
    text = "".join(_runs(paragraph, boxes))
    yield from (_Text(line, _hint(style, line)) for line in text.split("\n") if line.strip())
    for box in boxes:
        yield from _blocks(box, styles)


def _runs(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """The text of runs, of links, of content controls and of insertions; text boxes are put aside."""
    for child in element:
        if child.tag in _UNSEEN or (child.tag == _RUN and _is_hidden(child)):
            continue
        if child.tag in _BOXES:
            boxes.append(child)
        elif child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == qn("w:sym"):
            yield signs.sign(child.get(qn("w:font"), ""), child.get(qn("w:char"), ""))
        elif child.tag == signs.FORMULA:
            yield signs.formula(child)
        else:
            yield from _runs(child, boxes)


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(qn("w:val"), "1") not in {"0", "false", "off"}


def _hint(style: str, text: str) -> Hint | None:
    if style.casefold() == "caption":
        return "caption"
    heading = style.casefold().startswith(("heading", "title", "subtitle"))
    return "heading" if heading and not rules.is_prose(text) else None
