"""The log as a table: every row of the days, and no cell that a spreadsheet would run."""

import csv
from datetime import date
from pathlib import Path

import pytest

from bot.querylog.reading import reading
from bot.reports.table import lines
from tests.bot.logged import Written, row


def read(path: Path) -> list[dict[str, str]]:
    with reading(path) as db:
        return list(csv.DictReader(lines(db, date(2026, 1, 1), date(2026, 1, 2))))


async def test_each_row_of_the_days_is_a_line_with_its_votes(written: Written) -> None:
    asked = row("2026-01-02 23:59", 'Ai nói "xin chào",\nở đâu?')
    path = await written(asked, row("2026-01-03 00:00", "Hôm sau"), disliked=(asked,))
    [line] = read(path)
    assert line["question"] == 'Ai nói "xin chào",\nở đâu?'
    assert (line["outcome"], line["liked"], line["disliked"], line["at"][:10]) == ("answered", "0", "1", "2026-01-02")


@pytest.mark.parametrize("question", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
async def test_a_formula_is_made_text(written: Written, question: str) -> None:
    [line] = read(await written(row("2026-01-02 08:00", question)))
    assert line["question"] == f"'{question}"
