"""Telegram out of reach, dumb, or broken in the middle of a call."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from bot.app import build
from bot.context import services_of
from bot.running.running import at_work
from bot.sandbox.faults import Fault, bad_gateway, held_request, held_response, lost_request, lost_response
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import pointed_at
from tests.bot.faults.conftest import (
    ANSWERING,
    Show,
    all_answered,
    ask,
    ask_and_hear,
    at_work_for,
    eventually,
    listening,
    people,
)
from tests.clock import PATIENCE


class Line:
    """A way to the server that can be cut: nobody listens then, and what was connected is reset."""

    def __init__(self, target: str) -> None:
        host, port = target.removeprefix("http://").split(":")
        self._target = (host, int(port))
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(*self._target)
        self._open |= {writer, back}
        await asyncio.gather(_pipe(reader, back), _pipe(there, writer))


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    writer.close()


@asynccontextmanager
async def by_line(world: World, settings: Settings, library: Library) -> AsyncIterator[Line]:
    """The bot, ready to start, reaches the world by a line that is not open yet."""
    async with AsyncExitStack() as stack:
        line = Line(await stack.enter_async_context(serving(world)))
        await line.open()
        stack.push_async_callback(line.cut)
        bot = build(pointed_at(f"http://127.0.0.1:{line.port}", world, settings), library)
        await stack.enter_async_context(at_work(bot))
        yield line


async def test_while_telegram_is_down_questions_wait_and_are_answered_afterwards(
    world: World, quick: Settings, library: Library, show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    async with by_line(world, quick, library) as line:
        chats = people(world, 5)
        await ask_and_hear(world, chats)
        world.faults.add(held_request(method=ANSWERING, times=None))
        ask(world, chats, each=2)
        await world.until(lambda: world.faults.held > 0, PATIENCE)
        await line.cut()
        world.faults.clear()
        await eventually(lambda: "trying again" in caplog.text)
        assert world.tally().lost > 0
        await line.open()
        await all_answered(world)
    show(world, "API down in mid-run, with messages under way")


async def test_a_poll_that_is_never_answered_is_given_up(
    world: World, quick: Settings, library: Library, show: Show
) -> None:
    world.faults.add(held_request(method="getUpdates", times=2))
    async with at_work_for(world, quick, library):
        await ask_and_hear(world, people(world, 3))
    show(world, "black-holed poll")


@pytest.mark.parametrize("handled", [False, True])
async def test_polls_that_end_in_the_middle_lose_nothing(
    world: World, quick: Settings, library: Library, show: Show, *, handled: bool
) -> None:
    for fault in (bad_gateway, lost_response if handled else lost_request):
        world.faults.add(fault(method="getUpdates", times=2))
    async with at_work_for(world, quick, library):
        await ask_and_hear(world, people(world, 3))
    show(world, f"getUpdates: 502, then connection dropped {'after' if handled else 'before'} it was carried out")


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (bad_gateway(method=ANSWERING, times=2), "502 with an HTML body"),
        (lost_request(method=ANSWERING, times=2), "connection dropped before the send"),
        (lost_response(method=ANSWERING, times=1), "connection dropped after the send"),
        (held_request(method=ANSWERING, times=1), "no answer, not sent"),
        (held_response(method=ANSWERING, times=1), "response lost after a send that succeeded"),
    ],
)
async def test_a_message_of_unknown_fate_arrives_once(
    world: World, quick: Settings, library: Library, show: Show, *, fault: Fault, what: str
) -> None:
    world.faults.add(fault)
    async with at_work_for(world, quick, library) as bot:
        ask(world, people(world, 1), each=3)
        await all_answered(world)
        await world.until(lambda: world.tally().answered == 3, PATIENCE)
    assert services_of(bot).monitor.metrics.registry.get_sample_value("trich_messages_sent_total") == 3
    show(world, what)


async def test_all_answers_lost_for_a_while_to_many_at_once(
    world: World, quick: Settings, library: Library, show: Show
) -> None:
    for _ in range(10):
        world.faults.add(lost_response(method=ANSWERING))
        world.faults.add(lost_request(method=ANSWERING))
    async with at_work_for(world, quick, library):
        await listening(world)
        ask(world, people(world, 10), each=3)
        await all_answered(world)
    show(world, "20 of 30 connections dropped, by turns after and before the send")
