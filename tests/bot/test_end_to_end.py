"""An update goes in through the local Bot API; the message and the row in the log come out."""

import json
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.tally import answers
from bot.sandbox.world import Chat, Message, World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import Running
from tests.clock import PATIENCE


class Person:
    """Someone in a private chat with the bot."""

    def __init__(self, world: World, language: str | None = "vi") -> None:
        self.world = world
        self.user = world.add_user("Lan", language_code=language)
        self.chat = world.private_chat(self.user)

    async def says(self, text: str) -> Message:
        """What the bot replies first."""
        update = self.world.say(self.user, self.chat, text)
        return await self.reply_to(update["message"]["message_id"])

    async def sends(self, **content: Any) -> Message:
        """Something that is no text."""
        message = self.world.post(self.chat, self.user, "", [], **content)
        del message["text"]
        self.world.updates.push("message", message)
        return await self.reply_to(message["message_id"])

    async def reply_to(self, message_id: int) -> Message:
        return await self.world.next_message(self.chat, after=message_id, seconds=PATIENCE)


def rows(settings: Settings) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(settings.log.path)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("SELECT * FROM queries ORDER BY id")]


def kinds(message: Message) -> list[str]:
    return [entity["type"] for entity in message.get("entities", [])]


@pytest.mark.parametrize(
    ("language", "begins", "since"),
    [
        ("vi", "Chào bạn, tôi là Trích.", "2 bài báo, đăng từ 10/3/2024 đến 16/9/2025"),
        ("en-US", "Hello, I am Trích", "2 articles, published between 10 March 2024 and 16 September 2025"),
        (None, "Chào bạn", "2 bài báo"),
    ],
)
async def test_start_tells_who_speaks_and_what_has_been_read(
    running: Running, settings: Settings, language: str | None, begins: str, since: str
) -> None:
    async with running() as world:
        reply = await Person(world, language).says("/start")
    assert reply["text"].startswith(begins)
    assert since in reply["text"]
    [row] = rows(settings)
    assert (row["kind"], row["outcome"], row["question"], row["language"]) == ("command", "help", "/start", language)


@pytest.mark.parametrize(("language", "begins"), [("vi", "Cách hỏi"), ("en", "Asking")])
async def test_help_tells_how_to_ask(running: Running, settings: Settings, language: str, begins: str) -> None:
    async with running() as world:
        reply = await Person(world, language).says("/help")
    assert reply["text"].startswith(begins)
    assert [(row["kind"], row["outcome"]) for row in rows(settings)] == [("command", "help")]


async def test_an_unknown_command_is_told_apart_from_a_question(running: Running, settings: Settings) -> None:
    async with running() as world:
        reply = await Person(world).says("/cau")
    assert "chưa biết lệnh này" in reply["text"]
    assert [(row["kind"], row["outcome"]) for row in rows(settings)] == [("command", "help")]


@pytest.mark.parametrize(("language", "link"), [("vi", "bài gốc"), ("en", "original")])
async def test_a_question_is_answered_with_a_quote_its_source_its_date_and_a_link(
    running: Running, settings: Settings, library: Library, language: str, link: str
) -> None:
    question = "Cầu Hương An được thông xe ngày nào?"
    async with running() as world:
        person = Person(world, language)
        reply = await person.says(question)
    assert "Sáng 15/9/2025, cầu Hương An được thông xe sau ba năm thi công.\nBáo Bến Sông" in reply["text"]
    assert f" · {link}" in reply["text"]
    assert kinds(reply)[0] == "blockquote"
    assert "reply_to_message" not in reply  # the question stands right above
    assert reply["link_preview_options"] == {"is_disabled": True}
    [row] = rows(settings)
    assert (row["kind"], row["outcome"], row["question"], row["chat"]) == ("question", "answered", question, "private")
    shown = [(quote["article"], quote["start"], quote["end"]) for quote in json.loads(row["quotes"])]
    answer = library.ask(question, limit=3)
    assert row["question_kind"] == answer.kind
    assert shown == [(quote.article.id, quote.start, quote.end) for quote in answer.quotes]
    assert row["duration_ms"] > 0


async def test_a_question_goes_on_from_the_one_before(running: Running, settings: Settings) -> None:
    async with running() as world:
        person = Person(world)
        await person.says("Kỹ sư Trần Văn Bách là ai?")
        reply = await person.says("ông ấy nói gì về cầu Hương An?")
    assert "Kỹ sư Trần Văn Bách nói cầu Hương An rút ngắn 20 phút" in reply["text"]
    assert rows(settings)[1]["question"] == "ông ấy nói gì về cầu Hương An?"


@pytest.mark.parametrize(
    ("language", "refusal", "nearest"),
    [("vi", "Tôi chưa tìm thấy bài nào nhắc đến", "Cẩm Lĩnh"), ("en", "No article", "mentions Cẩm Lĩnh.")],
)
async def test_a_question_without_an_answer_is_refused_with_what_no_article_has(
    running: Running, settings: Settings, language: str, refusal: str, nearest: str
) -> None:
    async with running() as world:
        reply = await Person(world, language).says("Ai thiết kế nhà máy thuỷ điện ở huyện Cẩm Lĩnh năm 1987?")
    assert refusal in reply["text"]
    assert nearest in reply["text"]
    [row] = rows(settings)
    assert row["outcome"] == "not_found"


async def test_a_question_about_nothing_in_the_collection_hears_what_there_is(
    running: Running, settings: Settings
) -> None:
    async with running() as world:
        reply = await Person(world).says("Zyxwv?")
    assert "2 bài báo, đăng từ 10/3/2024 đến 16/9/2025" in reply["text"]
    assert [row["quotes"] for row in rows(settings)] == ["[]"]


async def test_without_articles_the_bot_says_that_it_has_none(
    running: Running, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    async with running(Library.open([tmp_path / "empty"])) as world:
        person = Person(world)
        assert "chưa có bài báo nào" in (await person.says("Cầu Hương An dài bao nhiêu?"))["text"]
        assert "chưa có bài báo nào" in (await person.says("/start"))["text"]
    assert [row["outcome"] for row in rows(settings)] == ["not_found", "help"]


@pytest.mark.parametrize("text", ["☺" * 4096, "😀" * 2048, "?!… —", "👍🏽"])
async def test_what_holds_no_word_is_no_question(running: Running, settings: Settings, text: str) -> None:
    async with running() as world:
        reply = await Person(world).says(text)
    assert reply["text"].startswith("Bạn muốn hỏi gì?")
    [row] = rows(settings)
    assert (row["outcome"], row["question"]) == ("help", text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{{7*7}}",
        "'; DROP TABLE queries; --",
        "cầu " * 1000,
        "Cầu Hương An & <b>lễ hội</b> hoa ban?",
    ],
)
async def test_hostile_text_gets_a_reply_and_is_logged_as_typed(
    running: Running, settings: Settings, text: str
) -> None:
    typed = text.strip()
    async with running() as world:
        reply = await Person(world).says(typed)
    assert reply["text"]
    assert "49" not in reply["text"]
    assert not {call.error for call in world.calls} - {None}
    [row] = rows(settings)
    assert row["question"] == typed
    assert row["outcome"] in {"answered", "not_found", "help"}  # a sum of numbers is no question


async def test_a_question_in_decomposed_unicode_is_answered_and_logged_as_typed(
    running: Running, settings: Settings
) -> None:
    question = unicodedata.normalize("NFD", "Cây cầu dài bao nhiêu mét?")
    async with running() as world:
        person = Person(world)
        # As bytes that Telegram passes on; its apps send NFC.
        message = world.post(person.chat, person.user, question, [])
        world.updates.push("message", message)
        reply = await person.reply_to(message["message_id"])
    assert "Cây cầu dài 1.200 mét, nối hai bờ sông Nhạn." in reply["text"]
    assert [row["question"] for row in rows(settings)] == [question]


async def test_markup_in_an_article_is_quoted_to_the_letter(running: Running) -> None:
    async with running() as world:
        reply = await Person(world).says("Ban tổ chức nhắc khách giữ gì ở khu vực đồi hoa?")
    assert "Ban tổ chức nhắc khách giữ <trật tự> & vệ sinh ở khu vực đồi hoa." in reply["text"]


STICKER = {
    "file_id": "a",
    "file_unique_id": "b",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}
PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 90, "height": 90}]


@pytest.mark.parametrize(("language", "says"), [("vi", "câu hỏi bằng chữ"), ("en", "questions in writing")])
async def test_a_sticker_hears_that_the_bot_reads_text(
    running: Running, settings: Settings, language: str, says: str
) -> None:
    async with running() as world:
        reply = await Person(world, language).sends(sticker=STICKER)
    assert says in reply["text"]
    assert [(row["kind"], row["outcome"], row["question"]) for row in rows(settings)] == [("other", "help", None)]


async def test_a_photos_caption_is_a_question(running: Running, settings: Settings) -> None:
    async with running() as world:
        reply = await Person(world).sends(photo=PHOTO, caption="Cây cầu dài bao nhiêu mét?")
    assert "Cây cầu dài 1.200 mét, nối hai bờ sông Nhạn." in reply["text"]
    assert [(row["kind"], row["question"]) for row in rows(settings)] == [("question", "Cây cầu dài bao nhiêu mét?")]


async def test_an_edit_is_not_answered_as_new_but_where_the_answer_stands(running: Running, settings: Settings) -> None:
    async with running() as world:
        person = Person(world)
        first = await person.says("Cây cầu dài bao nhiêu mét?")
        world.edit(person.chat.messages[1], "Lễ hội hoa ban mở tại đâu?")
        await person.says("/help")
    replies = world.messages_of_bot(person.chat)
    assert [reply["message_id"] for reply in replies] == [first["message_id"], first["message_id"] + 2]
    assert "Mường Kha" in replies[0]["text"]
    assert [row["outcome"] for row in rows(settings)] == ["answered", "answered", "help"]


@pytest.mark.parametrize("text", ["Cây cầu dài bao nhiêu mét?", "/cau"])
async def test_in_a_group_the_bot_is_silent_and_keeps_no_words(running: Running, settings: Settings, text: str) -> None:
    async with running() as world:
        group = Chat(-100, "supergroup", title="Xóm")
        world.chats[group.id] = group
        world.say(world.add_user("Hoa"), group, text)
        await Person(world).says("/help")
    assert not world.messages_of_bot(group)
    assert {(row["chat"], row["outcome"], row["question"]) for row in rows(settings)} == {
        ("supergroup", "ignored", None),
        ("private", "help", "/help"),
    }


async def test_a_pinned_message_is_no_question(running: Running, settings: Settings) -> None:
    async with running() as world:
        person = Person(world)
        await person.says("/help")
        service = world.post(person.chat, person.user, "", [], delete_chat_photo=True)
        del service["text"]
        world.updates.push("message", service)
        await person.says("/help")
    assert [row["outcome"] for row in rows(settings)] == ["help", "ignored", "help"]


async def test_answers_come_in_the_order_of_the_questions(running: Running, settings: Settings) -> None:
    questions = ["Cây cầu dài bao nhiêu mét?", "/help", "Zyxwv?", "/start", "Lễ hội hoa ban mở tại đâu?"]
    async with running() as world:
        person = Person(world)
        for question in questions:
            world.say(person.user, person.chat, question)
        await world.until(lambda: len(world.messages_of_bot(person.chat)) == len(questions), PATIENCE)
    given = answers(person.chat)
    assert [given[number] for number in range(1, 6)] == [[m["message_id"]] for m in world.messages_of_bot(person.chat)]
    assert [row["question"] for row in rows(settings)] == questions


async def test_a_question_of_some_days_is_answered_from_those_or_says_which_they_were(running: Running) -> None:
    async with running() as world:
        lan = Person(world)
        assert "1.200 mét" in (await lan.says("Cầu Hương An dài bao nhiêu từ 3/2025?"))["text"]
        refused = await lan.says("Cầu Hương An dài bao nhiêu trước 2020?")
        assert "1.200" not in refused["text"]
        assert "(… – 31/12/2019)" in refused["text"]
        assert "1.200" not in str(refused["reply_markup"])
