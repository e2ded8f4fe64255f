"""A library or an index that is damaged while the bot answers from it."""

import asyncio
import os
import sqlite3
from contextlib import closing

import pytest

from bot.context import services_of
from bot.running.privacy import damaged
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.faults.conftest import articles_written, ask, ask_and_hear, at_work_for, eventually, text_of
from tests.clock import PATIENCE


async def test_a_library_that_is_damaged_while_it_is_used_is_read_anew_and_the_next_question_answered(
    world: World, settings: Settings
) -> None:
    """An article's words are others by now, which SQLite does not notice: not one of them is quoted."""
    articles_written(settings)
    Library.open(settings.paths(), settings.library.cache)
    [file] = settings.library.cache.glob("*.sqlite3")
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE articles SET text = replace(text, '1.200', '9.999')")
    library = Library.open(settings.paths(), settings.library.cache)
    chat = world.private_chat(world.add_user("Lan"))
    async with at_work_for(world, settings, library) as bot:
        await ask_and_hear(world, [chat])
        await eventually(lambda: services_of(bot).library.now is not library)
        ask(world, [chat])
        await world.until(lambda: any("1.200" in text_of(m) for m in world.messages_of_bot(chat)), PATIENCE)
    assert not any("9.999" in text_of(message) for message in world.messages_of_bot(chat))
    assert [path.name.partition(".damaged-")[0] for path in damaged(settings)] == [file.name]


async def test_an_index_that_is_cut_off_while_it_is_used_costs_answers_until_it_is_made_again_and_no_worker(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    articles_written(settings)
    library = Library.open(settings.paths(), settings.library.cache)
    chat = world.private_chat(world.add_user("Lan"))

    def answered() -> list[bool]:
        return ["1.200" in text_of(message) for message in world.messages_of_bot(chat)]

    async with at_work_for(world, settings, library) as bot:
        await ask_and_hear(world, [chat])
        for file in settings.library.cache.rglob("segment-*/**/*.npy"):
            os.truncate(file, 64)
        async with asyncio.timeout(PATIENCE):
            while answered().count(True) < 2 or services_of(bot).library.now is library:
                await ask_and_hear(world, [chat])
        assert services_of(bot).library.now.summary.new == 0
    assert False in answered()
    assert "a worker was lost" not in caplog.text
    assert not list(damaged(settings))
