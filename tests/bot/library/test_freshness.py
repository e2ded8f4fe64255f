"""Feeds that are broken or silent: operators hear of it once; the health check and /nguon say it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app import build
from bot.context import services_of
from bot.library import freshness
from bot.running.feed_alerts import FeedAlerts
from bot.running.running import at_work
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from retrieval.polling.feeds import feed_folder
from retrieval.polling.state import State
from retrieval.settings import SourceSettings
from tests.bot.conftest import pointed_at
from tests.bot.faults.conftest import changed
from tests.bot.groups import Reader

NOW = datetime.now(UTC)
OPERATOR = 1001


@pytest.fixture
def settings(settings: Settings) -> Settings:
    source = SourceSettings(url="https://bao-mau.example/rss", name="Báo <Mẫu>", every_minutes=5)
    return changed(settings, "operators", ids=frozenset({OPERATOR})).model_copy(update={"sources": [source]})


def leave(settings: Settings, state: State) -> None:
    """What the polls so far have left."""
    [feed] = settings.feeds()
    folder = feed_folder(settings.library.cache) / feed.slug
    folder.mkdir(parents=True, exist_ok=True)
    state.save(folder / "state.json")


async def test_of_a_feed_in_trouble_operators_hear_once_and_the_sources_say_so(
    settings: Settings, library: Library
) -> None:
    world, read = World(), NOW - timedelta(days=2)
    there = read + timedelta(hours=7)
    shown = f"{there:%H:%M} ngày {there.day}/{there.month}/{there.year}"
    leave(settings, State(polled=NOW, read=read, brought=read, failures=5, error="no answer"))
    async with serving(world) as address:
        bot = build(pointed_at(address, world, settings), library)
        async with at_work(bot):
            operator = Reader(world)
            assert operator.user.id == OPERATOR
            await operator.asks("/start")
            services = services_of(bot)
            watch = FeedAlerts(bot.bot, settings, services.replies)
            await watch.look()
            await watch.look()
            told = [m["text"] for m in world.messages_of_bot(operator.chat) if "Nguồn cần xem lại" in m["text"]]
            assert told == [f"⚠️ Nguồn cần xem lại\n• Báo <Mẫu>: không đọc được từ {shown}"]
            assert freshness.notes(settings, NOW) == [f"feed Báo <Mẫu>: broken since {read:%Y-%m-%d %H:%M} UTC"]
            [sources] = await operator.asks("/nguon")
            assert sources["text"].endswith("· ⚠️ đang không đọc được")
            assert "Báo <Mẫu> · đọc lúc " in sources["text"]
            value = services.monitor.metrics.registry.get_sample_value(
                "trich_feed_last_read_timestamp_seconds", {"feed": "Báo <Mẫu>"}
            )
            assert value == pytest.approx(read.timestamp())
            leave(settings, State(polled=NOW, read=NOW, brought=NOW))
            await watch.look()
            assert freshness.notes(settings, NOW) == []
