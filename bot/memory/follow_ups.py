"""The last question of each person in each chat, so that "còn năm 2024?" goes on from it."""

from collections import OrderedDict

from telegram import Message

from bot.updates.origin import topic_of, writer_of
from retrieval.query import Query

_Place = tuple[int, int | None, int | None]


class FollowUps:
    """Kept in memory, for as many people as `size`; those who asked longest ago are forgotten first."""

    def __init__(self, size: int = 10_000) -> None:
        self._size = size
        self._last: OrderedDict[_Place, Query] = OrderedDict()

    def before(self, message: Message) -> Query | None:
        """What the writer of the message asked last, in the same chat and topic."""
        return self._last.get(_place(message))

    def remember(self, message: Message, query: Query) -> None:
        """The question of the message is the last one now."""
        self._last[_place(message)] = query
        self._last.move_to_end(_place(message))
        if len(self._last) > self._size:
            self._last.popitem(last=False)

    def forget(self, user_id: int) -> None:
        """What the person asked last, wherever."""
        for place in [place for place in self._last if place[2] == user_id]:
            del self._last[place]


def _place(message: Message) -> _Place:
    return message.chat.id, topic_of(message), writer_of(message)
