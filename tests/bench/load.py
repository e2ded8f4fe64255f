"""Load: the real program over the local Bot API, from a question's update to the message that answers it.

Telegram takes 30 messages a second in all and one in each chat, so that a burst of 2,000 takes 67 s at best: it is
measured within these limits, which the local server enforces too, and without any.
"""

import asyncio
import gzip
import json
import os
import sys
from asyncio.subprocess import DEVNULL, Process, create_subprocess_exec
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.table import Table

from bot.sandbox.chats import Chat
from bot.sandbox.serve import serving
from bot.sandbox.tally import NOTHING
from bot.sandbox.world import World
from tests.bot import poison
from tests.conftest import SHARED

ROOT = Path(__file__).parents[2]
CHATS = 200
A_SECOND, SECONDS = 20, 60
BURST = 2_000
_LIFTED = {
    f"TRICH_LIMITS__{limit}": "1000000"
    for limit in ("CHAT_PER_SECOND", "CHAT_BURST", "GROUP_PER_MINUTE", "OVERALL_PER_SECOND")
}
_PROGRAM = "from tests.bot.poison import run; run()"  # as `python -m bot`, but for the poisoned questions
_PATIENCE = 900.0
_GAVE_UP = "lâu quá"  # said where an answer took too long
_SAMPLES = ("Ai là Bộ trưởng Ngoại giao?", "Hội nghị ngoại giao lần thứ 32 khai mạc ngày nào?", "Đối ngoại quốc phòng")

Ask = Callable[[World, Sequence[Chat], Sequence[str]], Coroutine[None, None, None]]


def run() -> Iterator[Table]:
    """One table."""
    yield _table(
        (f"{A_SECOND}/s for {SECONDS} s, Telegram's limits", _steadily(A_SECOND, SECONDS), True),
        ("the same, a poisoned question every second", _poisoned(A_SECOND, SECONDS), True),
        (f"35/s for {SECONDS} s, no limits", _steadily(35, SECONDS), False),
        ("5/s for 600 s, Telegram's limits", _steadily(5, 600), True),
        (f"burst of {BURST:,}, Telegram's limits", _at_once, True),
        (f"burst of {BURST:,}, no limits", _at_once, False),
    )


def run_poisoned() -> Iterator[Table]:
    """What poisoned questions cost the others, in one run: with none, with one every second, and once more."""
    yield _table(
        *(
            (f"{A_SECOND}/s for {SECONDS} s, {what}", ask(A_SECOND, SECONDS), True)
            for _ in range(2)
            for what, ask in (("none poisoned", _steadily), ("one poisoned every second", _poisoned))
        )
    )


def _table(*phases: tuple[str, Ask, bool]) -> Table:
    columns = "load", "sent", "lost", "doubled", "given up", "p50 ms", "p95 ms", "p99 ms", "a second", "429", "PSS MB"
    table = Table(*columns)
    with TemporaryDirectory() as folder:
        questions = _articles(Path(folder))
        table.title = f"{CHATS} chats, the questions are titles" if len(questions) > len(_SAMPLES) else "samples only"
        for name, ask, limited in phases:
            table.add_row(name, *asyncio.run(_measured(Path(folder), questions, ask, limited=limited)))
    table.caption = "PSS, of all processes: before the first question, after half of the answers, after the last"
    return table


def _articles(folder: Path) -> list[str]:
    """The articles of ../shared, where it is, and their titles as questions in the words of the news."""
    corpus = SHARED / "corpora" / "dantri_2020_2021.jsonl.gz"
    if not corpus.is_file():
        return list(_SAMPLES)
    (folder / "articles.jsonl").write_bytes(gzip.decompress(corpus.read_bytes()))
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line)["title"] for line in islice(lines, BURST)]


async def _measured(folder: Path, questions: Sequence[str], ask: Ask, *, limited: bool) -> list[str]:
    world = World()
    world.set_limits(on=limited)
    chats = [world.private_chat(world.add_user(f"Lan {number}")) for number in range(CHATS)]
    async with _program(world, folder, {} if limited else _LIFTED) as process:
        memory = [await _memory(process)]
        asking = asyncio.create_task(ask(world, chats, questions))
        async with asyncio.timeout(_PATIENCE):
            while not asking.done() or world.tally().lost:
                if len(memory) == 1 and world.tally().answered > world.tally().lost and asking.done():
                    memory.append(await _memory(process))
                await asyncio.sleep(0.25)
        memory.append(await _memory(process))
    tally = sum((world.tally(chat) for chat in chats), NOTHING)
    begun = min(at for chat in chats for at in chat.asked.values())
    ended = max(said.at for chat in chats for said in chat.said.values())
    given_up = sum(_GAVE_UP in message["text"] for chat in chats for message in world.messages_of_bot(chat))
    refused = sum(call.error is not None and call.error.startswith("Too Many") for call in world.calls)
    return [
        *(f"{count:,}" for count in (tally.sent, tally.lost, tally.doubled, given_up)),
        *(f"{1000 * value:,.0f}" for value in np.percentile(tally.seconds, [50, 95, 99])),
        f"{tally.answered / (ended - begun):.0f}",
        f"{refused:,}",
        " → ".join(f"{value / 1024:.0f}" for value in memory),
    ]


def _steadily(a_second: int, seconds: int) -> Ask:
    async def ask(world: World, chats: Sequence[Chat], questions: Sequence[str]) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        for number in range(a_second * seconds):
            await asyncio.sleep(max(0.0, began + number / a_second - loop.time()))
            _ask(world, chats, questions, number)

    return ask


def _poisoned(a_second: int, seconds: int) -> Ask:
    """With questions beside it that no worker survives, each from a chat of its own, which is not measured."""

    async def ask(world: World, chats: Sequence[Chat], questions: Sequence[str]) -> None:
        await asyncio.gather(_steadily(a_second, seconds)(world, chats, questions), _poison(world, seconds))

    return ask


async def _poison(world: World, seconds: int) -> None:
    for number in range(seconds):
        chat = world.private_chat(world.add_user(f"Độc {number}"))
        what = (poison.BURN, poison.BURN_IN_C, poison.SLEEP)[number % 3]
        world.say(world.users[chat.id], chat, f"Cầu nào có {what} {number}?")
        await asyncio.sleep(1)


async def _at_once(world: World, chats: Sequence[Chat], questions: Sequence[str]) -> None:
    for number in range(BURST):
        _ask(world, chats, questions, number)


def _ask(world: World, chats: Sequence[Chat], questions: Sequence[str], number: int) -> None:
    chat = chats[number % len(chats)]
    world.say(world.users[chat.id], chat, questions[number % len(questions)])


@asynccontextmanager
async def _program(world: World, folder: Path, changes: dict[str, str]) -> AsyncIterator[Process]:
    """`python -m bot` with nothing left of an earlier run but the articles, once it polls."""
    with TemporaryDirectory() as var:
        articles = folder / "articles.jsonl"
        settings = {
            "TELEGRAM_BOT_TOKEN": world.token,
            "TRICH_LIBRARY__CACHE": str(folder / "library"),
            "TRICH_LIBRARY__PATHS": str(articles) if articles.exists() else "",
            **{f"TRICH_{name}__PATH": f"{var}/{name}.sqlite3" for name in ("LOG", "INBOX", "CHATS")},
        }
        async with serving(world) as address:
            base_url = {"TRICH_TELEGRAM__BASE_URL": f"{address}/bot"}
            environment = {**os.environ, **settings, **base_url, **changes}
            process = await create_subprocess_exec(
                sys.executable,
                "-c",
                _PROGRAM,
                "run",
                cwd=ROOT,
                env=environment,
                stderr=DEVNULL,
                start_new_session=True,
            )
            try:
                async with asyncio.timeout(_PATIENCE):
                    await world.updates.changed.until(lambda: world.updates.awaited)
                yield process
            finally:
                if process.returncode is None:
                    process.terminate()
                await process.wait()


async def _memory(process: Process) -> int:
    """The memory of the program and its workers in KiB; what they share is counted once, where that is told."""
    asked = await create_subprocess_exec(
        "ps", "-o", "pid=,rss=", "-s", str(process.pid), stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await asked.communicate()
    return sum(_share(*map(int, line.split())) for line in printed.decode().splitlines())


def _share(pid: int, resident: int) -> int:
    try:
        sizes = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:  # gone, or no Linux
        return resident
    return int(sizes.partition("Pss:")[2].split()[0])
