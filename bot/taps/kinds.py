"""What each kind of button carries; those under answers are in `answer_buttons`.

What is changed here keyboards in chats carry as it was: read both.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from bot.memory.policy import Mode
from bot.pages.timeline_pages import Order
from bot.taps.codec import Form, Tap, digits

Setting = Literal[Mode, "chat"]  # "chat": the topic follows the whole chat
Export = Literal["csv", "ics"]

_ACTS = "list|open|show|once|daily|hours|apart|pause|resume|remove|at(?:[01]?[0-9]|2[0-3])"
_DAY = Form(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class TimelineTap(Tap, name="timeline"):
    """Of a timeline that was shown, by its number: a page of its `days` that matter most (0: of all), a file, or
    ("topic") to be sent it at all.
    """

    shown: Annotated[int, digits(18)]
    what: Literal[Order, Export, "topic"]
    page: Annotated[int | None, digits(6)] = None
    days: Annotated[int, digits(4)] = 0


@dataclass(frozen=True, slots=True)
class PersonTap(Tap, name="who"):
    """To be shown a person, by the number under which the name is remembered."""

    shown: Annotated[int, digits(18)]


@dataclass(frozen=True, slots=True)
class PolicyTap(Tap, name="policy"):
    """A setting of a topic of a group (0: of the whole chat), or to be shown its settings."""

    topic_or_chat: Annotated[int, digits(15)]
    what: Literal[Setting, "show"]

    def __post_init__(self) -> None:
        if self.what == "chat" and not self.topic_or_chat:
            raise ValueError("the chat can't follow itself")

    @property
    def topic(self) -> int | None:
        """None: the whole chat."""
        return self.topic_or_chat or None


@dataclass(frozen=True, slots=True)
class AudienceTap(Tap, name="seen"):
    """Who is to see what the bot says in a group."""

    by: Literal["asker", "all"]


@dataclass(frozen=True, slots=True)
class GroupSourcesTap(Tap, name="from"):
    """Of the sources that a group's answers come from: a page, from 0, a way, or a source, by its `key_of`."""

    page: Annotated[int, digits(6)]
    what: Annotated[str, Form("show|first|only|all|[0-9a-f]{16}")]


@dataclass(frozen=True, slots=True)
class LookTap(Tap, name="look"):
    """How replies are drawn in the chat."""

    what: Literal["show", "rich", "plain"]


@dataclass(frozen=True, slots=True)
class SourcesTap(Tap, name="sources"):
    """A page of the list of sources, from 0."""

    page: Annotated[int, digits(6)]


@dataclass(frozen=True, slots=True)
class WatchTap(Tap, name="watch"):
    """Of a watch, by its number (0: of none). `list` turns the message into the list, `open` sends the list anew;
    "at7" sets the hour.
    """

    watch: Annotated[int, digits(15)]
    act: Annotated[str, Form(_ACTS)]

    @property
    def hour(self) -> int | None:
        """The hour of the day that it sets."""
        return int(self.act.removeprefix("at")) if self.act.startswith("at") else None


@dataclass(frozen=True, slots=True)
class ForgetTap(Tap, name="forget"):
    """Whether all that there is of a person is to go."""

    choice: Literal["yes", "no"]


@dataclass(frozen=True, slots=True)
class BringTap(Tap, name="bring"):
    """To be brought the message that may not have arrived."""


@dataclass(frozen=True, slots=True)
class UnansweredTap(Tap, name="unanswered"):
    """A page, from 0, of what was asked in vain in these days."""

    page: Annotated[int, digits(4)]
    since: Annotated[date, _DAY]
    until: Annotated[date, _DAY]


@dataclass(frozen=True, slots=True)
class PinsTap(Tap, name="pins"):
    """A page, from 0, of what operators have settled; and the question, by the digest of its key, of which it is taken
    back.
    """

    page: Annotated[int, digits(4)]
    undone: Annotated[str, Form("[0-9a-f]{16}|")] = ""


@dataclass(frozen=True, slots=True)
class ChannelTap(Tap, name="channel"):
    """To read no more posts of this channel."""

    channel: Annotated[str, Form(r"-100[0-9]{5,13}|@[a-z]\w{3,31}")]


@dataclass(frozen=True, slots=True)
class GroupTap(Tap, name="group"):
    """A setting of a group, or to be shown its settings, from afar."""

    chat: Annotated[int, digits(14, negative=True)]
    what: Literal[Mode, "show"]


@dataclass(frozen=True, slots=True)
class AddedTap(Tap, name="added"):
    """To take an article away again that an operator has added, by the digest of its file."""

    digest: Annotated[str, Form(r"[0-9a-f]{12}")]
