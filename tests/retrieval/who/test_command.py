"""python -m retrieval who."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from retrieval.__main__ import app

TEXT = "Sáng 1/10/2025, Bộ trưởng Bộ Y tế Lê Văn Bình [vui] thăm bệnh viện.\n\nÔng cho biết dịch đã lui.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRICH_LIBRARY__CACHE", str(tmp_path / "cache"))
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "binh.txt").write_text(TEXT, encoding="utf-8")
    return articles


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["who", *arguments, "--library", str(folder)])


def test_a_person_is_printed_with_offices_and_words_and_exits_0(folder: Path) -> None:
    result = run(folder, "lê văn bình")
    assert result.exit_code == 0
    assert "Lê Văn Bình" in result.stdout
    assert "1/10/2025" in result.stdout
    assert "[vui]" in result.stdout
    assert "“Ông cho biết dịch đã lui.”" in result.stdout


def test_an_office_prints_its_holders(folder: Path) -> None:
    result = run(folder, "bo truong y te")
    assert result.exit_code == 0
    assert "Lê Văn Bình" in result.stdout


def test_json_has_the_records_own_field_names(folder: Path) -> None:
    profile = json.loads(run(folder, "Lê Văn Bình", "--json").stdout)
    assert list(profile)[:5] == ["name", "aliases", "offices", "statements", "seen_with"]
    [office] = profile["offices"]
    quote = office["quotes"][0]
    assert quote["text"]
    assert "text" not in quote["article"]
    assert office["first_seen"]["edtf"] == "2025-10-01"


@pytest.mark.parametrize(
    ("name", "said"),
    [("Phan Thị Tuyết", "không có ai tên như vậy"), ("Le Van Bin", "Có phải bạn hỏi: Lê Văn Bình")],
)
def test_nobody_is_said_plainly_and_exits_1(folder: Path, name: str, said: str) -> None:
    result = run(folder, name)
    assert result.exit_code == 1
    assert said in result.stdout


def test_nobody_is_null_in_json(folder: Path) -> None:
    result = run(folder, "Phan Thị Tuyết", "--json")
    assert (json.loads(result.stdout), result.exit_code) == (None, 1)
