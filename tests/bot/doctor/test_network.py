"""What the doctor finds beyond the machine, by the local Bot API."""

import socket
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr
from telegram import User, WebhookInfo

from bot.doctor.finding import Finding
from bot.doctor.network import clock, look_at_feeds, look_at_telegram, rights, webhook_left
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval.polling import Feed
from tests.bot.conftest import pointed_at
from tests.bot.faults.conftest import changed
from tests.retrieval.polling.site import Site, item, rss, serve, status

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def levels(found: list[Finding]) -> dict[str, str]:
    return {finding.subject: finding.level for finding in found}


async def test_a_good_token_names_the_bot_and_what_it_may_see(settings: Settings) -> None:
    world = World()
    async with serving(world) as address:
        found = await look_at_telegram(pointed_at(address, world, settings))
    assert levels(found).get("token") == "good"
    assert "@trich_bot" in next(f.what for f in found if f.subject == "token")
    assert levels(found)["privacy mode"] == "note"
    assert world.token not in str([asdict(finding) for finding in found])


async def test_a_token_that_is_refused_is_bad_and_not_shown(settings: Settings) -> None:
    world = World()
    async with serving(world) as address:
        wrong = pointed_at(address, world, settings).model_copy(update={"token": SecretStr("1:wrong-one")})
        [found] = await look_at_telegram(wrong)
    assert (found.level, found.subject) == ("bad", "token")
    assert "@BotFather" in found.advice
    assert "wrong-one" not in str(found)


async def test_telegram_out_of_reach_is_bad(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    world = World()
    [found] = await look_at_telegram(pointed_at(f"http://127.0.0.1:{port}", world, settings))
    assert (found.level, found.subject) == ("bad", "telegram")
    assert world.token not in str(found)


async def test_without_a_token_there_is_only_a_note(settings: Settings) -> None:
    [found] = await look_at_telegram(settings)
    assert (found.level, found.subject) == ("note", "token")


async def test_operators_who_have_not_written_are_told_of(settings: Settings) -> None:
    world = World()
    lan = world.add_user("Lan")
    world.say(lan, world.private_chat(lan), "/start")
    async with serving(world) as address:
        known = changed(pointed_at(address, world, settings), "operators", ids=frozenset({lan.id, 999}))
        found = [f for f in await look_at_telegram(known) if f.subject == "operators"]
    assert [(f.level, f.what.split()[0]) for f in found] == [("note", "999"), ("good", str(lan.id))]


@pytest.mark.parametrize(
    ("off", "level"), [("Fri, 02 Jan 2026 03:04:00 GMT", "good"), ("Fri, 02 Jan 2026 02:04:05 GMT", "bad")]
)
def test_a_clock_is_compared_with_telegrams(off: str, level: str) -> None:
    found = clock(off, NOW)
    assert found is not None
    assert found.level == level


@pytest.mark.parametrize("header", [None, "", "yesterday"])
def test_without_a_date_nothing_is_said_of_the_clock(header: str | None) -> None:
    assert clock(header, NOW) is None


def info(**fields: Any) -> WebhookInfo:
    told: dict[str, Any] = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    return WebhookInfo(**told | fields)


def test_a_webhook_left_over_against_polling_is_noted_without_its_path(settings: Settings) -> None:
    [found] = webhook_left(info(url="https://old.example/secret-path"), settings)
    assert (found.level, "old.example" in found.what, "secret-path" in str(found)) == ("note", True, False)
    assert [f.level for f in webhook_left(info(), settings)] == ["good"]


def test_a_webhook_that_fails_and_updates_that_wait_are_told(settings: Settings) -> None:
    hooked = changed(settings, "webhook", url="https://bot.example/telegram")
    found = list(
        webhook_left(
            info(url="https://bot.example/telegram", last_error_message="Connection refused", pending_update_count=3),
            hooked,
        )
    )
    assert [f.level for f in found] == ["good", "bad", "note"]
    assert [f.level for f in webhook_left(info(), hooked)] == ["note"]


def test_rights_are_told() -> None:
    me = User(1, "Trích", True, can_read_all_group_messages=True, can_join_groups=False, supports_inline_queries=False)
    assert [(f.subject, f.level) for f in rights(me)] == [
        ("privacy mode", "good"),
        ("groups", "note"),
        ("inline mode", "note"),
    ]


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        yield served


def test_each_feed_is_fetched_and_must_be_one(site: Site) -> None:
    site.pages["/feed"] = status(200, rss(item("1", "Chợ Mới", "Chợ Mới mở cửa.")))
    site.pages["/page"] = status(200, b"<html><p>no feed</p></html>")
    site.pages["/broken"] = status(500)
    feeds = tuple(Feed(site.url(path)) for path in ("/feed", "/page", "/broken"))
    assert [finding.level for finding in look_at_feeds(feeds, site.fetcher())] == ["good", "bad", "bad"]
