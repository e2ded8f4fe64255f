"""Two programs on what one keeps."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.running.alone import LOCK, NotAlone, alone

HOLD = """
import os, sys
from pathlib import Path
from bot.running.alone import alone
with alone([Path(sys.argv[1])]):
    child = os.fork()
    if not child:
        sys.stdin.read()
        os._exit(0)
    print(os.getpid(), flush=True)
    sys.stdin.read()
"""


@contextmanager
def another(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that works there, and has a child that lives on when it is killed."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        assert process.stdout is not None
        assert process.stdout.readline() == f"{process.pid}\n"
        try:
            yield process
        finally:
            process.kill()


def test_where_another_works_nobody_else_does_and_is_told_who(tmp_path: Path) -> None:
    with another(tmp_path / "var") as process:
        with pytest.raises(NotAlone, match=rf"process {process.pid} .*{tmp_path}/var"), alone([tmp_path / "var"]):
            pass
        with alone([tmp_path / "other"]):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        with alone([tmp_path / "var"]):  # though its child lives
            assert (tmp_path / "var" / LOCK).read_text() != f"{process.pid}\n"


def test_what_an_ended_program_left_hinders_nobody(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("1\n")
    for _ in range(2):
        with alone([tmp_path, tmp_path]):
            assert (tmp_path / LOCK).read_text().strip().isdecimal()
