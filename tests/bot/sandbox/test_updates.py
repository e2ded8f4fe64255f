import asyncio
from typing import Any

import pytest

from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.conftest import Answer, Api


async def ids(api: Api, **params: Any) -> list[int]:
    answer = await api("getUpdates", **params)
    return [update["update_id"] for update in answer["result"]]


async def long_poll(api: Api, world: World) -> asyncio.Future[Answer]:
    """A getUpdates that waits at the server already."""
    poll = asyncio.ensure_future(api("getUpdates", timeout=50))
    await world.updates.changed.until(lambda: world.updates.awaited)
    return poll


@pytest.fixture
def first(world: World, an: User, chat: Chat) -> int:
    """Three messages wait; the first one's update_id."""
    said = [world.say(an, chat, text) for text in ("một", "hai", "ba")]
    assert [update["update_id"] for update in said] == list(range(said[0]["update_id"], said[0]["update_id"] + 3))
    return int(said[0]["update_id"])


async def test_updates_stay_until_acknowledged(api: Api, first: int) -> None:
    assert await ids(api) == [first, first + 1, first + 2]
    assert await ids(api) == [first, first + 1, first + 2]
    assert await ids(api, offset=first + 1) == [first + 1, first + 2]
    assert await ids(api) == [first + 1, first + 2]
    assert await ids(api, offset=first + 3) == []
    assert await ids(api, offset=first) == []


async def test_a_negative_offset_keeps_the_last_ones_only(api: Api, first: int) -> None:
    assert await ids(api, offset=-2) == [first + 1, first + 2]
    assert await ids(api) == [first + 1, first + 2]
    assert await ids(api, offset=-9) == [first + 1, first + 2]


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (2, 2), (100, 3), (0, 3), (101, 3), (-1, 3)])
async def test_the_limit_is_honoured_or_brought_into_range(api: Api, first: int, limit: int, count: int) -> None:
    assert await ids(api, limit=limit) == list(range(first, first + count))


async def test_a_long_poll_is_released_by_a_new_update(api: Api, world: World, an: User, chat: Chat) -> None:
    poll = await long_poll(api, world)
    update = world.say(an, chat, "Xin chào")
    assert (await poll)["result"] == [update]


async def test_a_long_poll_without_news_ends_with_nothing(api: Api) -> None:
    assert await ids(api, timeout=0) == []
    assert await ids(api, timeout=-5) == []


async def test_a_second_poll_ends_the_first_with_a_conflict(api: Api, world: World) -> None:
    poll = await long_poll(api, world)
    assert await ids(api) == []
    assert await poll == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
        " running",
    }


async def test_allowed_updates_hold_until_given_anew(api: Api, world: World, an: User, chat: Chat) -> None:
    await api("getUpdates", allowed_updates=["callback_query"])
    world.say(an, chat, "nobody hears this")
    assert await ids(api) == []
    assert (await api("getWebhookInfo"))["result"]["allowed_updates"] == ["callback_query"]
    await api("getUpdates", allowed_updates=[])
    heard = world.say(an, chat, "and this is heard")
    assert await ids(api) == [heard["update_id"]]


async def test_what_is_queued_already_is_delivered_in_spite_of_allowed_updates(api: Api, first: int) -> None:
    assert len(await ids(api, allowed_updates=["callback_query"])) == 3
    assert await ids(api, offset=first + 3) == []


async def test_some_kinds_come_only_on_request(api: Api, world: World) -> None:
    world.updates.push("message_reaction", {})
    assert await ids(api) == []
    await api("getUpdates", allowed_updates=["message_reaction"])
    world.updates.push("message_reaction", {})
    assert len(await ids(api)) == 1


async def test_pending_updates_are_counted_and_dropped_with_the_webhook(api: Api, first: int) -> None:
    assert (await api("getWebhookInfo"))["result"]["pending_update_count"] == 3
    await api("deleteWebhook")
    assert await ids(api, limit=1) == [first]
    await api("deleteWebhook", drop_pending_updates=True)
    assert await ids(api) == []


async def test_update_ids_go_on_after_a_restart() -> None:
    early, late = World(now=lambda: 1000.0), World(now=lambda: 1010.0)
    assert early.updates.push("message", {})["update_id"] < late.updates.push("message", {})["update_id"]


async def test_closing_releases_polls(api: Api, world: World) -> None:
    poll = await long_poll(api, world)
    world.updates.close()
    assert (await poll)["result"] == []
