"""Questions that hang or kill whoever is at them: they cost a worker, and nobody else anything."""

import asyncio
import os
import re
import signal
import sqlite3
from asyncio.subprocess import Process
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest

from bot.sandbox.chats import Chat
from bot.sandbox.faults import flood
from bot.sandbox.world import World
from bot.settings import Settings
from tests.bot import poison
from tests.bot.faults.conftest import ANSWERING, Start, all_answered, ask, ask_and_hear, eventually, people, text_of
from tests.clock import PATIENCE

POISONED = ("-c", "from tests.bot.poison import run; run()", "run")
GAVE_UP, FAILED = "lâu quá", "trục trặc"


def processes_of(process: Process, *, workers: bool = False, states: str = "RSDTtI") -> list[int]:
    """The program and all that it has started, by the session, that are in these states; or only those that it was not
    itself the parent of.
    """
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[3]) == process.pid and fields[0] in states and not (workers and int(fields[1]) == process.pid):
            found.append(int(stat.parent.name))
    return found


def outcomes(settings: Settings) -> list[str]:
    with closing(sqlite3.connect(settings.log.path)) as db:
        return [outcome for (outcome,) in db.execute("SELECT outcome FROM queries ORDER BY id")]


def said(world: World, chat: Chat) -> list[str]:
    return [text_of(message) for message in world.messages_of_bot(chat)]


def put(world: World, chats: Sequence[Chat], *poisons: str) -> None:
    for chat, what in zip(chats, poisons, strict=True):
        world.say(world.users[chat.id], chat, f"Cầu nào có {what}?")


async def test_questions_that_hang_are_given_up_and_told_so_while_all_others_are_answered(
    served: World, start: Start, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRICH_ANSWERING__SECONDS", "5")
    world = served
    hung, others = people(world, 3), people(world, 5)
    async with start(world, POISONED):
        put(world, hung, poison.BURN, poison.BURN_IN_C, poison.SLEEP)
        ask(world, others, each=3)
        await all_answered(world)
        await eventually(lambda: sorted(outcomes(settings)) == ["answered"] * 15 + ["gave_up"] * 3)
    assert [GAVE_UP in text for chat in hung for text in said(world, chat)] == [True] * 3
    assert not any(GAVE_UP in text for chat in others for text in said(world, chat))
    assert world.tally().doubled == 0


async def test_a_question_that_kills_its_worker_twice_is_told_that_it_failed(
    served: World, start: Start, settings: Settings
) -> None:
    world = served
    deadly, others = people(world, 1), people(world, 2)
    async with start(world, POISONED):
        put(world, deadly, poison.DIE)
        ask(world, others, each=2)
        await all_answered(world)
        await eventually(lambda: sorted(outcomes(settings)) == ["answered"] * 4 + ["gave_up"])
    [told] = said(world, deadly[0])
    assert FAILED in told


async def test_workers_that_somebody_kills_are_replaced(served: World, start: Start) -> None:
    world = served
    chats = people(world, 3)
    async with start(world, python=True) as process:
        for workers in (True, True, False):  # at last the server that they are forked from as well
            await ask_and_hear(world, chats)
            for killed in processes_of(process, workers=workers):
                if killed != process.pid:
                    with suppress(ProcessLookupError):  # it has ended with another
                        os.kill(killed, signal.SIGKILL)
        await ask_and_hear(world, chats)
    assert not any(FAILED in text for chat in chats for text in said(world, chat))
    assert world.tally().doubled == 0


async def test_while_workers_hang_the_health_check_answers_and_sigterm_ends_all_of_it(
    served: World, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRICH_MONITORING__ENABLED", "true")
    monkeypatch.setenv("TRICH_MONITORING__PORT", "0")
    monkeypatch.setenv("TRICH_LOGGING__LEVEL", "INFO")
    world = served
    hung, others = people(world, 2), people(world, 1)
    async with start(world, POISONED) as process:
        assert process.stderr is not None
        put(world, hung, poison.BURN, poison.BURN_IN_C)
        ask(world, others)
        await world.until(lambda: world.tally(others[0]).answered == 1, PATIENCE)
        log = ""
        while not (address := re.search(r"health and metrics: (\S+)", log)):
            log += (await process.stderr.readline()).decode()
        async with httpx.AsyncClient() as client:
            assert (await client.get(f"{address[1]}/healthz")).status_code == httpx.codes.OK
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            await process.wait()
        assert process.returncode == 0
        await eventually(lambda: not processes_of(process))


async def test_of_a_program_that_is_killed_no_worker_stays_behind_whatever_it_does(
    served: World, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRICH_ANSWERING__SECONDS", "30")
    world = served
    hung, others = people(world, 3), people(world, 1)
    async with start(world, POISONED) as process:
        put(world, hung, poison.BURN, poison.BURN_IN_C, poison.SLEEP)
        ask(world, others)
        await world.until(lambda: world.tally(others[0]).answered == 1, PATIENCE)
        await eventually(lambda: bool(processes_of(process, states="T")))  # one is paused for the other
        process.send_signal(signal.SIGKILL)
        await process.wait()
        await eventually(lambda: not processes_of(process))


async def test_a_question_that_kills_the_whole_program_is_set_aside_and_told_so_and_all_others_are_answered(
    served: World, start: Start, settings: Settings
) -> None:
    world = served
    world.set_shared_ids(on=True)  # else nobody can tell what a life that was killed has sent, and a note says so
    deadly, others = people(world, 1), people(world, 3)

    async def at_once(_: World) -> None:
        """It may not live to poll."""

    async with start(world, POISONED) as process:
        ask(world, others)
        put(world, deadly, poison.KILL)
        ask(world, [*others, *deadly])
        await asyncio.wait_for(process.wait(), PATIENCE)
    for _ in range(2):
        async with start(world, POISONED, at_once) as process:
            assert await asyncio.wait_for(process.wait(), PATIENCE) == -signal.SIGKILL
    async with start(world, POISONED) as process:
        await all_answered(world)
        await eventually(lambda: outcomes(settings).count("gave_up") == 1)
        process.terminate()
        _, log = await process.communicate()
    assert "is set aside" in log.decode()
    assert poison.KILL not in log.decode()
    async with start(world, POISONED) as process:
        await ask_and_hear(world, deadly)
        process.terminate()
        _, log = await process.communicate()
    assert "set aside" not in log.decode()
    assert sorted(GAVE_UP in text for text in said(world, deadly[0])) == [False, False, True]
    assert not any(GAVE_UP in text for chat in others for text in said(world, chat))
    assert world.tally().doubled == 0
    standing = {chat.id: said(world, chat) for chat in (*others, *deadly)}
    assert [len(texts) for texts in standing.values()] == [2, 2, 2, 3], standing


@pytest.mark.parametrize("feed", [False, True], ids=["a refresh that never ends", "a feed that never answers"])
async def test_sigterm_ends_the_program_whatever_runs_beside_a_message_that_has_to_wait(
    served: World, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, feed: bool
) -> None:
    world = served
    operator, other = people(world, 2)
    if feed:
        (tmp_path / "own.toml").write_text('[[sources]]\nurl = "http://127.0.0.1:9/feed"\n', encoding="utf-8")
        monkeypatch.setenv("TRICH_CONFIG", str(tmp_path / "own.toml"))
    monkeypatch.setenv("TRICH_OPERATORS__IDS", str(operator.id))
    async with start(world, POISONED) as process:
        await ask_and_hear(world, [other])
        before = len(processes_of(process))
        world.faults.add(flood(3600, method=ANSWERING, chat_id=other.id, times=None))
        ask(world, [other])
        world.say(world.users[operator.id], operator, "/capnhat")
        await eventually(lambda: len(processes_of(process)) > before)  # an errand's
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), PATIENCE)
        assert process.returncode == 0
        await eventually(lambda: not processes_of(process))
    assert world.tally(other).answered == 1
