"""Any file below var/, damaged in any way: the bot starts, answers, and says what it has set aside."""

import asyncio
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.app import build
from bot.context import services_of
from bot.memory.chats import Chats
from bot.memory.state import State
from bot.running.privacy import damaged
from bot.running.running import at_work
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import environment, pointed_at
from tests.bot.faults.conftest import all_answered, articles_written, ask, ask_and_hear, people

Damage = Callable[[bytes, random.Random], bytes]


def truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: int(len(content) * chance.choice((0, 0.01, 0.3, 0.7, 0.99)))]


def zeroed(content: bytes, chance: random.Random) -> bytes:
    begin = int(len(content) * chance.choice((0, 0.2, 0.6)))
    end = begin + max(len(content) // chance.choice((1, 3, 20)), 16)
    return (content[:begin] + bytes(len(content)))[: min(end, len(content))] + content[end:]


def garbage(content: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.choice((1, len(content), len(content) + 5000)))


def flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 10, 200))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


DAMAGES: dict[str, Damage] = {each.__name__: each for each in (truncated, zeroed, garbage, flipped)}


async def used(settings: Settings) -> None:
    """What is kept after some questions, and a kill: everything as it was while the bot ran."""
    world = World()
    aside = settings.log.path.parent.with_name("as it ran")
    async with serving(world) as address:
        pointed = pointed_at(address, world, settings)
        async with at_work(build(pointed, Library.open(settings.paths(), settings.library.cache))):
            ask(world, people(world, 3), each=3)
            await all_answered(world)
            shutil.copytree(settings.log.path.parent, aside)
    shutil.rmtree(settings.log.path.parent)
    aside.rename(settings.log.path.parent)


async def starts_and_answers(settings: Settings) -> None:
    """Another Telegram, whose updates the inbox does not know."""
    world = World(now=lambda: 4_000_000_000.0)
    async with serving(world) as address:
        library = Library.open(settings.paths(), settings.library.cache)
        async with at_work(build(pointed_at(address, world, settings), library)) as _:
            await ask_and_hear(world, people(world, 2))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests of this file: a library is known by where its articles are."""
    return tmp_path_factory.mktemp("damaged")


@pytest.fixture
def settings(place: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    return environment(monkeypatch, place)


@pytest.fixture(scope="module")
def used_once(place: Path) -> Path:
    """A copy of what is kept by a bot that has been used."""
    with pytest.MonkeyPatch.context() as patch:
        settings = environment(patch, place)
        articles_written(settings)
        asyncio.run(used(settings))
    return settings.log.path.parent.rename(place / "kept")


@pytest.fixture
def kept(settings: Settings, used_once: Path) -> Path:
    """That copy; it lies where the bot looks for it, too."""
    restored(settings, used_once)
    return used_once


def restored(settings: Settings, kept: Path) -> None:
    """What is kept is as it was."""
    var = settings.log.path.parent
    shutil.rmtree(var, ignore_errors=True)
    shutil.copytree(kept, var)


@pytest.mark.parametrize("damage", DAMAGES)
async def test_whatever_is_damaged_the_bot_starts_and_answers(settings: Settings, kept: Path, damage: str) -> None:
    """Some files, each alone; then all of them at once."""
    chance = random.Random(damage)  # noqa: S311
    files = sorted(path.relative_to(kept) for path in kept.rglob("*") if path.is_file())
    indexed = [path for path in files if ".index-" in str(path)]
    others = [path for path in files if path not in indexed]
    for chosen in (*([path] for path in chance.sample(others, 3)), chance.sample(indexed, 2), files):
        restored(settings, kept)
        for path in chosen:
            place = settings.log.path.parent / path
            place.write_bytes(DAMAGES[damage](place.read_bytes(), chance))
        await starts_and_answers(settings)


@pytest.mark.parametrize("instead", ["nothing", "a folder"])
async def test_where_a_file_is_missing_or_a_folder_is_in_its_place_the_bot_starts_and_answers(
    settings: Settings, kept: Path, instead: str
) -> None:
    var = settings.log.path.parent
    files = [path for path in kept.rglob("*") if path.is_file() and ".index-" not in str(path)]
    files += [path for path in kept.rglob("*.json") if path.is_file()]
    chance = random.Random(instead)  # noqa: S311
    for file in chance.sample(sorted(files), 5):
        restored(settings, kept)
        place = var / file.relative_to(kept)
        place.unlink()
        if instead == "a folder":
            place.mkdir()
        await starts_and_answers(settings)


@pytest.mark.parametrize("what", ["queries.sqlite3", "chats.sqlite3", "inbox.sqlite3", "library", "index"])
@pytest.mark.usefixtures("kept")
async def test_what_is_damaged_is_set_aside_under_a_dated_name_and_told(
    settings: Settings, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    patterns = {"library": "library/*.sqlite3", "index": "library/*.index-*/segment-*/*/*.npy"}
    path = max(settings.log.path.parent.glob(patterns.get(what, what)), key=lambda each: each.stat().st_size)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    for journal in path.parent.glob(f"{path.name}-*"):
        journal.unlink()
    await starts_and_answers(settings)
    [aside] = damaged(settings)
    assert ".damaged-20" in aside.name
    assert aside.name in caplog.text


@pytest.fixture
def read_only(settings: Settings) -> Iterator[Callable[[], None]]:
    """Makes what is kept a file system that takes nothing: for root, on Linux."""
    var = settings.log.path.parent
    mounted: list[Path] = []

    def mount() -> None:
        for options in (["--bind", str(var), str(var)], ["-o", "remount,bind,ro", str(var)]):
            if not shutil.which("mount") or subprocess.run(["mount", *options], check=False).returncode:  # noqa: S603, S607
                pytest.skip("a file system of its own cannot be mounted here")
            mounted[:] = [var]

    yield mount
    for place in mounted:
        subprocess.run(["umount", str(place)], check=True)  # noqa: S603, S607


@pytest.mark.usefixtures("kept")
async def test_where_nothing_can_be_written_memory_serves_and_what_groups_settled_holds(
    settings: Settings, read_only: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    state = State(settings.chats.path)
    await state.open()
    await Chats(state).set_mode(-100, None, "every")
    await state.close()
    read_only()
    world = World(now=lambda: 4_000_000_000.0)
    async with serving(world) as address:
        library = Library.open(settings.paths(), settings.library.cache)
        bot = build(pointed_at(address, world, settings), library)
        async with at_work(bot):
            ask(world, people(world, 2), each=2)
            await all_answered(world)
            assert services_of(bot).memory.chats.policy(-100).mode == "every"
    assert caplog.text.count("cannot be written") >= 2
    assert world.tally().doubled == 0
