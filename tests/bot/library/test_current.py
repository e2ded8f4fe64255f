"""While the bot runs, what is new is read and what feeds bring is fetched."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import build
from bot.context import Services, services_of
from bot.running.refreshing import kept_fresh
from bot.settings import Settings
from retrieval import Library
from retrieval.polling import Fetcher
from retrieval.settings import SourceSettings
from tests.retrieval.polling.site import Site, item, rss, serve, status
from tests.retrieval.refreshing.test_workers import prepared_but_for


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        yield served


def _services(settings: Settings, **changes: object) -> Services:
    settings = settings.model_copy(update={"token": SecretStr("1:token"), **changes})
    paths = settings.paths()
    paths[0].mkdir(exist_ok=True)
    (paths[0] / "cau.txt").write_text("Cầu Gió dài 950 m.\n", encoding="utf-8")
    return services_of(build(settings, Library.open(paths, settings.library.cache)))


async def test_where_nothing_is_new_the_library_stays(settings: Settings) -> None:
    services = _services(settings)
    before = services.library.now
    assert not (await services.library.refresh(Fetcher())).changed
    assert services.library.now is before


async def test_a_new_file_is_answered_from_and_the_old_library_is_left_alone(settings: Settings) -> None:
    services = _services(settings)
    before = services.library.now
    (settings.paths()[0] / "cho.txt").write_text("Chợ Mới mở cửa ngày 2/11/2025.\n", encoding="utf-8")
    assert (await services.library.refresh(Fetcher())).changed
    assert services.library.now.ask("Chợ Mới mở cửa ngày nào?").status == "answered"
    assert [article.id for article in before.articles] == ["cau.txt"]


async def test_what_a_feed_brings_is_answered_from(settings: Settings, site: Site) -> None:
    site.pages["/feed"] = status(200, rss(item("1", "Chợ Mới", "Chợ Mới mở cửa ngày 2/11/2025.")))
    services = _services(settings, sources=[SourceSettings(url=site.url("/feed"))])
    assert (await services.library.refresh(site.fetcher())).changed
    assert services.library.now.ask("Chợ Mới mở cửa ngày nào?").status == "answered"


async def test_a_feed_that_is_broken_is_told_and_the_rest_is_read(
    settings: Settings, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.pages["/feed"] = status(500)
    services = _services(settings, sources=[SourceSettings(url=site.url("/feed"))])
    (settings.paths()[0] / "cho.txt").write_text("Chợ Mới mở cửa.\n", encoding="utf-8")
    assert (await services.library.refresh(site.fetcher())).changed
    assert "/feed: " in caplog.text
    assert len(services.library.now.articles) == 2


async def test_a_cache_that_is_damaged_meanwhile_is_set_aside_and_read_anew(settings: Settings) -> None:
    services = _services(settings)
    for file in list(Path(settings.library.cache).glob("*.sqlite3*")):
        file.unlink()  # the library in use reads it on: what is open stays
        file.write_bytes(b"no database" * 1000)
    assert (await services.library.refresh(Fetcher())).changed
    assert [*Path(settings.library.cache).glob("*.damaged-*")]
    assert services.library.now.ask("Cầu Gió dài bao nhiêu?").status == "answered"


async def test_a_file_may_take_as_long_as_the_settings_say(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    services = _services(settings, library=settings.library.model_copy(update={"file_seconds": 1}))
    services.library.now = Library.open(settings.paths())  # in memory, so that this process is at it
    monkeypatch.setattr("retrieval.refreshing.refresh.prepared", prepared_but_for)
    (settings.paths()[0] / "hostile.txt").write_text("Một câu. HANG\n", encoding="utf-8")
    [problem] = (await services.library.refresh()).problems
    assert "hostile.txt" in problem.source
    assert "longer to read than 1 s" in problem.message


async def test_refreshing_ends_with_the_bot_and_can_be_switched_off(settings: Settings) -> None:
    before = asyncio.all_tasks()
    off = settings.library.model_copy(update={"refresh_minutes": 0})
    for services, more in ((_services(settings), 1), (_services(settings, library=off), 0)):
        async with kept_fresh(services.library, services.settings.library.refresh_minutes, asyncio.Event().wait):
            assert len(asyncio.all_tasks() - before) == more
        assert asyncio.all_tasks() == before
