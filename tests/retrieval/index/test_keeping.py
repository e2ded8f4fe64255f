"""The index as a library grows, shrinks and is killed."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from retrieval import Library
from retrieval.index.index import Index
from retrieval.own_files import IndexDamageError
from retrieval.renewing import renew

WORDS = ["cầu", "chợ", "sông", "Hương", "Bồ", "Nhật", "Lệ", "thành", "phố", "xe", "đường", "năm", "ngày", "mở", "một"]
READ = "import sys; from retrieval import Library; Library.open([sys.argv[1]], sys.argv[2])"


def _article(chance: random.Random) -> str:
    sentences = (" ".join(chance.choices(WORDS, k=chance.randrange(2, 14))) for _ in range(chance.randrange(1, 9)))
    title = " ".join(chance.choices(WORDS, k=4))
    text = "\n".join(f"{sentence.capitalize()} {chance.randrange(40)}." for sentence in sentences)
    return json.dumps({"title": title, "text": text}, ensure_ascii=False)


def _change(folder: Path, chance: random.Random) -> None:
    """Add, change or remove some files, anywhere in their order."""
    for _ in range(chance.randrange(1, 4)):
        path = folder / f"{chance.randrange(30):02}.jsonl"
        if path.exists() and chance.random() < 0.5:
            path.unlink()
        else:
            path.write_text("\n".join(_article(chance) for _ in range(chance.randrange(1, 12))), encoding="utf-8")


def _index(library: Library) -> Index:
    assert isinstance(library._index, Index)
    return library._index


def _assert_same(grown: Library, whole: Library, chance: random.Random) -> None:
    assert grown.articles == whole.articles
    assert grown.sentences == whole.sentences
    for _ in range(6):
        query = chance.choices([*WORDS, "không có"], k=chance.randrange(1, 7))
        for accented in (True, False):
            mine, its = (_index(library).fields(accented) for library in (grown, whole))
            for one, other in ((mine.sentences, its.sentences), (mine.passages, its.passages)):
                np.testing.assert_array_equal(one.get_scores(query), other.get_scores(query))
                for left, right in zip(one.top(query, 5), other.top(query, 5), strict=True):
                    np.testing.assert_array_equal(left, right)
        found = [[(q.article.id, q.start) for q in library.search(" ".join(query), 8)] for library in (grown, whole)]
        assert found[0] == found[1]


@pytest.mark.parametrize("seed", range(2))
def test_a_library_that_grew_ranks_bit_for_bit_as_one_built_at_once(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    folder = tmp_path / "in"
    folder.mkdir()
    grown = Library.open([folder], tmp_path / "cache")
    segments = set()
    for _ in range(12):
        _change(folder, chance)
        grown = grown.refreshed([folder])
        segments.add(len(_index(grown).segments))
        _assert_same(grown, Library.open([folder]), chance)
    assert len(segments) > 1, "segments came and went"
    assert max(segments) < 8


def test_a_few_articles_are_added_beside_what_there_is(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311
    (tmp_path / "a.jsonl").write_text("\n".join(_article(chance) for _ in range(60)), encoding="utf-8")
    Library.open([tmp_path], tmp_path / "cache")
    [first] = (tmp_path / "cache").glob("*/segment-*")
    (tmp_path / "b.jsonl").write_text(_article(chance), encoding="utf-8")
    Library.open([tmp_path], tmp_path / "cache")
    segments = set((tmp_path / "cache").glob("*/segment-*"))
    assert first in segments
    assert len(segments) == 2


def test_an_index_whose_making_was_killed_is_made_the_next_time(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311
    (tmp_path / "a.jsonl").write_text("\n".join(_article(chance) for _ in range(30)), encoding="utf-8")
    kill = "import os, retrieval.index.keeping as k; k._Kept._save = lambda *_: os._exit(9); "
    killed = subprocess.run(  # noqa: S603
        [sys.executable, "-c", kill + READ, str(tmp_path), str(tmp_path / "cache")], check=False
    )
    assert killed.returncode == 9
    again = Library.open([tmp_path], tmp_path / "cache")
    _assert_same(again, Library.open([tmp_path]), chance)
    assert len(list((tmp_path / "cache").glob("*/segment-*"))) == 1, "nothing of the killed one is left"


@pytest.mark.parametrize("damage", [b"", b"not an array", None])
def test_a_damaged_segment_is_made_again(
    damage: bytes | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(5)  # noqa: S311
    (tmp_path / "a.jsonl").write_text("\n".join(_article(chance) for _ in range(30)), encoding="utf-8")
    Library.open([tmp_path], tmp_path / "cache")
    [file] = (tmp_path / "cache").glob("*/segment-*/sentences/documents.npy")
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    _assert_same(Library.open([tmp_path], tmp_path / "cache"), Library.open([tmp_path]), chance)
    assert "is damaged" in caplog.text, "a missing file too: the index is sealed with all that it has"


def test_an_index_of_an_older_version_gives_way(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "a.txt").write_text("Chợ Mới mở cửa ngày 2/11/2025.\n", encoding="utf-8")
    Library.open([tmp_path], tmp_path / "cache")
    [current] = (tmp_path / "cache").glob("*.index-*")
    older = current.with_name(current.name.replace(".index-", ".index-0-"))
    older.mkdir()
    Library.open([tmp_path], tmp_path / "cache")
    assert not older.exists()
    assert "of another version" in caplog.text


def test_an_index_that_is_cut_off_is_made_again_and_who_has_the_old_one_knows(tmp_path: Path) -> None:
    """Even when its files are gone and others have their names."""
    folder, chance = tmp_path / "in", random.Random(1)  # noqa: S311
    folder.mkdir()
    (folder / "01.jsonl").write_text(_article(chance), encoding="utf-8")
    library = Library.open([folder], tmp_path / "kept")
    library.check()
    for file in (tmp_path / "kept").rglob("segment-*/**/*.npy"):
        os.truncate(file, 64)
    with pytest.raises(IndexDamageError):
        Library.kept([folder], tmp_path / "kept")
    summary = renew([folder], tmp_path / "kept")
    assert (summary.new, summary.unchanged) == (0, 1)
    after = Library.kept([folder], tmp_path / "kept", summary)
    after.check()
    assert not library.is_same_as(after)
    with pytest.raises(IndexDamageError):
        library.check()
    _assert_same(after, Library.open([folder]), chance)
