"""The bot in groups, in forums and beside channels, through the local Bot API."""

import struct

import pytest

from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import Running
from tests.bot.groups import Group, chosen, rows

Q = "Cây cầu dài bao nhiêu mét?"
A = "Cây cầu dài 1.200 mét"
UNKNOWN = "Ai thiết kế nhà máy thuỷ điện ở huyện Cẩm Lĩnh năm 1987?"
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 90, 90)


@pytest.mark.parametrize("kind", ["group", "supergroup"])
@pytest.mark.parametrize("text", [f"/hoi {Q}", f"/ask@trich_bot {Q}", f"@trich_bot {Q}", f"{Q[:-1]}, @Trich_Bot?"])
async def test_what_is_put_to_the_bot_is_answered_as_a_reply(
    running: Running, settings: Settings, kind: str, text: str
) -> None:
    async with running() as world:
        group = Group(world, type=kind)
        asked = group.says(text)
        reply = await group.after(asked)
    assert A in reply["text"]
    assert reply["reply_to_message"]["message_id"] == asked["message_id"]
    [row] = rows(settings)
    assert (row["chat"], row["kind"], row["outcome"], row["question"]) == (kind, "question", "answered", text)


async def test_a_reply_to_the_bot_is_a_question(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        first = await group.asks(f"/hoi {Q}")
        reply = await group.asks("Lễ hội hoa ban mở tại đâu?", reply_to=first["message_id"])
    assert "Lễ hội hoa ban mở tại thị trấn Mường Kha" in reply["text"]


async def test_hoi_under_somebodys_message_asks_it(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        question = group.says(Q, group.hoa)
        assert A in (await group.asks("/hoi", reply_to=question["message_id"]))["text"]
        assert "/hoi Cầu được thông xe" in (await group.asks("/hoi"))["text"]


async def test_what_is_not_put_to_the_bot_gets_no_reply_and_leaves_no_words(
    running: Running, settings: Settings
) -> None:
    async with running() as world:
        world.set_privacy(on=False)
        group = Group(world)
        lan = group.says(Q)
        for text in ("Chào cả nhà", f"/hoi@nhac_bot {Q}", f"@nhac_bot {Q}", "/cau"):
            group.says(text)
        group.says(Q, group.hoa, reply_to=lan["message_id"])
        world.send_photo(group.lan, group.chat, PICTURE, Q)
        world.send_photo(group.lan, group.chat, PICTURE)
        assert await group.heard() == []
    assert {(row["kind"], row["outcome"], row["question"]) for row in rows(settings)[:-1]} == {
        ("other", "ignored", None)
    }


async def test_a_photo_whose_caption_is_put_to_the_bot_is_answered(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        photo = world.send_photo(group.lan, group.chat, PICTURE, f"/hoi {Q}")["message"]
        assert A in (await group.after(photo))["text"]


async def test_in_a_group_the_reply_is_in_the_askers_language(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        john = world.add_user("John", language_code="en")
        world.join(group.chat, john)
        assert "Put the question after the command" in (await group.asks("/ask", john))["text"]


async def test_replies_stay_in_their_topic(running: Running) -> None:
    async with running() as world:
        group = Group(world, forum=True)
        topic = world.add_topic(group.chat, "Cầu đường", by=group.owner)
        inside = await group.asks(f"/hoi {Q}", topic=topic.id)
        general = await group.asks(f"/hoi {Q}")
    assert (inside.get("message_thread_id"), inside.get("is_topic_message")) == (topic.id, True)
    assert "message_thread_id" not in general
    assert not {call.error for call in world.calls} - {None}


async def test_an_anonymous_admin_asks_and_sets(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        world.promote(group.chat, group.lan, anonymous=True)
        assert A in (await group.asks(f"/hoi {Q}"))["text"]
        assert chosen(await group.asks("/settings")) == ["✓ Chỉ khi được gọi"]


async def test_anonymous_admins_of_two_groups_are_two_to_the_bot(running: Running, settings: Settings) -> None:
    async with running() as world:
        groups = [Group(world), Group(world)]
        for group in groups:
            world.promote(group.chat, group.lan, anonymous=True)
            assert A in (await group.asks(f"/hoi {Q}"))["text"]
        first, second = groups
        question = await first.asks("/xoa")
        data = question["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        world.tap(second.lan, question, data)
        await first.asks(f"/hoi {Q}", first.hoa)
        assert not first.now(question)["text"].startswith("Đã xoá")
        world.tap(first.owner, question, data)
        await first.until_it_says(question, "Đã xoá")
    left = {row["user_hash"] for row in rows(settings) if row["question"] and Q in row["question"]}
    assert len(left) == 2  # of the other group's admins, and Hoa's


async def test_subscribers_ask_under_a_channels_posts_and_the_posts_are_left_alone(running: Running) -> None:
    async with running() as world:
        world.set_privacy(on=False)
        group = Group(world)
        channel = world.add_channel("Bến Sông", owner=group.owner, discussion=group.chat)
        post = world.say(group.owner, channel, f"@trich_bot {Q}")["channel_post"]
        world.edit(post, f"/hoi {Q}")
        assert await group.heard() == []
        comment = world.comment(group.lan, channel.messages[post["message_id"]], "/hoi")["message"]
        assert A in (await group.after(comment))["text"]
        spoken = group.says(f"@trich_bot {Q}", group.owner, as_chat=channel)
        assert A in (await group.after(spoken))["text"]
        assert world.messages_of_bot(channel) == []


async def test_an_edited_question_edits_its_answer(running: Running, settings: Settings) -> None:
    async with running() as world:
        world.set_privacy(on=False)  # in privacy mode the second edit wouldn't be seen
        group = Group(world)
        asked = group.says(f"/hoi {Q}")
        answer = await group.after(asked)
        world.edit(asked, "/hoi Lễ hội hoa ban mở tại đâu?")
        await group.until_it_says(answer, "Mường Kha")
        world.edit(
            group.now(asked), "Cầu Hương An được thông xe ngày nào?"
        )  # no longer says that it is a question to it
        await group.until_it_says(answer, "15/9/2025")
        world.edit(group.now(asked), f"/hoi {UNKNOWN}")
        await group.until_it_says(answer, "chưa tìm thấy")
        assert len(await group.heard()) == 1
    assert [row["outcome"] for row in rows(settings)] == ["answered", "answered", "answered", "not_found", "help"]


async def test_a_question_added_by_an_edit_is_answered_where_the_bot_asked_for_it(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        asked = group.says("/hoi")
        reply = await group.after(asked)
        world.edit(asked, f"/hoi {Q}")
        await group.until_it_says(reply, A)
        assert len(await group.heard()) == 1


async def test_an_edit_of_what_was_not_answered_is_no_new_question(running: Running) -> None:
    async with running() as world:
        world.set_privacy(on=False)
        group = Group(world)
        said = group.says("Chào cả nhà")
        world.edit(said, f"@trich_bot {Q}")
        assert await group.heard() == []


async def test_an_edit_after_a_restart_finds_its_answer(running: Running) -> None:
    world = World()
    async with running(world=world):
        group = Group(world)
        asked = group.says(f"/hoi {Q}")
        answer = await group.after(asked)
        await group.heard()
    async with running(world=world):
        world.edit(asked, "/hoi Lễ hội hoa ban mở tại đâu?")
        await group.until_it_says(answer, "Mường Kha")


async def test_an_answer_that_somebody_deleted_stays_away(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        asked = group.says(f"/hoi {Q}")
        answer = await group.after(asked)
        world.delete(answer)
        world.edit(asked, "/hoi Lễ hội hoa ban mở tại đâu?")
        assert await group.heard() == []


async def test_each_kind_of_chat_and_each_language_has_its_menu(running: Running) -> None:
    async with running() as world:
        pass
    menus = {key: [command["command"] for command in commands] for key, commands in world.commands.items()}
    assert menus == {
        (f'{{"type":"{scope}"}}', language): names
        for scope, by_language in {
            "default": {
                "": ["hoi", "dongthoigian", "ai", "nguon", "rieng_tu", "help"],
                "en": ["ask", "timeline", "who", "sources", "privacy", "help"],
            },
            "all_private_chats": {
                "": ["dongthoigian", "ai", "theodoi", "nguon", "rieng_tu", "xoa", "start", "help"],
                "en": ["timeline", "who", "watch", "sources", "privacy", "forget", "start", "help"],
            },
            "all_group_chats": {
                "": ["hoi", "dongthoigian", "ai", "nguon", "rieng_tu", "help"],
                "en": ["ask", "timeline", "who", "sources", "privacy", "help"],
            },
            "all_chat_administrators": {
                "": ["hoi", "dongthoigian", "ai", "theodoi", "caidat", "nguon", "rieng_tu", "help"],
                "en": ["ask", "timeline", "who", "watch", "settings", "sources", "privacy", "help"],
            },
        }.items()
        for language, names in by_language.items()
    }


def breaks_down(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError("disk on fire")


async def test_a_failure_is_excused_to_those_who_asked_and_to_nobody_else(
    running: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with running() as world:
        world.set_privacy(on=False)
        group = Group(world)
        await group.taps(await group.settings(), "policy:0:every")
        monkeypatch.setattr(Library, "ask", breaks_down)
        before = len(await group.heard())
        group.says(Q)
        assert len(await group.heard()) == before + 1  # the reply to the "/help" before
        assert "Xin lỗi" in (await group.asks(f"/hoi {Q}"))["text"]
    assert caplog.text.count("RuntimeError: disk on fire") == 2
