import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from retrieval import Library, dates
from retrieval.refreshing.preparing import Rules
from retrieval.refreshing.refresh import Stage, refresh
from retrieval.store.snapshot import Contents
from retrieval.store.store import Store
from retrieval.store.stored import Stored

READ = "import sys; from retrieval import Library; Library.open([sys.argv[1]], sys.argv[2])"


def _line(number: int, text: str | None = None) -> str:
    text = text or f"Ngày {number % 28 + 1}/9/2025, thôn {number} có {number * 3} hộ dân."
    return json.dumps({"id": f"bai-{number % 3600}", "text": text}, ensure_ascii=False) + "\n"


def _contents(cache: Path) -> Sequence[Contents]:
    [path] = cache.glob("*.sqlite3")
    with closing(Store(path)) as store:
        return tuple(store.contents())


def _articles(cache: Path) -> int:
    """How many articles a process that is reading has written so far."""
    try:
        [path] = cache.glob("*.sqlite3")
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            count: int = db.execute("SELECT count(*) FROM articles").fetchone()[0]
            return count
    except (ValueError, sqlite3.OperationalError):  # not made yet
        return 0


def _kill_when(cache: Path, source: Path, articles: int) -> None:
    process = subprocess.Popen([sys.executable, "-c", READ, str(source), str(cache)])  # noqa: S603
    deadline = time.monotonic() + 60
    while _articles(cache) < articles and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "it was done before it was killed"


def test_a_reading_killed_at_any_moment_is_taken_up_to_the_same_library(tmp_path: Path) -> None:
    source = tmp_path / "bulk.jsonl"
    # Eight pieces of a file, with ids that come twice, lines that are no articles, and texts that come twice.
    lines = ["{bad\n" if n % 400 == 7 else _line(n, "Cùng một câu." if n % 360 == 5 else None) for n in range(4_000)]
    source.write_text("".join(lines), encoding="utf-8")
    undisturbed = Library.open([source], tmp_path / "undisturbed")
    for articles in (1, 1_000, 2_400):
        _kill_when(tmp_path / "killed", source, articles)
    again = Library.open([source], tmp_path / "killed")
    assert _contents(tmp_path / "killed") == _contents(tmp_path / "undisturbed")
    assert again.problems == undisturbed.problems
    assert len(again.articles) > 3_900


def test_a_line_added_to_a_file_is_all_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "bulk.jsonl"
    source.write_text("".join(map(_line, range(50))), encoding="utf-8")
    Library.open([source], tmp_path / "cache")
    read: list[str] = []

    def watched(store: Store, path: str, articles: Iterable[tuple[str, Stored]], problems: Any) -> None:
        new = list(articles)
        read.extend(stored.id for _, stored in new)
        add(store, path, new, problems)

    add = Store.add
    monkeypatch.setattr(Store, "add", watched)
    source.write_text("".join(map(_line, [*range(30), 77, *range(31, 50)])), encoding="utf-8")
    library = Library.open([source], tmp_path / "cache")
    assert read == ["bai-77"]
    assert {article.id for article in library.articles} == {f"bai-{n}" for n in [*range(30), 77, *range(31, 50)]}


def test_progress_counts_files_and_the_parts_of_a_file_of_lines(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(map(_line, range(1_200))), encoding="utf-8")
    (tmp_path / "b.txt").write_text("Chợ Mới mở cửa.\n", encoding="utf-8")
    told: dict[Stage, list[float]] = {}

    def progress(done: float, of: float, stage: Stage) -> None:
        assert not of or 0 <= done <= of
        told.setdefault(stage, []).append(done)

    Library.open([tmp_path], progress=progress)
    assert all(done == sorted(done) for done in told.values())
    assert {1, 2} <= set(told["articles"])
    assert any(0 < done < 1 for done in told["articles"])


def test_progress_is_told_of_what_comes_after_the_last_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "in" / "a.jsonl"
    source.parent.mkdir()
    source.write_text("".join(map(_line, range(2_500))), encoding="utf-8")
    told: list[tuple[Stage, float, float]] = []

    def progress(done: float, of: float, stage: Stage) -> None:
        told.append((stage, done, of))

    Library.open([source.parent], tmp_path / "cache", progress)
    last = [stage for stage, *_ in told]
    assert sorted(set(last), key=last.index) == ["articles", "again", "offices", "words", "postings"]
    assert [done for stage, done, of in told if stage == "words" and of == 2_500] == [1_000, 2_000, 2_500]
    assert [done for stage, done, of in told if stage == "postings"] == [0, 1, 2, 3, 4]
    told.clear()
    monkeypatch.setattr("retrieval.refreshing.preparing.facts_version", lambda: "another")
    Library.open([source.parent], tmp_path / "cache", progress)
    assert [done for stage, done, of in told if stage == "persons" and of == 2_500] == [*range(200, 2_500, 200), 2_500]


def test_a_problem_of_a_line_that_stays_is_kept(tmp_path: Path) -> None:
    source = tmp_path / "bulk.jsonl"
    dated = '{"id": "x", "text": "Một câu.", "published": "hôm nào đó"}\n'
    source.write_text(dated, encoding="utf-8")
    before = Library.open([source], tmp_path / "cache").problems
    source.write_text(dated + _line(1), encoding="utf-8")
    assert Library.open([source], tmp_path / "cache").problems == before
    assert len(before) == 1


def test_a_changed_rule_of_reading_reads_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text(_line(1), encoding="utf-8")
    Library.open([source], tmp_path / "cache")
    monkeypatch.setattr("retrieval.refreshing.preparing.reading_version", lambda: b"another")
    assert Library.open([source], tmp_path / "cache").summary.changed == 1


def test_a_changed_rule_of_facts_finds_only_the_facts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text(_line(1, "Bộ trưởng Bộ Y tế Lê Văn Bình họp ở Huế."), encoding="utf-8")
    before = Library.open([source], tmp_path / "cache")
    [path] = (tmp_path / "cache").glob("*.sqlite3")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM held")  # as if other rules had not seen it
    monkeypatch.setattr("retrieval.refreshing.preparing.facts_version", lambda: "another")
    after = before.refreshed([source])
    assert after is not before
    assert (after.summary.changed, after.summary.unchanged, after.summary.restated) == (0, 1, 1)
    assert after.who("Bộ trưởng Bộ Y tế")
    assert after.articles == before.articles
    assert after.refreshed([source]) is after


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    with closing(Store(tmp_path / "store.sqlite3")) as store:
        summaries = [refresh(store, [large]) for _ in range(2)]
        assert [problem.message for problem in store.problems()] == ["200,000,000 bytes, above the limit of 20,000,000"]
    assert [summary.unchanged for summary in summaries] == [0, 1]


def test_a_file_that_cannot_be_opened_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "ok.txt").write_text("Chợ Mới mở cửa.\n", encoding="utf-8")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    library = Library.open([folder])
    assert [article.id for article in library.articles] == ["ok.txt"]
    assert "loop.txt" in library.problems[0].source


def test_references_complete_the_year_of_an_event() -> None:
    rules = Rules.from_config()
    assert any("XIV" in name for reference in rules.references for name in reference.names)
    assert all(dates.bounds(reference.date) for reference in rules.references)
