"""The query log as a table for spreadsheets: comma-separated values, one line for each update that was handled."""

import csv
import sqlite3
from collections.abc import Iterator
from datetime import date

from bot.querylog.reading import span
from retrieval.spreadsheets import harmless

COLUMNS = (
    "at", "chat", "user_hash", "language", "kind", "question_kind", "question", "outcome", "duration_ms", "liked",
    "disliked", "quotes",
)  # fmt: skip
_ROWS = """
    SELECT at, chat, user_hash, language, kind, question_kind, question, outcome, duration_ms,
        (SELECT COUNT(*) FROM feedback WHERE query = queries.id AND value > 0) AS liked,
        (SELECT COUNT(*) FROM feedback WHERE query = queries.id AND value < 0) AS disliked,
        quotes
    FROM queries WHERE at >= :begin AND at < :end ORDER BY id
"""


def lines(db: sqlite3.Connection, since: date, until: date) -> Iterator[str]:
    """The heading, then the rows of these days, both included, oldest first; no cell is one that a spreadsheet runs."""
    yield _line(COLUMNS)
    for row in db.execute(_ROWS, span(since, until)):
        yield _line("" if cell is None else harmless(str(cell)) for cell in row)


def _line(cells: Iterator[str] | tuple[str, ...]) -> str:
    line = _Line()
    csv.writer(line).writerow(cells)
    return line.text


class _Line:
    """What a csv.writer writes one line to."""

    text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)
