"""/who as it runs, over the local Bot API."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.ground.splitting import MESSAGE_LIMIT, units
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import Running
from tests.bot.groups import Group, Reader, buttons, rows
from tests.libraries import library_of

TEXTS = [
    ("2024-03-02", "Sáng 1/3/2024, Thứ trưởng Bộ Y tế Lê Văn Bình thăm <bệnh viện> & trường học."),
    ("2025-03-02", "Sáng 1/3/2025, Bộ trưởng Bộ Y tế Lê Văn Bình họp ở Huế."),
    ("2025-03-03", "Bộ trưởng Bộ Y tế Lê Văn Bình nhấn mạnh vai trò của y tế cơ sở."),
    ("2025-03-04", "Bộ trưởng Bộ Xây dựng Nguyễn Hải Sơn kiểm tra công trường."),
    ("2025-03-05", "Quyền Bộ trưởng Bộ Tài chính Trần Quốc Sơn tiếp khách.\nĐoàn viếng Lăng Chủ tịch Hồ Chí Minh."),
]


@pytest.fixture(scope="module")
def ministers(tmp_path_factory: pytest.TempPathFactory) -> Library:
    articles = [{"text": text, "published": day, "publisher": "Báo <Mây>"} for day, text in TEXTS]
    return library_of(tmp_path_factory.mktemp("ministers"), articles)


@pytest.mark.parametrize("command", ["/ai", "/who"])
async def test_a_person_is_shown_with_offices_quotes_and_words(
    running: Running, settings: Settings, ministers: Library, command: str
) -> None:
    async with running(ministers) as world:
        (reply,) = await Reader(world).asks(f"{command} le van binh")
    text = reply["text"]
    assert text.startswith("Lê Văn Bình\n")
    assert text.index("Bộ trưởng Bộ Y tế\nCó trong các bài từ ngày 1/3/2025 đến ngày 3/3/2025") < text.index(
        "Thứ trưởng Bộ Y tế\nCó trong bài ngày 1/3/2024"
    )
    assert "thăm <bệnh viện> & trường học." in text
    assert "Báo <Mây> · đăng 2/3/2024" in text
    assert text.count(TEXTS[2][1]) == 1  # what shows the office is not shown again as what was said
    row = rows(settings)[0]
    assert (row["kind"], row["outcome"]) == ("command", "answered")


async def test_a_person_has_a_button_to_the_timeline(running: Running, ministers: Library) -> None:
    async with running(ministers) as world:
        reader = Reader(world)
        (reply,) = await reader.asks("/who Lê Văn Bình")
        (timeline,) = await reader.taps(reply, buttons(reply)[0])
    assert timeline["text"].startswith("Lê Văn Bình\n")
    assert "1/3/2024" in timeline["text"]


async def test_a_half_name_of_several_asks_which_and_a_tap_shows_the_person(
    running: Running, ministers: Library
) -> None:
    async with running(ministers) as world:
        reader = Reader(world)
        (reply,) = await reader.asks("/ai ông Sơn")
        assert "Bạn hỏi ai?" in reply["text"]
        names = [button["text"] for row in reply["reply_markup"]["inline_keyboard"] for button in row]
        assert sorted(names) == ["Nguyễn Hải Sơn", "Trần Quốc Sơn"]
        (person,) = await reader.taps(reply, buttons(reply)[names.index("Trần Quốc Sơn")])
    assert person["text"].startswith("Trần Quốc Sơn\n")
    assert "Bộ trưởng Bộ Tài chính · quyền" in person["text"]


async def test_a_misspelt_name_is_suggested(running: Running, settings: Settings, ministers: Library) -> None:
    async with running(ministers) as world:
        reader = Reader(world)
        (reply,) = await reader.asks("/ai Le Van Bin")
        assert "Có phải bạn hỏi" in reply["text"]
        assert "Bộ trưởng" not in reply["text"]
        (person,) = await reader.taps(reply, buttons(reply)[0])
    assert person["text"].startswith("Lê Văn Bình\n")
    assert rows(settings)[0]["outcome"] == "not_found"


async def test_several_papers_of_one_day_are_one_day(running: Running, tmp_path: Path) -> None:
    texts = ["Sáng 1/3/2025, Bộ trưởng Bộ Y tế Lê Văn Bình họp.", "Bộ trưởng Bộ Y tế Lê Văn Bình đi Vinh."]
    days = ["2025-03-05", "2025-03-01T09:00:00+07:00"]
    articles = [{"text": text, "published": day} for text, day in zip(texts, days, strict=True)]
    async with running(library_of(tmp_path, articles)) as world:
        (reply,) = await Reader(world).asks("/ai Lê Văn Bình")
    assert "Có trong bài ngày 1/3/2025" in reply["text"]


async def test_the_appointment_stands_first_and_articles_and_papers_are_counted(
    running: Running, tmp_path: Path
) -> None:
    texts = [
        ("2025-02-05", "Sáng 5/2/2025, Bộ trưởng Bộ Y tế Lê Văn Bình đi Vinh thăm các trạm xá.", "Báo Mây"),
        ("2025-01-09", "Ngày 8/1/2025, Quốc hội bổ nhiệm ông Lê Văn Bình giữ chức Bộ trưởng Bộ Y tế.", "Báo Núi"),
        ("2025-01-08", "Sáng 8/1/2025, bà Trần Thị Chín thôi giữ chức Bộ trưởng Bộ Y tế.", "Báo Núi"),
        ("2024-01-08", "Sáng 8/1/2024, Bộ trưởng Bộ Y tế Trần Thị Chín họp ở Huế về tiêm chủng.", "Báo Núi"),
    ]
    articles = [{"text": text, "published": day, "publisher": paper} for day, text, paper in texts]
    async with running(library_of(tmp_path, articles)) as world:
        (reply,) = await Reader(world).asks("/ai Bộ trưởng Y tế")
    before, after = reply["text"].split("Lê Văn Bình · Bộ trưởng Bộ Y tế")
    assert "Thôi chức ngày 8/1/2025" in before
    assert after.startswith(" · người mới nhất trong các bài\nNhận chức ngày 8/1/2025\n")
    assert "đến ngày 5/2/2025\n2 bài của 2 báo\n" in after
    assert after.index("bổ nhiệm ông") < after.index("đi Vinh")


async def test_what_one_article_says_against_many_is_shown_apart(running: Running, tmp_path: Path) -> None:
    places = ("Huế", "Vinh", "Cần Thơ", "Đà Lạt", "Lào Cai", "Bến Tre", "Sa Đéc")
    texts = [f"Bộ trưởng Bộ Y tế Lê Văn Bình về {place} gặp người dân vùng lũ." for place in places]
    texts.append("Bộ trưởng Bộ Y tế Đỗ Thị Mười nói về giá thuốc, theo một tờ báo.")
    articles = [{"text": text, "published": "2025-03-05"} for text in texts]
    async with running(library_of(tmp_path, articles)) as world:
        (reply,) = await Reader(world).asks("/ai Bộ trưởng Y tế")
        (person,) = await Reader(world).asks("/ai Đỗ Thị Mười")
    for text in (reply["text"], person["text"]):
        assert text.index("Một số ít bài viết khác đi") < text.index("giá thuốc")
    assert "Đỗ Thị Mười" not in reply["text"].split("Một số ít bài viết khác đi")[0]


async def test_an_office_lists_its_holders(running: Running, ministers: Library) -> None:
    async with running(ministers) as world:
        (reply,) = await Reader(world, "en").asks("/who bo truong y te")
    assert reply["text"].startswith("Bộ trưởng Bộ Y tế\nWho held it")
    assert "Lê Văn Bình · Bộ trưởng Bộ Y tế\nIn articles from 1 March 2025 to 3 March 2025" in reply["text"]


@pytest.mark.parametrize(("code", "words"), [("vi", "Bạn muốn hỏi về ai?"), ("en", "Who?")])
async def test_without_a_name_it_says_how_to_ask(running: Running, ministers: Library, code: str, words: str) -> None:
    async with running(ministers) as world:
        (reply,) = await Reader(world, code).asks("/who")
    assert reply["text"].startswith(words)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Phan Thị Tuyết", "không nhắc đến người nào có tên hay chức vụ là Phan Thị Tuyết"),
        ("Chủ tịch nước", "không nhắc đến người nào có tên hay chức vụ là Chủ tịch nước"),
        ("Chủ tịch sao Hỏa", "không nhắc đến người nào có tên hay chức vụ là Chủ tịch sao Hỏa"),
        ("<b>Bình</i> & {{ 7*7 }}", "<b>Bình</i> & {{ 7*7 }}"),
        ("Lê " * 100, "Lê Lê Lê"),
        ("Hồ Chí Minh", "có nhắc đến tên Hồ Chí Minh"),
    ],
)
async def test_nobody_is_said_plainly(
    running: Running, settings: Settings, ministers: Library, asked: str, said: str
) -> None:
    async with running(ministers) as world:
        (reply,) = await Reader(world).asks(f"/ai {asked}")
    assert said in reply["text"]
    assert units(reply["text"]) <= MESSAGE_LIMIT
    assert rows(settings)[0]["outcome"] == "not_found"


async def test_buttons_work_after_a_restart_until_they_are_forgotten(
    running: Running, settings: Settings, ministers: Library
) -> None:
    async with running(ministers) as world:
        reader = Reader(world)
        (reply,) = await reader.asks("/ai ông Sơn")
    async with running(ministers, world):
        (person,) = await reader.taps(reply, buttons(reply)[0])
        assert "Sơn" in person["text"]
    with closing(sqlite3.connect(settings.chats.path)) as db, db:
        db.execute("DELETE FROM subjects")
    async with running(ministers, world):
        assert await reader.taps(reply, buttons(reply)[0]) == []
        assert "đã hết hạn" in reader.notice["text"]


async def test_where_the_bot_is_off_it_says_nothing(running: Running, ministers: Library) -> None:
    async with running(ministers) as world:
        group = Group(world)
        await group.taps(await group.settings(), "policy:0:off")
        before = len(await group.heard())
        group.says("/ai Lê Văn Bình")
        assert len(await group.heard()) == before + 1  # the reply to the "/help" before
