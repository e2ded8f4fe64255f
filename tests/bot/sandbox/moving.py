"""The moving picture of README: a visit to the page, frame by frame, each shown for as long as it takes to be read."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, Page

from tests.bot.sandbox.page.conftest import at_rest

VIEW: dict[str, Any] = {"viewport": {"width": 880, "height": 600}, "device_scale_factor": 1}
QUALITY = 72
_TYPED = 4  # letters a frame
_LETTERS, _SENT, _READ = 110, 500, 3400  # milliseconds that a frame stands
# Until nothing has changed in the chat for a second: an answer may be of several messages.
_QUIET = """() => new Promise((done) => {
    let waiting = setTimeout(done, 1000);
    new MutationObserver(() => { clearTimeout(waiting); waiting = setTimeout(done, 1000); })
        .observe(document.querySelector('#chat'), {subtree: true, childList: true, attributes: true});
})"""


@dataclass
class Film:
    """Frames, and how many milliseconds each is shown."""

    page: Page
    frames: list[Image.Image] = field(default_factory=list)
    milliseconds: list[int] = field(default_factory=list)

    async def take(self, milliseconds: int) -> None:
        await at_rest(self.page)
        picture = Image.open(BytesIO(await self.page.screenshot())).convert("RGB")
        if self.frames and picture.tobytes() == self.frames[-1].tobytes():
            self.milliseconds[-1] += milliseconds
            return
        self.frames.append(picture)
        self.milliseconds.append(milliseconds)

    async def ask(self, question: str) -> None:
        """Typed, sent, answered."""
        said = self.page.locator("#chat .message:not(.mine)")
        before = await said.count()
        for end in range(_TYPED, len(question) + _TYPED, _TYPED):
            await self.page.locator("#write").fill(question[:end])
            await self.take(_LETTERS)
        await self.page.locator("#write").press("Enter")
        await self.page.locator("#write").and_(self.page.locator(":placeholder-shown")).wait_for()
        await self.take(_SENT)
        await said.nth(before).wait_for()
        await self.page.evaluate(_QUIET)
        await self.take(_READ)

    def save(self, path: Path) -> None:
        first, *others = self.frames
        first.save(
            path, save_all=True, append_images=others, duration=self.milliseconds, loop=0, quality=QUALITY, method=6
        )


async def filmed(browser: Browser, address: str, path: Path) -> None:
    """An answer and its paragraph, who holds an office, what happened when, and what is not in the articles."""
    context = await browser.new_context(
        color_scheme="light", locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", **VIEW
    )
    film = Film(await context.new_page())
    await film.page.goto(address)
    await film.page.locator("#write").wait_for()
    await film.take(1200)
    await film.ask("Thứ trưởng nào phát biểu dẫn đề hội nghị?")
    await film.ask("/ai Bộ trưởng Ngoại giao")
    await film.ask("/dongthoigian ngoại giao")
    await film.ask("Giá vàng hôm nay bao nhiêu?")
    film.save(path)
    await context.close()
