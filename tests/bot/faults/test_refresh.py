"""Another library takes the place of the one in use while people ask."""

import asyncio
from pathlib import Path

from bot.context import services_of
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.faults.conftest import Show, all_answered, at_work_for, listening, people, text_of
from tests.clock import PATIENCE
from tests.libraries import library_of

_PEOPLE = 100
_UNDER_WAY = 5  # questions, at most: the next is asked when one of them is answered


def version(name: str, folder: Path, file: str | None = None) -> Library:
    """Three articles on the same events; the text, the publisher and the address of each tell the version."""
    articles = [
        {
            "id": f"{number}",
            "publisher": f"Báo {name}",
            "url": f"https://example.org/{name}/{number}",
            "text": f"Theo bản {name}, cầu Hương An nhịp {number} dài 1.200 mét, thông xe sáng 15/9/2025.",
        }
        for number in range(3)
    ]
    return library_of(folder, articles, file or name)


async def test_each_answer_is_of_one_library_however_often_it_is_exchanged(
    world: World, settings: Settings, tmp_path: Path, show: Show
) -> None:
    old, new = version("Cũ", tmp_path), version("Mới", tmp_path)
    chats = people(world, _PEOPLE)
    async with at_work_for(world, settings, old) as bot:
        await listening(world)
        current = services_of(bot).library
        for number, chat in enumerate(chats):
            world.say(world.users[chat.id], chat, "Cầu Hương An dài bao nhiêu mét?")
            current.now = new if number % 3 else old
            await world.until(lambda: world.tally().lost < _UNDER_WAY, PATIENCE)
        await all_answered(world)
    replies = [text_of(message) for chat in chats for message in world.messages_of_bot(chat)]
    assert len(replies) == len(chats)
    assert all(("Cũ" in text) != ("Mới" in text) for text in replies)
    assert any("Cũ" in text for text in replies)
    assert any("Mới" in text for text in replies)
    assert not {call.error for call in world.calls} - {None}
    show(world, "the library exchanged at each of 100 questions")


async def test_each_answer_is_of_one_library_while_files_change_and_are_read_again(
    world: World, settings: Settings, show: Show
) -> None:
    [folder] = settings.paths()
    folder.mkdir()
    version("Cũ", folder, file="articles")
    chats = people(world, _PEOPLE)
    async with at_work_for(world, settings, Library.open([folder], settings.library.cache)) as bot:
        await listening(world)

        changed = asyncio.Semaphore(0)

        async def refreshed() -> None:
            count = 0
            while world.tally().sent < len(chats):
                version(("Mới", "Cũ")[count % 2], folder, file="articles")
                if (await services_of(bot).library.refresh()).changed:
                    count += 1
                    changed.release()

        refreshing = asyncio.create_task(refreshed())
        for number, chat in enumerate(chats):
            world.say(world.users[chat.id], chat, "Cầu Hương An dài bao nhiêu mét?")
            await world.until(lambda: world.tally().lost < _UNDER_WAY, PATIENCE)
            if number % 20 == 19 and number < 80:  # however slow the machine, the library has changed four times
                await changed.acquire()
        await all_answered(world)
        await refreshing
    replies = [text_of(message) for chat in chats for message in world.messages_of_bot(chat)]
    assert len(replies) == len(chats)
    assert all(("Cũ" in text) != ("Mới" in text) for text in replies)
    assert {"Cũ" in text for text in replies} == {True, False}
    show(world, "files changed and read again while 100 ask")
