"""The message ids that are known of each chat, to tell where a message would be that may have been sent."""

from collections import OrderedDict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from telegram import MaybeInaccessibleMessage, Message, Update

_CHATS = 10_000  # of those that were active last
_IN_CHAT = 500  # ids of each, the last ones
_SHARED = 20_000  # ids of all private chats together, likewise
_SENDS = 2_000  # of the bot's own, likewise
_JUMP = 1_000_000  # between two that are known
_FIRST_SUPERGROUP = -1_000_000_000_000  # ids of supergroups and channels lie below


@dataclass(slots=True)
class _Chat:
    highest: int = 0
    ids: OrderedDict[int, None] = field(default_factory=OrderedDict)
    own: bool = False  # whether no message of an earlier run of the program can be above the highest


class KnownIds:
    """Message ids grow. Those of supergroups and channels count in each by itself, those of all private chats and of
    basic groups together (https://core.telegram.org/api/updates#message-related-event-sequences). Other servers count
    them in each chat: that shows where two private chats have the same id, or a new message is not above the last.
    """

    def __init__(self) -> None:
        self._chats: OrderedDict[int | str, _Chat] = OrderedDict()
        self._private: OrderedDict[int, int | str | None] = OrderedDict()  # whose each id is; None: not known any more
        self._last_private = 0  # the highest of them
        self._sends: deque[tuple[float, int]] = deque(maxlen=_SENDS)  # when they began, in private chats
        self._unwritten: deque[int] = deque(maxlen=_SHARED)
        self.counts_apart = False  # whether private chats are known to count each by itself
        self._resumed = False
        self._first: int | None = None  # the first date of a message that this run has sent

    def resume(self) -> None:
        """There was an earlier run: what it sent in a chat that counts by itself is not known."""
        self._resumed = True

    def restore(self, ids: Iterable[int]) -> None:
        """What an earlier run of the program had to be kept (`unwritten`), upwards."""
        for message_id in ids:
            _keep(self._private, message_id, None, _SHARED)
            self._last_private = max(message_id, self._last_private)

    def unwritten(self) -> Collection[int] | None:
        """The ids in private chats that have become known since this was asked last. None where they say nothing
        without their chat, as each counts by itself: then none that were kept hold any more.
        """
        ids = [*self._unwritten]
        self._unwritten.clear()
        return None if self.counts_apart else ids

    def note_update(self, update: Update) -> None:
        """A message came in, or one is named by what came in."""
        message = update.effective_message
        replied = message.reply_to_message if isinstance(message, Message) else None
        for each in (message, replied):
            if each is not None and _may_be_looked_for(each):
                self._raise(each.chat.id, each.message_id)
            elif each is not None:
                self.note(each.chat.id, each.message_id)
        if isinstance(message, Message) and self._first is not None and message.date.timestamp() > self._first:
            self._chats[message.chat.id].own = True

    def note_result(self, chat_id: int | str, result: Any, after: tuple[int, ...] = (), began: float = 0.0) -> None:
        """A message went out, and this is what Telegram answered: a Message, as JSON, or something else.

        `after` was `before_next` when it `began`.
        """
        if not isinstance(result, dict) or not isinstance(result.get("message_id"), int):
            return
        message_id = result["message_id"]
        if _is_private(chat_id):
            self.counts_apart |= message_id <= max(after, default=0)
            self._sends.append((began, message_id))
        self.note(chat_id, message_id)
        self._chats[chat_id].own = True
        if self._first is None and began and isinstance(result.get("date"), int):
            self._first = result["date"]

    def before_next(self, chat_id: int | str) -> tuple[int, ...]:
        """The ids above which the next message in this chat gets its own: the chat's last; the last in any private
        chat, where that is higher and they count together.

        Empty where what an earlier run sent may be above the last that is known, and would be taken for the message.
        """
        if self._resumed and (not _is_private(chat_id) or self.counts_apart) and not self._is_own(chat_id):
            return ()
        here = self._chats[chat_id].highest if chat_id in self._chats else 0
        together = isinstance(chat_id, int) and chat_id > _FIRST_SUPERGROUP and not self.counts_apart
        return (here, self._last_private) if together and self._last_private > here else (here,)

    def _is_own(self, chat_id: int | str) -> bool:
        return chat_id in self._chats and self._chats[chat_id].own

    def last(self, chat_id: int | str, *, shared: bool) -> int:
        """The highest id known of the chat; where it is `shared`, of all private chats."""
        return self._last_private if shared else self._chats[chat_id].highest if chat_id in self._chats else 0

    def is_another(self, chat_id: int | str, message_id: int, *, shared: bool) -> bool:
        """Whether the id is known to be another message's."""
        in_chat = chat_id in self._chats and message_id in self._chats[chat_id].ids
        return in_chat or (shared and message_id in self._private)

    def given_since(self, moment: float) -> int | None:
        """The lowest id of a message that began to go out to a private chat since then; None where there is none."""
        return min((message_id for began, message_id in self._sends if began >= moment), default=None)

    def note(self, chat_id: int | str, message_id: int, *, kept: bool = True) -> None:
        """This id of the chat is a message's that nobody looks for; `kept`: nor would another run of the program."""
        chat = self._raise(chat_id, message_id)
        _keep(chat.ids, message_id, None, _IN_CHAT)
        if _is_private(chat_id):
            self.counts_apart |= self._private.get(message_id) not in {None, chat_id}
            if kept and message_id not in self._private and message_id <= self._last_private:
                self._unwritten.append(message_id)
            _keep(self._private, message_id, chat_id, _SHARED)

    def _raise(self, chat_id: int | str, message_id: int) -> _Chat:
        """The chat, which has got as far as this id."""
        chat = self._chats.setdefault(chat_id, _Chat())
        chat.highest = max(message_id, chat.highest)
        self._chats.move_to_end(chat_id)
        while len(self._chats) > _CHATS:
            self._chats.popitem(last=False)
        if _is_private(chat_id) and (self._last_private == 0 or message_id < self._last_private + _JUMP):
            self._last_private = max(message_id, self._last_private)  # else it is no id of Telegram's
        return chat


def _may_be_looked_for(message: MaybeInaccessibleMessage) -> bool:
    """Whether it may be the bot's, and so one of unknown fate: who taps or replies to it was quicker."""
    return not isinstance(message, Message) or (message.from_user is not None and message.from_user.is_bot)


def _is_private(chat_id: int | str) -> bool:
    return isinstance(chat_id, int) and chat_id > 0


def _keep(ids: OrderedDict[int, Any], message_id: int, value: Any, most: int) -> None:
    ids[message_id] = value
    while len(ids) > most:
        ids.popitem(last=False)
