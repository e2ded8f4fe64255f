"""python -m tests.bot.sandbox.first_paint: when the page shows something, and when it can be used, over slow lines.

Chromium's own throttling; a browser that has never been there. Milliseconds from the request on.
"""

import asyncio
import os
import sys

from playwright.async_api import Browser, ViewportSize, async_playwright

from tests.bot.sandbox.page.conftest import BROWSER
from tests.bot.sandbox.screenshots import page_served

# Milliseconds a round trip, bytes a second down and up, as Chromium's own presets have them.
LINES = {"slow 3G": (400, 50_000, 50_000), "fast 3G": (150, 200_000, 94_000)}
SCREENS: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 780},
    "desktop": {"width": 1280, "height": 800},
}
SECONDS = 120
PAINTED = """() => new Promise((told) => new PerformanceObserver((seen) => told(seen.getEntries()[0].startTime))
    .observe({ type: "paint", buffered: true }))"""


async def main() -> None:
    """Visit the page over each line with each screen."""
    if BROWSER is None:
        sys.exit("no Chromium on this machine: apt-get install chromium")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with page_served() as (_, address), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=arguments)
        for line in LINES:
            for screen in SCREENS:
                painted, usable = await visited(browser, address, line, screen)
                print(f"{line}, {screen}: painted after {painted:.0f} ms, usable after {usable:.0f} ms", flush=True)  # noqa: T201
        await browser.close()


async def visited(browser: Browser, address: str, line: str, screen: str) -> tuple[float, float]:
    """Milliseconds until something is shown, and until a place is."""
    latency, down, up = LINES[line]
    context = await browser.new_context(viewport=SCREENS[screen], locale="vi-VN")
    page = await context.new_page()
    network = {"offline": False, "latency": latency, "downloadThroughput": down, "uploadThroughput": up}
    await (await context.new_cdp_session(page)).send("Network.emulateNetworkConditions", network)
    await page.goto(address, wait_until="commit")
    await page.locator("body[data-place]").wait_for(timeout=1000 * SECONDS)
    usable, painted = await page.evaluate("performance.now()"), await page.evaluate(PAINTED)
    await context.close()
    return float(painted), float(usable)


if __name__ == "__main__":
    asyncio.run(main())
