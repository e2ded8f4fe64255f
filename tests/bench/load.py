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
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
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
BURST = 2_000
_LIFTED = {
    f"TRICH_LIMITS__{limit}": "1000000"
    for limit in ("CHAT_PER_SECOND", "CHAT_BURST", "GROUP_PER_MINUTE", "OVERALL_PER_SECOND")
}
_PROGRAM = "from tests.bot.poison import run; run()"  # as `python -m bot`, but for the poisoned questions
_STARTS = 300.0  # seconds until the program polls, at most: the first start reads the articles
_REST = 60.0  # seconds after the last question, and after what the limits keep back: what is not answered then is lost
_TOGETHER = 30  # messages a second that Telegram takes
_LOOKS = 4  # at the memory, beside the one before the first question
_GAVE_UP = "lâu quá"  # said where an answer took too long
_SAMPLES = ("Ai là Bộ trưởng Ngoại giao?", "Hội nghị ngoại giao lần thứ 32 khai mạc ngày nào?", "Đối ngoại quốc phòng")


@dataclass(frozen=True, slots=True)
class Phase:
    """So many questions `a_second` for so many `seconds`, or as many all `at_once`; within Telegram's limits, or not.

    Where it is `poisoned`, one more each second which no worker survives.
    """

    a_second: int
    seconds: int
    limited: bool = True
    poisoned: bool = False
    at_once: bool = False

    @property
    def count(self) -> int:
        """How many questions, without the poisoned ones."""
        return self.a_second * self.seconds

    @property
    def longest(self) -> float:
        """Seconds after which it is over, answered or not."""
        asked = 0 if self.at_once else self.seconds
        return max(asked, self.count / _TOGETHER if self.limited else 0) + _REST

    def __str__(self) -> str:
        how = f"burst of {self.count:,}" if self.at_once else f"{self.a_second}/s for {self.seconds} s"
        limits = "Telegram's limits" if self.limited else "no limits"
        return f"{how}, {limits}{', one poisoned a second' if self.poisoned else ''}"


# By the names that --phase takes.
LOAD = {
    "20": Phase(20, 60),
    "poisoned": Phase(20, 60, poisoned=True),
    "35": Phase(35, 60, limited=False),
    "5": Phase(5, 600),
    "burst": Phase(BURST, 1, at_once=True),
    "unlimited-burst": Phase(BURST, 1, limited=False, at_once=True),
}
# What poisoned questions cost the others, in one run: with none, with one every second, and once more.
POISONED = {
    "none": Phase(20, 60),
    "poisoned": Phase(20, 60, poisoned=True),
    "none-again": Phase(20, 60),
    "poisoned-again": Phase(20, 60, poisoned=True),
}


def run(phases: Iterable[Phase]) -> Iterator[Table]:
    """One table, a row a phase."""
    columns = "load", "sent", "lost", "doubled", "given up", "p50 ms", "p95 ms", "p99 ms", "a second", "429"
    table = Table(*columns, "PSS MB", "of it the program's own")
    with TemporaryDirectory() as folder:
        questions = articles(Path(folder))
        table.title = f"{CHATS} chats, the questions are titles" if len(questions) > len(_SAMPLES) else "samples only"
        for phase in phases:
            table.add_row(str(phase), *asyncio.run(_measured(Path(folder), questions, phase)))
    table.caption = (
        "PSS, of all processes: before the first question, four times while they are asked, after the last;"
        " of it their own, which is no page of a file"
    )
    yield table


def articles(folder: Path) -> list[str]:
    """Titles of ../shared as questions in the words of the news, their articles written into the folder; or samples."""
    corpus = SHARED / "corpora" / "dantri_2020_2021.jsonl.gz"
    if not corpus.is_file():
        return list(_SAMPLES)
    (folder / "articles.jsonl").write_bytes(gzip.decompress(corpus.read_bytes()))
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line)["title"] for line in islice(lines, BURST)]


async def _measured(folder: Path, questions: Sequence[str], phase: Phase) -> list[str]:
    world = World()
    world.set_limits(on=phase.limited)
    chats = [world.private_chat(world.add_user(f"Lan {number}")) for number in range(CHATS)]
    async with _program(world, folder, {} if phase.limited else _LIFTED) as process:
        memory = [await _memory(process)]
        with suppress(TimeoutError):  # what is not answered by then is counted as lost
            async with asyncio.timeout(phase.longest), asyncio.TaskGroup() as group:
                group.create_task(_asked(world, chats, questions, phase))
                group.create_task(_watched(process, phase, memory))
        memory.append(await _memory(process))
    tally = sum((world.tally(chat) for chat in chats), NOTHING)
    begun = min(at for chat in chats for at in chat.asked.values())
    ended = max((said.at for chat in chats for said in chat.said.values()), default=begun)
    given_up = sum(_GAVE_UP in message["text"] for chat in chats for message in world.messages_of_bot(chat))
    refused = sum(call.error is not None and call.error.startswith("Too Many") for call in world.calls)
    return [
        *(f"{count:,}" for count in (tally.sent, tally.lost, tally.doubled, given_up)),
        *(f"{1000 * value:,.0f}" for value in np.percentile(tally.seconds or [np.nan], [50, 95, 99])),
        f"{tally.answered / max(ended - begun, 0.001):.0f}",
        f"{refused:,}",
        *(" → ".join(f"{value / 1024:.0f}" for value in values) for values in zip(*memory, strict=True)),
    ]


async def _asked(world: World, chats: Sequence[Chat], questions: Sequence[str], phase: Phase) -> None:
    """Asked at its pace, and answered."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    poison = asyncio.create_task(_poison(world, phase.seconds if phase.poisoned else 0))
    for number in range(phase.count):
        if not phase.at_once:
            await asyncio.sleep(max(0.0, began + number / phase.a_second - loop.time()))
        chat = chats[number % len(chats)]
        world.say(world.users[chat.id], chat, questions[number % len(questions)])
    await poison
    while any(world.tally(chat).lost for chat in chats):  # noqa: ASYNC110 - each look costs what an answer may
        await asyncio.sleep(0.25)


async def _watched(process: Process, phase: Phase, memory: list[tuple[int, int]]) -> None:
    for _ in range(0 if phase.at_once else _LOOKS):
        await asyncio.sleep(phase.seconds / (_LOOKS + 1))
        memory.append(await _memory(process))


async def _poison(world: World, seconds: int) -> None:
    """Questions that no worker survives, each from a chat of its own, which is not measured."""
    for number in range(seconds):
        chat = world.private_chat(world.add_user(f"Độc {number}"))
        what = (poison.BURN, poison.BURN_IN_C, poison.SLEEP)[number % 3]
        world.say(world.users[chat.id], chat, f"Cầu nào có {what} {number}?")
        await asyncio.sleep(1)


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
                async with asyncio.timeout(_STARTS):
                    await world.updates.changed.until(lambda: world.updates.awaited)
                yield process
            finally:
                if process.returncode is None:
                    process.terminate()
                await process.wait()


async def _memory(process: Process) -> tuple[int, int]:
    """The memory of the program and its workers in KiB, and how much of it is no page of a file, such as the library;
    what they share is counted once, where that is told.
    """
    asked = await create_subprocess_exec(
        "ps", "-o", "pid=,rss=", "-s", str(process.pid), stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await asked.communicate()
    shares = [_share(*map(int, line.split())) for line in printed.decode().splitlines()]
    return sum(whole for whole, _ in shares), sum(own for _, own in shares)


def _share(pid: int, resident: int) -> tuple[int, int]:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # gone, or no Linux
        return resident, resident
    sizes = dict(line.split()[:2] for line in lines[1:])
    return int(sizes["Pss:"]), int(sizes["Pss_Anon:"])
