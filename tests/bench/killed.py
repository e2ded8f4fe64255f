"""Kills and lost answers under load: the real program, killed twice while 400 questions come at 25 a second, 25 of
whose answers are carried out unheard and 25 met by a 502; what is lost, and what is answered twice.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process, create_subprocess_exec
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from bot.sandbox.faults import bad_gateway, lost_response
from bot.sandbox.serve import serving
from bot.sandbox.tally import NOTHING, Tally
from bot.sandbox.world import World

from .load import ROOT, articles

CHATS, QUESTIONS, A_SECOND, FAULTS = 100, 400, 25, 50
_KILLED_AT = (100, 250)  # answers
_REST = 300.0  # seconds after the last question: what is not answered then is lost
_AFTER = 20.0  # seconds for what may be sent once more


def run() -> Iterator[Table]:
    """A row for each way in which a server may count ids."""
    table = Table("ids", "sent", "lost", "doubled", "notes that stand", title="killed twice, 25 answers lost, 25 502s")
    with TemporaryDirectory() as folder:
        questions = articles(Path(folder))
        for shared in (True, False):
            table.add_row(*asyncio.run(_measured(Path(folder), questions, shared=shared)))
    yield table


async def _measured(folder: Path, questions: list[str], *, shared: bool) -> list[str]:
    world = World()
    world.set_limits(on=True)
    world.set_shared_ids(on=shared)
    chats = [world.private_chat(world.add_user(f"Lan {number}")) for number in range(CHATS)]
    for number, chat in enumerate(chats[:FAULTS]):
        world.faults.add((lost_response if number % 2 else bad_gateway)(method="sendMessage", chat_id=chat.id))

    def tally() -> Tally:
        return sum(map(world.tally, chats), NOTHING)

    async def asked() -> None:
        for number in range(QUESTIONS):
            chat = chats[number % CHATS]
            world.say(world.users[chat.id], chat, questions[number % len(questions)])
            await asyncio.sleep(1 / A_SECOND)

    with TemporaryDirectory() as var:
        async with serving(world) as address:
            process = await _started(world, folder, Path(var), address)
            await world.updates.changed.until(lambda: world.updates.awaited)
            asking = asyncio.create_task(asked())
            for answered in _KILLED_AT:
                while tally().answered < answered:  # noqa: ASYNC110 - each look costs what an answer may
                    await asyncio.sleep(0.05)
                os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
                process = await _started(world, folder, Path(var), address)
            await asking
            with suppress(TimeoutError):
                async with asyncio.timeout(_REST):
                    while tally().lost:  # noqa: ASYNC110
                        await asyncio.sleep(0.25)
            await asyncio.sleep(_AFTER)
            process.terminate()
            await process.wait()
    notes = sum("có thể đã gửi" in each.get("text", "").lower() for c in chats for each in world.messages_of_bot(c))
    found = tally()
    return ["of all chats" if shared else "of each chat", *map(str, (found.sent, found.lost, found.doubled, notes))]


async def _started(world: World, folder: Path, var: Path, address: str) -> Process:
    paths = folder / "articles.jsonl"
    settings = {
        "TELEGRAM_BOT_TOKEN": world.token,
        "TRICH_TELEGRAM__BASE_URL": f"{address}/bot",
        "TRICH_LIBRARY__CACHE": str(folder / "library"),
        "TRICH_LIBRARY__PATHS": str(paths) if paths.exists() else "",
        **{f"TRICH_{name}__PATH": str(var / f"{name}.sqlite3") for name in ("LOG", "INBOX", "CHATS")},
    }
    return await create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=DEVNULL,
        stderr=DEVNULL,
        start_new_session=True,
    )
