import csv
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from retrieval.__main__ import app
from tests.retrieval.timeline.made import article


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRICH_LIBRARY__CACHE", str(tmp_path / "cache"))
    articles = [
        article("Sáng 1/10/2025, cáp treo Núi Mây đón khách.", "2025-10-02"),
        article("Ngày 5/3/2024, cáp treo Núi Mây chạy thử.", "2024-03-06", "Báo B"),
        article("Cáp treo Núi Mây có mười cabin.\nChợ Nhạn có gà [bold].", "2025-10-02"),
    ]
    lines = [json.dumps(one, ensure_ascii=False) for one in articles]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: object) -> Result:
    return CliRunner().invoke(app, ["timeline", *map(str, arguments), "--library", str(folder / "articles.jsonl")])


def test_a_table_shows_date_quote_and_source_in_order(folder: Path) -> None:
    result = run(folder, "cáp treo Núi Mây")
    assert result.exit_code == 0
    assert result.stdout.index("5/3/2024") < result.stdout.index("1/10/2025")
    assert "Báo B" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [("cáp treo Núi Mây từ 2025",), ("cap treo nui may tu 2025",), ("cáp treo Núi Mây", "--since", "1/2025")],
)
def test_the_topic_may_end_in_a_range_or_options_give_it(folder: Path, arguments: tuple[str, ...]) -> None:
    found = json.loads(run(folder, *arguments, "--json").stdout)
    assert [entry["date"]["edtf"] for entry in found["entries"]] == ["2025-10-01"]
    assert (found["since"], found["until"]) == ("2025-01-01", None)
    assert list(found) == ["topic", "entries", "since", "until", "nearest", "partial"]


def test_only_so_many_days_are_shown_as_are_asked_for(folder: Path) -> None:
    found = json.loads(run(folder, "cáp treo Núi Mây", "--days", "1", "--json").stdout)
    assert len(found["entries"]) == 1
    assert run(folder, "cáp treo Núi Mây", "--days", "0").exit_code == 2


def test_csv_is_what_programs_read(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(folder, "cáp treo Núi Mây", "--csv", "--until", "2024").stdout)))
    assert [(row["date"], row["publisher"]) for row in rows] == [("2024-03-05", "Báo B")]


def test_png_is_drawn_beside_the_table(folder: Path) -> None:
    assert run(folder, "cáp treo Núi Mây", "--png", folder / "x.png").exit_code == 0
    with Image.open(folder / "x.png") as image:
        assert image.format == "PNG"


def test_ics_is_written_beside_the_table(folder: Path) -> None:
    assert run(folder, "cáp treo Núi Mây", "--ics", folder / "x.ics").exit_code == 0
    assert (folder / "x.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == 2


def test_without_a_topic_the_most_covered_are_named(folder: Path) -> None:
    lines = [article(f"Tin {title}.", title=title) for title in ("Lũ về Hạ Sơn", "Chợ ở Hạ Sơn")]
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in lines)
    (folder / "articles.jsonl").write_text(text, encoding="utf-8")
    assert "Hạ Sơn" in run(folder).stdout
    assert json.loads(run(folder, "--json").stdout) == {"topics": ["Hạ Sơn"]}


def test_a_topic_without_dates_says_so_and_exits_1(folder: Path) -> None:
    result = run(folder, "chợ Nhạn")
    assert result.exit_code == 1
    assert "Không có câu nào" in result.stdout
    assert "gà [bold]" in result.stdout
    assert json.loads(run(folder, "đèo Gió", "--json").stdout)["entries"] == []


def test_a_date_that_is_none_and_a_file_that_cannot_be_written_are_named_and_exit_2(folder: Path) -> None:
    result = run(folder, "cáp treo Núi Mây", "--since", "mai")
    assert (result.exit_code, "'mai' is no date" in result.stderr) == (2, True)
    result = run(folder, "cáp treo Núi Mây", "--png", folder / "none" / "x.png")
    assert (result.exit_code, "none/x.png: cannot be written" in result.stderr) == (2, True)
