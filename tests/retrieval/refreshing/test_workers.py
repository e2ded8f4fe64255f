import os
import signal
from pathlib import Path

import pytest

from retrieval import Library
from retrieval.refreshing.workers import Workers
from tests.retrieval.refreshing.test_refresh import _line


def double(number: int) -> int:
    return 2 * number


def process_of(_: int) -> int:
    return os.getpid()


def kill_worker(here: int) -> int:
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return here


def fail(number: int) -> int:
    raise ValueError(f"not {number}")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All work goes to other processes."""
    monkeypatch.setattr("retrieval.refreshing.workers._HERE", 0)


@pytest.mark.usefixtures("at_once")
def test_results_come_in_order_beside_what_they_were_asked_with() -> None:
    jobs = [(f"tag {number}", None if number % 7 == 3 else number) for number in range(40)]
    with Workers(2) as workers:
        results = list(workers.each(double, jobs, lambda _: 1))
    assert results == [(tag, None if number is None else 2 * number) for tag, number in jobs]


def test_a_little_work_is_done_here_and_much_elsewhere() -> None:
    with Workers(2) as workers:
        processes = [process for _, process in workers.each(process_of, [((), 1)] * 6, lambda _: 1_000_000)]
    assert processes[:4] == [os.getpid()] * 4
    assert os.getpid() not in processes[4:]


@pytest.mark.usefixtures("at_once")
def test_what_a_killed_worker_leaves_is_done_here() -> None:
    here = os.getpid()
    with Workers(2) as workers:
        assert [one for _, one in workers.each(kill_worker, [((), here)] * 5, lambda _: 1)] == [here] * 5


@pytest.mark.usefixtures("at_once")
def test_an_error_in_a_worker_is_raised_here() -> None:
    with Workers(2) as workers, pytest.raises(ValueError, match="not 3"):
        list(workers.each(fail, [((), 3)], lambda _: 1))


def test_a_library_read_by_several_processes_is_the_one_read_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "bulk.jsonl"
    # With ids that come twice, lines that are no articles, and texts that come twice.
    lines = [
        "{bad\n" if n % 100 == 7 else _line(n % 1100, "Cùng một câu." if n % 90 == 5 else None) for n in range(1_500)
    ]
    source.write_text("".join(lines), encoding="utf-8")
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Chợ Mới mở cửa ngày {number + 1}/11/2025.\n", encoding="utf-8")
    here = Library.open([tmp_path])
    monkeypatch.setattr("retrieval.refreshing.workers._HERE", 0)
    elsewhere = Library.open([tmp_path])
    assert elsewhere.articles == here.articles
    assert elsewhere.sentences == here.sentences
    assert elsewhere.problems == here.problems
    assert any("was there before" in problem.message for problem in here.problems)
