"""Folders and files → the files that are read."""

import os
from pathlib import Path

import pytest

from retrieval import reading
from retrieval.reading.kinds import _KINDS
from retrieval.records import Problem


def found(*roots: Path) -> list[tuple[Path, str] | Problem]:
    return list(reading.find_files(roots))


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a", encoding="utf-8")


def test_a_folder_gives_its_readable_files_in_a_fixed_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a.MD", "sub/c.jsonl.gz", "README.md", "a.MD.meta.toml", ".x.txt", ".git/a.txt", "p.jpg")
    assert found(tmp_path) == [
        (tmp_path / "a.MD", "a.MD"),
        (tmp_path / "b.txt", "b.txt"),
        (tmp_path / "sub" / "c.jsonl.gz", "sub/c.jsonl.gz"),
    ]


def test_a_file_given_by_itself_is_read_under_its_own_name(tmp_path: Path) -> None:
    make(tmp_path, "README.md")
    assert found(tmp_path / "README.md") == [(tmp_path / "README.md", "README.md")]


def test_a_missing_root_and_a_file_of_an_unknown_kind_are_problems(tmp_path: Path) -> None:
    make(tmp_path, "a.exe", "b.txt")
    missing, unknown, good = found(tmp_path / "no", tmp_path / "a.exe", tmp_path)
    assert missing == Problem(str(tmp_path / "no"), "no such file or folder")
    assert isinstance(unknown, Problem)
    assert unknown.message.startswith("not a kind of file that is read: .txt .md")
    assert good == (tmp_path / "b.txt", "b.txt")


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be made there")
def test_a_name_with_a_line_break_is_a_problem_on_one_line(tmp_path: Path) -> None:
    make(tmp_path, "a\nb.txt", "c.txt")
    problem, good = found(tmp_path)
    assert isinstance(problem, Problem)
    assert "\n" not in problem.source
    assert "line break" in problem.message
    assert good == (tmp_path / "c.txt", "c.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes there")
def test_a_pipe_is_a_problem_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert found(tmp_path) == [Problem(str(tmp_path / "a.txt"), "not a regular file")]


def test_a_folder_linked_into_itself_ends(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert found(tmp_path) == [(tmp_path / "a.txt", "a.txt")]


def test_every_suffix_has_a_reader_and_a_limit() -> None:
    assert set(reading.SUFFIXES) == set(_KINDS)
    assert all(reading.size_limit(f"a{suffix}") > 0 for suffix in reading.SUFFIXES)


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("a.txt", True),
        ("sub/A.HTML", True),
        ("a.jsonl.gz", True),
        ("a.gz", False),
        ("sub/.a.txt", False),
        ("readme.txt", False),
        ("a.txt.meta.toml", False),
        ("~$a.docx", False),
        ("a", False),
    ],
)
def test_which_names_are_readable(name: str, readable: bool) -> None:
    assert reading.is_readable(name) is readable


def test_a_sidecar_is_found_beside_its_file(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "a.txt.meta.toml", "b.txt")
    assert reading.sidecar(tmp_path / "a.txt") == b"a"
    assert reading.sidecar(tmp_path / "b.txt") is None
