"""Whatever a button may carry, and whatever is typed in inline mode: no crash, one answer each, no unescaped text."""

import asyncio
import logging
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.context import services_of
from bot.ground.splitting import MESSAGE_LIMIT
from bot.memory.exchanges import Exchange
from bot.sandbox.entities import utf16_length
from bot.sandbox.world import Message, World
from bot.settings import Settings
from bot.taps.answer_buttons import Action, AnswerTap
from bot.taps.kinds import ForgetTap, PersonTap, PolicyTap, SourcesTap, TimelineTap, WatchTap
from retrieval import Library
from tests.bot.faults.conftest import acknowledged, at_work_for, eventually
from tests.bot.faults.test_fuzz import dear, own_settings, tags, words
from tests.clock import PATIENCE

__all__ = ["own_settings"]

HOSTILE = "<b>cầu</b> &amp; {{ 7*7 }} </blockquote>"
QUESTION = f"Cây cầu Hương An dài bao nhiêu mét {HOSTILE}?"
# The tokens of the answers that there are are put in the place of these.
OF_AN_ANSWER, WITH_SUGGESTIONS, MADE_UP = "A" * 12, "B" * 12, "-_" * 6
tokens = st.sampled_from([OF_AN_ANSWER, WITH_SUGGESTIONS, MADE_UP])
numbers = st.integers(0, 10**18 - 1)
of_a_kind = st.one_of(
    st.builds(AnswerTap, tokens, st.sampled_from(get_args(Action)), st.integers(0, 999)),
    st.builds(ForgetTap, st.sampled_from(["yes", "no"])),
    st.builds(PersonTap, numbers | st.just(1)),
    st.builds(PolicyTap, st.integers(1, 10**15 - 1), st.sampled_from(["mention", "off", "chat", "show"])),
    st.builds(SourcesTap, st.integers(0, 999_999)),
    st.builds(
        TimelineTap,
        numbers | st.just(1),
        st.sampled_from(["oldest", "newest", "csv", "ics", "topic"]),
        st.none() | st.integers(0, 999_999),
        st.integers(0, 9999),
    ),
    st.builds(WatchTap, st.integers(0, 10**15 - 1), st.sampled_from(["list", "open", "show", "remove", "at7"])),
)
taps = st.one_of(
    of_a_kind.map(lambda tap: tap.data),
    st.text(min_size=1, max_size=64).filter(lambda text: len(text.encode()) <= 64),
)
typed = st.tuples(words, st.sampled_from(["", "10", "20", "x", "-1", "９"]))


@given(data=st.lists(taps, min_size=5, max_size=25), queries=st.lists(typed, max_size=10))
@dear
def test_no_tap_and_no_inline_query_does_harm(
    own_settings: Settings,
    library: Library,
    caplog: pytest.LogCaptureFixture,
    data: list[str],
    queries: list[tuple[str, str]],
) -> None:
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        world = asyncio.run(tapped(data, queries, own_settings, library))
    assert not [record for record in caplog.records if record.exc_info]
    errors = {call.error for call in world.calls if call.error}
    assert all("message is not modified" in error for error in errors)  # tapped twice: it says so already
    assert all(answer and utf16_length(answer.get("text", "")) <= 200 for answer in world.callback_queries.values())
    assert len(world.calls_of("answerCallbackQuery")) == len(world.callback_queries)
    sent = [message for chat in world.chats.values() for message in world.messages_of_bot(chat)]
    cards = [result for answer in world.inline_queries.values() if answer for result in answer["results"]]
    for message in [*sent, *(each["message"] for each in cards)]:
        assert 0 < utf16_length(message.get("text", "x")) <= MESSAGE_LIMIT
        allowed = {"blockquote", "expandable_blockquote", "bold", "italic", "text_link", "code", "pre", "date_time"}
        assert tags(message) <= allowed


async def tapped(data: list[str], queries: list[tuple[str, str]], settings: Settings, library: Library) -> World:
    """A world in which all that has been tapped and typed, and been answered."""
    world = World()
    person = world.add_user("Lan", language_code="vi")
    chat, group = world.private_chat(person), world.add_group("Xóm", members=[person])
    async with at_work_for(world, settings, library) as bot:
        answers = []
        for where, text in ((chat, QUESTION), (group, f"/hoi {QUESTION}")):
            asked = world.say(person, where, text)["message"]["message_id"]
            answers.append(await world.next_message(where, after=asked, seconds=PATIENCE))
        suggesting = Exchange(QUESTION, 1, suggestions=(HOSTILE, QUESTION), person=HOSTILE, topic=HOSTILE)
        token = await services_of(bot).memory.exchanges.remember(suggesting, None)
        real_tokens = {OF_AN_ANSWER: token_of(answers[0]), WITH_SUGGESTIONS: token}
        for number, each in enumerate(data):
            for placeholder, real in real_tokens.items():
                each = each.replace(placeholder, real)  # noqa: PLW2901
            world.callback_queries[str(number)] = None
            world.updates.put({"callback_query": query(number, person.as_json(), answers[number % 2], each)})
        for text, offset in queries:
            world.ask_inline(person, text, offset)
        await acknowledged(world)
        waiting = services_of(bot).monitor.metrics.registry.get_sample_value
        await eventually(lambda: waiting("trich_updates_waiting") == 0)
    return world


def query(number: int, person: dict[str, Any], message: Message, data: str) -> dict[str, Any]:
    return {"id": str(number), "from": person, "chat_instance": "1", "message": message, "data": data}


def token_of(answer: Message) -> str:
    rows = answer["reply_markup"]["inline_keyboard"]
    data = [button["callback_data"] for row in rows for button in row if "callback_data" in button]
    return str(data[0].split(":")[1])
