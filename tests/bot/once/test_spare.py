"""The file with room of its own: what is in it after an end at any moment."""

from pathlib import Path

import pytest

from bot.once.spare import Spare


def opened(path: Path, now: float = 1_000.0) -> Spare:
    spare = Spare(path, lambda: now)
    spare.open()
    return spare


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "inbox.spare"


def test_what_is_noted_is_there_after_another_start(path: Path) -> None:
    spare = opened(path)
    spare.note(1, 7, 0, (3, 5), None)
    spare.note(1, 7, 1, (), 9)
    spare.note(2, 7, 0, (), True)
    again = opened(path)
    assert again.on(1, 7) == {0: ((3, 5), None), 1: ((), 9)}
    assert again.on(2, 7) == {0: ((), True)}
    again.forget(1, 7)
    assert opened(path).on(1, 7) == {}
    assert opened(path).on(2, 7)
    assert not opened(path, 1_000.0 + 3 * 24 * 3600)


def test_its_size_never_changes_and_the_last_sends_are_kept(path: Path) -> None:
    spare = opened(path)
    size, mode = path.stat().st_size, path.stat().st_mode & 0o777
    for update in range(2**61, 2**61 + 300):
        spare.note(2**60, update, 10, (2**60, 2**60), 2**60)
    assert (path.stat().st_size, mode) == (size, 0o600)
    again = opened(path)
    assert [bool(again.on(2**60, 2**61 + number)) for number in (199, 200, 299)] == [False, True, True]


@pytest.mark.parametrize("part", [0.0, 0.2, 0.5, 0.9])
def test_a_write_that_is_cut_off_leaves_what_was_before(path: Path, part: float) -> None:
    spare = opened(path)
    spare.note(1, 7, 0, (3,), None)
    before = path.read_bytes()
    spare.note(1, 8, 0, (4,), None)
    after = path.read_bytes()
    changed = [place for place in range(len(after)) if before[place] != after[place]]
    cut = changed[int(len(changed) * part)]
    path.write_bytes(after[:cut] + before[cut:])
    assert opened(path).on(1, 7) == {0: ((3,), None)}


@pytest.mark.parametrize("content", [b"", b"nothing of ours", b"\xff" * 40_000])
def test_what_is_no_such_file_is_written_over(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    spare = opened(path)
    assert not spare
    spare.note(1, 7, 0, (3,), None)
    assert opened(path).on(1, 7) == {0: ((3,), None)}


def test_where_there_can_be_none_nothing_is_raised(path: Path) -> None:
    path.mkdir(parents=True)
    spare = opened(path)
    spare.note(1, 7, 0, (3,), None)
    assert spare.on(1, 7) == {0: ((3,), None)}
