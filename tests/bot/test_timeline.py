"""/timeline as it runs, over the local Bot API."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ground.splitting import MESSAGE_LIMIT, units
from bot.memory.state import State
from bot.memory.subjects import Subjects
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import Running
from tests.bot.groups import Group, Reader, buttons, rows
from tests.libraries import library_of

TOPIC = "cáp treo Núi Mây"
TEXTS = [
    ("2025-09-01", "Sáng 1/9/2025, cáp treo Núi Mây đón <khách> & gió."),
    ("2025-09-02", "Trưa 2/9/2025, cáp treo Núi Mây hết vé."),
    ("2025-09-03", "Chiều 3/9/2025, cáp treo Núi Mây dừng vì giông."),
    ("2025-09-04", "Tối 4/9/2025, cáp treo Núi Mây chạy lại."),
    ("2025-09-05", "Ngày 5/9/2025, cáp treo Núi Mây thêm cabin."),
    ("2025-09-06", "Ngày 6/9/2025, cáp treo Núi Mây giảm giá vé."),
    ("2025-09-06", "Ngày 20/12/2025, cáp treo Núi Mây sẽ mở tuyến hai."),
    ("2025-09-06", "Chợ Nhạn bán gà."),
]
OLD = ("2025-09-06", "Ngày 5/3/2019, cáp treo Núi Mây khởi công.")


@pytest.fixture(scope="module")
def mountain(tmp_path_factory: pytest.TempPathFactory) -> Library:
    articles = [
        {"text": text, "published": day, "title": "Chuyện ở Núi Mây", "publisher": "Báo <Mây>"} for day, text in TEXTS
    ]
    return library_of(tmp_path_factory.mktemp("mountain"), articles)


async def test_a_timeline_is_a_picture_and_a_page_of_five_with_buttons(
    running: Running, settings: Settings, mountain: Library
) -> None:
    async with running(mountain) as world:
        picture, page = await Reader(world).asks(f"/timeline {TOPIC}")
    assert picture["photo"][0]["width"] == 1280
    assert picture["caption"].startswith(f"{TOPIC}: ")
    assert "1/9/2025" in page["text"]
    assert "đón <khách> & gió." in page["text"]
    assert "5/9/2025" in page["text"]
    assert "6/9/2025" not in page["text"]
    assert "trang 1/2" in page["text"]
    assert buttons(page) == ["timeline:1:oldest:1", "timeline:1:newest:0", "timeline:1:csv", "timeline:1:ics"]
    row = rows(settings)[0]
    assert (row["kind"], row["outcome"]) == ("command", "answered")


async def test_a_tap_turns_the_page_and_turns_it_round(running: Running, mountain: Library) -> None:
    async with running(mountain) as world:
        reader = Reader(world)
        _, page = await reader.asks(f"/dongthoigian {TOPIC}")
        await reader.taps(page, "timeline:1:oldest:1")
        assert "6/9/2025" in reader.now(page)["text"]
        assert "20/12/2025 · dự kiến" in reader.now(page)["text"]
        assert "1/9/2025" not in reader.now(page)["text"]
        assert buttons(reader.now(page))[0] == "timeline:1:oldest:0"
        await reader.taps(reader.now(page), "timeline:1:newest:0")
        assert reader.now(page)["text"].index("20/12/2025") < reader.now(page)["text"].index("6/9/2025")
        await reader.taps(reader.now(page), "timeline:1:oldest:0")
        assert "1/9/2025" in reader.now(page)["text"]


async def test_the_files_are_named_after_the_topic_and_hold_all(running: Running, mountain: Library) -> None:
    async with running(mountain) as world:
        reader = Reader(world)
        _, page = await reader.asks(f"/timeline {TOPIC}")
        (table,) = await reader.taps(page, "timeline:1:csv")
        (calendar,) = await reader.taps(page, "timeline:1:ics")
        content = world.files.of(table["document"]["file_id"]).content.decode("utf-8-sig")
        days = world.files.of(calendar["document"]["file_id"]).content.decode()
    assert table["document"]["file_name"] == "dong-thoi-gian-cap-treo-nui-may.csv"
    assert calendar["document"]["file_name"] == "dong-thoi-gian-cap-treo-nui-may.ics"
    assert all(text in content for _, text in TEXTS[:7])
    assert days.count("BEGIN:VEVENT") == 7


async def test_a_range_is_cut_off_the_topic_and_named(running: Running, mountain: Library) -> None:
    async with running(mountain) as world:
        (page,) = await Reader(world).asks(f"/timeline {TOPIC} từ 4/9/2025 đến 6/9/2025")
    assert page["text"].startswith(f"{TOPIC} · 4/9/2025 – 6/9/2025\n3 mốc")


async def test_what_is_told_long_after_is_said_to_be_background(running: Running, tmp_path: Path) -> None:
    articles = [{"text": text, "published": day, "publisher": "Báo Mây"} for day, text in (OLD, TEXTS[0])]
    async with running(library_of(tmp_path, articles)) as world:
        (page,) = await Reader(world).asks(f"/timeline {TOPIC}")
    assert "5/3/2019 · bối cảnh" in page["text"]
    assert page["text"].count("bối cảnh") == 1


async def test_without_a_topic_the_most_covered_are_offered_as_buttons(running: Running, mountain: Library) -> None:
    async with running(mountain) as world:
        reader = Reader(world)
        (offer,) = await reader.asks("/timeline")
        assert "Bạn muốn xem" in offer["text"]
        assert [b["text"] for row in offer["reply_markup"]["inline_keyboard"] for b in row] == ["Núi Mây"]
        picture, page = await reader.taps(offer, buttons(offer)[0])
    assert picture["photo"]
    assert page["text"].startswith("Núi Mây")


async def test_old_pages_work_after_a_restart(running: Running, mountain: Library) -> None:
    world = World()
    async with running(mountain, world=world):
        reader = Reader(world)
        _, page = await reader.asks(f"/timeline {TOPIC}")
    async with running(mountain, world=world):
        await reader.taps(page, "timeline:1:oldest:1")
        assert "6/9/2025" in reader.now(page)["text"]


async def test_a_timeline_that_is_forgotten_says_so(running: Running, settings: Settings, mountain: Library) -> None:
    async with running(mountain) as world:
        reader = Reader(world)
        _, page = await reader.asks(f"/timeline {TOPIC}")
        with closing(sqlite3.connect(settings.chats.path)) as db, db:
            db.execute("UPDATE subjects SET at = 0")
        before = reader.now(page)["text"]
        assert await reader.taps(page, "timeline:1:oldest:1") == []
        assert "đã hết hạn" in reader.notice["text"]
        assert reader.now(page)["text"] == before


async def test_where_the_articles_have_changed_a_page_that_is_gone_is_the_last(
    running: Running, mountain: Library, tmp_path: Path
) -> None:
    world = World()
    async with running(mountain, world=world):
        reader = Reader(world)
        _, page = await reader.asks(f"/timeline {TOPIC}")
    [(day, text), *_] = TEXTS
    async with running(library_of(tmp_path, [{"text": text, "published": day}]), world=world):
        await reader.taps(page, "timeline:1:oldest:1")
        assert "1 mốc" in reader.now(page)["text"]


async def test_a_topic_without_dates_gets_a_plain_no_with_the_nearest(
    running: Running, settings: Settings, mountain: Library
) -> None:
    async with running(mountain) as world:
        reader = Reader(world)
        (nearest,) = await reader.asks("/timeline chợ Nhạn")
        (nothing,) = await reader.asks("/timeline tàu ngầm <b>")
    assert "không có câu nào" in nearest["text"]
    assert "Chợ Nhạn bán gà." in nearest["text"]
    assert "tàu ngầm <b>" in nothing["text"]
    assert "đã đọc 8 bài" in nothing["text"]
    assert [row["outcome"] for row in rows(settings) if row["question"].startswith("/timeline")] == ["not_found"] * 2


@pytest.mark.parametrize(
    "argument", ["x" * 300, "rất dài " * 50, "<script>alert(1)</script>", "{{7*7}}", "?!…", "từ 2024", "😀" * 300]
)
async def test_odd_arguments_get_a_good_answer(running: Running, mountain: Library, argument: str) -> None:
    async with running(mountain) as world:
        (said,) = await Reader(world).asks(f"/timeline {argument}")
    assert "Xin lỗi" not in said["text"]


async def test_a_topic_of_thousands_of_sentences_is_a_page_among_others(running: Running, tmp_path: Path) -> None:
    days = [f"Ngày {1 + number % 28}/{1 + number // 28 % 12}/2024" for number in range(5000)]
    texts = [f"{day}, cầu Hạ Sơn đón lượt khách thứ {number}." for number, day in enumerate(days)]
    articles = [
        {"text": "\n".join(texts[at : at + 100]), "published": "2025-01-02", "publisher": f"Báo {at}"}
        for at in range(0, 5000, 100)
    ]
    async with running(library_of(tmp_path, articles)) as world:
        picture, page = await Reader(world).asks("/timeline cầu Hạ Sơn")
    assert "photo" in picture
    assert units(page["text"]) <= MESSAGE_LIMIT
    assert page["text"].startswith("cầu Hạ Sơn\n")


async def test_english_is_spoken_to_those_who_do(running: Running, mountain: Library) -> None:
    async with running(mountain) as world:
        reader = Reader(world, "en")
        (offer,) = await reader.asks("/timeline")
        _, page = await reader.asks(f"/timeline {TOPIC}")
    assert "A timeline of what?" in offer["text"]
    assert "page 1/2" in page["text"]
    assert "1 September 2025" in page["text"]


async def test_a_group_that_is_off_hears_no_timeline(running: Running, mountain: Library) -> None:
    async with running(mountain) as world:
        group = Group(world)
        await group.taps(await group.settings(), "policy:0:off")
        before = len(await group.heard())
        group.says(f"/timeline {TOPIC}")
        assert len(await group.heard()) == before + 1  # the reply to the last "/help"
        await group.taps(await group.settings(), "policy:0:mention")
        assert (await group.asks(f"/timeline {TOPIC}"))["photo"]


async def test_views_are_kept_for_a_while_and_are_the_same_when_asked_again(tmp_path: Path) -> None:
    now = 1000.0
    state = State(tmp_path / "chats.sqlite3")
    await state.open()
    subjects = Subjects(state, timedelta(seconds=60), lambda: now)
    first = await subjects.remember_timeline(7, TOPIC, None, None)
    assert await subjects.remember_timeline(7, TOPIC, None, None) == first
    assert (await subjects.remember_timeline(8, TOPIC, None, None)).id != first.id
    assert await subjects.shown(7, first.id) == first
    assert await subjects.shown(8, first.id) is None  # what others ask stays among them
    now += 61
    assert await subjects.shown(7, first.id) is None
    assert (await subjects.remember_timeline(7, TOPIC, None, None)).id > first.id  # no old button gets another's
    await state.close()
