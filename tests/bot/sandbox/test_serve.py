import asyncio
import socket

import httpx
import pytest

from bot.guest import PortInUse
from bot.sandbox import faults
from bot.sandbox.serve import serving
from bot.sandbox.world import Chat, User, World
from tests.clock import PATIENCE


async def test_a_port_in_use_is_told_with_address_and_setting(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse) as refusal:
            async with serving(world, port=port, setting="TRICH_SANDBOX__PORT"):
                pytest.fail("the port was taken")
    assert f"127.0.0.1:{port}" in str(refusal.value)
    assert "TRICH_SANDBOX__PORT" in str(refusal.value)


async def test_stopping_releases_a_long_poll_and_frees_the_port(world: World) -> None:
    async with httpx.AsyncClient() as client:
        async with serving(world) as url:
            address = f"{url}/bot{world.token}"
            poll = asyncio.create_task(client.get(f"{address}/getUpdates?timeout=50"))
            await world.updates.changed.until(lambda: world.updates.awaited)
        assert (await poll).json() == {"ok": True, "result": []}
        with pytest.raises(httpx.ConnectError):
            await client.get(f"{address}/getMe")


async def test_a_world_can_be_served_again_after_an_outage(world: World, an: User, chat: Chat) -> None:
    async with serving(world):
        pass
    world.faults.add(faults.held_response(method="getMe"))
    async with serving(world) as url, httpx.AsyncClient() as client:
        address = f"{url}/bot{world.token}"
        held = asyncio.create_task(client.get(f"{address}/getMe"))
        poll = asyncio.create_task(client.get(f"{address}/getUpdates?timeout=50"))
        await world.until(lambda: world.faults.held == 1, seconds=PATIENCE)
        await world.updates.changed.until(lambda: world.updates.awaited)
        update = world.say(an, chat, "Xin chào")
        assert (await poll).json()["result"] == [update]
        world.faults.release()
        assert (await held).json()["ok"]


async def test_an_abandoned_poll_does_not_conflict_with_the_next(world: World, an: User, chat: Chat) -> None:
    async with serving(world) as url, httpx.AsyncClient() as client:
        address = f"{url}/bot{world.token}"
        poll = asyncio.create_task(client.get(f"{address}/getUpdates?timeout=50"))
        await world.updates.changed.until(lambda: world.updates.awaited)
        poll.cancel()
        await world.updates.changed.until(lambda: not world.updates.awaited)
        update = world.say(an, chat, "Xin chào")
        assert (await client.get(f"{address}/getUpdates?timeout=50")).json()["result"] == [update]
    assert [call for call in world.calls if call.error] == []


async def test_another_process_can_act_as_a_person(world: World) -> None:
    async with serving(world) as url, httpx.AsyncClient(base_url=url) as client:
        said = (await client.post("/sandbox/say", json={"text": "Xin chào"})).json()["result"]["message"]
        person = said["from"]["id"]
        assert (await client.post("/sandbox/say", json={"text": "lại", "user_id": person})).json()["ok"]
        await client.post(f"/bot{world.token}/sendMessage", json={"chat_id": person, "text": "chào"})
        messages = (await client.get(f"/sandbox/chats/{person}/messages")).json()["result"]
        assert [(message["from"]["is_bot"], message["text"]) for message in messages] == [
            (False, "Xin chào"),
            (False, "lại"),
            (True, "chào"),
        ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "message text is empty"),
        ({"text": " "}, "message text is empty"),
        ({"text": "a", "user_id": 7}, "user not"),
    ],
)
async def test_acting_as_a_person_has_its_limits(client: httpx.AsyncClient, body: dict[str, object], said: str) -> None:
    answer = (await client.post("/sandbox/say", json=body)).json()
    assert answer["description"].startswith(f"Bad Request: {said}")


async def test_messages_of_a_chat_that_is_not_there_are_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.get("/sandbox/chats/5/messages")).json()["description"] == "Bad Request: chat not found"
