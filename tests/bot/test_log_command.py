"""trich log: the figures of operators, at the terminal."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.bot.logged import Written, row

Shown = pytest.CaptureFixture[str]


def trich(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(("log", *arguments))
    return int(end.value.code or 0)


@pytest.fixture
async def path(written: Written) -> Path:
    return await written(
        row("2026-01-02 08:00", "Một?"),
        row("2026-01-02 09:00", "Ai phát minh máy hơi nước?", "not_found"),
        row("2026-01-03 09:00", "=1+1", "not_found"),
    )


def test_stats_are_a_table_or_json(path: Path, capsys: Shown) -> None:
    assert trich("stats", "1/2026", "--log", str(path), "--json") == 0
    counted = json.loads(capsys.readouterr().out)
    assert (counted["total"]["asked"], counted["total"]["refused"], counted["since"]) == (3, 2, "2026-01-01")
    assert trich("stats", "1/2026", "--log", str(path)) == 0
    assert "2026-01-02" in capsys.readouterr().out


def test_unanswered_questions_are_listed(path: Path, capsys: Shown) -> None:
    assert trich("unanswered", "1/2026", "--log", str(path)) == 0
    assert "Ai phát minh máy hơi nước?" in capsys.readouterr().out
    assert trich("unanswered", "1/2026", "--log", str(path), "--json") == 0
    assert json.loads(capsys.readouterr().out)["groups"][0]["count"] == 1


def test_the_export_goes_to_a_file_or_to_standard_output(path: Path, capsys: Shown, tmp_path: Path) -> None:
    assert trich("export", "1/2026", "--log", str(path)) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [line["question"] for line in lines] == ["Một?", "Ai phát minh máy hơi nước?", "'=1+1"]
    assert trich("export", "1/2026", "--log", str(path), "--to", str(tmp_path / "log.csv")) == 0
    assert (tmp_path / "log.csv").read_bytes().startswith(b"\xef\xbb\xbfat,")


def test_acts_are_listed(path: Path, capsys: Shown) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO acts (at, operator, act, outcome) VALUES ('2026-01-02T03:00:00', 7, '/stats', 'help')")
    assert trich("acts", "--log", str(path)) == 0
    assert "/stats" in capsys.readouterr().out
    assert trich("acts", "--log", str(path), "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["operator"] == 7


def test_what_cannot_be_read_is_told(path: Path, capsys: Shown, tmp_path: Path) -> None:
    assert trich("stats", "hôm kia", "--log", str(path)) == 2
    assert trich("stats", "--log", str(tmp_path / "none")) == 1
    assert not (tmp_path / "none").exists()
    (tmp_path / "notes").write_text("Không phải cơ sở dữ liệu." * 100, encoding="utf-8")
    assert trich("stats", "--log", str(tmp_path / "notes")) == 1
    told = capsys.readouterr().err
    assert "no query log yet" in told
    assert "not a database" in told
    assert "Traceback" not in told


def test_a_log_of_an_older_version_is_brought_up_to_date(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript("DROP TABLE acts; DROP TABLE daily; DROP TABLE daily_durations;")
        db.execute("DELETE FROM migrations WHERE name IN ('m004_days', 'm005_acts')")
    assert trich("stats", "1/2026", "--log", str(path)) == 0
