"""Replies as rich messages, as the bot runs: sent, turned, chosen by chat, and given up where they are refused."""

import json
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.memory.looks import Looks
from bot.memory.state import State
from bot.once.handling import Handling
from bot.sandbox.faults import Fault, failing, lost_response
from bot.sandbox.world import Message, World
from bot.settings import Settings
from bot.taps.kinds import BringTap
from retrieval import Library
from tests.bot.faults.conftest import at_work_for, changed
from tests.bot.groups import Group, Reader, buttons
from tests.bot.test_timeline import TEXTS, TOPIC
from tests.clock import PATIENCE
from tests.libraries import library_of

OFFICE = "Sáng 2/9/2025, ông Lê Văn Tám được bổ nhiệm làm Bộ trưởng Bộ Gió."
SEVERAL = "Cáp treo Núi Mây làm gì trong tháng 9/2025?"
REFUSED = Fault(kind="error", method="sendRichMessage", code=400, description="Bad Request: RICH_MESSAGE_INVALID")
UNKNOWN = Fault(kind="error", method="sendRichMessage", code=404, description="Not Found", times=None)


@pytest.fixture(scope="module")
def mountain(tmp_path_factory: pytest.TempPathFactory) -> Library:
    texts = [*TEXTS, *((f"2025-09-0{day}", OFFICE) for day in (2, 3))]
    articles = [
        {"text": text, "published": day, "title": f"Chuyện {number}", "publisher": f"Báo {number}"}
        for number, (day, text) in enumerate(texts)
    ]
    return library_of(tmp_path_factory.mktemp("mountain"), articles)


@asynccontextmanager
async def drawing(settings: Settings, library: Library) -> AsyncIterator[World]:
    """The bot, which draws rich messages where no chat has chosen."""
    world = World()
    async with at_work_for(world, changed(settings, "reply", rich=True), library):
        yield world


def said(message: Message) -> str:
    return json.dumps(message.get("rich_message", message.get("text")), ensure_ascii=False)


def files(world: World, message: Message, kind: str) -> bytes:
    """The content of the picture, or of the file with this ending, in a rich message."""
    ids = [
        block["photo"][-1]["file_id"] if block["type"] == "photo" else block["document"]["file_id"]
        for block in message["rich_message"]["blocks"]
        if block["type"] == kind or block.get("document", {}).get("file_name", "").endswith(f".{kind}")
    ]
    [one] = ids
    return world.files.of(one).content


def quoted(block: Mapping[str, Any]) -> str:
    """The words of a quotation."""
    text = block["text"] if "text" in block else block["blocks"][0]["text"]
    return "".join(
        each if isinstance(each, str) else each["text"] for each in (text if isinstance(text, list) else [text])
    )


async def test_a_timeline_is_one_rich_message_that_is_turned_in_place(settings: Settings, mountain: Library) -> None:
    async with drawing(settings, mountain) as world:
        reader = Reader(world)
        [page] = await reader.asks(f"/timeline {TOPIC}")
        kinds = [block["type"] for block in page["rich_message"]["blocks"]]
        assert kinds[:2] == ["heading", "photo"]
        assert kinds[-2:] == ["document", "document"]
        picture, table, days = (files(world, page, kind) for kind in ("photo", "csv", "ics"))
        assert picture.startswith(b"\x89PNG")
        assert "cáp treo Núi Mây" in table.decode("utf-8-sig")
        assert days.count(b"BEGIN:VEVENT") == 7
        assert not [data for data in buttons(page) if data.split(":")[3:4] not in ([], ["0"])]  # no second page
        first = said(page).index("1/9/2025")
        assert first < said(page).index("5/9/2025")
        await reader.taps(page, next(data for data in buttons(page) if "newest" in data))
        turned = reader.now(page)
        assert [files(world, turned, kind) for kind in ("photo", "csv", "ics")] == [picture, table, days]
        assert said(turned).index("5/9/2025") < said(turned).index("1/9/2025")


async def test_an_office_is_a_table_with_its_proofs_and_several_quotes_open(
    settings: Settings, mountain: Library
) -> None:
    async with drawing(settings, mountain) as world:
        reader = Reader(world)
        [person] = await reader.asks("/who Lê Văn Tám")
        kinds = [block["type"] for block in person["rich_message"]["blocks"]]
        assert kinds.index("table") < kinds.index("blockquote")
        assert OFFICE in said(person)
        [answer] = await reader.asks(SEVERAL)
        blocks = answer["rich_message"]["blocks"]
        assert [block["type"] for block in blocks[:4]] == ["blockquote", "buttons", "expandable_blockquote", "buttons"]
        assert "reply_markup" in answer
        for number, block in enumerate(block for block in blocks if block["type"] == "buttons"):
            [button] = block["buttons"]
            assert button["text"] == f"{number + 1} · Xem cả đoạn"
            [passage] = await reader.taps(answer, button["callback_data"])
            assert quoted(blocks[2 * number]) in passage["text"]


async def test_a_chat_chooses_and_that_stays(settings: Settings, mountain: Library) -> None:
    async with drawing(settings, mountain) as world:
        reader, group = Reader(world), Group(world)
        [page] = await reader.asks("/caidat")
        await reader.taps(page, "look:show")
        await reader.taps(reader.now(page), "look:plain")
        assert "text" in (await reader.asks("/who Lê Văn Tám"))[0]
        helps = [message["text"] for message in world.messages_of_bot(reader.chat) if "Cách hỏi" in str(message)]
        assert ["Thấy tin nhắn trống?" in text for text in helps] == [
            True,
            True,
            False,
            False,
        ]  # of who has chosen none
        panel = await group.settings()
        await group.taps(panel, "look:show", group.lan)
        assert "Khi nào" in group.now(panel)["text"]  # only admins
        assert "rich_message" in await group.asks("/who Lê Văn Tám")
        await group.taps(panel, "look:show")
        await group.taps(group.now(panel), "look:plain")
        assert "text" in await group.asks("/who Lê Văn Tám")


@pytest.mark.parametrize("fault", [REFUSED, UNKNOWN])
async def test_what_is_refused_goes_out_in_html_and_is_not_tried_again(
    settings: Settings, mountain: Library, fault: Fault
) -> None:
    async with drawing(settings, mountain) as world:
        reader, other = Reader(world), Reader(world)
        world.faults.add(fault)
        [person] = await reader.asks("/who Lê Văn Tám")
        assert OFFICE in person["text"]
        assert OFFICE in (await reader.asks("/who Lê Văn Tám"))[0]["text"]
        assert len(world.calls_of("sendRichMessage")) + (fault is UNKNOWN) <= 2
        tried = [call for call in world.calls_of("sendRichMessage") if call.error]
        [again] = await other.asks("/who Lê Văn Tám")
        assert ("rich_message" in again) is (fault is REFUSED)  # what one chat refuses another may take
        assert len([call for call in world.calls_of("sendRichMessage") if call.error]) == len(tried)


async def test_one_whose_answer_is_lost_is_found_and_not_sent_twice(settings: Settings, mountain: Library) -> None:
    async with drawing(settings, mountain) as world:
        reader = Reader(world)
        world.faults.add(lost_response(method="sendRichMessage"))
        [person] = await reader.asks("/who Lê Văn Tám")
        assert "rich_message" in person
        assert len([m for m in world.messages_of_bot(reader.chat) if "rich_message" in m]) == 1


@pytest.mark.parametrize(
    ("asked", "refused", "brought"),
    [
        ("/who Lê Văn Tám", False, OFFICE),
        ("/who Lê Văn Tám", True, "hỏi lại giúp tôi"),  # no question that is kept
        (SEVERAL, False, "Núi Mây"),
        (SEVERAL, True, "Núi Mây"),
        (f"/timeline {TOPIC}", False, "photo"),
    ],
)
async def test_a_note_becomes_the_rich_message_and_where_that_is_refused_the_answer_in_html(
    settings: Settings, mountain: Library, asked: str, refused: bool, brought: str
) -> None:
    async with drawing(settings, mountain) as world:
        reader = Reader(world)
        world.faults.add(lost_response(method="sendRichMessage"))
        world.faults.add(failing(400, "Bad Request: something new", method="editMessageText", times=None))
        came, note = await reader.asks(asked)
        assert "có thể đã gửi" in note["text"]
        world.faults.clear()
        if refused:
            times = 2 if asked == SEVERAL else 1  # what answers a question is drawn once more
            world.faults.add(failing(400, "Bad Request: RICH_MESSAGE_INVALID", method="editMessageText", times=times))
        world.tap(reader.user, note, BringTap().data)
        await world.until(lambda: brought in said(reader.now(note)), PATIENCE)
        assert ("rich_message" in reader.now(note)) is not refused
        assert "có thể đã gửi" not in said(reader.now(note))
        assert [m["message_id"] for m in world.messages_of_bot(reader.chat)[:2]] == [
            came["message_id"],
            note["message_id"],
        ]


async def test_an_edited_question_edits_its_rich_answer_and_a_plain_one_becomes_rich(
    settings: Settings, mountain: Library
) -> None:
    async with drawing(settings, mountain) as world:
        reader = Reader(world)
        asked = world.say(reader.user, reader.chat, SEVERAL)["message"]
        answer = await world.next_message(reader.chat, seconds=PATIENCE)
        assert "rich_message" in answer
        world.edit(asked, "Lê Văn Tám được bổ nhiệm làm gì?")
        await world.until(lambda: OFFICE in said(reader.now(answer)), PATIENCE)
        world.edit(asked, SEVERAL)
        await world.until(lambda: OFFICE not in said(reader.now(answer)), PATIENCE)
        kinds = [[block["type"] for block in each["rich_message"]["blocks"]] for each in (answer, reader.now(answer))]
        assert kinds[0] == kinds[1]
        assert len(world.messages_of_bot(reader.chat)) == 1


@pytest.mark.parametrize("fault", [REFUSED, lost_response(method="sendRichMessage")], ids=["refused", "lost"])
async def test_a_timeline_with_its_files_is_said_once_and_in_html_where_it_is_refused(
    settings: Settings, mountain: Library, fault: Fault
) -> None:
    async with drawing(settings, mountain) as world:
        reader = Reader(world)
        world.faults.add(fault)
        said = await reader.asks(f"/timeline {TOPIC}")
    if fault is REFUSED:
        picture, page = said
        assert picture["photo"]
        assert "timeline:1:csv" in buttons(page)
    else:
        assert [message["rich_message"]["blocks"][1]["type"] for message in said] == ["photo"]


async def test_what_follows_one_that_is_not_tried_keeps_its_number(
    settings: Settings, mountain: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that was killed after a refusal had sent the HTML as its second message: the next looks for it there."""
    ordinals: list[int] = []
    given = Handling.next_ordinal

    def noted(self: Handling) -> int:
        ordinals.append(given(self))
        return ordinals[-1]

    monkeypatch.setattr(Handling, "next_ordinal", noted)
    async with drawing(settings, mountain) as world:
        reader = Reader(world)
        world.faults.add(REFUSED)
        world.say(reader.user, reader.chat, "/who Lê Văn Tám")
        await world.next_message(reader.chat, seconds=PATIENCE)
        tried, ordinals[:] = list(ordinals), []
        world.say(reader.user, reader.chat, "/who Lê Văn Tám")
        await world.until(lambda: len(world.messages_of_bot(reader.chat)) == 2, PATIENCE)
    assert tried == ordinals == [0, 1]


async def test_a_reply_to_a_rich_message_is_answered_as_one_to_a_plain_one(
    settings: Settings, mountain: Library
) -> None:
    async with drawing(settings, mountain) as world:
        group = Group(world)
        person = await group.asks("/who Lê Văn Tám")
        assert "rich_message" in person
        question = "Lê Văn Tám được bổ nhiệm làm gì?"
        answer = await group.asks(question, reply_to=person["message_id"])
        assert answer["reply_to_message"]["text"] == question
        assert OFFICE in said(answer)
        before = len(world.messages_of_bot(group.chat))
        group.says(question)  # said to nobody
        assert len(await group.heard()) == before


async def test_what_a_person_chose_goes_with_all_else_that_is_kept_of_them(
    settings: Settings, mountain: Library
) -> None:
    async with drawing(settings, mountain) as world:
        reader = Reader(world)
        [page] = await reader.asks("/caidat")
        await reader.taps(page, "look:show")
        await reader.taps(reader.now(page), "look:plain")
        [question] = await reader.asks("/xoa")
        await reader.taps(question, "forget:yes")
        assert "rich_message" in (await reader.asks("/who Lê Văn Tám"))[0]
    with closing(sqlite3.connect(settings.chats.path)) as db:
        assert db.execute("SELECT * FROM looks").fetchall() == []


async def test_a_refusal_is_forgotten_after_a_month(tmp_path: Path) -> None:
    now = 0.0
    state = State(tmp_path / "chats.sqlite3")
    await state.open()
    looks = Looks(state, lambda: now)
    await looks.refused(5)
    await looks.choose(6, "rich")
    again = Looks(state, lambda: now)
    await again.load()
    assert (again.is_refused(5), again.is_refused(6), again.chosen(6), again.chosen(5)) == (True, False, "rich", None)
    now = 31 * 86_400.0
    assert not again.is_refused(5)
    await again.refused(None)
    assert again.is_refused(6)
    await state.close()
