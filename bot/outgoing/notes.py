"""What stands in the place of a message that may have been sent, until somebody asks for it."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup, Update
from telegram.constants import ParseMode

from bot.outgoing.calls import PARAMETERS_OF_ONE, SEND_RICH, Call

# Where a message goes, and to whom.
_PLACED = ("chat_id", "message_thread_id", "link_preview_options", PARAMETERS_OF_ONE)
_MOST = 200  # messages that are kept until they are asked for, the last ones


@dataclass(frozen=True, slots=True)
class Words:
    """What a note says, in HTML, and the button under it, which brings what it stands for."""

    text: str
    buttons: InlineKeyboardMarkup | None


class Notes:
    """Notes and what each stands for, which is kept in memory only: nobody's words are written down for it."""

    def __init__(self, words: Callable[[Update | None], Words]) -> None:
        self._words = words
        self._kept: OrderedDict[tuple[int | str, int], Call] = OrderedDict()

    def of(self, call: Call, update: Update | None) -> Call:
        """The call that sends the note, in the language of who sent the update; it may be edited into the message."""
        words = self._words(update)
        placed = {name: call.data[name] for name in _PLACED if name in call.data}
        if can_become(call):  # else the note makes way for a picture or file, which is the reply
            placed["reply_parameters"] = call.data.get("reply_parameters")
        said = {"text": words.text, "parse_mode": ParseMode.HTML, "reply_markup": words.buttons}
        return call.instead_of("sendMessage", placed | said)

    def keep(self, chat_id: int | str, message_id: int, call: Call) -> None:
        """This message is a note that stands for that call."""
        self._kept[chat_id, message_id] = call
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)

    def take(self, chat_id: int, message_id: int) -> Call | None:
        """What the note stands for, once."""
        return self._kept.pop((chat_id, message_id), None)


def is_text(call: Call) -> bool:
    """Whether it is a message of nothing but text."""
    return call.endpoint == "sendMessage"


def can_become(call: Call) -> bool:
    """Whether it is a message that an edit can make of a note."""
    return is_text(call) or call.endpoint == SEND_RICH
