"""The bot as it runs, over a local Bot API and a few articles of our own."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import build
from bot.running.running import at_work
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library, known
from tests.bot.logged import Written, writing
from tests.libraries import library_of

ARTICLES = [
    {
        "id": "cau",
        "title": "Thông xe cầu Hương An",
        "publisher": "Báo Bến Sông",
        "url": "https://example.org/cau-huong-an",
        "published": "2025-09-16",
        "text": "Sáng 15/9/2025, cầu Hương An được thông xe sau ba năm thi công.\n"
        "Cây cầu dài 1.200 mét, nối hai bờ sông Nhạn.\n"
        "Kỹ sư Trần Văn Bách nói cầu Hương An rút ngắn 20 phút đi lại cho người dân hai huyện.",
    },
    {
        "id": "le-hoi",
        "published": "2024-03-10",
        "text": "Lễ hội hoa ban mở tại thị trấn Mường Kha, thu hút 5.000 lượt khách.\n"
        "Ban tổ chức nhắc khách giữ <trật tự> & vệ sinh ở khu vực đồi hoa.",
    },
]

Running = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the reader, where it matters that there are answers and not which: it takes a tenth of a second of a
    processor for each.
    """
    monkeypatch.setenv("TRICH_READER", "off")  # in the programs that are started
    monkeypatch.setattr(known, "cross_encoder", lambda: None)  # in this one


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    return environment(monkeypatch, tmp_path)


def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """The settings as the environment now has them: all is kept in the folder, and nothing is slowed down."""
    for name in ("TELEGRAM_BOT_TOKEN", "TRICH_CONFIG", "TRICH_LOG_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TRICH_LOG__PATH", str(tmp_path / "var" / "queries.sqlite3"))
    monkeypatch.setenv("TRICH_INBOX__PATH", str(tmp_path / "var" / "inbox.sqlite3"))
    monkeypatch.setenv("TRICH_CHATS__PATH", str(tmp_path / "var" / "chats.sqlite3"))
    monkeypatch.setenv("TRICH_CHANNELS__FOLDER", str(tmp_path / "var" / "channels"))
    monkeypatch.setenv("TRICH_CHANNELS__GATHER_SECONDS", "0.01")
    monkeypatch.setenv("TRICH_SANDBOX__HISTORY", str(tmp_path / "var" / "page.sqlite3"))
    monkeypatch.setenv("TRICH_LIBRARY__PATHS", str(tmp_path / "articles"))
    monkeypatch.setenv("TRICH_LIBRARY__CACHE", str(tmp_path / "var" / "library"))
    monkeypatch.setenv("TRICH_LIBRARY__ADDED", str(tmp_path / "var" / "added"))
    monkeypatch.setenv("TRICH_TELEGRAM__RETRY", "0.01")
    monkeypatch.setenv("TRICH_TELEGRAM__LATE", "0.3")  # what the local Bot API has taken it carries out in its turn
    monkeypatch.setenv("TRICH_ANSWERING__SECONDS", "60")  # however busy the machine
    monkeypatch.setenv("TRICH_ANSWERING__WORKERS", "1")
    for limit in ("CHAT_PER_SECOND", "CHAT_BURST", "GROUP_PER_MINUTE", "OVERALL_PER_SECOND"):
        monkeypatch.setenv(f"TRICH_LIMITS__{limit}", "10000")  # tests don't wait
    return Settings.load()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("articles"), ARTICLES)


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """For tests of what takes the root logger over."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []  # pytest's own would be closed
    yield
    root.handlers = handlers
    root.setLevel(level)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes rows into a query log (see `logged`)."""
    return writing(tmp_path / "queries.sqlite3")


@pytest.fixture
def running(settings: Settings, library: Library) -> Running:
    """The bot at work, as `python -m bot` runs it; what it was given has been handled when the block is over."""

    @asynccontextmanager
    async def run(articles: Library = library, world: World | None = None) -> AsyncIterator[World]:
        world = world or World()
        async with serving(world) as address, at_work(build(pointed_at(address, world, settings), articles)):
            yield world

    return run


def pointed_at(address: str, world: World, settings: Settings) -> Settings:
    """The settings with the local Bot API in Telegram's place."""
    telegram = settings.telegram.model_copy(update={"base_url": f"{address}/bot"})
    return settings.model_copy(update={"token": SecretStr(world.token), "telegram": telegram})
