"""What people watch, from the command to the message on a new article."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.context import Bot, Services, services_of
from bot.sandbox.faults import blocked, failing
from bot.sandbox.tally import answers
from bot.sandbox.world import Message, World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import ARTICLES
from tests.bot.faults.conftest import at_work_for, eventually
from tests.bot.groups import Group, Reader, buttons, chosen
from tests.clock import PATIENCE
from tests.libraries import written

TEXT = "Sáng 20/9/2025, cầu Hương An đón chuyến xe buýt đầu tiên."
MORNING = datetime(2025, 9, 20, 0, 30, tzinfo=UTC).timestamp()  # 7:30 in Vietnam


def article(number: int, text: str = TEXT, **fields: Any) -> dict[str, Any]:
    return {"id": f"new {number}", "text": text, "publisher": "Báo Bến Sông", "published": "2025-09-20"} | fields


def write(settings: Settings, name: str, articles: Sequence[dict[str, Any]]) -> None:
    folder = settings.paths()[0]
    folder.mkdir(exist_ok=True)
    written(folder / name, articles)


class Desk:
    """The bot at work, and new articles that come in."""

    def __init__(self, bot: Bot, settings: Settings) -> None:
        self.services: Services = services_of(bot)
        self.settings = settings
        self.clock = MORNING
        for keeper in (self.services.watches, self.services.watches.findings):
            keeper._now = lambda: self.clock

    async def publishes(self, *articles: dict[str, Any]) -> None:
        """They are in the library, and have been looked at."""
        write(self.settings, f"{len(list(self.settings.paths()[0].iterdir()))}.jsonl", articles)
        assert (await self.services.library.refresh()).changed
        await self.looked()

    async def looked(self) -> None:
        names = self.services.library.now.names()
        async with self.settled():
            self.services.library.renewed.set()
            while await self.services.watches.findings.unseen(names) != set():
                await self._breath()

    @asynccontextmanager
    async def settled(self) -> AsyncIterator[None]:
        yield
        while await self.services.watches.findings.places_due() or await self.services.watches.findings.unfinished():
            await self._breath()

    async def _breath(self) -> None:
        await self.services.memory.state.read("SELECT 1")


async def told_to(reader: Reader, after: int) -> list[Message]:
    """What the bot has said unasked since."""
    said = await reader.heard_after(after)
    asked = {number for numbers in answers(reader.chat).values() for number in numbers}
    return [message for message in said if message["message_id"] not in asked]


Working = Callable[[World], Any]


@pytest.fixture
def working(settings: Settings) -> Working:
    write(settings, "old.jsonl", ARTICLES)

    @asynccontextmanager
    async def run(world: World) -> AsyncIterator[Desk]:
        library = Library.open(settings.paths(), settings.library.cache)
        async with at_work_for(world, settings, library) as bot:
            yield Desk(bot, settings)

    return run


@pytest.fixture
def world() -> World:
    return World()


def links(message: Message) -> set[str]:
    return {entity["url"] for entity in message.get("entities", []) if "url" in entity}


async def test_a_new_article_on_a_watched_topic_is_told_with_its_sentence_source_and_date(
    world: World, working: Working
) -> None:
    async with working(world) as desk:
        lan = Reader(world)
        [panel] = await lan.asks("/theodoi về  cầu Hương An")
        assert panel["text"].startswith("🔔 cầu Hương An")
        await desk.publishes(article(1, url="https://example.org/1"), article(2, "Chợ Mới mở cửa."))
        [told] = await told_to(lan, panel["message_id"])
    assert told["text"].startswith("🔔 cầu Hương An · 1 bài mới")
    assert TEXT in told["text"]
    assert "Báo Bến Sông" in told["text"]
    assert "20/9/2025" in told["text"].partition(TEXT)[2]
    assert any(link.startswith("https://example.org/1") for link in links(told))


async def test_what_was_there_before_is_no_news_and_nothing_is_told_twice(world: World, working: Working) -> None:
    async with working(world) as desk:
        lan = Reader(world)
        [panel] = await lan.asks("/theodoi cầu Hương An")
        await desk.publishes(article(1))
        write(desk.settings, "old.jsonl", [ARTICLES[0] | {"title": "Cầu Hương An"}, ARTICLES[1]])
        await desk.services.library.refresh()
        await desk.looked()
        assert len(await told_to(lan, panel["message_id"])) == 1
    async with working(world) as desk:
        await desk.publishes(article(3, "Chợ Mới mở cửa."))
        assert len(await told_to(lan, panel["message_id"])) == 1


async def test_what_came_while_the_bot_was_away_is_told_at_its_start(world: World, working: Working) -> None:
    async with working(world) as desk:
        lan = Reader(world, language="en")
        [panel] = await lan.asks("/watch cau huong an")
    write(desk.settings, "away.jsonl", [article(1)])
    async with working(world) as desk:
        await desk.looked()
        [told] = await told_to(lan, panel["message_id"])
    assert "1 new article" in told["text"]
    assert TEXT in told["text"]


async def test_a_burst_is_one_message(world: World, working: Working) -> None:
    burst = [
        article(number, f"Cầu Hương An sửa trụ số {number} trong đêm.\nCâu chuyện thứ {number}: {'a' * number}.")
        for number in range(500)
    ]
    async with working(world) as desk:
        lan = Reader(world)
        [panel] = await lan.asks("/theodoi cầu Hương An")
        await desk.publishes(*burst)
        [told] = await told_to(lan, panel["message_id"])
    assert "500 bài mới" in told["text"]
    assert "Và 495 bài nữa" in told["text"]
    assert told["text"].count("Báo Bến Sông") == 5


async def test_near_copies_are_told_once(world: World, working: Working) -> None:
    words = " ".join(f"chữ{number}" for number in range(200))
    async with working(world) as desk:
        lan = Reader(world)
        [panel] = await lan.asks("/theodoi cầu Hương An")
        await desk.publishes(article(1, f"{TEXT} {words}."), article(2, f"{TEXT} {words} thêm."))
        await desk.publishes(article(3, f"{TEXT} {words} nữa."))
        [told] = await told_to(lan, panel["message_id"])
    assert "1 bài mới" in told["text"]


async def test_a_day_is_told_at_the_hour_that_the_chat_has_chosen(world: World, working: Working) -> None:
    async with working(world) as desk:
        lan = Reader(world)
        [panel] = await lan.asks("/theodoi cầu Hương An")
        await lan.asks("/theodoi chợ")
        number = buttons(panel)[0].split(":")[1]
        await lan.taps(panel, f"watch:{number}:daily")
        await lan.taps(lan.now(panel), f"watch:{number}:hours")
        assert chosen(lan.now(panel)) == ["✓ 7:00"]
        await lan.taps(lan.now(panel), f"watch:{number}:at20")
        assert chosen(lan.now(panel)) == ["✓ Gộp lại, mỗi ngày lúc 20 giờ"]
        last = max(lan.chat.messages)
        await desk.publishes(article(1))
        desk.clock += 12 * 3600  # 19:30
        await desk.publishes(article(2, "Cầu Hương An lên đèn."))
        assert await told_to(lan, last) == []
        desk.clock += 3600  # 20:30
        await desk.publishes(article(3, "Cầu Hương An tắt đèn."))
        [told] = await told_to(lan, last)
    assert "2 bài mới" in told["text"]
    assert "tắt đèn" not in told["text"]


async def test_watches_are_listed_paused_resumed_and_removed_by_buttons(world: World, working: Working) -> None:
    async with working(world) as desk:
        lan = Reader(world)
        [empty] = await lan.asks("/theodoi")
        assert "chưa theo dõi chủ đề nào" in empty["text"]
        await lan.asks("/theodoi cầu Hương An")
        await lan.asks("/theodoi chợ Mới")
        await lan.asks("/theodoi CHỢ MỚI")
        [listed] = await lan.asks("/theodoi")
        assert buttons(listed) == ["watch:1:show", "watch:2:show"]
        await lan.taps(listed, "watch:1:show")
        await lan.taps(lan.now(listed), "watch:1:pause")
        assert "Đang tạm dừng" in lan.now(listed)["text"]
        last = max(lan.chat.messages)
        await desk.publishes(article(1))
        assert await told_to(lan, last) == []
        await lan.taps(lan.now(listed), "watch:1:resume")
        await desk.publishes(article(2, "Cầu Hương An lên đèn."))
        [told] = await told_to(lan, last)
        assert "1 bài mới" in told["text"]
        await lan.taps(lan.now(listed), "watch:1:remove")
        assert buttons(lan.now(listed)) == ["watch:2:show"]
        [again] = await lan.taps(told, "watch:0:open")
        assert buttons(again) == ["watch:2:show"]
        await lan.taps(again, "watch:2:show")
        await lan.taps(lan.now(again), "watch:2:remove")
        assert "reply_markup" not in lan.now(again)
        await desk.publishes(article(3, "Cầu Hương An tắt đèn."))
        assert await told_to(lan, again["message_id"]) == []


async def test_a_watch_has_a_topic_of_its_own_where_the_private_chat_has_topics(world: World, working: Working) -> None:
    world.set_private_topics(on=True)
    async with working(world) as desk:
        lan = Reader(world)
        [panel] = await lan.asks("/theodoi cầu Hương An")
        assert "watch:1:apart" in buttons(panel)
        created, apart = await lan.taps(panel, "watch:1:apart")
        thread = created["message_thread_id"]
        assert (created["forum_topic_created"]["name"], apart["message_thread_id"]) == ("cầu Hương An", thread)
        assert "watch:1:apart" not in buttons(apart)
        assert buttons(lan.now(panel)) == ["watch:1:show"]  # the list has those of all topics
        await lan.asks("/theodoi chợ Mới")
        await desk.publishes(article(1), article(2, "Chợ Mới mở cửa."))
        last = apart["message_id"]
        told = [m for m in await told_to(lan, last) if "bài mới" in m.get("text", "")]
        assert sorted((m["text"].splitlines()[0], m.get("message_thread_id")) for m in told) == [
            ("🔔 chợ Mới · 1 bài mới", None), ("🔔 cầu Hương An · 1 bài mới", thread)
        ]  # fmt: skip


async def test_without_topics_in_private_chats_none_is_offered(world: World, working: Working) -> None:
    async with working(world):
        lan = Reader(world)
        [panel] = await lan.asks("/theodoi cầu Hương An")
        assert "watch:1:apart" not in buttons(panel)


async def test_a_chat_watches_so_many_topics_and_no_more(world: World, working: Working) -> None:
    async with working(world) as desk:
        lan = Reader(world)
        for number in range(desk.settings.watches.per_chat):
            await lan.asks(f"/theodoi cầu số {number}")
        [refused] = await lan.asks("/theodoi chợ Mới")
        assert "đã theo dõi 10 chủ đề" in refused["text"]
        assert len(buttons(refused)) == 10


@pytest.mark.parametrize("text", ["???", "bao giờ", "cầu " * 60])
async def test_what_is_no_topic_is_not_watched(world: World, working: Working, text: str) -> None:
    async with working(world):
        [reply] = await Reader(world).asks(f"/theodoi {text}")
    assert "chưa thấy chủ đề nào" in reply["text"]


async def test_in_a_group_its_admins_decide_and_each_topic_has_its_own(world: World, working: Working) -> None:
    async with working(world) as desk:
        group = Group(world, forum=True)
        roads = world.add_topic(group.chat, "Cầu đường", by=group.owner)
        refused = await group.asks("/theodoi cầu Hương An", topic=roads.id)
        assert "Chỉ quản trị viên" in refused["text"]
        panel = await group.asks("/theodoi cầu Hương An", group.owner, topic=roads.id)
        assert "Chỉ quản trị viên" in (await group.taps(panel, "watch:1:pause", group.lan))["text"]
        assert "chưa theo dõi" in (await group.asks("/theodoi", group.owner))["text"]
        last = group.chat.last_message_id
        await desk.publishes(article(1))
        told = await world.next_message(group.chat, after=last, seconds=PATIENCE)
    assert (told["message_thread_id"], told["is_topic_message"]) == (roads.id, True)
    assert TEXT in told["text"]


async def test_a_group_that_wants_to_hear_nothing_is_told_nothing_until_it_does(world: World, working: Working) -> None:
    async with working(world) as desk:
        group = Group(world)
        await group.asks("/theodoi cầu Hương An", group.owner)
        await desk.services.memory.chats.set_mode(group.chat.id, None, "off")
        write(desk.settings, "1.jsonl", [article(1)])
        await desk.services.library.refresh()
        names = desk.services.library.now.names()
        while await desk.services.watches.findings.unseen(names):
            await desk._breath()
        assert TEXT not in str(world.messages_of_bot(group.chat))
        await desk.services.memory.chats.set_mode(group.chat.id, None, "mention")
        await desk.looked()
        assert TEXT in world.messages_of_bot(group.chat)[-1]["text"]


@pytest.mark.parametrize("fault", [blocked(), failing(400, "Bad Request: TOPIC_CLOSED")])
async def test_where_nothing_can_be_said_the_watch_pauses_and_what_was_found_waits(
    world: World, working: Working, caplog: pytest.LogCaptureFixture, fault: Any
) -> None:
    async with working(world) as desk:
        lan, hoa = Reader(world), Reader(world)
        for reader in (lan, hoa):
            await reader.asks("/theodoi cầu Hương An")
        world.faults.add(fault.model_copy(update={"method": "sendMessage", "chat_id": lan.chat.id}))
        last = max(hoa.chat.messages)
        await desk.publishes(article(1))
        assert len(await told_to(hoa, last)) == 1
        [listed] = await lan.asks("/theodoi")
        await lan.taps(listed, "watch:1:show")
        assert "Đang tạm dừng" in lan.now(listed)["text"]
        await lan.taps(lan.now(listed), "watch:1:resume")
        await desk.looked()
        [told] = await told_to(lan, listed["message_id"])
    assert TEXT in told["text"]
    assert not caplog.records


async def test_a_group_that_becomes_a_supergroup_takes_its_watches_along(world: World, working: Working) -> None:
    async with working(world) as desk:
        group = Group(world, type="group")
        await group.asks("/theodoi cầu Hương An", group.owner)
        new = world.upgrade(group.chat)
        await eventually(lambda: len(world.updates) == 0)
        await desk.publishes(article(1))
        told = await world.next_message(new, seconds=PATIENCE)
    assert TEXT in told["text"]


async def test_a_group_that_became_one_unnoticed_is_found_by_sending(world: World, working: Working) -> None:
    async with working(world) as desk:
        group = Group(world, type="group")
        await group.asks("/theodoi cầu Hương An", group.owner)
        world.set_privacy(on=True)
        new = world.upgrade(group.chat)
        await desk.services.watches.migrate(new.id, group.chat.id)
        await desk.publishes(article(1))
        told = await world.next_message(new, seconds=PATIENCE)
        assert TEXT in told["text"]
        assert [watch.chat_id for watch in await desk.services.watches.active()] == [new.id]
