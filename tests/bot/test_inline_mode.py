"""`@bot question` in any chat, as people type it; and the bot as a guest."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.entities import utf16_length
from bot.sandbox.faults import failing
from bot.sandbox.world import User, World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import Running
from tests.bot.faults.conftest import eventually
from tests.bot.groups import Reader, rows
from tests.bot.test_answer_taps import button
from tests.clock import PATIENCE

Q = "Cây cầu Hương An dài bao nhiêu mét?"
UNKNOWN = "Cầu Hương An do công ty Nhật Bản nào đầu tư?"
ANSWER = "Cây cầu Hương An dài 1.200 mét, nối hai bờ sông Nhạn."


async def cards(world: World, user: User, text: str, offset: str = "") -> dict[str, Any]:
    """The bot's answer to an inline query."""
    query = world.ask_inline(user, text, offset)
    await world.until(lambda: world.inline_queries[query["id"]] is not None, PATIENCE)
    return (world.inline_queries[query["id"]] or {}) | {"query": query}


def starts(answer: dict[str, Any]) -> str:
    return f"/start {answer['button']['start_parameter']}"


async def test_a_question_gives_cards_with_quote_source_and_date(running: Running, settings: Settings) -> None:
    async with running() as world:
        lan = world.add_user("Lan", language_code="vi")
        answer = await cards(world, lan, Q)
        first = answer["results"][0]
        assert first["title"] == "Cây cầu dài 1.200 mét, nối hai bờ sông Nhạn."
        assert first["description"] == "Báo Bến Sông · đăng 16/9/2025"
        group = world.add_group("Xóm", members=[lan], bot=None)
        sent = world.choose(lan, answer["query"], first["id"], group)
        await eventually(lambda: "chosen" in [row["kind"] for row in rows(settings)])
    assert sent["text"].startswith("Cây cầu dài 1.200 mét, nối hai bờ sông Nhạn.\nBáo Bến Sông")
    assert sent["link_preview_options"] == {"is_disabled": True}
    assert {"blockquote", "text_link"} <= {entity["type"] for entity in sent["entities"]}
    asked, chosen = rows(settings)
    assert (asked["kind"], asked["outcome"], asked["question"]) == ("inline", "answered", Q)
    assert (chosen["kind"], chosen["outcome"], chosen["question"]) == ("chosen", "noted", Q)
    assert [quote["article"] for quote in json.loads(chosen["quotes"])] == ["cau"]


async def test_where_there_is_no_answer_a_card_says_so_and_the_nearest_are_called_that(
    running: Running, settings: Settings
) -> None:
    async with running() as world:
        lan = world.add_user("Lan", language_code="vi")
        answer = await cards(world, lan, UNKNOWN)
    none, nearest = answer["results"][:2]
    assert none["title"] == "Chưa tìm thấy câu trả lời"
    assert UNKNOWN in none["message"]["text"]
    assert nearest["title"].startswith("Có thể liên quan: ")
    assert nearest["message"]["text"].startswith("Câu có thể liên quan:")
    assert [row["outcome"] for row in rows(settings)] == ["not_found"]


async def test_while_nothing_is_typed_there_is_what_the_articles_tell_most_of(
    running: Running, settings: Settings
) -> None:
    async with running() as world:
        answer = await cards(world, world.add_user("Lan", language_code="en"), "")
    assert answer["results"][0]["title"].startswith("Sáng 15/9/2025, cầu Hương An")
    assert answer["button"] == {"text": "Go on typing, or ask in private ›", "start_parameter": "inline"}
    assert [row["outcome"] for row in rows(settings)] == ["help"]


async def test_the_button_brings_the_question_to_the_private_chat(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        answer = await cards(world, reader.user, Q)
        [private] = await reader.asks(starts(answer))
        assert "1.200 mét" in private["text"]
        url = answer["results"][0]["message"]["reply_markup"]["inline_keyboard"][0][0]["url"]
        assert url.endswith(answer["button"]["start_parameter"])
        [greeting] = await reader.asks("/start inline")
        assert greeting["text"].startswith("Chào bạn")


async def test_further_cards_come_in_pages_none_twice(running: Running, tmp_path: Path) -> None:
    others = [f"Cầu số {number} của xã được sửa trong năm, xong trước mùa mưa." for number in range(1, 35)]
    (tmp_path / "cau.txt").write_text("\n".join([ANSWER, *others]), encoding="utf-8")
    async with running(Library.open([tmp_path / "cau.txt"])) as world:
        lan, offset, titles = world.add_user("Lan"), "", []
        while True:
            answer = await cards(world, lan, Q, offset)
            titles += [result["title"] for result in answer["results"]]
            offset = answer["next_offset"]
            if not offset:
                break
            assert len(answer["results"]) == 10
    assert titles[0] == ANSWER
    assert len(titles) == len(set(titles)) > 20


@pytest.mark.parametrize("offset", ["x", "-1", "9" * 30, "500", "１"])
async def test_a_made_up_offset_does_no_harm(running: Running, offset: str) -> None:
    async with running() as world:
        answer = await cards(world, world.add_user("Lan"), Q, offset)
    assert len({result["id"] for result in answer["results"]}) == len(answer["results"])


async def test_answers_are_kept_by_telegram_for_the_person(running: Running) -> None:
    async with running() as world:
        lan = world.add_user("Lan")
        answer = await cards(world, lan, Q)
        assert answer["is_personal"]
        assert world.inline_queries[world.ask_inline(lan, Q)["id"]] is not None
        assert world.inline_queries[world.ask_inline(world.add_user("Hoa"), Q)["id"]] is None


async def test_who_types_on_gets_the_last_answer_and_the_rest_is_dropped(running: Running, settings: Settings) -> None:
    async with running() as world:
        lan, hoa = world.add_user("Lan"), world.add_user("Hoa")
        queries = [world.ask_inline(lan, Q[:length]) for length in range(1, len(Q) + 1)]
        other = world.ask_inline(hoa, "Lễ hội hoa ban mở ở đâu?")
        for last in (queries[-1], other):
            await world.until(lambda last=last: world.inline_queries[last["id"]] is not None, PATIENCE)  # type: ignore[misc]
    outcomes = [row["outcome"] for row in rows(settings)]
    assert len(outcomes) == len(queries) + 1
    assert outcomes.count("declined") > len(queries) // 2
    assert "1.200 mét" in (world.inline_queries[queries[-1]["id"]] or {})["results"][0]["title"]


async def test_an_answer_that_comes_too_late_is_no_failure(
    running: Running, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    world = World()
    lan = world.add_user("Lan")
    world.ask_inline(lan, Q)
    world.expire_queries()
    async with running(world=world):
        await eventually(lambda: settings.log.path.exists() and len(rows(settings)) == 1)
    assert [row["outcome"] for row in rows(settings)] == ["declined"]
    assert not [record for record in caplog.records if record.exc_info]


async def test_without_a_state_there_are_cards_all_the_same(running: Running, settings: Settings) -> None:
    async with running() as world:
        with closing(sqlite3.connect(settings.chats.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = await cards(world, world.add_user("Lan"), Q)
    assert answer["button"]["start_parameter"] == "inline"
    assert "reply_markup" not in answer["results"][0]["message"]


async def test_hostile_words_are_shown_as_they_are(running: Running) -> None:
    hostile = "cầu <b>Hương</b> &amp; {{ 7*7 }} </blockquote> nào"
    async with running() as world:
        answer = await cards(world, world.add_user("Lan"), hostile)
    assert hostile in answer["results"][0]["message"]["text"]
    for result in answer["results"]:
        assert 0 < utf16_length(result["message"]["text"]) <= 4096


async def test_a_guest_answers_once_where_it_is_mentioned(running: Running, settings: Settings) -> None:
    async with running() as world:
        lan = world.add_user("Lan", language_code="vi")
        group = world.add_group("Xóm", members=[lan], bot=None)
        for text, says in (
            (f"@{world.bot.username} {Q}", "1.200 mét"),
            (f"@{world.bot.username} {UNKNOWN}", "chưa tìm thấy"),
            (f"@{world.bot.username}", "Bạn muốn hỏi gì?"),
        ):
            asked = world.summon(lan, group, text)
            posted = await world.next_message(group, after=asked["message_id"], seconds=PATIENCE)
            assert says in posted["text"]
        await eventually(lambda: len(rows(settings)) == 3)
    assert [(row["kind"], row["outcome"]) for row in rows(settings)] == [
        ("question", "answered"),
        ("question", "not_found"),
        ("question", "help"),
    ]


async def test_a_guest_does_not_answer_bots(running: Running, settings: Settings) -> None:
    async with running() as world:
        robot = world.add_user("Nhạc")
        group = world.add_group("Xóm", members=[robot], bot=None)
        asked = world.put(group, robot, {"text": Q})
        asked["from"] = asked["from"] | {"is_bot": True}
        world.updates.put({"guest_message": asked | {"guest_query_id": "1"}})
        await eventually(lambda: settings.log.path.exists() and len(rows(settings)) == 1)
    assert [row["outcome"] for row in rows(settings)] == ["ignored"]


async def test_where_telegram_cannot_be_reached_in_time_nothing_breaks(
    running: Running, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with running() as world:
        world.faults.add(
            failing(429, "Too Many Requests: retry after 60", {"retry_after": 60}, method="answerInlineQuery")
        )
        world.ask_inline(world.add_user("Lan"), Q)
        await eventually(lambda: settings.log.path.exists() and len(rows(settings)) == 1)
    assert [row["outcome"] for row in rows(settings)] == ["undeliverable"]
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_tap_whose_notice_gets_lost_is_carried_out(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        [answer] = await reader.asks(Q)
        world.faults.add(
            failing(429, "Too Many Requests: retry after 60", {"retry_after": 60}, method="answerCallbackQuery")
        )
        world.tap(reader.user, answer, button(answer, "context")["callback_data"])
        context = await world.next_message(
            reader.chat, after=world.chats[reader.chat.id].last_message_id, seconds=PATIENCE
        )
    assert "Cây cầu dài 1.200 mét" in context["text"]
