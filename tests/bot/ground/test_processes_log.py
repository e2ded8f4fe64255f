import json
import logging
import pickle
import subprocess
import sys

from bot.ground.logs import configure

PROGRAM = """
import logging
from bot.ground.logs import configure
from retrieval.processes import Processes
configure("WARNING", ["geheim"], "json")
processes = Processes(1, ())
processes.submit(None, logging.getLogger("reading").warning, "no such layout").result()
processes.stop()
"""


def test_processes_log_as_the_program_that_starts_them_does() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)  # noqa: S603
    [line] = map(json.loads, done.stderr.splitlines())
    assert (line["level"], line["logger"], line["msg"]) == ("warning", "reading", "no such layout")


def test_secrets_that_are_kept_out_of_the_log_do_not_go_to_other_processes() -> None:
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    try:
        configure("WARNING", ["geheim"])
        [handler] = root.handlers
        assert b"geheim" not in pickle.dumps(handler.formatter)
    finally:
        root.setLevel(before[0])
        root.handlers[:] = before[1]
