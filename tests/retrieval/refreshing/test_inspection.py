"""A file is read by a process of its own, within limits of time and memory."""

import json
from datetime import date
from pathlib import Path

from retrieval.refreshing.inspection import inspect
from retrieval.refreshing.workers import Bounds

TEXT = """Thông xe cầu Hương An
Thứ ba, 16/9/2025
Sáng 15/9/2025, cầu Hương An được thông xe sau ba năm thi công.
Cây cầu dài 1.200 mét, nối hai bờ sông Nhạn.
"""


def test_what_a_file_holds_is_told_with_what_its_sidecar_says(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "upload.meta.toml").write_text('publisher = "Báo Bến Sông"\n', encoding="utf-8")
    found = inspect(path, "cau.txt", Bounds())
    [article] = found.articles
    assert article.publisher == "Báo Bến Sông"
    assert (found.count, found.failure, article.title) == (1, None, "Thông xe cầu Hương An")
    assert article.beginning[0] == "Sáng 15/9/2025, cầu Hương An được thông xe sau ba năm thi công."
    assert all(sentence in TEXT for sentence in article.beginning)
    assert (article.published.edtf, article.first) == ("2025-09-16", date(2025, 9, 15))
    assert [line.text for line in article.left_out] == ["Thứ ba, 16/9/2025"]
    assert found.sentences == article.sentences == 3


def test_of_many_articles_the_first_are_told_and_all_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_text("\n".join(json.dumps({"text": f"Cầu số {n} dài {n} mét."}) for n in range(9)), encoding="utf-8")
    found = inspect(path, "nhieu.jsonl", Bounds())
    assert (found.count, len(found.articles), found.sentences) == (9, 5, 9)


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b"%PDF-1.4 nothing more")
    found = inspect(path, "bao.pdf", Bounds())
    assert (found.count, found.failure, len(found.problems)) == (0, None, 1)


def test_what_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_text(TEXT * 20_000, encoding="utf-8")
    assert inspect(path, "cau.txt", Bounds(seconds=0.2)).failure == "time"


def test_what_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_text(TEXT * 50_000, encoding="utf-8")
    assert inspect(path, "cau.txt", Bounds(megabytes=2)).failure == "memory"
