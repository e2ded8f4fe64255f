"""Operators add articles by documents and links; what they added can be asked at once, and removed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.handlers.operators import adding
from bot.sandbox.world import Message, World
from bot.settings import Settings
from retrieval import Library
from retrieval.polling import Fetcher
from tests.bot.conftest import Running
from tests.bot.faults.conftest import at_work_for, changed
from tests.bot.groups import Reader, buttons
from tests.bot.operators.conftest import OPERATOR, operator
from tests.retrieval.polling.site import Site, serve, status

TEXT = """Khánh thành chợ Mới
Thứ hai, 3/11/2025
Chợ Mới mở cửa ngày 2/11/2025 với 120 gian hàng.
Ban quản lý <chợ> & tiểu thương cùng dọn dẹp.
"""
UNREAD = ("doc", "rtf", "odt", "epub", "csv")
Q = "Chợ Mới mở cửa ngày nào?"
A = "Chợ Mới mở cửa ngày 2/11/2025 với 120 gian hàng."


@pytest.fixture
def own_library(settings: Settings) -> Library:
    """With a store, as the bot runs it: an empty folder of articles, and that of what operators add."""
    for folder in (settings.library.paths[0], settings.library.added):
        folder.mkdir(parents=True)
    return Library.open(settings.paths(), settings.library.cache)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as served:
        yield served


async def sends(reader: Reader, name: str, content: bytes) -> list[Message]:
    sent = reader.world.send_document(reader.user, reader.chat, content, name)["message"]
    return await reader.heard_after(sent["message_id"])


async def test_a_document_is_read_told_of_kept_and_answered_from(
    running: Running, settings: Settings, own_library: Library
) -> None:
    async with running(own_library) as world:
        reader = operator(world)
        (told,) = await sends(reader, "cho <moi>.txt", TEXT.encode())
        (answer, *_) = await reader.asks(Q)
        (again,) = await sends(reader, "ten-khac.txt", TEXT.encode())
    assert "Khánh thành chợ Mới" in told["text"]
    assert "đăng 3/11/2025" in told["text"]
    assert "3 câu, 3 câu có ngày" in told["text"] or "câu có ngày (2/11/2025" in told["text"]
    assert A in told["text"]
    assert "dòng ngày tháng: Thứ hai, 3/11/2025" in told["text"]
    assert "(1 bài)" in told["text"]
    assert A in answer["text"]
    assert "đã có trong kho bài" in again["text"]
    [kept] = settings.library.added.iterdir()
    assert kept.read_text(encoding="utf-8") == TEXT
    with closing(sqlite3.connect(settings.log.path)) as db:
        acts = db.execute("SELECT operator, act, outcome FROM acts").fetchall()
    assert acts == [(OPERATOR, "cho <moi>.txt", "answered"), (OPERATOR, "ten-khac.txt", "help")]


async def test_what_was_added_survives_a_restart_and_a_new_cache(
    running: Running, settings: Settings, own_library: Library, tmp_path: Path
) -> None:
    async with running(own_library) as world:
        await sends(operator(world), "cho.txt", TEXT.encode())
    again = Library.open(settings.paths(), tmp_path / "another")
    assert again.ask(Q).quotes[0].text == A


async def test_a_tap_removes_it_again(running: Running, settings: Settings, own_library: Library) -> None:
    async with running(own_library) as world:
        reader = operator(world)
        (told,) = await sends(reader, "cho.txt", TEXT.encode())
        await reader.taps(told, buttons(told)[0])
        assert "Đã bỏ khỏi kho bài" in reader.notice["text"]
        assert "reply_markup" not in reader.now(told)
        (answer, *_) = await reader.asks(Q)
    assert A not in answer["text"]
    assert list(settings.library.added.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bai.exe", b"MZ", "không đọc được loại tệp này (bai.exe)"),
        *((f"bai.{kind}", b"x", f"không đọc được loại tệp này (bai.{kind})") for kind in UNREAD),
        ("README.txt", b"", "không thấy bài báo nào"),
        ("hong.pdf", b"%PDF-1.4 nothing more", "không thấy bài báo nào"),
        ("lon.txt", b"a" * (20 * 1024 * 1024 + 1), "chỉ cho bot nhận tệp đến 20 MB"),
    ],
)
async def test_what_cannot_be_read_is_told_and_not_kept(
    running: Running, own_library: Library, name: str, content: bytes, said: str
) -> None:
    async with running(own_library) as world:
        (told,) = await sends(operator(world), name, content)
    assert said in told["text"]
    assert len(own_library.articles) == 0


async def test_what_takes_too_long_to_read_is_stopped(settings: Settings, own_library: Library) -> None:
    world = World()
    async with at_work_for(world, changed(settings, "operators", read_seconds=0.2), own_library):
        (told,) = await sends(operator(world), "cho.txt", TEXT.encode() * 20_000)
    assert "đọc quá lâu" in told["text"]
    assert list(settings.library.added.iterdir()) == []


async def test_a_link_is_fetched_and_its_address_kept(
    running: Running, own_library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"<html><head><title>Khánh thành chợ Mới</title></head><body><article><p>{A}</p></article></body></html>"
    site.pages["/cho-moi.html"] = status(200, page.encode())
    monkeypatch.setattr(adding, "Fetcher", partial(Fetcher, private_hosts=[site.url("").removeprefix("http://")]))
    async with running(own_library) as world:
        reader = operator(world)
        (told,) = await reader.asks(site.url("/cho-moi.html"))
        (answer, *_) = await reader.asks(Q)
    assert "Đã thêm vào kho bài" in told["text"]
    links = [entity["url"] for entity in answer["entities"] if "url" in entity]
    assert any(link.startswith(site.url("/cho-moi.html")) for link in links)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1/bai.html", "địa chỉ công khai"),
        ("http://169.254.169.254/latest/meta-data", "địa chỉ công khai"),
        ("http://[::1]:8000/", "địa chỉ công khai"),
        ("http://localhost/<b>", "địa chỉ công khai"),
        ("http://khong-co.invalid/", "không trả lời"),
    ],
)
async def test_a_link_to_no_public_address_is_refused(
    running: Running, own_library: Library, url: str, said: str
) -> None:
    async with running(own_library) as world:
        (told,) = await operator(world).asks(url)
    assert said in told["text"]


async def test_what_others_send_is_not_added(running: Running, settings: Settings, own_library: Library) -> None:
    async with running(own_library) as world:
        operator(world)
        stranger = Reader(world)
        (told,) = await sends(stranger, "cho.txt", TEXT.encode())
        (link, *_) = await stranger.asks("http://127.0.0.1/bai.html")
    assert "Đã thêm" not in told["text"]
    assert "địa chỉ công khai" not in link["text"]
    assert list(settings.library.added.iterdir()) == []


async def test_refresh_says_what_came(running: Running, settings: Settings, own_library: Library) -> None:
    folder = settings.library.paths[0]
    (folder / "cho.txt").write_text(TEXT, encoding="utf-8")
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 nothing more")
    async with running(own_library) as world:
        reader = operator(world)
        (told,) = await reader.asks("/refresh")
        (folder / "cho.txt").unlink()
        (later,) = await reader.asks("/capnhat")
    assert "Tệp mới: 2 · thay đổi: 0 · không còn: 0" in told["text"]
    assert "hong.pdf" in told["text"]
    assert "không còn: 1" in later["text"]
