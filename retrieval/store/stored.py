"""What is stored of an article: rows of plain values, made in any process and written by one."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.reading.boilerplate import marks, source_of
from retrieval.records import Reading, Sentence
from retrieval.store import copies
from retrieval.store.sightings import Sighting, SightingRows, packed, rows_of

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of an article, without its key: `article` as the columns of `articles` from title to content,
    `sentences` and `dropped` as those of their tables; `persons` are who is seen in it, `sketch` and `bands` what tells
    its near-copies, `edges` its source and what it begins and ends with.
    """

    id: str
    article: Row
    sentences: tuple[Row, ...]
    dropped: tuple[Row, ...]
    persons: SightingRows
    sketch: bytes
    bands: tuple[int, ...]
    edges: tuple[str, bytes]


def stored(read: Reading, sentences: Sequence[Sentence], sightings: Iterable[Sighting] = (), facts: str = "") -> Stored:
    """An article as read, with its sentences and who is seen in them by rules of the version `facts`."""
    a = read.article
    sketch = copies.sketch(a.text)
    return Stored(
        id=a.id,
        article=(
            *(a.title, a.publisher, a.author, a.url, a.section, packed(a.published), packed(a.event_date)),
            *(a.text, hashlib.sha256(a.text.encode()).digest()),
        ),
        sentences=tuple((s.index, s.start, s.end, s.kind, s.paragraph, packed(s.date)) for s in sentences),
        dropped=tuple((line.line, line.text, line.reason) for line in read.dropped),
        persons=rows_of(sightings, facts),
        sketch=sketch,
        bands=tuple(copies.bands(sketch)),
        edges=(source_of(a.publisher, a.path), marks(a.text)),
    )
