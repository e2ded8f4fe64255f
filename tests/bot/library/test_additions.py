from pathlib import Path

import pytest

from bot.library.additions import Addition, is_kept, remove


@pytest.mark.parametrize(
    ("name", "begins", "ends"),
    [
        ("Chợ Mới.txt", "Chợ-Mới-", ".txt"),
        ("../../etc/passwd.txt", "etc-passwd-", ".txt"),
        (".an.txt", "an-", ".txt"),
        ("readme.md", "bai-readme-", ".md"),
        ("a\nb\x00c.HTML", "a-b-c-", ".html"),
        ("du-lieu.jsonl.gz", "du-lieu-", ".jsonl.gz"),
        ("ế" * 200 + ".pdf", "ế" * 50, ".pdf"),
        (".txt", "bai-", ".txt"),
    ],
)
def test_a_file_is_kept_under_a_name_that_is_safe_and_known_again(name: str, begins: str, ends: str) -> None:
    kept = Addition(name, b"x").kept_as
    assert kept.startswith(begins)
    assert kept.endswith(ends)
    assert "/" not in kept
    assert len(kept.encode()) < 240
    assert Addition(name, b"x").is_readable


@pytest.mark.parametrize("name", ["bai.exe", "", "x", "bai.txt.meta.toml"])
def test_other_kinds_are_not_readable(name: str) -> None:
    assert not Addition(name, b"").is_readable


@pytest.mark.parametrize(
    ("url", "content", "name"),
    [
        ("https://x.vn/tin/bai-1.html", b"<html>", "bai-1.html"),
        ("https://x.vn/tin/bai-1", b"<html>", "bai-1.html"),
        ("https://x.vn/", b"<html>", "x.vn.html"),
        ("https://x.vn/rss", b'<?xml version="1.0"?><rss version="2.0">', "rss.xml"),
        ("https://x.vn/van-ban", b"%PDF-1.7", "van-ban.pdf"),
        ("https://x.vn/a.docx?x=1", b"PK", "a.docx"),
    ],
)
def test_what_is_fetched_is_of_the_kind_that_it_says(url: str, content: bytes, name: str) -> None:
    assert Addition.fetched(url, content).name == name


def test_it_is_written_with_its_address_found_and_removed(tmp_path: Path) -> None:
    addition = Addition.fetched('https://x.vn/"a"', b"<html>")
    path = addition.write(tmp_path)
    assert path.read_bytes() == b"<html>"
    assert path.with_name(path.name + ".meta.toml").read_text() == 'url = "https://x.vn/\\"a\\""\n'
    assert is_kept(tmp_path, addition.digest)
    assert remove(tmp_path, addition.digest)
    assert not is_kept(tmp_path, addition.digest)
    assert not remove(tmp_path, addition.digest)
    assert list(tmp_path.iterdir()) == []
