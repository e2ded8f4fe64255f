"""The page in a real browser, with the real bot behind it: one browser and one server for all tests.

Each test has people and chats of its own in the one world, so none sees what another did.
"""

import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, Playwright, async_playwright, expect

from bot.app import build
from bot.context import services_of
from bot.running.explaining import explain
from bot.running.running import at_work
from bot.sandbox import live
from bot.sandbox.serve import serving
from bot.sandbox.world import Chat, User, World
from bot.settings import Settings
from bot.texts.catalogue import languages, short_texts
from retrieval import Library
from tests.bot.conftest import ARTICLES, environment, pointed_at
from tests.clock import PATIENCE
from tests.libraries import library_of

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
LISTER = shutil.which("fc-list")
EMOJI = subprocess.run([LISTER, ":charset=1f4cc"], capture_output=True, check=True).stdout if LISTER else b""  # noqa: S603
# Without such a font the page draws the signs itself, which has a test of its own.
needs_emoji = pytest.mark.skipif(
    not EMOJI, reason="no font on this machine has emoji: apt-get install fonts-noto-color-emoji"
)

# Enough dated events of one topic for a timeline of several pages.
DYKE = {
    "id": "de",
    "title": "Đê Hồng Vân qua các năm",
    "publisher": "Báo Bến Sông",
    "published": "2025-06-01",
    "text": "\n".join(f"Ngày {n}/5/202{n % 5}, đê Hồng Vân được gia cố thêm đoạn thứ {n}." for n in range(1, 15)),
}
SAMPLES = {
    "vi": ["Cầu Hương An được thông xe khi nào?", "/dongthoigian đê Hồng Vân"],
    "en": ["Cầu Hương An được thông xe khi nào?"],
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All run in the one event loop of the server and the browser, or not at all where there is no browser."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            if BROWSER is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: apt-get install chromium"))


@pytest.fixture(scope="session")
def settings_of_all(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    with pytest.MonkeyPatch.context() as patch:  # other tests find the environment as it was
        return environment(patch, tmp_path_factory.mktemp("page"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def served(
    settings_of_all: Settings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[World, str]]:
    """The world, and where the page is."""
    world, library = World(), library_of(tmp_path_factory.mktemp("articles"), (*ARTICLES, DYKE))
    async with page_over(world, library, settings_of_all, SAMPLES) as address:
        yield world, address


@asynccontextmanager
async def page_over(
    world: World, library: Library, settings: Settings, samples: Mapping[str, Sequence[str]]
) -> AsyncIterator[str]:
    """The page served with the bot at work behind it, as `trich run` does it; gives its address."""
    page = live.Page(samples, {language: short_texts(language, "page") for language in languages()})
    async with serving(world, page=page) as address:
        bot = build(pointed_at(address, world, settings), library)
        services = services_of(bot)
        page.explain = partial(explain, services.library, services.memory.asked)
        async with at_work(bot):
            yield address


@pytest.fixture
def world(served: tuple[World, str]) -> World:
    return served[0]


@pytest.fixture
def address(served: tuple[World, str]) -> str:
    return served[1]


@pytest.fixture
def lan(world: World) -> User:
    return world.add_user("Lan")


@pytest.fixture
def chat(world: World, lan: User) -> Chat:
    return world.private_chat(lan)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=1000 * PATIENCE)
    async with async_playwright() as playwright, launched(playwright) as browser:
        yield browser


@asynccontextmanager
async def launched(playwright: Playwright, **environment: str) -> AsyncIterator[Browser]:
    """A browser, with these variables in its environment beside ours."""
    # The sandbox of a browser that runs as root can't be set up.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = await playwright.chromium.launch(
        executable_path=BROWSER, args=arguments, env={**os.environ, **environment}
    )
    yield browser
    await browser.close()


class Tab:
    """A tab of a person: the page at a chat, what is asked there, what is shown."""

    def __init__(self, page: Page, address: str, user: User) -> None:
        self.page = page
        self.user = user
        self._address = address

    async def open(self, chat: Chat, topic: int | None = None) -> None:
        """Go to the chat, and wait until it can be written in."""
        place = "/".join(str(each) for each in (self.user.id, chat.id, topic) if each)
        await self.page.goto(f"{self._address}/#/{place}")
        await expect(self.page.locator("body")).to_have_attribute("data-place", f"#/{place}")

    async def write(self, text: str) -> None:
        """Type it and press Enter."""
        field = self.page.locator("#write")
        await field.fill(text)
        await field.press("Enter")
        await expect(field).to_have_value("")

    def messages(self, text: str | None = None) -> Any:
        """The messages with this text."""
        return self.page.locator("#chat .message", has_text=text)

    def of_bot(self, text: str | re.Pattern[str]) -> Any:
        """What the bot has written with this text in it."""
        return self.page.locator("#chat .message:not(.mine)", has_text=text)

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True)


async def at_rest(page: Page) -> None:
    """Wait until nothing moves any more, but for what moves for ever."""
    await page.evaluate(
        """() => Promise.all(document.getAnimations()
            .filter((each) => each.effect.getTiming().iterations !== Infinity)
            .map((each) => each.finished.catch(() => null)))"""
    )


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A browser without memory; nothing that a page complains of passes."""
    async with watched(browser) as context:
        yield context


@pytest_asyncio.fixture(loop_scope="session")
async def tab(context: BrowserContext, address: str, lan: User, chat: Chat) -> Tab:
    """Lan's, at her chat with the bot."""
    tab = Tab(await context.new_page(), address, lan)
    await tab.open(chat)
    return tab


@asynccontextmanager
async def watched(browser: Browser, **options: Any) -> AsyncIterator[BrowserContext]:
    """A context whose pages may complain of nothing: no script fails, nothing is missing, no policy is violated."""
    complaints: list[str] = []
    context = await browser.new_context(
        **{"viewport": {"width": 1300, "height": 820}, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"} | options
    )
    context.set_default_timeout(1000 * PATIENCE)
    context.on("console", lambda message: complaints.append(message.text) if message.type in _LOUD else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    try:
        yield context
    finally:
        await context.close()
    assert complaints == []


_LOUD = {"error", "warning"}
