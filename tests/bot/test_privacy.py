"""What the bot keeps of a person: told, counted, and taken away."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from tests.bot.conftest import Running
from tests.bot.groups import Group, Reader, rows
from tests.bot.test_answer_taps import Q, answered, button, tapped


def count(path: Path, table: str) -> Any:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608


@pytest.mark.parametrize(
    ("language", "command", "says"), [("vi", "/rieng_tu", "90 ngày"), ("en", "/privacy", "90 days")]
)
async def test_what_is_kept_and_how_long_is_told(
    running: Running, settings: Settings, language: str, command: str, says: str
) -> None:
    async with running() as world:
        [told] = await Reader(world, language).asks(command)
    assert says in told["text"]
    assert str(settings.log.keep_days) in told["text"]


async def test_after_a_confirmation_nothing_of_the_person_is_left(running: Running, settings: Settings) -> None:
    async with running() as world:
        reader, other = Reader(world), Reader(world)
        await tapped(reader, await answered(reader), "good")
        await tapped(other, await answered(other), "bad")
        await reader.asks("/dongthoigian cầu Hương An")
        await reader.asks("/theodoi cầu Hương An")
        [question] = await reader.asks("/xoa")
        assert "1 lượt 👍 👎, 2 câu trả lời có nút, 1 chủ đề" in question["text"]
        delete, keep = question["reply_markup"]["inline_keyboard"][0]
        assert (delete["style"], "style" in keep) == ("danger", False)
        data = delete["callback_data"]
        world.tap(reader.user, question, data)
        await world.until(lambda: reader.now(question)["text"].startswith("Đã xoá"), 10)
        await other.asks("/help")
    assert "Đã xoá 12 dòng nhật ký" in reader.now(question)["text"]  # six things, and /help after each
    assert "reply_markup" not in reader.now(question)
    left = rows(settings)
    assert len({row["user_hash"] for row in left} - {None}) == 1  # the other's
    [tap] = [row for row in left if row["user_hash"] is None]
    assert (tap["kind"], tap["outcome"], tap["question"]) == ("command", "noted", None)
    assert count(settings.log.path, "feedback") == 1
    left_of = {"exchanges": 1, "replies": 1, "answers": 1, "subjects": 0, "watches": 0}
    assert {table: count(settings.chats.path, table) for table in left_of} == left_of


async def test_who_thinks_better_of_it_loses_nothing(running: Running, settings: Settings) -> None:
    async with running() as world:
        reader = Reader(world)
        await answered(reader)
        [question] = await reader.asks("/xoa")
        await reader.taps(question, question["reply_markup"]["inline_keyboard"][0][1]["callback_data"])
        assert "không xoá gì" in reader.now(question)["text"]
    assert Q in [row["question"] for row in rows(settings)]


async def test_in_a_group_nobody_deletes_for_another(running: Running, settings: Settings) -> None:
    async with running() as world:
        group = Group(world)
        await group.asks(f"/hoi {Q}")
        question = await group.asks("/xoa")
        data = question["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        assert "người đã gõ lệnh" in (await group.taps(question, data, group.hoa))["text"]
    assert f"/hoi {Q}" in [row["question"] for row in rows(settings)]


async def test_after_that_no_question_goes_on_from_the_ones_before(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        await answered(reader, "Lễ hội hoa ban năm 2024 mở tại đâu?")
        [question] = await reader.asks("/xoa")
        await reader.taps(question, question["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
        [answer] = await reader.asks("Còn năm 2025?")
    assert "Mường Kha" not in answer["text"]


async def test_a_log_that_cannot_be_written_to_is_no_success(running: Running, settings: Settings) -> None:
    async with running() as world:
        reader = Reader(world)
        await answered(reader)
        [question] = await reader.asks("/xoa")
        data = question["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        with closing(sqlite3.connect(settings.log.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await reader.taps(question, data)
        assert reader.notice["text"].startswith("Xin lỗi")
        assert reader.now(question)["text"] == question["text"]


async def test_a_link_from_a_group_brings_the_question_to_the_private_chat(
    running: Running, settings: Settings
) -> None:
    async with running() as world:
        group, reader = Group(world), Reader(world, "en")
        answer = await group.asks(f"/hoi {Q}")
        parameter = button(answer, "url")["url"].partition("?start=")[2]
        [private] = await reader.asks(f"/start {parameter}")
        assert "1.200 mét" in private["text"]
        assert button(private, "context")["text"] == "Whole passage"
        [too_late] = await reader.asks("/start qAAAAAAAAAAAA")
        assert "has expired" in too_late["text"]
        [nothing] = await reader.asks("/start from_a_poster")
        assert nothing["text"].startswith("Hello")
    assert [row["kind"] for row in rows(settings) if Q in (row["question"] or "")] == ["question", "question"]


async def test_the_sources_are_listed(running: Running) -> None:
    async with running() as world:
        [listed] = await Reader(world).asks("/nguon")
    assert listed["text"].splitlines()[-3:] == [
        "2 nguồn",
        "1. không rõ nguồn · 1 bài · 10/3/2024",
        "2. Báo Bến Sông · 1 bài · 16/9/2025",
    ]


async def test_a_button_that_nobody_knows_any_more_says_so(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        [help_] = await reader.asks("/nguon")
        query = {"id": "q", "from": reader.user.as_json(), "chat_instance": "1", "message": help_, "data": "a:old:x"}
        world.callback_queries["q"] = None
        world.updates.put({"callback_query": query})
        await world.until(lambda: world.callback_queries["q"] is not None, 10)
    assert "Nút này đã hết hạn" in (world.callback_queries["q"] or {})["text"]
