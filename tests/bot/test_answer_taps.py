"""Under an answer: each button, tapped; after a restart, too late, twice, by others."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.world import Message, World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import Running
from tests.bot.faults.conftest import at_work_for, changed
from tests.bot.groups import Group, Reader, rows
from tests.libraries import library_of

Q = "Cây cầu Hương An dài bao nhiêu mét?"
SAID = "Ai nói cầu Hương An rút ngắn 20 phút đi lại?"


def button(message: Message, action: str) -> dict[str, Any]:
    """The button that does this: by its callback data, or by its field."""
    for row in message["reply_markup"]["inline_keyboard"]:
        for each in row:
            if action in each or f":{action}:" in each.get("callback_data", ""):
                return dict(each)
    raise AssertionError(f"no button {action}")


async def all_buttons(reader: Reader, message: Message) -> Message:
    """The answer with all its buttons."""
    await reader.taps(message, button(message, "open")["callback_data"])
    return reader.now(message)


def has(message: Message, action: str) -> bool:
    try:
        return bool(button(message, action))
    except (AssertionError, KeyError):
        return False


async def answered(reader: Reader, question: str = Q) -> Message:
    [message] = await reader.asks(question)
    return message


async def tapped(reader: Reader, message: Message, action: str) -> list[Message]:
    message = reader.now(message)
    if not has(message, action) and has(message, "open"):
        message = await all_buttons(reader, message)
    return await reader.taps(message, button(message, action)["callback_data"])


def votes(settings: Settings) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(settings.log.path)) as db:
        return db.execute(
            "SELECT question, value, by FROM feedback JOIN queries ON queries.id = query ORDER BY feedback.at"
        ).fetchall()


async def test_more_sentences_come_below_and_the_button_moves_there(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        answer = await answered(reader)
        [more] = await tapped(reader, answer, "more")
        assert "chưa chắc là câu trả lời" in more["text"]
        assert "thông xe sau ba năm" in more["text"]
        assert more["reply_to_message"]["message_id"] == answer["message_id"]
        assert not has(reader.now(answer), "more")
        assert has(reader.now(answer), "context")
        assert not has(more, "good")
        while has(more, "more"):
            [more] = await tapped(reader, more, "more")
        everything = [m["text"] for m in world.messages_of_bot(reader.chat)]
        assert sum("Cây cầu dài 1.200 mét" in text for text in everything) == 1


async def test_where_there_is_no_more_a_notice_says_so(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        answer = await answered(reader)
        data = button(await all_buttons(reader, answer), "more")["callback_data"].removesuffix("1") + "99"
        update = world.updates.put({"callback_query": tap_by_hand(world, reader, answer, data)})
        await world.until(lambda: world.callback_queries[update["callback_query"]["id"]] is not None, 10)
        assert "không còn câu nào khác" in (world.callback_queries[update["callback_query"]["id"]] or {})["text"]


def tap_by_hand(world: World, reader: Reader, message: Message, data: str) -> dict[str, Any]:
    """What an app of somebody's own making may send: any data under any message."""
    number = str(len(world.callback_queries) + 1)
    world.callback_queries[number] = None
    head = {"id": number, "from": reader.user.as_json(), "chat_instance": "1"}
    return head | {"message": message, "data": data}


async def test_the_context_is_the_article_to_the_letter_open_to_the_eye(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        [context] = await tapped(reader, await answered(reader), "context")
    text = context["text"]
    assert "thông xe sau ba năm thi công.\nCây cầu dài 1.200 mét, nối hai bờ sông Nhạn.\nKỹ sư Trần Văn Bách" in text
    assert any(entity["type"] == "blockquote" for entity in context["entities"])
    bold = next(entity for entity in context["entities"] if entity["type"] == "bold")
    assert text[bold["offset"] : bold["offset"] + bold["length"]] == "Cây cầu dài 1.200 mét, nối hai bờ sông Nhạn."


async def test_a_short_quote_is_copied_by_the_button(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        copied = button(await all_buttons(reader, await answered(reader)), "copy_text")["copy_text"]["text"]
        assert copied == (
            "“Cây cầu dài 1.200 mét, nối hai bờ sông Nhạn.” (Báo Bến Sông, đăng 16/9/2025)"
            " https://example.org/cau-huong-an"
        )


async def test_a_long_quote_is_copied_from_a_message(running: Running, tmp_path: Path) -> None:
    quote = f"Cầu Gió dài 950 mét, nối {', '.join(f'xã <Gió {n}>' for n in range(40))}."
    (tmp_path / "gio.txt").write_text(quote, encoding="utf-8")
    async with running(Library.open([tmp_path / "gio.txt"])) as world:
        reader = Reader(world)
        [copy] = await tapped(reader, await answered(reader, "Cầu Gió dài bao nhiêu mét?"), "copy")
    assert copy["text"] == f"“{quote}” (không rõ nguồn, không rõ ngày)"
    assert [entity["type"] for entity in copy["entities"]] == ["pre"]


async def test_the_person_of_the_quote_is_shown(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        answer = await answered(reader, SAID)
        assert button(await all_buttons(reader, answer), "who")["text"] == "👤 Trần Văn Bách"
        [person] = await tapped(reader, answer, "who")
        assert person["text"].startswith("Trần Văn Bách")


async def test_the_topic_is_laid_out_in_time(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        answer = await answered(reader, "Cầu Hương An được thông xe ngày nào?")
        [timeline] = await tapped(reader, answer, "timeline")
        assert timeline["text"].startswith("Cầu Hương An")
        assert "15/9/2025" in timeline["text"]


async def test_votes_are_kept_beside_the_question_and_a_changed_mind_counts(
    running: Running, settings: Settings
) -> None:
    async with running() as world:
        reader = Reader(world)
        answer = await answered(reader)
        assert await tapped(reader, answer, "good") == []
        assert reader.notice["text"].startswith("Cảm ơn")
        assert not reader.notice.get("show_alert")
        await tapped(reader, answer, "bad")
    assert votes(settings) == [(Q, -1, "button")]
    kinds = [(row["kind"], row["outcome"]) for row in rows(settings)]
    assert kinds.count(("feedback", "noted")) == 2


async def test_reactions_count_as_votes_in_private(running: Running, settings: Settings) -> None:
    async with running() as world:
        reader = Reader(world)
        answer = await answered(reader)
        for emoji in (["👎"], ["🔥"], ["🎃"]):
            assert world.react(reader.user, answer, emoji)
        await reader.heard_after(answer["message_id"])
        assert votes(settings) == []  # a pumpkin says nothing: what was said before is taken back
        world.react(reader.user, answer, ["👎"])
        await reader.heard_after(answer["message_id"])
    assert votes(settings) == [(Q, -1, "reaction")]
    assert [row["question"] for row in rows(settings) if row["kind"] == "feedback"] == ["👎", "🔥", "🎃", "👎"]


async def test_reactions_in_groups_count_where_the_bot_sees_them(running: Running, settings: Settings) -> None:
    async with running() as world:
        group = Group(world)
        answer = await group.asks(f"/hoi {Q}")
        assert world.react(group.lan, answer, ["👍"]) is None
        world.promote(group.chat, world.bot, by=group.owner)
        world.react(group.lan, answer, ["👍"])
        world.react(group.hoa, answer, ["👎"])
        await group.heard()
    assert sorted(vote[1] for vote in votes(settings)) == [-1, 1]


async def test_a_reaction_to_anything_else_is_passed_over(running: Running, settings: Settings) -> None:
    async with running() as world:
        reader = Reader(world)
        [help_] = await reader.asks("/start")
        world.react(reader.user, help_, ["👍"])
        await reader.heard_after(help_["message_id"])
    assert votes(settings) == []
    assert [row["outcome"] for row in rows(settings) if row["kind"] == "other"] == ["ignored"]


async def test_a_question_that_may_have_been_meant_is_asked_by_a_tap(
    running: Running, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Ông Vũ Hoài Trung là kỹ sư xây cầu Gió dài 1.200 mét.", encoding="utf-8")
    async with running(Library.open([tmp_path / "a.txt"])) as world:
        reader = Reader(world)
        refused = await answered(reader, "Vu Hoai Trug la ai")
        assert "Có phải bạn hỏi" in refused["text"]
        [answer] = await tapped(reader, refused, "ask")
        assert "1.200 mét" in answer["text"]
        await tapped(reader, answer, "good")
    [(question, value, _)] = votes(settings)
    assert (question, value) == (button(refused, "ask")["text"], 1)


async def test_buttons_work_after_a_restart(running: Running, settings: Settings) -> None:
    world = World()
    async with running(world=world):
        reader = Reader(world)
        answer = await answered(reader)
    async with running(world=world):
        assert await tapped(reader, answer, "more")
        await tapped(reader, answer, "good")
    assert votes(settings) == [(Q, 1, "button")]


@pytest.mark.parametrize("action", ["more", "context", "good"])
async def test_an_expired_button_says_so(running: Running, settings: Settings, action: str) -> None:
    async with running() as world:
        reader = Reader(world)
        answer = await all_buttons(reader, await answered(reader))
        with closing(sqlite3.connect(settings.chats.path)) as db, db:
            db.execute("UPDATE exchanges SET at = 0")
        assert await tapped(reader, answer, action) == []
        assert reader.notice["text"].startswith("Câu trả lời này đã hết hạn")


async def test_two_taps_in_haste_bring_one_message(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        answer = await answered(reader)
        data = button(answer, "context")["callback_data"]
        world.tap(reader.user, answer, data)
        assert len(await reader.taps(answer, data)) == 1


async def test_where_nothing_can_be_kept_the_answer_comes_without_buttons(running: Running, settings: Settings) -> None:
    async with running() as world:
        reader = Reader(world)
        with closing(sqlite3.connect(settings.chats.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = await answered(reader)
    assert "1.200 mét" in answer["text"]
    assert "reply_markup" not in answer


async def test_an_edited_question_gets_buttons_of_its_own(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        asked = world.say(reader.user, reader.chat, Q)["message"]
        [answer] = await reader.heard_after(asked["message_id"])
        world.edit(asked, "Lễ hội hoa ban mở tại đâu?")
        await reader.heard_after(answer["message_id"])
        edited = reader.now(answer)
        assert "Mường Kha" in edited["text"]
        assert button(edited, "bad") != button(answer, "bad")
        [context] = await tapped(reader, edited, "context")
        assert "<trật tự> & vệ sinh" in context["text"]


async def test_in_groups_an_answer_has_one_row_and_the_rest_opens_in_private(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        answer = await group.asks(f"/hoi {Q}")
        [row] = answer["reply_markup"]["inline_keyboard"]
        assert [each["text"] for each in row] == ["Xem thêm", "👍", "👎"]
        assert row[0]["url"].startswith(f"https://t.me/{world.bot.username}?start=q")


async def test_english_speakers_get_english_buttons(running: Running) -> None:
    async with running() as world:
        reader = Reader(world, "en")
        answer = await answered(reader)
        assert button(await all_buttons(reader, answer), "more")["text"] == "Other quotes"
        [more] = await tapped(reader, answer, "more")
        assert more["text"].startswith("Other sentences")


PAPERS = [
    {"publisher": "Báo A", "published": "2025-09-16", "text": "Cây cầu Nhạn nối hai bờ sông Nhạn dài 1.200 mét."},
    {"publisher": "Báo B", "published": "2025-09-16", "text": "Cây cầu Nhạn nối hai bờ sông Nhạn dài 1.250 mét."},
    {"publisher": "Báo C", "published": "2025-09-16", "text": "Chợ Nhạn có 300 quầy hàng bán cá sông."},
]


@pytest.mark.parametrize("rich", [False, True])
async def test_where_papers_differ_each_is_shown_with_its_own_words(
    settings: Settings, tmp_path: Path, *, rich: bool
) -> None:
    world = World()
    async with at_work_for(world, changed(settings, "reply", rich=rich), library_of(tmp_path, PAPERS)):
        reader = Reader(world)
        opened = await all_buttons(reader, await answered(reader, "Cây cầu Nhạn dài bao nhiêu mét?"))
        [told] = await reader.taps(opened, button(opened, "papers")["callback_data"])
        said = json.dumps(told.get("rich_message", told.get("text")), ensure_ascii=False)
        assert "con số" in said
        assert ("Báo A" in said, "Báo B" in said, "Báo C" in said) == (True, True, False)
        assert ("1.200 mét" in said, "1.250 mét" in said) == (True, True)
        market = await all_buttons(reader, await answered(reader, "Chợ Nhạn có bao nhiêu quầy hàng?"))
        assert not has(market, "papers")


async def test_why_it_was_chosen_is_told_in_words_that_the_reader_can_check(running: Running) -> None:
    async with running() as world:
        reader = Reader(world)
        [why] = await tapped(reader, await answered(reader), "why")
    assert why["text"].startswith(
        "Vì sao\nBạn hỏi: bao nhiêu. Từ đã tìm: Cây cầu Hương An dài, mét\nCó trong câu: Cây cầu, dài, mét."
    )
    assert re.search(r" Khả năng đúng: \d\d %$", why["text"])
