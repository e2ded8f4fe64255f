"""Callback data: what keyboards in chats carry is read, as they have carried it since the first version."""

from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.taps import kinds
from bot.taps.answer_buttons import Action, AnswerTap
from bot.taps.codec import LIMIT, Tap
from bot.taps.kinds import (
    AddedTap,
    AudienceTap,
    BringTap,
    ChannelTap,
    ForgetTap,
    GroupSourcesTap,
    GroupTap,
    LookTap,
    PersonTap,
    PolicyTap,
    SourcesTap,
    TimelineTap,
    UnansweredTap,
    WatchTap,
)

TOKEN = "abcDEF_-1234"  # noqa: S105 - of an exchange
KINDS = [
    each
    for each in (AnswerTap, *vars(kinds).values())
    if isinstance(each, type) and issubclass(each, Tap) and each is not Tap
]

CARRIED = [
    (f"a:{TOKEN}:more:12", AnswerTap(TOKEN, "more", 12)),
    (f"a:{TOKEN}:passage:2", AnswerTap(TOKEN, "passage", 2)),
    (f"a:{TOKEN}:no_answer:0", AnswerTap(TOKEN, "no_answer", 0)),
    ("timeline:7:oldest:0", TimelineTap(7, "oldest", 0)),
    ("timeline:7:newest:12", TimelineTap(7, "newest", 12)),
    ("timeline:7:newest:0:15", TimelineTap(7, "newest", 0, 15)),
    ("timeline:7:csv", TimelineTap(7, "csv")),
    ("timeline:7:ics", TimelineTap(7, "ics")),
    ("timeline:7:topic", TimelineTap(7, "topic")),
    ("who:7", PersonTap(7)),
    ("policy:0:mention", PolicyTap(0, "mention")),
    ("policy:5:chat", PolicyTap(5, "chat")),
    ("policy:0:show", PolicyTap(0, "show")),
    ("seen:asker", AudienceTap("asker")),
    ("seen:all", AudienceTap("all")),
    ("sources:1", SourcesTap(1)),
    ("from:0:show", GroupSourcesTap(0, "show")),
    ("look:rich", LookTap("rich")),
    ("look:show", LookTap("show")),
    ("from:2:0123456789abcdef", GroupSourcesTap(2, "0123456789abcdef")),
    ("watch:0:open", WatchTap(0, "open")),
    ("watch:7:pause", WatchTap(7, "pause")),
    ("watch:7:at0", WatchTap(7, "at0")),
    ("watch:7:at23", WatchTap(7, "at23")),
    ("forget:yes", ForgetTap("yes")),
    ("unanswered:0:2026-01-02:2026-02-01", UnansweredTap(0, date(2026, 1, 2), date(2026, 2, 1))),
    ("channel:-1001234567890", ChannelTap("-1001234567890")),
    ("channel:@ben_song", ChannelTap("@ben_song")),
    ("group:-1001234567890:every", GroupTap(-1001234567890, "every")),
    ("group:-50:show", GroupTap(-50, "show")),
    ("added:0123456789ab", AddedTap("0123456789ab")),
    ("bring", BringTap()),
]


@pytest.mark.parametrize(("data", "tap"), CARRIED)
def test_what_keyboards_carry_is_read_and_written_as_ever(data: str, tap: Tap) -> None:
    assert [read for kind in KINDS if (read := kind.read(data)) is not None] == [tap]
    assert tap.data == data


@pytest.mark.parametrize(
    "data",
    ["", ":", "x", "a", f"a:{TOKEN}:more", f"a:{TOKEN}:more:1234", f"a:{TOKEN}:explode:1", f"a:{TOKEN}:more:1:1",
     "a:short:more:1", "timeline", "timeline::csv", "timeline:7:exe", "timeline:7:oldest:-1",
     f"timeline:{'9' * 30}:csv",
     "who:", "who:x", "policy", "policy:0:chat", "policy:0:whisper", "policy:-5:off", "policy:5:off ", "policy::off",
     f"policy:{'9' * 40}:off",
     "sources:", "sources:-1", "sources:1x", "sources:1234567", "from:0:Show", "from:0:0123456789ABCDEF",
     "watch:7:at24", "watch:-7:pause",
     "watch:7:explode", f"watch:{'9' * 30}:show", "forget:perhaps", "unanswered:0:2026-13-01:2026-02-01",
     "channel:@Ben_Song", "group:50:show", "group:-50:chat", "added:0123456789AB", "bring:1", "sources:٣"],
)  # fmt: skip
def test_what_no_button_says_asks_for_nothing(data: str) -> None:
    assert [kind for kind in KINDS if kind.read(data) is not None] == []


@given(st.text(max_size=LIMIT) | st.sampled_from([data for data, _ in CARRIED]).flatmap(st.permutations).map("".join))
def test_no_data_breaks_the_reading(data: str) -> None:
    for kind in KINDS:
        read = kind.read(data)
        assert read is None or kind.read(read.data) == read


LARGEST: list[Any] = [
    AnswerTap("A" * 12, max(get_args(Action), key=len), 999),
    TimelineTap(10**18 - 1, "newest", 999_999, 9999),
    PersonTap(10**18 - 1),
    PolicyTap(10**15 - 1, "questions"),
    SourcesTap(999_999),
    WatchTap(10**15 - 1, "remove"),
    UnansweredTap(9999, date.max, date.max),
    ChannelTap("@" + "a" * 32),
    GroupTap(-(10**14) + 1, "questions"),
]


@pytest.mark.parametrize("tap", LARGEST)
def test_the_longest_of_each_kind_fits_a_button(tap: Tap) -> None:
    assert len(tap.data.encode()) <= LIMIT
    assert type(tap).read(tap.data) == tap


def test_a_kind_that_does_not_say_how_it_is_written_is_a_mistake_at_once() -> None:
    from dataclasses import dataclass  # noqa: PLC0415

    @dataclass(frozen=True, slots=True)
    class Careless(Tap, name="careless"):
        number: int

    with pytest.raises(TypeError, match="says how it is written"):
        Careless.read("careless:1")
