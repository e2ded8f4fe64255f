"""What those see who run the bot."""

import asyncio
import re

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import build
from bot.context import Bot, services_of
from bot.ground.health import Health
from bot.ground.metrics import Metrics
from bot.ground.monitor import Monitor
from bot.running.monitoring import create_app, monitored
from bot.running.running import at_work
from bot.sandbox.faults import held_request
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import pointed_at
from tests.bot.faults.conftest import all_answered, ask, changed, people
from tests.bot.running.test_running import free_port
from tests.clock import PATIENCE


def client(health: Health, metrics: Metrics) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_app(health, metrics)), base_url="http://bot")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_silence_turns_the_health_check_red_and_an_answer_green_again() -> None:
    clock = Clock()
    health = Health(patience=80, clock=clock)
    async with client(health, Metrics()) as http:
        assert (await http.get("/healthz")).status_code == 200  # with a webhook nobody polls
        health.begin_polling()
        clock.now = 80
        assert (await http.get("/healthz")).json() == {"status": "green", "problems": []}
        clock.now = 81
        response = await http.get("/healthz")
        assert (response.status_code, response.json()["problems"]) == (503, ["poll: no answer for 81 s"])
        health.polled()
        assert (await http.get("/healthz")).status_code == 200


async def _work(bot: Bot, settings: Settings, over: asyncio.Event) -> None:
    services = services_of(bot)
    async with monitored(settings, Monitor(services.monitor.health, services.monitor.metrics)), at_work(bot):
        await over.wait()


async def test_health_and_metrics_are_served_on_a_port_of_their_own_even_before_telegram_is_reached(
    settings: Settings, library: Library
) -> None:
    world, port = World(), free_port()
    settings = changed(settings, "monitoring", enabled=True, port=port)
    world.faults.add(held_request(method="getMe"))
    async with serving(world) as address, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
        bot = build(pointed_at(address, world, settings), library)

        async with asyncio.TaskGroup() as tasks:
            over = asyncio.Event()
            tasks.create_task(_work(bot, settings, over))
            await world.until(lambda: world.faults.held == 1, PATIENCE)
            assert (await http.get("/healthz")).json()["problems"] == ["telegram: not reached yet"]
            world.faults.clear()
            ask(world, people(world, 2), each=2)
            await all_answered(world)
            assert (await http.get("/healthz")).status_code == 200
            text = (await http.get("/metrics")).text
            over.set()
    values = {sample.name: sample.value for family in text_string_to_metric_families(text) for sample in family.samples}
    assert values["trich_updates_received_total"] == 4
    assert values["trich_messages_sent_total"] in {3, 4}  # the server sees a message before the bot knows
    assert world.token not in text


@pytest.mark.parametrize("path", ["/", "/healthz/x", "/metrics/../healthz/"])
async def test_nothing_else_is_served(path: str) -> None:
    async with client(Health(1), Metrics()) as http:
        assert (await http.get(path)).status_code in {404, 307}


async def test_metrics_are_named_by_convention_and_tell_of_the_library(settings: Settings, library: Library) -> None:
    world = World()
    async with serving(world) as address:
        services = services_of(build(pointed_at(address, world, settings), library))
        async with client(services.monitor.health, services.monitor.metrics) as http:
            text = (await http.get("/metrics")).text
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert families["trich_library_articles"].samples[0].value == len(library.articles)
    assert families["trich_library_sentences"].samples[0].value == len(library.sentences)
    assert families["trich_build_info"].samples[0].labels["version"]
    for family in families.values():
        assert re.fullmatch(r"(trich|process)_[a-z_]+", family.name)
        assert family.documentation, family.name
        assert not re.search(r"_(?:ms|milliseconds|minutes|percent|total|count)$", family.name), (
            family.name
        )  # base units
        if family.type == "counter":
            assert all(sample.name.endswith(("_total", "_created")) for sample in family.samples)
