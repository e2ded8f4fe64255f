"""What is no question, in chats: a reaction or a line, never a quote; a name or topic alone; what was wrong."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from bot.settings import Settings
from tests.bot.conftest import Running
from tests.bot.groups import Group, Reader
from tests.bot.test_answer_taps import Q, answered, button, has, tapped


def complaints(settings: Settings) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(settings.log.path)) as db:
        return db.execute(
            "SELECT question, value, reason, words FROM feedback JOIN queries ON queries.id = query"
        ).fetchall()


@pytest.mark.parametrize(
    ("text", "emoji"),
    [("cảm ơn nhé", "❤"), ("ok", "👌"), ("haha", "😁"), ("giỏi quá", "❤"), ("ngủ ngon", "🤗")],
)
async def test_what_needs_no_words_gets_a_reaction(running: Running, text: str, emoji: str) -> None:
    async with running() as world:
        reader = Reader(world)
        assert await reader.asks(text) == []
        assert list(reader.chat.reactions.values()) == [{world.bot.id: (emoji,)}]


async def test_a_greeting_is_one_line_with_questions_that_have_answers(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        [greeting] = await reader.asks("xin chào")
        assert "blockquote" not in str(greeting.get("entities"))
        assert "\n" not in greeting["text"]
        offered = [row[0]["text"] for row in greeting["reply_markup"]["inline_keyboard"]]
        assert offered == ["Có gì mới về Hương An?"]
        [news] = await tapped(reader, greeting, "ask")
        assert news["text"].startswith("Mới nhất về Hương An:\nSáng 15/9/2025") or "Hương An" in news["text"]


@pytest.mark.parametrize("text", ["bạn là ai", "ngu", "hả?", "asdf", "+1", "👍", "xe", "Zzyzx"])
async def test_nothing_is_searched_for_what_asks_nothing(running: Running, text: str) -> None:
    async with running() as world:
        [said] = await Reader(world).asks(text)
    assert "blockquote" not in str(said.get("entities"))
    assert "chưa tìm thấy" not in said["text"]


async def test_a_name_alone_opens_the_person_and_a_topic_its_newest_news(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        [person] = await reader.asks("Trần Văn Bách")
        [news] = await reader.asks("cầu Hương An")
    assert person["text"].startswith("Trần Văn Bách\n")
    assert news["text"].startswith("Mới nhất về cầu Hương An:\n")
    assert "được thông xe" in news["text"]


async def test_a_thumb_down_asks_why_in_place_and_a_tap_says_it(running: Running, settings: Settings) -> None:
    async with running() as world:
        reader = Reader(world)
        answer = await answered(reader)
        assert await tapped(reader, answer, "bad") == []
        assert [button(reader.now(answer), why)["text"] for why in ("wrong", "unrelated", "old", "other")]
        assert await tapped(reader, reader.now(answer), "old") == []
        assert has(reader.now(answer), "open")
    assert complaints(settings) == [(Q, -1, "old", None)]


async def test_what_else_is_wrong_is_told_in_words(running: Running, settings: Settings) -> None:
    async with running() as world:
        reader = Reader(world)
        answer = await answered(reader)
        await tapped(reader, answer, "bad")
        [asking] = await tapped(reader, reader.now(answer), "other")
        assert await reader.asks("Cầu khác chứ không phải cầu này", reply_to=asking["message_id"]) == []
    assert complaints(settings) == [(Q, -1, "other", "Cầu khác chứ không phải cầu này")]


async def test_who_says_that_it_is_wrong_is_asked_what(running: Running, settings: Settings) -> None:
    async with running() as world:
        reader = Reader(world)
        await answered(reader)
        [asking] = await reader.asks("sai rồi, cầu dài 1.300 mét")
        assert "blockquote" not in str(asking.get("entities"))
        await tapped(reader, asking, "wrong")
        assert not reader.now(asking).get("reply_markup")
    assert complaints(settings) == [(Q, -1, "wrong", "sai rồi, cầu dài 1.300 mét")]


async def test_where_nothing_was_answered_it_is_asked_which_answer_is_wrong(running: Running) -> None:
    async with running() as world:
        [which] = await Reader(world).asks("sai rồi")
    assert which["text"].startswith("Câu trả lời nào")


async def test_in_a_group_replies_that_ask_nothing_get_no_quotes(running: Running, settings: Settings) -> None:
    async with running() as world:
        group = Group(world)
        answer = await group.asks(f"/hoi {Q}")
        for text in ("cảm ơn nhé", "haha", "hay thế mọi người ạ", "👍", "chiều nay đi qua cầu đi"):
            group.says(text, reply_to=answer["message_id"])
        assert len(await group.heard()) == 1
        asking = await group.asks("sai rồi", reply_to=answer["message_id"])
        again = await group.asks("còn cầu Hương An thông xe ngày nào?", reply_to=answer["message_id"])
    assert "blockquote" not in str(asking.get("entities"))
    assert "15/9/2025" in again["text"]
    assert [value for _, value, *_ in complaints(settings)] == [-1]


async def test_english_is_answered_by_what_it_names_or_asked_for_in_vietnamese(running: Running) -> None:
    async with running() as world:
        reader = Reader(world, "en")
        [person] = await reader.asks("Who is Tran Van Bach?")
        [refused] = await reader.asks("What is the weather like in Gia Lai?")
    assert person["text"].startswith("Trần Văn Bách\n")
    assert refused["text"].startswith("I found no answer. The articles are in Vietnamese")
    assert "ask in Vietnamese" in refused["text"]
    assert "related" not in str(refused.get("reply_markup"))


async def test_who_asks_in_english_what_is_nowhere_is_asked_to_ask_in_vietnamese_with_a_sample(
    running: Running,
) -> None:
    async with running() as world:
        reader = Reader(world, "en")
        for question in ("Who is the foremost weaver of Zyxland?", "what's the weather of today"):
            [refused] = await reader.asks(question)
            assert "please ask in Vietnamese" in refused["text"]
            assert "Ai là Bộ trưởng" in refused["text"]


async def test_a_question_in_english_is_answered_as_its_vietnamese_one_is(running: Running) -> None:
    """English stands around the quote, and how the question was read, whatever language the reader's app speaks."""
    async with running() as world:
        reader = Reader(world, "vi")
        [answer] = await reader.asks("How long is the Huong An bridge?")
        [said] = await reader.asks("What did Tran Van Bach say about the bridge?")
        [refused] = await reader.asks("Where is the Huong An airport?")
    assert answer["text"].startswith("Cây cầu dài 1.200 mét")
    assert "I read your question as: Cau huong an dai bao nhieu?" in answer["text"]
    assert "Whole passage" in str(answer["reply_markup"])
    assert "rút ngắn 20 phút" in said["text"]
    assert refused["text"].startswith("I found no answer")
    assert "San bay huong an o dau?" in refused["text"]
