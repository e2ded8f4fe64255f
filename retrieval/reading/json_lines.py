"""JSON Lines: one article a line, `{"id","title","text","published","publisher","author","url"}`.

Only `text` is required. It is the article's own already: no line of it is dropped but teasers of others at its end.
`structure`, where there is one, says which of its lines, counted from 1, are headings, captions and quotations, as in
`{"heading": [1, 7], "caption": [3]}`; then all else is body, and none a teaser.
"""

import gzip
import json
import unicodedata
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import IO, cast

from retrieval.records import Dropped, Problem, Reading

from . import reasons, rules
from .article import Draft, build, paper_of, without_boilerplate
from .dropping import teasers_below
from .encodings import refuse_legacy, visible, without_html
from .ids import Ids, repeated
from .lines import Hint, Line
from .markup import blocks, is_html, parse, spaced
from .metadata import Metadata, from_mapping
from .source import Limits, Source, UnreadableError

_STRUCTURE: tuple[Hint, ...] = ("heading", "caption", "quotation")


def read_json_lines(source: Source, data: bytes, *, compressed: bool = False) -> Iterator[Reading | Problem]:
    """The articles of a file in order; a line that is none is a problem "path:line", and the rest is read."""
    some = source.first_line > 0
    if not data.strip() and not some:
        raise UnreadableError("empty file")
    ids = Ids(None if some else source.taken)
    lines = lines_of(data, source.limits, compressed=compressed and not some)
    for number, line in enumerate(lines, source.first_line or 1):
        where = f"{source.path}:{number}"
        try:
            if line.strip():
                reading, wrong = _article(source, number, line, ids)
                yield replace(reading, line=number)
                yield from (Problem(where, message, number) for message in wrong)
        except UnreadableError as error:
            yield Problem(where, str(error), number)


def lines_of(data: bytes, limits: Limits, *, compressed: bool) -> Iterator[bytes]:
    """The lines, one held at a time, without a byte order mark.

    Of one that is too long, the beginning, longer than the limit all the same.
    """
    stream = cast("IO[bytes]", gzip.GzipFile(fileobj=BytesIO(data))) if compressed else BytesIO(data)
    total = 0
    try:
        while piece := stream.readline(limits.line + 1):
            yield piece.removeprefix(BOM_UTF8) if not total else piece
            total += len(piece)
            while len(piece) > limits.line and not piece.endswith(b"\n"):
                piece = stream.readline(limits.line + 1)
                total += len(piece)
            if total > limits.unpacked:
                raise UnreadableError(f"more than {limits.unpacked:,} bytes in it: the rest is left out")
    except (EOFError, OSError, zlib.error) as error:
        raise UnreadableError(f"damaged .gz, the rest is lost: {error}") from None


def _article(source: Source, number: int, line: bytes, ids: Ids) -> tuple[Reading, tuple[str, ...]]:
    """The article of one line, and what is wrong with its other fields; its id is claimed."""
    record = _parse(line, source.limits)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableError('no "text" in it')
    source.check_lines(text)
    refuse_legacy(text)
    stated, wrong = from_mapping(record)
    hints = _hints(record.get("structure"))
    if hints is None and record.get("structure") is not None:
        wrong = (*wrong, '"structure" names no kinds of lines with lists of their numbers: passed over')
    text = visible(unicodedata.normalize("NFC", text))
    lines = _as_shown(text) if hints is None else [_line(n, s, hints.get(n)) for n, s in enumerate(text.split("\n"), 1)]
    metadata = source.override.over(stated).over(Metadata(section=_string(record.get("category"))))
    if not (metadata.publisher or metadata.url):
        metadata = metadata.over(paper_of(lines, source))
    own, cut = without_boilerplate(lines, metadata, source)
    lines = list(own)
    title = next((ln.number for ln in lines if metadata.title and ln.words == metadata.title), None)
    foreign = teasers_below([line for line in lines if line]) if hints is None else ()
    dropped = (*cut, *(Dropped(line.number, line.text, reasons.OTHER_ARTICLE) for line in foreign))
    if foreign:
        lines = lines[: lines.index(foreign[0])]
    article_id = _string(record.get("id")) or f"{source.name}#{number}"
    draft = Draft(ids.claim(article_id), lines, metadata, title, dropped)
    reading, more = build(draft, source)
    if draft.id != article_id:
        more = (*more, repeated(article_id, draft.id))
    return reading, (*wrong, *more)


def _as_shown(text: str) -> list[Line]:
    """The lines of a text of which nothing says what they are; one in HTML as a browser shows it."""
    if is_html(text):
        return spaced(block.line for block in blocks(parse(text)))
    return [_line(number, line, None) for number, line in enumerate(without_html(text).split("\n"), 1)]


def _hints(structure: object) -> dict[int, Hint] | None:
    """What each line is, by its number; None where nothing says so."""
    if not isinstance(structure, dict) or not structure.keys() <= set(_STRUCTURE):
        return None
    if not all(isinstance(numbers, list) and all(type(n) is int for n in numbers) for numbers in structure.values()):
        return None
    return {number: hint for hint in _STRUCTURE for number in structure.get(hint, ())}


def _line(number: int, text: str, hint: Hint | None) -> Line:
    """A heading that is sentences is one for the eye only: what it says may be quoted."""
    line = Line(number, text, hint)
    return replace(line, hint=None) if hint == "heading" and rules.is_prose(line.words) else line


def _parse(line: bytes, limits: Limits) -> dict[str, object]:
    if len(line) > limits.line:
        raise UnreadableError(f"longer than the limit of {limits.line:,} bytes a line")
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8: byte {error.start} does not fit") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not JSON: {error}") from None
    if not isinstance(record, dict):
        raise UnreadableError("no JSON object")
    return record


def _string(value: object) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip() else None
