"""/stats, /unanswered and /export, and that they are for operators only."""

import csv
import io
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest
from PIL import Image

from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from retrieval.records import VIETNAM
from tests.bot.conftest import Running
from tests.bot.faults.conftest import at_work_for, changed
from tests.bot.groups import Group, Reader, buttons, rows
from tests.bot.logged import row
from tests.bot.operators.conftest import OPERATOR, Logged, operator

TODAY = datetime.now(VIETNAM).strftime("%Y-%m-%d 00:00")
COMMANDS = ("/stats", "/thongke", "/unanswered", "/chuatraloi", "/export", "/xuat")


def acts(settings: Settings) -> list[tuple[int, str, str]]:
    with closing(sqlite3.connect(settings.log.path)) as db:
        return db.execute("SELECT operator, act, outcome FROM acts ORDER BY id").fetchall()


async def test_stats_tell_figures_with_a_picture(running: Running, logged: Logged, settings: Settings) -> None:
    await logged(
        row(TODAY, "Ai?"), row(TODAY, "Đâu?"), row(TODAY, "Sao?", "not_found"), row(TODAY, "Gì?", "error", ms=1500)
    )
    async with running() as world:
        picture, figures = await operator(world).asks("/stats")
        content = world.files.of(picture["photo"][-1]["file_id"]).content
    assert "Câu hỏi: 4" in figures["text"]
    assert "Có trả lời: 2 (50 %)" in figures["text"]
    assert "Không tìm thấy: 1 (25 %)" in figures["text"]
    assert "Lỗi hoặc không gửi được: 1" in figures["text"]
    assert Image.open(io.BytesIO(content)).size == (1280, 640)
    assert acts(settings) == [(OPERATOR, "/stats", "help")]


async def test_stats_of_days_without_a_question_have_no_picture(running: Running) -> None:
    async with running() as world:
        (figures,) = await operator(world).asks("/thongke 3/2020")
    assert "1/3/2020 – 31/3/2020" in figures["text"]
    assert "Câu hỏi: 0" in figures["text"]


async def test_a_long_range_is_told_within_a_message(running: Running, logged: Logged) -> None:
    await logged(*(row(f"2026-0{1 + n // 28}-{1 + n % 28:02} 09:00", "Ai?") for n in range(60)))
    async with running() as world:
        _, year = await operator(world).asks("/stats 2026")
        _, months = await operator(world).asks("/stats từ 1/1/2026 đến 28/2/2026")
    assert "Câu hỏi: 60" in year["text"]
    assert "28/2/2026: 1 hỏi" in months["text"]


async def test_days_that_cannot_be_read_are_told(running: Running) -> None:
    async with running() as world:
        for text in ("/stats hôm kia", "/unanswered <b>", "/export 0"):
            (said,) = await operator(world).asks(text)
            assert "không hiểu khoảng thời gian" in said["text"]


async def test_unanswered_questions_are_grouped_and_paged(running: Running, logged: Logged) -> None:
    names = ["Lan", "Hoa", "Mai", "Trúc", "Cúc", "Đào", "Sen", "Hồng", "Huệ", "Quỳnh", "Thu"]
    asked = [row(TODAY, f"{name} <làm> nghề gì ở huyện Nhạn?", "not_found") for name in names]
    await logged(*asked, row(TODAY, "lan <làm> nghe gi o huyen nhan", "not_found"))
    async with running() as world:
        reader = operator(world)
        (page,) = await reader.asks("/unanswered")
        assert "1. Lan <làm> nghề gì ở huyện Nhạn? · 2 lần" in page["text"]
        assert "Cũng hỏi: lan <làm> nghe gi o huyen nhan" in page["text"]
        assert "trang 1/2" in page["text"]
        (later,) = buttons(page)
        await reader.taps(page, later)
        assert "11. " in reader.now(page)["text"]
        assert "trang 2/2" in reader.now(page)["text"]


async def test_the_export_holds_every_row_and_no_formula(running: Running, logged: Logged) -> None:
    await logged(row(TODAY, "=1+1", "not_found"), row("2020-01-01 09:00", "Cũ rồi"))
    async with running() as world:
        (sent,) = await operator(world).asks("/xuat 7")
        content = world.files.of(sent["document"]["file_id"]).content.decode("utf-8-sig")
    assert [line["question"] for line in csv.DictReader(io.StringIO(content))] == ["'=1+1"]
    assert sent["document"]["file_name"].startswith("trich-")


@pytest.mark.parametrize("command", COMMANDS)
async def test_for_others_there_is_no_such_command(running: Running, settings: Settings, command: str) -> None:
    async with running() as world:
        boss, stranger = operator(world), Reader(world)
        (said,) = await stranger.asks(command)
        (unknown,) = await stranger.asks("/khongco")
        group = Group(world)
        world.join(group.chat, boss.user)
        before = len(await group.heard())
        group.says(command, boss.user)
        assert len(await group.heard()) == before + 1  # the reply to the "/help" before
    assert said["text"] == unknown["text"]
    assert acts(settings) == []


async def test_a_tap_by_who_is_no_operator_any_more_turns_nothing(
    running: Running, logged: Logged, settings: Settings, library: Library
) -> None:
    await logged(*(row(TODAY, f"{n} cây cầu ở đâu?", "not_found") for n in range(11)))
    world = World()
    async with running(world=world):
        (page,) = await operator(world).asks("/unanswered")
    async with at_work_for(world, changed(settings, "operators", ids=frozenset()), library):
        reader = operator(world)
        assert await reader.taps(page, buttons(page)[0]) == []
        assert "trang 1/2" in reader.now(page)["text"]


async def test_a_log_that_cannot_be_read_is_told(running: Running, settings: Settings) -> None:
    async with running() as world:
        reader = operator(world)
        await reader.asks("Ai?")
        with closing(sqlite3.connect(settings.log.path)) as db, db:
            db.execute("ALTER TABLE queries RENAME TO elsewhere")
        (said,) = await reader.asks("/stats")
        assert "Chưa đọc được nhật ký" in said["text"]


async def test_english_is_spoken_to_those_who_do(running: Running, logged: Logged) -> None:
    await logged(row(TODAY, "Ai nói?", "not_found"))
    async with running() as world:
        reader = operator(world, "en")
        _, figures = await reader.asks("/stats")
        (page,) = await reader.asks("/unanswered")
    assert "Refused: 1 (100 %)" in figures["text"]
    assert "Questions without an answer" in page["text"]


async def test_each_act_is_kept_with_who_and_what(running: Running, settings: Settings) -> None:
    async with running() as world:
        reader = operator(world)
        for text in ("/stats 30", "/unanswered"):
            await reader.asks(text)
    assert acts(settings) == [(OPERATOR, "/stats 30", "help"), (OPERATOR, "/unanswered", "help")]
    assert len(rows(settings)) == 4
