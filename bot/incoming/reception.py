"""How updates come in, whether by polling or by webhook: remembered first, then each to its chat's lane."""

import asyncio
import contextlib
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from telegram import Bot, Update

from bot.ground.metrics import Metrics
from bot.incoming.ordering import Lanes
from bot.incoming.polls import FULL
from bot.incoming.server_time import ServerTime
from bot.once.handling import Handling, at_work_on
from bot.once.inbox import Inbox
from bot.once.known_ids import KnownIds
from bot.updates.parsing import is_bare, parsed
from bot.updates.pruning import Content, needed

logger = logging.getLogger(__name__)

# too_fast: more questions wait in the chat than it may have waiting. too_late: asked too long ago.
# superseded: asked while typing, and typed on since. gave_up: the program was killed while at it, again and again.
Reason = Literal["too_fast", "too_late", "superseded", "gave_up"]

_TOLD_AGAIN = 60.0  # seconds between two notices of the same kind in a chat
_GATHERED = 5000  # updates that wait until it is known how late it is
_BROUGHT = 30.0  # seconds that who brings an update is kept waiting where it can't be written down
_MOST_OF_ALL_KINDS = 1000  # updates of one chat that may wait, whether or not they want a reply
# What a start counts for an update that it had begun with when the program was killed: as long as nothing of it was to
# be sent, and from then on, as what is only sent or looked for hardly kills anything. At so much it is not handled any
# more but told so; where even that was begun with, it is not looked at.
_SEARCHING, _SENDING, _SET_ASIDE, _TOLD = 3, 1, 6, 100
_ALONE = 30.0  # seconds that an update which may have killed the program keeps others that may have waiting


@dataclass(frozen=True, slots=True)
class Patience:
    """How many questions of a chat may wait, and how many seconds old one may be to be answered.

    Of the `clock` only how much time passes is believed.
    """

    waiting: int
    stale_after: float
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Handlers:
    """What is done about updates; `wants_reply` tells those to which somebody waits for an answer.

    `decline` records an update that isn't handled, and tells so if its last argument is true. `content` is what is kept
    of an update until it is done with (see `Inbox.receive`).
    """

    handle: Callable[[Update], Awaitable[None]]
    decline: Callable[[Update, Reason, bool], Awaitable[None]]
    wants_reply: Callable[[Update], bool]
    content: Content = needed


@dataclass(frozen=True, slots=True)
class _Arrival:
    handling: Handling
    question: bool = False
    declined: Reason | None = None
    tell: bool = False

    @property
    def update(self) -> Update:
        return self.handling.update


class Reception:
    """Takes updates in."""

    def __init__(self, inbox: Inbox, known: KnownIds, metrics: Metrics, patience: Patience, handlers: Handlers) -> None:
        self._inbox = inbox
        self._known = known
        self._metrics = metrics
        self._patience = patience
        self._handlers = handlers
        self._time = ServerTime(patience.clock)
        self._gathered: list[Handling] = []
        self._lanes: Lanes[_Arrival] = Lanes(self._work)
        self._questions: Counter[int] = Counter()  # that wait, by chat
        self._told: dict[tuple[int, Reason], float] = {}
        self._alone = asyncio.Lock()
        self._at_again: dict[int, int] = {}  # taken up, begun with and not done with: what that counts
        self._forgiving: set[asyncio.Task[None]] = set()
        metrics.waiting.set_function(lambda: len(self._lanes))

    async def take(self, updates: Sequence[Update]) -> None:
        """When this returns the updates are remembered: Telegram may be told that they have arrived, but of those that
        are `held`.

        While more wait at Telegram they are gathered: the last ones tell how late the first ones are.
        """
        new = await self._inbox.receive(updates, self._handlers.content)
        self._metrics.updates.inc(len(new))
        self._metrics.unreadable.inc(sum(map(is_bare, new)))
        self._metrics.repeated.inc(len(updates) - len(new))
        arrived = sorted(new, key=lambda update: update.update_id)
        earlier = [await self._inbox.sent_before(update.update_id) for update in arrived]
        self._gather(Handling(*each, again=bool(each[1])) for each in zip(arrived, earlier, strict=True))
        # What is held comes again with each poll, and is done with soon.
        if len(updates) < FULL or len(self._gathered) >= _GATHERED or self.held() is not None:
            self._admit_all()

    def held(self) -> int | None:
        """The first update that is neither written down nor done with; None where there is none."""
        return self._inbox.held()

    async def take_brought(self, updates: Sequence[Update]) -> bool:
        """Take updates in; whether Telegram may be told so, else it will bring them again."""
        await self.take(updates)
        return await self._inbox.settled([update.update_id for update in updates], _BROUGHT)

    async def take_up(self, bot: Bot) -> None:
        """Take up what the program left unfinished when it ended, but for what has killed it again and again.

        Such an update is set aside: it is told so, and if even that kills the program, it is not looked at any more.
        """
        self._known.restore(await self._inbox.message_ids())
        if await self._inbox.is_used():
            self._known.resume()
        left = await self._inbox.unfinished()
        if left:
            logger.warning("taking up %d updates that were left unfinished", len(left))
        for each in left:
            if each.begun >= _SET_ASIDE:
                update_id = each.update["update_id"]
                logger.error("update %s is set aside: the program was killed at it time and again", update_id)
                if each.begun >= _TOLD:
                    await self._inbox.finish(update_id)
        self._gather(
            Handling(parsed(each.update, bot), each.sends, again=True, begun=each.begun)
            for each in left
            if each.begun < _TOLD
        )
        self._admit_all()

    async def close(self, grace: float) -> None:
        """Handle what waits for up to `grace` seconds; the rest is taken up at the next start."""
        self._admit_all()
        await self._lanes.close(grace)
        await asyncio.gather(*self._forgiving)
        if self._at_again:
            await self._inbox.forgive(self._at_again)
            self._at_again.clear()

    def _gather(self, arrived: Iterable[Handling]) -> None:
        for handling in arrived:
            self._time.note(handling.update)
            self._known.note_update(handling.update)
            self._gathered.append(handling)

    def _admit_all(self) -> None:
        gathered, self._gathered = self._gathered, []
        for handling in gathered:
            self._admit(handling)

    def _admit(self, handling: Handling) -> None:
        chat = handling.update.effective_chat
        if handling.begun >= _SET_ASIDE:
            # A lane of its own: should to tell it kill the program, nobody has waited behind it.
            tell = self._is_question(handling.update)
            self._lanes.add(("set aside",), _Arrival(handling, declined="gave_up", tell=tell))
            return
        if chat is None:
            self._lanes.add(_lane_without_chat(handling.update), _Arrival(handling))
            return
        question = self._is_question(handling.update)
        reason = None if handling.sends_begun else self._reason_against(handling.update, chat.id, question)
        if reason is None:
            self._questions[chat.id] += question
            self._lanes.add(chat.id, _Arrival(handling, question))
        else:
            tell = question and self._is_first(chat.id, reason)
            # A lane of its own: it must be told now, and the others must not fill the memory until it's their turn.
            self._lanes.add(("declined", chat.id), _Arrival(handling, declined=reason, tell=tell))

    def _is_first(self, chat_id: int, reason: Reason) -> bool:
        """Whether the chat has not been told so lately; it counts as told from now on."""
        now = self._patience.clock()
        self._told = {told: at for told, at in self._told.items() if now - at < _TOLD_AGAIN}
        if (chat_id, reason) in self._told:
            return False
        self._told[chat_id, reason] = now
        return True

    def _is_question(self, update: Update) -> bool:
        try:
            return self._handlers.wants_reply(update)
        except Exception:  # the update is handled all the same, and fails there, where failures are excused
            logger.exception("update %s: whether it wants a reply can't be told", update.update_id)
            return False

    def _reason_against(self, update: Update, chat_id: int, question: bool) -> Reason | None:
        if question and update.message and self._time.age(update) > self._patience.stale_after:
            return "too_late"
        full = question and self._questions[chat_id] >= self._patience.waiting
        return "too_fast" if full or self._lanes.waiting(chat_id) >= _MOST_OF_ALL_KINDS else None

    async def _work(self, arrival: _Arrival) -> None:
        try:
            async with self._begun(arrival.handling):
                await self._done(arrival)
        except Exception:
            logger.exception("update %s failed outside of the handlers", arrival.update.update_id)
        finally:
            self._leave(arrival)
        await self._inbox.finish(arrival.update.update_id)
        self._at_again.pop(arrival.update.update_id, None)

    @contextlib.asynccontextmanager
    async def _begun(self, handling: Handling) -> AsyncIterator[None]:
        """The block handles an update of an earlier start; that it has begun is on the disk before it does. Updates on
        which an earlier start had begun come one after the other: only the one that kills the program is counted again.
        """
        if not handling.again:
            yield
            return
        update_id = handling.update.update_id
        counts = _TOLD if handling.begun >= _SET_ASIDE else _SENDING if handling.sends_begun else _SEARCHING
        async with self._turn(handling) as turn:
            self._at_again[update_id] = counts
            await self._inbox.begin(update_id, counts)
            handling.found = partial(self._found, update_id, turn)
            yield

    def _found(self, update_id: int, turn: contextlib.ExitStack) -> None:
        """There is something to be sent: what kills the program now is most likely another."""
        turn.close()
        if self._at_again.get(update_id) == _SEARCHING:
            self._at_again[update_id] = _SENDING
            forgiven = self._inbox.forgive({update_id: _SEARCHING - _SENDING})
            self._forgiving.add(task := asyncio.create_task(forgiven))
            task.add_done_callback(self._forgiving.discard)

    @contextlib.asynccontextmanager
    async def _turn(self, handling: Handling) -> AsyncIterator[contextlib.ExitStack]:
        """Of those that were begun with before one after the other, until what is given is closed."""
        turn = contextlib.ExitStack()
        if handling.begun:
            await self._alone.acquire()
            turn.callback(self._alone.release)
            turn.callback(asyncio.get_running_loop().call_later(_ALONE, turn.close).cancel)
        with turn:
            yield turn

    async def _done(self, arrival: _Arrival) -> None:
        with at_work_on(arrival.handling):
            declined = arrival.declined or ("superseded" if self._is_superseded(arrival.update) else None)
            if declined:
                await self._handlers.decline(arrival.update, declined, arrival.tell)
            else:
                with self._metrics.seconds.time():
                    await self._handlers.handle(arrival.update)

    def _is_superseded(self, update: Update) -> bool:
        """Whether whoever types an inline query has typed on by now: the app shows the answer to the last one only."""
        return update.inline_query is not None and self._lanes.waiting(_lane_without_chat(update)) > 1

    def _leave(self, arrival: _Arrival) -> None:
        """One less waits."""
        chat = arrival.update.effective_chat
        if chat is None:
            return
        if arrival.question:
            self._questions[chat.id] -= 1
            if not self._questions[chat.id]:
                del self._questions[chat.id]


def _lane_without_chat(update: Update) -> tuple[str, int]:
    """What a person types in inline mode has an order; what else has no chat has none."""
    query = update.inline_query
    return ("inline", query.from_user.id) if query else ("update", update.update_id)
