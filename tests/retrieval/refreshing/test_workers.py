"""Files are read in other processes, within limits; what goes beyond them is told, and the rest is read."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from retrieval import Library
from retrieval.processes import Processes
from retrieval.refreshing.preparing import Piece, Prepared, prepared
from retrieval.refreshing.refresh import refresh
from retrieval.refreshing.workers import UNBOUNDED, Bounds, Workers
from retrieval.store.store import Store
from tests.retrieval.refreshing.test_refresh import _line


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store(None)) as opened:
        yield opened


def double(number: int | None) -> int:
    return 2 * (number or 0)


def process_of(_: int) -> int:
    return os.getpid()


def kill_first(marker: Path) -> str:
    """Ends its process, unless one has been ended before."""
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return "done"
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def listed(number: int) -> list[int]:
    return [number]


def fail(number: int | None) -> int:
    raise ValueError(f"not {number}")


def misbehave(how: str) -> str:
    match how:
        case "time":
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
            while True:
                time.sleep(1)
        case "memory":
            return "x" * 10**10
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
    return "well"


def take(seconds: tuple[float, float]) -> str:
    """Uses a processor for some seconds, and waits for others by the clock."""
    used, waited = seconds
    began = time.process_time()
    while time.process_time() - began < used:
        pass
    time.sleep(waited)
    return "done"


def prepared_but_for(piece: Piece) -> Prepared:
    """As `prepared`; where HANG stands in a file it is never done, and CRASH ends the process."""
    while b"HANG" in piece.data:
        pass
    if b"CRASH" in piece.data:
        os.kill(os.getpid(), signal.SIGSEGV)
    return prepared(piece)


def test_results_come_in_order_beside_what_they_were_asked_with() -> None:
    jobs = [(f"tag {number}", None if number % 7 == 3 else number) for number in range(40)]
    with Workers(UNBOUNDED, 2) as workers:
        results = list(workers.each(double, jobs))
    assert results == [(tag, number, None if number is None else 2 * number) for tag, number in jobs]


def test_a_result_may_be_of_any_kind() -> None:
    with Workers(UNBOUNDED) as workers:
        assert [one for _, _, one in workers.each(listed, [((), 1), ((), 2)])] == [[1], [2]]


def test_all_work_is_done_elsewhere() -> None:
    with Workers(UNBOUNDED, 2) as workers:
        processes = {process for _, _, process in workers.each(process_of, [((), 1)] * 6)}
    assert os.getpid() not in processes


def test_what_a_killed_process_leaves_is_done_by_another(tmp_path: Path) -> None:
    with Workers(UNBOUNDED, 2) as workers:
        assert [one for _, _, one in workers.each(kill_first, [((), tmp_path / "killed")] * 5)] == ["done"] * 5


def test_a_process_killed_while_it_does_nothing_is_replaced() -> None:
    with Workers(UNBOUNDED, 1) as workers:
        for _ in range(3):
            [(_, _, process)] = workers.each(process_of, [((), 1)])
            assert isinstance(process, int)
            os.kill(process, signal.SIGKILL)


def test_no_process_is_left_when_the_locks_go_that_it_begins_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is just starting would say aloud that they are missing."""
    processes = Processes(2, ())
    process = processes.submit(None, os.getpid).result()
    assert processes._pool is not None
    # Of this pool alone: those of tests before may be closing theirs yet.
    channel = processes._pool._pool_manager.worker_manager.workers_channel
    assert channel is not None
    closed: Callable[[], None] = channel.close
    left: list[bool] = []

    def close() -> None:
        left.append(Path(f"/proc/{process}").exists())
        closed()

    monkeypatch.setattr(channel, "close", close)
    processes.stop()
    for thread in threading.enumerate():
        if thread.name == "end of processes":
            thread.join()
    assert left == [False]


def test_an_error_of_the_work_itself_is_raised_here() -> None:
    with Workers(UNBOUNDED, 2) as workers, pytest.raises(ValueError, match="not 3"):
        list(workers.each(fail, [((), 3)]))


def test_what_goes_beyond_a_limit_is_ended_and_the_rest_is_done() -> None:
    each = ["time", "well", "memory", "crash", "well"]
    with Workers(Bounds(seconds=3, patience=1), 2) as workers:
        assert [one for _, _, one in workers.each(misbehave, [((), how) for how in each])] == each


def test_what_gets_no_processor_is_waited_for() -> None:
    with Workers(Bounds(seconds=0.3), 2) as workers:
        results = [one for _, _, one in workers.each(take, [((), one) for one in ((0, 0.6), (30, 0), (0, 0.6))])]
    assert results == ["done", "time", "done"]


def test_a_file_that_hangs_is_named_and_the_rest_is_read(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.refreshing.refresh.prepared", prepared_but_for)
    (tmp_path / "hostile.txt").write_text("Một câu. HANG\n", encoding="utf-8")
    (tmp_path / "good.txt").write_text("Chợ Mới mở cửa ngày 2/11/2025.\n", encoding="utf-8")
    refresh(store, [tmp_path], bounds=Bounds(seconds=1))  # a hundred times what the other file takes
    assert [contents.article.id for contents in store.contents()] == ["good.txt"]
    [problem] = store.problems()
    assert problem.source == str(tmp_path / "hostile.txt")
    assert "longer to read than 1 s" in problem.message


def test_of_a_file_of_lines_only_that_is_left_out_which_ends_its_process(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.refreshing.refresh.prepared", prepared_but_for)
    lines = [json.dumps({"id": f"{n}", "text": "CRASH" if n == 1 else f"Cầu số {n} dài {n} mét."}) for n in range(4)]
    (tmp_path / "some.jsonl").write_text("\n".join(lines), encoding="utf-8")
    refresh(store, [tmp_path])
    assert {contents.article.id for contents in store.contents()} == {"0", "2", "3"}
    assert [(problem.source, problem.line) for problem in store.problems()] == [(f"{tmp_path / 'some.jsonl'}:2", 2)]


def test_a_file_of_many_such_lines_is_given_up(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.refreshing.refresh.prepared", prepared_but_for)
    lines = [json.dumps({"text": f"CRASH {n}"}) for n in range(50)]
    (tmp_path / "hostile.jsonl").write_text("\n".join(lines), encoding="utf-8")
    refresh(store, [tmp_path])
    assert len(store.problems()) == 4
    assert "left out" in store.problems()[-1].message


def test_a_library_is_the_same_however_many_pieces_it_is_read_in(
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
    many = Library.open([tmp_path])
    monkeypatch.setattr("retrieval.refreshing.pieces._BYTES", 10**9)
    monkeypatch.setattr("retrieval.refreshing.pieces._LINES", 10**9)
    one = Library.open([tmp_path])
    assert many.articles == one.articles
    assert many.sentences == one.sentences
    assert many.problems == one.problems
    assert any("was there before" in problem.message for problem in one.problems)


def test_a_library_is_opened_by_a_script_without_a_guard(tmp_path: Path) -> None:
    (tmp_path / "cho.txt").write_text("Chợ Mới mở cửa ngày 2/11/2025.\n", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        f"from retrieval import Library\nprint(len(Library.open([{str(tmp_path / 'cho.txt')!r}]).articles))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)  # noqa: S603
    assert (done.stdout, done.stderr) == ("1\n", "")
