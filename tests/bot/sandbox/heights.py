"""python -m tests.bot.sandbox.heights: how tall answers and refusals are in the page on a phone, 390 pixels wide.

The bot answers from a library (default: the samples) the questions of a file until there are thirty of each; printed
are the medians, in CSS pixels, of all that the bot says to a question, its buttons among it.
"""

import asyncio
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pytest
from playwright.async_api import Page, ViewportSize, async_playwright

from bot.sandbox.world import Chat, User, World
from retrieval import Library
from tests.bot.conftest import environment
from tests.bot.sandbox.page.conftest import BROWSER, page_over

ROOT = Path(__file__).parents[3]
QUESTIONS = ROOT / "tests" / "retrieval" / "seed_questions.jsonl"
PHONE: ViewportSize = {"width": 390, "height": 780}
MOST = 30  # of each kind
SECONDS = 60.0
# What stands in the chat after the message of this id, from the top of the first to the bottom of the last.
HEIGHT = """(after) => {
    const said = [...document.querySelectorAll('#chat .message:not(.mine)')];
    const shown = said.filter((each) => +each.dataset.id > after);
    const boxes = shown.map((each) => each.getBoundingClientRect());
    return Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
}"""


async def main(library: Path, questions: Path) -> None:
    """Ask and measure."""
    if BROWSER is None:
        sys.exit("no Chromium on this machine: apt-get install chromium")
    asked = [json.loads(line)["question"] for line in questions.read_text(encoding="utf-8").splitlines()]
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        settings = environment(patch, Path(folder))
        opened, world = Library.open([library]), World()
        async with page_over(world, opened, settings, {}) as address, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=BROWSER, args=arguments)
            page = await browser.new_page(viewport=PHONE, locale="vi-VN")
            user = world.add_user("Lan")
            chat = world.private_chat(user)
            await page.goto(f"{address}/#/{user.id}/{chat.id}")
            heights: defaultdict[str, list[float]] = defaultdict(list)
            for question in asked:
                status = opened.ask(question).status
                if len(heights[status]) < MOST:
                    heights[status].append(await _height(page, world, user, chat, question))
            await browser.close()
    for kind, measured in heights.items():
        print(f"{kind}: median {median(measured):.0f} px, tallest {max(measured):.0f} px, of {len(measured)}")  # noqa: T201


async def _height(page: Page, world: World, user: User, chat: Chat, question: str) -> float:
    asked = world.say(user, chat, question)["message"]["message_id"]
    last = (await world.next_message(chat, after=asked, seconds=SECONDS))["message_id"]
    await page.locator(f'#chat .message[data-id="{last}"]').wait_for()
    await page.wait_for_timeout(100)  # drawn
    return float(await page.evaluate(HEIGHT, asked))


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:]]
    asyncio.run(main(*(given if len(given) == 2 else (ROOT / "seeds", QUESTIONS))))
