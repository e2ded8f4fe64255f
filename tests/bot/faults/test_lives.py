"""Killed at each step of a send, and of the search for what may have been sent, in one life of the program after the
other: no question is answered twice, none is given up, and none is lost.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import build
from bot.context import services_of
from bot.running.running import at_work
from bot.sandbox.chats import Chat
from bot.sandbox.faults import Fault, FaultQueue, held_request, held_response, lost_request
from bot.sandbox.serve import serving
from bot.sandbox.signals import Signal
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import pointed_at
from tests.bot.faults.conftest import ANSWERING, QUESTIONS, Show, at_work_for, changed, is_answer, people, text_of
from tests.clock import PATIENCE

NOTE = "có thể đã gửi"
METHODS = {"send": ANSWERING, "look": ["editMessageText"]}
RICH = (False, True, True, False)  # which of them is told in a rich message
TOGETHER = len(RICH)  # chats of one world: as many messages are looked for at a time


@dataclass(frozen=True)
class Point:
    """In a life, of one chat: the first call of a kind, carried out or not when the program is killed."""

    kind: str  # of `METHODS`
    done: bool

    def __str__(self) -> str:
        return f"{'after' if self.done else 'before'} {self.kind}"


SEND = [Point("send", done) for done in (False, True)]
LOOK = [Point("look", done) for done in (False, True)]


def three_lives() -> Iterator[tuple[Point, ...]]:
    """At which points the program may be killed in its first three lives: what has been sent is only looked for."""
    lives: list[tuple[Point, ...]] = [(point,) for point in SEND]
    for _ in range(2):
        lives = [(*life, point) for life in lives for point in (LOOK if SEND[1] in life else [*LOOK, *SEND])]
    yield from lives


class Killing(FaultQueue):
    """Holds of each chat the call at its point; once the program is killed, nothing of it gets through any more."""

    def __init__(self, points: dict[int, Point]) -> None:
        super().__init__(changed := Signal())
        self.changed = changed
        self.reached: set[int] = set()
        self.is_killed = False
        self._points = points

    def take(self, method: str, params: dict[str, Any]) -> Fault | None:
        """As the queue does."""
        if self.is_killed:
            return lost_request()
        chat_id = int(params.get("chat_id", 0))
        point = self._points.get(chat_id)
        if point is None or method not in METHODS[point.kind] or chat_id in self.reached:
            return None
        self.reached.add(chat_id)
        return held_response() if point.done else held_request()


@asynccontextmanager
async def killed_in_the_end(world: World, settings: Settings, library: Library, left: Path) -> AsyncIterator[None]:
    """The bot at work while the block runs. What it has written down by then is `left`, whatever it does after."""
    async with serving(world) as address:
        bot = build(pointed_at(address, world, settings), library)
        async with at_work(bot):
            yield
            transactions = services_of(bot).inbox._transactions
            assert transactions is not None
            async with transactions.held():
                shutil.copytree(settings.inbox.path.parent, left)
            if isinstance(world.faults, Killing):
                world.faults.is_killed = True
            world.faults.close()


async def lived(
    world: World, settings: Settings, library: Library, chats: Sequence[Chat], lives: Sequence[Sequence[Point]]
) -> None:
    """Each chat asks once, those of `RICH` for a rich message; the program is killed when all are at their points,
    and then does what is left.
    """
    folder = settings.log.path.parent / "lives"
    settings = changed(settings, "inbox", grace_seconds=0.0, path=folder / "0" / "inbox.sqlite3")
    for chat, rich in zip(chats, RICH, strict=False):
        world.say(world.users[chat.id], chat, QUESTIONS[rich])
    for life in range(len(lives[0])):
        world.faults = killing = Killing({chat.id: points[life] for chat, points in zip(chats, lives, strict=True)})
        left = folder / str(life + 1)
        async with killed_in_the_end(world, settings, library, left):
            async with asyncio.timeout(PATIENCE):
                await killing.changed.until(lambda: killing.held == len(chats))  # noqa: B023 - now
        settings = changed(settings, "inbox", path=left / "inbox.sqlite3")
    world.faults = FaultQueue(Signal())
    async with at_work_for(world, changed(settings, "inbox", grace_seconds=PATIENCE), library):
        await world.until(lambda: world.tally().lost == 0 and len(world.updates) == 0, PATIENCE)


ALL = [*three_lives()]
ALL += [life for life in ALL[::-1] if life[:2] == (SEND[0], SEND[0]) and life[2] in SEND]  # in the other form


def test_each_point_of_each_life_is_come_to_with_rich_and_with_plain_messages() -> None:
    come_to: dict[bool, set[tuple[int, Point]]] = {True: set(), False: set()}
    for place, life in enumerate(ALL):
        come_to[RICH[place % TOGETHER]].update(enumerate(life))
    assert come_to[True] == come_to[False]


@pytest.mark.parametrize("first", range(0, len(ALL), TOGETHER))
async def test_killed_anywhere_in_three_lives_it_answers_once(
    world: World, settings: Settings, library: Library, show: Show, first: int
) -> None:
    world.set_shared_ids(on=True)
    lives = ALL[first : first + TOGETHER]
    chats = people(world, len(lives))
    await lived(world, settings, library, chats, lives)
    said = [world.messages_of_bot(chat) for chat in chats]
    assert [len(messages) for messages in said] == [1] * len(lives), said
    assert all(is_answer(message) for [message] in said), said
    assert tuple("rich_message" in message for [message] in said) == RICH[: len(lives)]
    show(world, " | ".join(", then ".join(map(str, points)) for points in lives))


async def test_where_ids_count_in_each_chat_what_a_later_life_may_have_sent_is_brought_to_who_asks(
    world: World, settings: Settings, library: Library
) -> None:
    """What an earlier life has sent there nobody knows, so none of it is edited in search of an answer."""
    lives = [(SEND[0], sent, noted) for sent in SEND for noted in SEND]
    chats = people(world, len(lives))
    await lived(world, settings, library, chats, lives)
    said = [world.messages_of_bot(chat) for chat in chats]
    assert [sum(map(is_answer, messages)) for messages in said] == [0, 0, 1, 1]
    assert all(NOTE in text_of(messages[-1]) for messages in said), said
