"""A token that is refused, a second instance; and all the ways in which Telegram takes no message."""

import logging

import pytest
from telegram.error import Conflict, InvalidToken

from bot.app import build
from bot.context import services_of
from bot.running.running import at_work
from bot.sandbox.faults import Fault, blocked, conflict, failing, unauthorized
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
    changed,
    eventually,
    listening,
    people,
)
from tests.bot.querylog.test_log import rows
from tests.clock import PATIENCE


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        (unauthorized(method="getUpdates", times=None), InvalidToken, "the token is refused"),
        (conflict(times=None), Conflict, "another instance of the bot polls too"),
    ],
)
async def test_a_refusal_in_mid_run_ends_the_program_loudly_where_it_is_to(  # noqa: PLR0917 - one case
    world: World,
    quick: Settings,
    library: Library,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
    error: type[Exception],
    said: str,
) -> None:
    quick = changed(quick, "telegram", unauthorized="exit", conflict="exit")
    async with serving(world) as address:
        bot = build(pointed_at(address, world, quick), library)
        async with at_work(bot) as work:
            await listening(world)
            world.faults.add(fault)
            with pytest.raises(error):
                await work
    assert [record.levelno for record in caplog.records if said in record.getMessage()] == [logging.ERROR]
    assert said in services_of(bot).monitor.health.problems()[0]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (unauthorized(times=None), "the token is refused"),
        (conflict(times=None), "another instance of the bot polls too"),
    ],
)
async def test_a_refusal_in_mid_run_is_sat_out_where_it_is_to_be_and_the_health_check_is_red_meanwhile(
    world: World, quick: Settings, library: Library, show: Show, *, fault: Fault, said: str
) -> None:
    quick = changed(quick, "telegram", unauthorized="wait", conflict="wait")
    chats = people(world, 3)
    async with at_work_for(world, quick, library) as bot:
        await listening(world)
        health = services_of(bot).monitor.health
        assert health.problems() == []
        world.faults.add(fault)
        ask(world, chats)
        await eventually(lambda: bool(health.problems()))
        assert said in health.problems()[0]
        await eventually(lambda: len([call for call in world.calls if call.fault]) > 2)
        world.faults.clear()
        await all_answered(world)
        await eventually(lambda: health.problems() == [])
    show(world, f"{fault.code} in mid-run, endured")


@pytest.mark.parametrize(
    "fault",
    [
        blocked(),
        failing(403, "Forbidden: user is deactivated"),
        failing(403, "Forbidden: bot was kicked from the supergroup chat"),
        failing(400, "Bad Request: chat not found"),
        failing(400, "Bad Request: not enough rights to send text messages to the chat"),
        failing(400, "Bad Request: have no rights to send a message"),
        failing(400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        failing(400, "Bad Request: TOPIC_CLOSED"),
        failing(400, "Bad Request: TOPIC_DELETED"),
        failing(400, "Bad Request: message thread not found"),
    ],
    ids=lambda fault: fault.description,
)
async def test_where_nothing_can_be_said_the_log_says_so_and_nobody_else_suffers(
    world: World, settings: Settings, library: Library, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    *silent, other = people(world, 3)
    for chat in silent:
        world.faults.add(fault.model_copy(update={"method": ANSWERING, "chat_id": chat.id}))
    async with at_work_for(world, settings, library):
        ask(world, silent)
        await world.until(lambda: len([call for call in world.calls if call.fault]) == 2, PATIENCE)
        ask(world, [*silent, other])
        await world.until(lambda: world.tally().answered == 3, PATIENCE)
    outcomes = sorted(row["outcome"] for row in rows(settings.log.path))
    assert outcomes == ["answered", "answered", "answered", "undeliverable", "undeliverable"]
    assert not caplog.records  # no bug, nothing to be traced
    assert sorted(call.method for call in world.calls if call.fault) == ANSWERING  # plain to one, rich to the other
    assert world.tally().doubled == 0


@pytest.mark.parametrize(
    "fault",
    [
        failing(400, "Bad Request: can't parse entities: unclosed start tag at byte offset 5"),
        failing(400, "Bad Request: message is too long"),
        failing(400, "Bad Request: message to be replied not found"),
    ],
    ids=lambda fault: fault.description,
)
async def test_what_is_refused_for_its_form_is_said_more_plainly(
    world: World, settings: Settings, library: Library, fault: Fault
) -> None:
    first, second = people(world, 2)
    async with at_work_for(world, settings, library):
        await ask_and_hear(world, [first])
        world.faults.add(fault.model_copy(update={"method": ANSWERING}))
        ask(world, [second])
        await eventually(lambda: len(rows(settings.log.path)) == 2)
    texts = [" ".join(message["text"] for message in world.messages_of_bot(chat)) for chat in (first, second)]
    assert texts[0].split() == texts[1].split()
    assert [row["outcome"] for row in rows(settings.log.path)] == ["answered", "answered"]
