"""By what an answer was chosen, as the page shows it."""

import json
import re
from pathlib import Path
from typing import get_args

from bot.app import build
from bot.context import services_of
from bot.running.explaining import explain
from bot.running.running import at_work
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from bot.texts.catalogue import short_texts
from retrieval import Library
from retrieval.ask import Reason
from retrieval.config_files import load_toml
from tests.bot.conftest import pointed_at
from tests.clock import PATIENCE

PAGE = Path(__file__).parents[3] / "bot" / "sandbox" / "page"


async def test_an_update_that_asked_is_explained_with_what_was_asked_before_it(
    settings: Settings, library: Library
) -> None:
    world = World()
    person = world.add_user("Lan")
    chat = world.private_chat(person)
    async with serving(world) as address:
        bot = build(pointed_at(address, world, settings), library)
        async with at_work(bot):
            first = world.say(person, chat, "Cầu Hương An được thông xe khi nào?")
            await world.until(lambda: world.tally(chat).answered == 1, PATIENCE)
            then = world.say(person, chat, "còn lễ hội hoa ban?")
            await world.until(lambda: world.tally(chat).answered == 2, PATIENCE)
            helped = world.say(person, chat, "/help")
            await world.until(lambda: world.tally(chat).answered == 3, PATIENCE)
            services = services_of(bot)
            current, asked = services.library, services.memory.asked
            told = await explain(current, asked, first)
            assert told is not None
            assert told["answer"]["status"] == "answered"
            (part,) = told["parts"]
            assert part["candidates"][0]["text"].startswith("Sáng 15/9/2025, cầu Hương An")
            assert part["candidates"][0]["source"] == "Báo Bến Sông · Thông xe cầu Hương An"
            assert {"name", "value", "weight", "adds"} == set(part["candidates"][0]["features"][0])
            assert json.loads(json.dumps(told, ensure_ascii=False))["threshold"] == told["threshold"]
            followed = await explain(current, asked, then)
            assert followed is not None
            assert "thông xe" in followed["parts"][0]["text"]
            assert await explain(current, asked, helped) is None


def test_the_page_has_words_for_every_reason_to_refuse() -> None:
    known = (PAGE / "explanation.js").read_text(encoding="utf-8")
    assert [reason for reason in get_args(Reason) if reason and f'"{reason}"' not in known] == []


def test_the_page_has_words_for_every_kind_of_question() -> None:
    script = (PAGE / "explanation.js").read_text(encoding="utf-8")
    named = dict(re.findall(r'^  "?([^":\n]+)"?: "(kind\w+)",$', script, re.MULTILINE))
    kinds = {kind["name"] for kind in load_toml("questions.toml")["kinds"]}
    assert {*kinds, "what", "compare"} == set(named)
    assert set(named.values()) <= set(short_texts("vi", "page"))
