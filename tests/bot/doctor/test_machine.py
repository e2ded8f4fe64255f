"""What the doctor finds on the machine; and the command."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.doctor import machine
from bot.doctor.finding import Finding
from bot.querylog.log import QueryLog
from bot.settings import Settings
from tests.bot.faults.conftest import changed

pytestmark = pytest.mark.usefixtures("logging_as_before")


def found_of(settings: Settings, subject: str) -> list[Finding]:
    return [finding for finding in machine.look(settings) if finding.subject == subject]


def test_a_fresh_machine_is_in_order_and_nothing_is_made(settings: Settings, tmp_path: Path) -> None:
    levels = {finding.level for finding in machine.look(settings) if finding.subject != "operators"}
    assert "bad" not in levels
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_bad(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    wrong = changed(settings, "log", path=tmp_path / "file" / "queries.sqlite3")
    [found] = found_of(wrong, "folders")
    assert (found.level, str(tmp_path / "file") in found.what) == ("bad", True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_without_the_right_to_write_is_bad(settings: Settings, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    [found] = found_of(changed(settings, "chats", path=closed / "chats.sqlite3"), "folders")
    assert found.level == "bad"


@pytest.mark.parametrize(("free", "level"), [(10, "bad"), (500_000_000, "note"), (10**10, "good")])
def test_a_full_disk_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch, free: int, level: str) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=free))
    [found] = found_of(settings, "disk")
    assert found.level == level


async def test_databases_are_checked_for_damage_and_for_their_version(settings: Settings) -> None:
    log = QueryLog(settings.log.path)
    await log.open()
    await log.close()
    assert [f.level for f in found_of(settings, "databases")] == ["good"] * 3
    with closing(sqlite3.connect(settings.log.path)) as db, db:
        db.execute("INSERT INTO migrations VALUES ('m999_from_the_future', '2030-01-01')")
    newer = found_of(settings, "databases")[0]
    assert (newer.level, "m999" in newer.what, newer.advice) == ("bad", True, "update the program")
    settings.log.path.write_bytes(b"no database" * 1000)
    assert "damaged" in found_of(settings, "databases")[0].what


def test_letters_that_are_missing_are_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: int) -> None:
        raise OSError("cannot open resource")

    assert found_of(settings, "letters")[0].level == "good"
    monkeypatch.setattr(machine, "font", missing)
    assert found_of(settings, "letters")[0].level == "bad"


def test_the_library_is_read_and_its_problems_are_named(settings: Settings) -> None:
    folder = settings.library.paths[0]
    folder.mkdir()
    (folder / "cau.txt").write_text("Cầu dài 1.200 mét.\n", encoding="utf-8")
    for number in range(7):
        (folder / f"hong-{number}.pdf").write_bytes(b"%PDF-1.4")
    *problems, last = machine.look_at_library(settings)
    assert [problem.level for problem in problems] == ["note"] * 6
    assert (last.level, "1 articles" in last.what) == ("good", True)
    [missing, none] = machine.look_at_library(changed(settings, "library", paths=[folder / "none"]))
    assert (missing.level, none.level) == ("note", "bad")


def test_files_of_kinds_that_are_not_read_are_named(settings: Settings) -> None:
    folder = settings.library.paths[0]
    folder.mkdir()
    (folder / "cau.txt").write_text("Cầu dài 1.200 mét.\n", encoding="utf-8")
    for kind in ("doc", "rtf", "odt", "epub", "csv"):
        (folder / f"bai.{kind}").write_bytes(b"x")
    *notes, _ = machine.look_at_library(settings)
    named = {note.what.removeprefix(f"{folder}/").partition(": not a kind of file that is read: ")[0] for note in notes}
    assert named == {"bai.doc", "bai.rtf", "bai.odt", "bai.epub", "bai.csv"}


def trich(*arguments: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(("doctor", *arguments))
    return end.value.code


def test_the_command_says_what_to_do_and_its_status_whether_anything_is_bad(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert trich("--offline") == 1
    shown = capsys.readouterr().out
    assert "✗ library: there is no article" in shown
    assert "→ see `paths` of [library]" in shown
    settings.library.paths[0].mkdir()
    (settings.library.paths[0] / "cau.txt").write_text("Cầu dài 1.200 mét.\n", encoding="utf-8")
    assert trich("--offline", "--json") == 0
    assert {finding["level"] for finding in json.loads(capsys.readouterr().out)} == {"good", "note"}


def test_a_wrong_setting_is_an_input_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TRICH_REPLY__QUOTES", "many")
    assert trich("--offline") == 2
    assert "TRICH_REPLY__QUOTES" in capsys.readouterr().err
