"""python -m tests.bot.sandbox.screenshots: the pictures of the page in the README, the moving one too, taken anew.

The bot answers from the samples (`seeds/`), in the system's Chromium, into `tests/pictures/`.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pytest
from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from bot.sandbox.scene import set_scene
from bot.sandbox.world import World
from retrieval import Library
from tests.bot.conftest import environment
from tests.bot.sandbox.moving import filmed
from tests.bot.sandbox.page.conftest import BROWSER, at_rest, page_over

FOLDER = Path(__file__).parents[2] / "pictures"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1240, "height": 760}, "device_scale_factor": 1.5}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 2, "has_touch": True}
COLOURS = 256


async def main() -> None:
    """Take them all."""
    if BROWSER is None:
        sys.exit("no Chromium on this machine: apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with page_served() as (world, address), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=arguments)
        await desktop(browser, address, "light")
        await desktop(browser, address, "dark")
        await phone(browser, address, world)
        await browser.close()
    async with page_served() as (_, address), async_playwright() as playwright:  # nothing has been asked yet
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=arguments)
        await filmed(browser, address, FOLDER / "visit.webp")
        await browser.close()


@asynccontextmanager
async def page_served() -> AsyncIterator[tuple[World, str]]:
    """The page as `trich run` serves it, over the samples."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        settings = environment(patch, Path(folder))
        patch.delenv("TRICH_LIBRARY__PATHS")
        world = World()
        library = Library.open([Path(__file__).parents[3] / "seeds"])
        async with page_over(world, library, settings, set_scene(world)) as address:
            yield world, address


async def desktop(browser: Browser, address: str, scheme: Literal["light", "dark"]) -> None:
    """An answer, and by what it was chosen; in the dark a timeline."""
    context = await browser.new_context(color_scheme=scheme, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **DESKTOP)
    page = await context.new_page()
    await page.goto(address)
    if scheme == "light":
        await page.get_by_role("button", name="Thứ trưởng nào phát biểu").click()
        await page.locator(".keyboard").wait_for()
        await page.locator("#inspector .candidates li").first.wait_for()
        await taken(page, "answer-light")
    else:
        await page.locator("#write").fill("/dongthoigian ngoại giao")
        await page.locator("#write").press("Enter")
        await page.get_by_role("button", name="Thêm mốc").wait_for()
        await page.get_by_role("button", name="Bên trong câu trả lời").click()
        await at_rest(page)
        await page.locator(".picture").evaluate("(picture) => picture.closest('.message').scrollIntoView()")
        await taken(page, "timeline-dark")
    await context.close()


async def phone(browser: Browser, address: str, world: World) -> None:
    """A question in a group, by day and by night."""
    group = next(chat for chat in world.chats.values() if chat.type == "supergroup")
    me = world.owner(group)
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        context = await browser.new_context(
            color_scheme=scheme, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", **PHONE
        )
        page = await context.new_page()
        await page.goto(f"{address}/#/{me.id}/{group.id}")
        if scheme == "light":
            await page.locator("#write").fill("@trich_bot Đến nay Việt Nam có bao nhiêu di sản được UNESCO ghi danh?")
            await page.locator("#write").press("Enter")
        await page.locator(".keyboard").last.wait_for()
        await taken(page, f"phone-{scheme}")
        await context.close()


async def taken(page: Page, name: str) -> None:
    """Write the picture, in few colours: it is to be small."""
    await page.evaluate("document.activeElement.blur()")
    await page.mouse.move(0, 0)
    await page.evaluate("document.fonts.ready")
    await at_rest(page)
    picture = Image.open(BytesIO(await page.screenshot())).convert("RGB")
    path = FOLDER / f"{name}.png"
    palette = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE)
    picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(Path.cwd())}: {path.stat().st_size >> 10} KB\n")


if __name__ == "__main__":
    asyncio.run(main())
