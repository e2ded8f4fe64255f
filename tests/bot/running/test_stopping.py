"""SIGTERM ends the program within five seconds, whatever it is at: the kernel sees to that."""

import signal
import subprocess
import sys

from retrieval.config_files import load_toml
from tests.clock import PATIENCE

NEVER_ENDS = """
import asyncio, os, signal
from bot.running.stopping import stop_on_signals

async def main():
    stop_on_signals({grace})
    os.kill(os.getpid(), signal.SIGTERM)
    try:
        await asyncio.sleep(1_000_000)
    except asyncio.CancelledError:
        print(signal.getitimer(signal.ITIMER_REAL)[0], flush=True)
        sum(range(10**15))  # in C, where no thread of Python's comes to its turn

asyncio.run(main())
"""


def test_a_program_that_never_comes_to_its_end_is_ended_by_the_kernel_within_five_seconds() -> None:
    grace = load_toml("default.toml")["inbox"]["grace_seconds"]
    code = NEVER_ENDS.format(grace=grace)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603
    assert ended.returncode == -signal.SIGALRM
    assert 0 < float(ended.stdout) <= 5
