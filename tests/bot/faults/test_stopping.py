"""SIGTERM ends the real program in good order whatever it is at; the kernel would end it later, with another status."""

import asyncio
import json
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.sandbox.world import World
from bot.settings import Settings
from tests.bot.conftest import ARTICLES
from tests.bot.faults.conftest import Start, ask_and_hear, eventually, people
from tests.bot.faults.test_workers import processes_of
from tests.bot.incoming.test_webhook import HEAD, SECRET
from tests.bot.running.test_running import free_port
from tests.clock import PATIENCE


async def at_once(_: World) -> None:
    """It is stopped before it is ready."""


def write_many(folder: Path, files: int) -> None:
    """Articles that take a while to be read."""
    for number in range(files):
        lines = (
            json.dumps({"id": f"{number}-{line}", "text": "\n".join(f"Câu {line} {n} {a['text']}" for n in range(20))})
            for line in range(20)
            for a in ARTICLES
        )
        (folder / f"{number}.jsonl").write_text("\n".join(lines), encoding="utf-8")


async def monitored_at(process: Process, log: list[str]) -> str:
    """Where the program tells its health."""
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        while not (address := re.search(r"health and metrics: (\S+)", "".join(log))):
            log.append((await process.stderr.readline()).decode())
    return address[1]


async def ended(process: Process, log: Sequence[str] = ()) -> str:
    """What it has logged, once it has ended in good order."""
    async with asyncio.timeout(PATIENCE):
        _, rest = await process.communicate()
        await eventually(lambda: not processes_of(process))
    assert process.returncode == 0
    return "".join(log) + rest.decode()


STOPPED_WHILE_IMPORTING = """
import os, signal, sys

class Stopped:
    def find_spec(name, path=None, target=None):
        if name == sys.argv[1]:
            os.kill(os.getpid(), signal.SIGTERM)

sys.meta_path.insert(0, Stopped)
from bot.__main__ import main
main(["run"])
"""


@pytest.mark.parametrize(
    "imported", ["bot.command_line", "typer", "bot.running.alone", "telegram", "retrieval.settings"]
)
async def test_sigterm_ends_it_in_good_order_whatever_it_has_yet_to_import(imported: str, tmp_path: Path) -> None:
    command = sys.executable, "-c", STOPPED_WHILE_IMPORTING, imported
    environment = os.environ | {"PYTHONPATH": str(Path.cwd())}
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE, cwd=tmp_path, env=environment)
    assert await asyncio.wait_for(process.communicate(), PATIENCE) == (b"", b"")
    assert process.returncode == 0


async def test_while_the_start_reads_its_health_is_told_and_it_can_be_stopped(
    served: World, start: Start, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRICH_MONITORING__ENABLED", "true")
    monkeypatch.setenv("TRICH_MONITORING__PORT", "0")
    monkeypatch.setenv("TRICH_LOGGING__LEVEL", "INFO")
    write_many(settings.paths()[0], 40)
    log: list[str] = []
    async with start(served, until=at_once) as process, httpx.AsyncClient() as client:
        address = await monitored_at(process, log)
        progress = re.compile(r"library: is being read, articles: \d+ of 41")
        async with asyncio.timeout(PATIENCE):
            told = await client.get(f"{address}/healthz")
            while not any(map(progress.fullmatch, told.json()["problems"])):
                told = await client.get(f"{address}/healthz")
        assert told.status_code == httpx.codes.SERVICE_UNAVAILABLE
        process.send_signal(signal.SIGTERM)
        said = await ended(process, log)
    assert "Articles:" not in said
    assert "Traceback" not in said
    assert not served.calls


@asynccontextmanager
async def stalled(port: int, count: int) -> AsyncIterator[None]:
    """So many updates are being brought, and never come to their end."""
    async with AsyncExitStack() as stack:
        for _ in range(count):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            stack.callback(writer.close)
            writer.write(f"{HEAD}\r\n{{".encode())
            await writer.drain()
        yield


async def test_a_refresh_of_many_files_and_updates_that_never_come_to_their_end_are_not_waited_for(
    served: World, start: Start, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, port = served, free_port()
    operator, other = people(world, 2)
    monkeypatch.setenv("TRICH_OPERATORS__IDS", str(operator.id))
    monkeypatch.setenv("TRICH_WEBHOOK__URL", f"http://127.0.0.1:{port}/here")
    monkeypatch.setenv("TRICH_WEBHOOK__PATH", "/here")
    monkeypatch.setenv("TRICH_WEBHOOK__PORT", str(port))
    monkeypatch.setenv("TRICH_WEBHOOK_SECRET", SECRET)

    async def brought(world: World) -> None:
        await ask_and_hear(world, [other])

    async with start(world, until=brought) as process:
        before = len(processes_of(process))
        write_many(settings.paths()[0], 40)
        world.say(world.users[operator.id], operator, "/capnhat")
        await eventually(lambda: len(processes_of(process)) > before + 1)  # an errand's, and those that read for it
        async with stalled(port, 5):
            process.send_signal(signal.SIGTERM)
            said = await ended(process)
    assert "Traceback" not in said
    assert "ERROR" not in said
    assert (world.tally(other).answered, world.tally().doubled) == (1, 0)
