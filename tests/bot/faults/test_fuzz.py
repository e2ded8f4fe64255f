"""Whatever comes in: no crash, no markup that wasn't meant, no message that Telegram would not take."""

import asyncio
import logging
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.context import services_of
from bot.ground.splitting import MESSAGE_LIMIT
from bot.sandbox.entities import utf16_length
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.faults.conftest import acknowledged, at_work_for, changed, eventually, text_of
from tests.clock import PATIENCE

# What Telegram says of chats, messages and taps that don't exist.
MADE_UP = {
    None,
    "Bad Request: chat not found",
    "Bad Request: message to react not found",
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
}

ids = st.integers(1, 10**12)
words = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(["cầu", "Hương An", "<b>", "&amp;", "</blockquote>", "dài", "{{7*7}}", "?", "😀", "e\u0301"])
    )
    .map(" ".join)
    .filter(bool),
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
users = st.fixed_dictionaries(
    {"id": ids, "is_bot": st.booleans(), "first_name": words},
    optional={"username": words, "language_code": st.sampled_from(["vi", "en", "", "xx-YY"]) | words, "junk": junk},
)
chats = st.fixed_dictionaries(
    {
        "id": st.integers(-(10**13), 10**12),
        "type": st.sampled_from(["private", "group", "supergroup", "channel", "moon"]),
    },
    optional={"title": words, "first_name": words, "is_forum": st.booleans()},
)
spans = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["bot_command", "mention", "url", "bold", "text_mention"]),
            "offset": st.integers(-1, 300),
            "length": st.integers(-1, 300),
        },
        optional={"user": users, "url": words},
    ),
    max_size=3,
)
messages = st.fixed_dictionaries(
    {"message_id": ids, "date": st.integers(0, 2**31), "chat": chats},
    optional={
        "from": users,
        "sender_chat": chats,
        "text": words,
        "caption": words,
        "entities": spans,
        "message_thread_id": ids,
        "is_topic_message": st.booleans(),
        "edit_date": st.integers(0, 2**31),
        "new_chat_members": st.lists(users, max_size=2),
        "migrate_to_chat_id": ids,
        "pinned_message": junk,
        "via_bot": users,
        "junk": junk,
    },
)
# What a person may really have written, in a chat that there is (see `settle`).
talk = st.builds(
    lambda update, message, sender, kind, text: {
        update: message | {"from": sender | {"is_bot": False}, "chat": {"id": 1, "type": kind}, "text": text}
    },
    st.sampled_from(["message", "message", "edited_message"]),
    messages.map(lambda message: {key: message[key] for key in message if key in {"message_id", "date", "entities"}}),
    users.map(lambda user: user | {"language_code": "vi"}),
    st.sampled_from(["private", "private", "supergroup"]),
    st.builds("".join, st.tuples(st.sampled_from(["", "/hoi ", "/ask@trich_bot ", "/start ", "/x"]), words)),
)
queries = st.fixed_dictionaries(
    {"id": words, "from": users, "chat_instance": words},
    optional={"data": words, "message": messages, "inline_message_id": words},
)
kinds = st.one_of(
    st.fixed_dictionaries({"message": messages}),
    st.fixed_dictionaries({"edited_message": messages}),
    st.fixed_dictionaries({"channel_post": messages}),
    st.fixed_dictionaries({"callback_query": queries}),
    st.fixed_dictionaries(
        {"inline_query": st.fixed_dictionaries({"id": words, "from": users, "query": words, "offset": words})}
    ),
    st.dictionaries(st.sampled_from(["message", "poll", "chat_member", "new_kind"]), junk, max_size=2),
)


# An example is a bot that runs: few are drawn, and what fails is not made smaller.
dear = settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@given(said=st.lists(talk, min_size=3, max_size=12), others=st.lists(kinds, max_size=12))
@dear
def test_no_update_does_harm(
    own_settings: Settings,
    library: Library,
    caplog: pytest.LogCaptureFixture,
    said: list[dict[str, Any]],
    others: list[dict[str, Any]],
) -> None:
    caplog.clear()
    updates = [update for pair in zip_longest(said, others) for update in pair if update is not None]
    with caplog.at_level(logging.WARNING):
        world = asyncio.run(handled(updates, own_settings, library))
    assert not [record for record in caplog.records if record.exc_info]
    assert {call.error for call in world.calls} <= MADE_UP
    replies = [message for chat in world.chats.values() for message in world.messages_of_bot(chat)]
    assert all(0 < utf16_length(text_of(message)) <= MESSAGE_LIMIT for message in replies)
    assert set().union(*map(tags, replies)) <= {
        "blockquote",
        "expandable_blockquote",
        "bold",
        "italic",
        "text_link",
        "code",
        "date_time",
    }


def tags(message: dict[str, Any]) -> set[str]:
    """The markup of a reply: the words of a user must add none."""
    return {entity["type"] for entity in message.get("entities", [])} - {"bot_command", "mention", "url", "hashtag"}


async def handled(updates: list[dict[str, Any]], settings: Settings, library: Library) -> World:
    """A world in which all of them have come in and are done with; afterwards the bot still answers."""
    world = World()
    person, group = world.add_user("Lan"), world.add_group("Xóm")
    chat = world.private_chat(person)
    for update in updates:
        settle(update, {"private": chat.id, "supergroup": group.id}, person.id)
    async with at_work_for(world, settings, library) as bot:
        for update in updates:
            world.updates.put(update)
        await acknowledged(world)
        waiting = services_of(bot).monitor.metrics.registry.get_sample_value
        await eventually(lambda: waiting("trich_updates_waiting") == 0)
        asked = world.say(person, chat, "Cây cầu dài bao nhiêu mét?")["message"]["message_id"]
        reply = await world.next_message(chat, after=asked, seconds=PATIENCE)
        assert "1.200 mét" in text_of(reply)
    return world


def settle(update: dict[str, Any], chats: dict[str, int], person: int) -> None:
    """Where somebody might be answered, there is such a chat."""
    for message in update.values():
        if isinstance(message, dict) and isinstance(message.get("chat"), dict) and message["chat"].get("id") == 1:
            message["chat"] = message["chat"] | {"id": chats[message["chat"]["type"]]}
            message["from"] = message["from"] | {"id": person}


@pytest.fixture(scope="module")
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of the defaults, with all files in one folder, for all examples: hypothesis takes no fixtures of single tests."""
    folder = tmp_path_factory.mktemp("fuzz")
    plain = Settings.load()
    fast = dict.fromkeys(("chat_per_second", "chat_burst", "group_per_minute", "overall_per_second"), 10_000)
    plain = changed(plain, "limits", **fast)
    plain = changed(plain, "inbox", path=Path(":memory:"), stale_after_minutes=1e9)  # each world numbers anew
    plain = changed(plain, "chats", path=Path(":memory:"))
    return changed(plain, "log", path=folder / "log")
