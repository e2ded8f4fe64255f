"""RSS and Atom files: one article for each entry."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import feedparser

from retrieval import dates
from retrieval.records import Problem, Reading
from retrieval.tokens import normalize

from . import rules
from .article import from_lines
from .attributes import without_crowds
from .encodings import decode
from .ids import Ids
from .lines import Line, split_lines
from .markup import blocks, is_html, parse, spaced
from .metadata import Metadata
from .source import Source, UnreadableError

# No feed of today declares any. feedparser takes "simple" ones and puts no bound to what they make: 100 KB named 20,000
# times fills any memory.
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
# feedparser goes through all that are in use for each element.
_NAMESPACE, _MOST_NAMESPACES = re.compile(r"(?<!\w)xmlns:[^\s=<>\"']++"), 100
_NUMERIC = re.compile(r"\s*+\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")  # its encoding is no longer true


def read_feed(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    """An article for each entry: its content, or else its summary, as text; an entry without either is its title.

    The id is the entry's own, or its address. Bad XML is a problem, and what can be read of it is read.
    """
    text = without_crowds(decode(data))
    if _ENTITY.search(text):
        raise UnreadableError("declares entities of its own: an entity bomb?")
    if len(set(_NAMESPACE.findall(text))) > _MOST_NAMESPACES:
        raise UnreadableError(f"names more than {_MOST_NAMESPACES} namespaces, as no feed does")
    # Decoded here, strictly: feedparser guesses at bytes, and takes them for the name of a file first.
    stream = BytesIO(_DECLARATION.sub("", text, count=1).encode())
    feed = feedparser.parse(stream, resolve_relative_uris=False, sanitize_html=False)
    if not feed.get("version") and not feed.entries:
        raise UnreadableError(f"no RSS or Atom feed{_flaw(feed)}")
    if flaw := _flaw(feed):
        yield Problem(source.path, f"not well-formed, read as far as possible{flaw}")
    _date_by_dc(feed)
    ids = Ids()
    month_first = dates.in_order(
        [(entry["published"], entry.get("link")) for entry in feed.entries if _is_numeric(entry)]
    )
    for number, entry in enumerate(feed.entries, 1):
        stated = entry.get("id") or entry.get("link") or f"{source.name}#{number}"
        entry_id = ids.claim(stated)
        if entry_id != stated:
            yield Problem(source.path, f"entry {number}: id {stated!r} was there before: read as {entry_id!r}")
        try:
            lines, stated = _lines(entry), _metadata(entry, feed.feed, month_first=month_first)
            _refuse_empty(lines, stated)
            reading, wrong = from_lines(source, lines, stated, article_id=entry_id)
        except UnreadableError as error:
            yield Problem(source.path, f"entry {number}: {error}")
        else:
            yield reading
            yield from (Problem(source.path, f"entry {number}: {message}") for message in wrong)


def _date_by_dc(feed: Any) -> None:
    """In RSS, dc:date is when an entry was published; feedparser takes it for a change's, as in Atom."""
    if feed.get("version", "").startswith("rss"):
        for entry in feed.entries:
            if not entry.get("published"):
                entry["published"] = entry.get("updated")


def _lines(entry: Any) -> list[Line]:
    """The lines of an entry's content, or summary; of its title where it has neither."""
    details = [*entry.get("content", ()), entry.get("summary_detail"), entry.get("title_detail")]
    return next((lines for detail in details if detail and (lines := _shown(detail))), [])


def _shown(detail: Any) -> list[Line]:
    """The lines of a value of a feed, which is HTML if not said to be plain."""
    value = detail.get("value") or ""
    if not value.strip():
        return []
    if detail.get("type") == "text/plain":
        return split_lines(unicodedata.normalize("NFC", value))
    found = [block.line for block in blocks(parse(value))]
    text = "\n".join(line.text for line in found)
    if is_html(text):  # what was escaped twice
        found = [block.line for block in blocks(parse(text))]
    return spaced(found)


def _refuse_empty(lines: Sequence[Line], stated: Metadata) -> None:
    """Raises `UnreadableError` where an entry holds nothing: "No Description"."""
    if not stated.title and not stated.url and not any(rules.is_prose(line.words) for line in lines):
        raise UnreadableError("empty: neither title nor address, and no sentence")


def _is_numeric(entry: Any) -> bool:
    """Whether the entry's date is in figures, which may be day or month first."""
    return bool(_NUMERIC.match(entry.get("published") or ""))


def _published(entry: Any, *, month_first: bool | None) -> str | None:
    """The date of publication as written; where only the feed tells how it is meant, or no page would write it so, as
    ISO 8601.
    """
    written = _text(entry.get("published"))
    if written and month_first is not None and _is_numeric(entry):
        date = dates.parse_published(written, month_first=month_first)
        return date.edtf if date else written
    return (dates.in_seconds(written) or written) if written else None


def _metadata(entry: Any, channel: Any, *, month_first: bool | None) -> Metadata:
    """What entry and channel say. A date of the last change is no date of publication."""
    title = " ".join(line.words for line in _shown(entry.get("title_detail") or {}))
    return Metadata(
        title=title or None,
        author=_text(entry.get("author")),
        credited=_text((entry.get("source") or {}).get("title") or channel.get("title")),
        url=_text(entry.get("link")),
        published=_published(entry, month_first=month_first),
    )


def _text(value: object) -> str | None:
    return (normalize(value).strip() or None) if isinstance(value, str) else None


def _flaw(feed: Any) -> str:
    """What is wrong with the XML."""
    return f": {' '.join(str(feed.bozo_exception).split())[:200]}" if feed.bozo else ""
