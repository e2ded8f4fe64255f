"""Channels and their discussion groups, from the post to the answer."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.context import services_of
from bot.sandbox.entities import Entity
from bot.sandbox.world import Message, World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import ARTICLES
from tests.bot.faults.conftest import acknowledged, at_work_for, changed, eventually, listening
from tests.bot.groups import Group, rows
from tests.bot.test_groups_end_to_end import PICTURE

Q = "Chợ Mới mở cửa ngày nào?"
POST = "Chợ Mới mở cửa sáng 2/11/2025, có 300 quầy hàng."


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> tuple[Settings, Library]:
    """With the channel @ben_song allowed, and no article yet."""
    monkeypatch.setenv("TRICH_CHANNELS__ALLOWED", "@ben_song")
    monkeypatch.setenv("TRICH_LIBRARY__PATHS", "")
    settings = Settings.load()
    settings.channels.folder.mkdir(parents=True)
    return settings, Library.open(settings.paths(), settings.library.cache)


class Channel:
    """A channel with its discussion group, in which Lan asks."""

    def __init__(self, world: World, username: str | None = "ben_song") -> None:
        self.world = world
        self.group = Group(world)
        self.chat = world.add_channel("Bến Sông", username=username, owner=self.group.owner, discussion=self.group.chat)

    def posts(self, text: str, **options: Any) -> Message:
        post: Message = self.world.say(self.group.owner, self.chat, text, **options)["channel_post"]
        return post

    async def asks_under(self, post: Message, text: str) -> Message:
        return await self.group.after(self.world.comment(self.group.lan, post, text)["message"])


def knows(bot: Any, text: str) -> Callable[[], bool]:
    return lambda: any(text in article.text for article in services_of(bot).library.now.articles)


async def test_subscribers_get_the_channels_own_sentence_with_the_link_to_the_post(
    world: World, reading: tuple[Settings, Library]
) -> None:
    async with at_work_for(world, *reading) as bot:
        channel = Channel(world)
        post = channel.posts(POST)
        await eventually(knows(bot, POST))
        reply = await channel.asks_under(post, f"/hoi {Q}")
        assert len(world.messages_of_bot(channel.group.chat)) == 1
    assert POST in reply["text"]
    assert "Bến Sông" in reply["text"]
    links = [entity["url"] for entity in reply["entities"] if entity["type"] == "text_link"]
    assert f"https://t.me/ben_song/{post['message_id']}" in links
    assert world.messages_of_bot(channel.chat) == []
    assert {row["question"] for row in rows(reading[0])} == {None, f"/hoi {Q}"}


async def test_an_edit_replaces_what_is_answered(world: World, reading: tuple[Settings, Library]) -> None:
    async with at_work_for(world, *reading) as bot:
        channel = Channel(world)
        post = channel.posts(POST)
        await eventually(knows(bot, POST))
        world.edit(post, POST.replace("2/11/2025", "9/11/2025"))
        await eventually(knows(bot, "9/11/2025"))
        reply = await channel.asks_under(post, f"/hoi {Q}")
        assert "9/11/2025" in reply["text"]
        assert "2/11/2025" not in reply["text"]
        assert len(services_of(bot).library.now.articles) == 1


def rich(*texts: str) -> dict[str, Any]:
    """A rich message of a heading and paragraphs."""
    heading = {"type": "heading", "size": 1, "text": "Khánh thành chợ"}
    return {"blocks": [heading, *({"type": "paragraph", "text": text} for text in texts)]}


async def test_a_rich_post_is_quoted_and_so_is_what_a_plain_one_is_edited_into(
    world: World, reading: tuple[Settings, Library]
) -> None:
    async with at_work_for(world, *reading) as bot:
        channel = Channel(world)
        post = world.publish(channel.group.owner, channel.chat, rich(POST))["channel_post"]
        await eventually(knows(bot, POST))
        reply = await channel.asks_under(post, f"/hoi {Q}")
        assert POST in reply["text"]
        assert f"https://t.me/ben_song/{post['message_id']}" in {each.get("url") for each in reply["entities"]}
        plain = world.edit(post, "Chợ Mới mở cửa muộn.")["edited_channel_post"]
        await eventually(knows(bot, "mở cửa muộn"))
        world.edit_to_rich(plain, rich("Mưa lớn.", POST.replace("2/11/2025", "9/11/2025")))
        await eventually(knows(bot, "9/11/2025"))
        again = await channel.asks_under(post, f"/hoi {Q}")
        assert "9/11/2025" in again["text"]
        [article] = services_of(bot).library.now.articles
        assert article.title == "Khánh thành chợ"


async def test_a_post_of_a_kind_that_nobody_knows_stays_quoted_and_operators_are_told_once(
    world: World, reading: tuple[Settings, Library]
) -> None:
    settings, library = reading
    operator = world.add_user("Vân")
    settings = changed(settings, "operators", ids=frozenset({operator.id}))
    async with at_work_for(world, settings, library) as bot:
        private = world.private_chat(operator)
        channel = Channel(world)
        post = channel.posts(POST)
        await eventually(knows(bot, POST))
        for _ in range(2):
            world.deliver("edited_channel_post", world.edited(post, {"hologram": {"file_id": "a"}}))
        await acknowledged(world)
        reply = await channel.asks_under(post, f"/hoi {Q}")
        assert POST in reply["text"]
        [told] = world.messages_of_bot(private)
        assert "field hologram" in told["text"]
        registry = services_of(bot).monitor.metrics.registry
        assert registry.get_sample_value("trich_posts_unread_total") == 2


async def test_posts_survive_a_restart_and_come_into_the_library_once(
    world: World, reading: tuple[Settings, Library]
) -> None:
    settings, library = reading
    async with at_work_for(world, settings, library) as bot:
        channel = Channel(world)
        post = channel.posts(POST)
        await eventually(knows(bot, POST))
    again = Library.open(settings.paths(), settings.library.cache)
    assert (again.summary.new, again.summary.changed, again.summary.unchanged) == (0, 0, 1)
    assert [article.text for article in again.articles] == [POST]
    assert again.ask(Q).quotes[0].article.url == f"https://t.me/ben_song/{post['message_id']}"


async def test_many_posts_at_once_come_into_the_library_together(
    world: World, reading: tuple[Settings, Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshes = []
    refreshed = Library.refreshed

    def counted(library: Library, *args: Any) -> Library:
        refreshes.append(args)
        return refreshed(library, *args)

    monkeypatch.setattr(Library, "refreshed", counted)
    settings, library = reading
    channels = settings.channels.model_copy(update={"gather_seconds": 0.5})
    async with at_work_for(world, settings.model_copy(update={"channels": channels}), library) as bot:
        channel = Channel(world)
        await listening(world)
        for number in range(30):
            channel.posts(f"Tin số {number}")
        await eventually(lambda: len(services_of(bot).library.now.articles) == 30)
    assert len(refreshes) <= 2


async def test_a_caption_is_read_and_a_picture_alone_is_not(world: World, reading: tuple[Settings, Library]) -> None:
    async with at_work_for(world, *reading) as bot:
        channel = Channel(world)
        world.send_photo(channel.group.owner, channel.chat, PICTURE)
        world.send_photo(channel.group.owner, channel.chat, PICTURE, POST)
        await eventually(knows(bot, POST))
        assert len(services_of(bot).library.now.articles) == 1


async def test_a_channel_that_nobody_allowed_is_not_read_and_is_told_of_once(
    world: World, reading: tuple[Settings, Library], caplog: pytest.LogCaptureFixture
) -> None:
    async with at_work_for(world, *reading):
        channel = Channel(world, username="cho_la")
        world.demote(channel.chat, world.bot)
        world.promote(channel.chat, world.bot)
        for _ in range(3):
            channel.posts(POST)
        await acknowledged(world)
        reply = await channel.group.asks(f"/hoi {Q}")
        assert POST not in reply["text"]
        assert world.messages_of_bot(channel.chat) == []
    assert caplog.text.count("is not read: nobody has allowed it") == 1
    assert not list(reading[0].channels.folder.iterdir())


async def test_a_channel_allowed_while_the_bot_runs_is_read_from_then_on(
    world: World, settings: Settings, library: Library
) -> None:
    settings.paths()[0].mkdir()
    async with at_work_for(world, settings, library) as bot:
        channel = Channel(world)
        channel.posts("Tin cũ")
        await acknowledged(world)
        await services_of(bot).channels.allow("@ben_song")
        channel.posts(POST)
        await eventually(knows(bot, POST))
        assert not knows(bot, "Tin cũ")()


async def test_in_a_discussion_group_the_channels_own_sentence_comes_first(
    world: World, reading: tuple[Settings, Library]
) -> None:
    cau = ARTICLES[0]["text"].splitlines()[1]
    settings, _ = reading
    other = settings.channels.folder / "-1009" / "2025-09-16.jsonl"
    other.parent.mkdir()
    other.write_text(f'{{"id": "báo", "publisher": "Báo khác", "text": "{cau}"}}', encoding="utf-8")
    library = Library.open(settings.paths(), settings.library.cache)
    async with at_work_for(world, settings, library) as bot:
        channel = Channel(world)
        channel.posts("Hôm nay thông xe.\nCây cầu dài 1.200 mét nối hai bờ sông Nhạn, rộng 12 mét.")
        await eventually(knows(bot, "rộng 12 mét"))
        inside = await channel.group.asks("/hoi Cây cầu dài bao nhiêu mét?")
        outside = await Group(world).asks("/hoi Cây cầu dài bao nhiêu mét?")
        assert len(world.calls_of("getChat")) == 2
    assert "rộng 12 mét" in inside["text"].partition("\n")[0]
    assert outside["text"].startswith(cau)


PLAIN = "Chợ Mới có bãi xe mới.\nChợ Mới mở cửa sáng 2/11/2025, có 300 quầy hàng."


async def test_under_a_post_the_answer_replies_to_it_and_quotes_its_sentence(
    world: World, reading: tuple[Settings, Library]
) -> None:
    async with at_work_for(world, *reading) as bot:
        channel = Channel(world)
        post = channel.posts(PLAIN, formatting=[Entity("bold", PLAIN.index("sáng"), 4)])
        other = channel.posts("Hôm nay trời mưa to ở Bến Sông.")
        await eventually(knows(bot, POST))
        reply = await channel.asks_under(post, f"/hoi {Q}")
        assert reply["reply_to_message"]["message_id"] == world.copy_of(post)["message_id"]
        assert reply["quote"]["text"] == POST
        assert reply["quote"]["position"] == len(PLAIN) - len(POST)
        elsewhere = await channel.asks_under(other, f"/hoi {Q}")
        assert "quote" not in elsewhere
        assert elsewhere["reply_to_message"]["text"] == f"/hoi {Q}"
        assert f"https://t.me/ben_song/{post['message_id']}" in {each.get("url") for each in elsewhere["entities"]}


async def test_elsewhere_in_the_discussion_group_it_quotes_the_post_in_its_channel(
    world: World, reading: tuple[Settings, Library]
) -> None:
    async with at_work_for(world, *reading) as bot:
        channel = Channel(world)
        post = channel.posts(PLAIN)
        await eventually(knows(bot, POST))
        reply = await channel.group.asks(f"/hoi {Q}")
        assert reply["external_reply"]["message_id"] == post["message_id"]
        assert reply["external_reply"]["chat"]["id"] == channel.chat.id
        assert reply["quote"]["text"] == POST
        assert "external_reply" not in await Group(world).asks(f"/hoi {Q}")


async def test_a_quote_that_is_refused_leaves_the_reply_to_the_question(
    world: World, reading: tuple[Settings, Library]
) -> None:
    async with at_work_for(world, *reading) as bot:
        channel = Channel(world)
        post = channel.posts(
            PLAIN, formatting=[Entity("bold", PLAIN.index("sáng"), 4)]
        )  # of its bold word nothing is known elsewhere
        await eventually(knows(bot, POST))
        reply = await channel.group.asks(f"/hoi {Q}")
        assert POST in reply["text"]
        assert "quote" not in reply
        assert reply["reply_to_message"]["text"] == f"/hoi {Q}"
        [refused, sent] = world.calls_of("sendMessage")
        assert (refused.error, sent.error) == ("Bad Request: QUOTE_TEXT_INVALID", None)
        world.remove(channel.chat.messages[post["message_id"]])
        gone = await channel.group.asks(f"/hoi {Q}")
        assert gone["reply_to_message"]["text"] == f"/hoi {Q}"
