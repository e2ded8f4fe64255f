"""A group's admins set what is answered there, with /caidat and its buttons."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.memory.chats import Chats
from bot.memory.policy import Policy
from bot.memory.state import State
from bot.sandbox.world import World
from bot.settings import Settings
from tests.bot.conftest import Running
from tests.bot.groups import Group, buttons, chosen, rows
from tests.clock import PATIENCE
from tests.libraries import library_of

Q = "Cây cầu dài bao nhiêu mét?"
A = "Cây cầu dài 1.200 mét"
UNKNOWN = "Ai thiết kế nhà máy thuỷ điện ở huyện Cẩm Lĩnh năm 1987?"


async def test_only_admins_see_and_change_the_settings(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        assert "Chỉ quản trị viên" in (await group.asks("/caidat"))["text"]
        panel = await group.settings()
        answer = await group.taps(panel, "policy:0:off", group.lan)
        assert (answer["show_alert"], "Chỉ quản trị viên" in answer["text"]) == (True, True)
        assert chosen(group.now(panel)) == ["✓ Chỉ khi được gọi"]
        assert A in (await group.asks(f"/hoi {Q}"))["text"]


async def test_settings_are_for_groups(running: Running) -> None:
    async with running() as world:
        lan = world.add_user("Lan")
        chat = world.private_chat(lan)
        world.say(lan, chat, "/caidat")
        assert "Trong nhóm" in (await world.next_message(chat, seconds=PATIENCE))["text"]


async def test_a_group_that_is_off_hears_nothing_until_it_is_on_again(running: Running, settings: Settings) -> None:
    async with running() as world:
        group = Group(world)
        panel = await group.settings()
        assert "text" not in await group.taps(panel, "policy:0:off")
        assert "tôi không trả lời câu hỏi nào" in group.now(panel)["text"]
        assert chosen(group.now(panel)) == ["✓ Tắt"]
        before = await group.heard()
        group.says(f"/hoi {Q}")
        assert len(await group.heard()) == len(before) + 1  # the bot's reply to the last "/help"
        await group.taps(panel, "policy:0:mention")
        assert A in (await group.asks(f"/hoi {Q}"))["text"]
    assert "policy:0:off" in [row["question"] for row in rows(settings)]


async def test_a_setting_tapped_twice_stays_and_is_no_error(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        panel = await group.settings()
        for _ in range(2):
            await group.taps(panel, "policy:0:every")
        assert chosen(group.now(panel)) == ["✓ Mọi tin nhắn"]
        assert not [message for message in world.messages_of_bot(group.chat) if "Xin lỗi" in message["text"]]


async def test_where_every_question_is_answered_weak_answers_are_kept_back_unless_asked_for(
    running: Running, settings: Settings
) -> None:
    async with running() as world:
        world.set_privacy(on=False)
        group = Group(world)
        await group.taps(await group.settings(), "policy:0:questions")
        assert A in (await group.asks(Q))["text"]
        before = len(await group.heard())
        for text in (UNKNOWN, "Cây cầu dài 1.200 mét", "Trưa nay ăn gì?"):
            group.says(text)
        assert len(await group.heard()) == before + 1  # the reply to the "/help" before
        assert "chưa tìm thấy" in (await group.asks(f"/hoi {UNKNOWN}"))["text"]
    ignored = [row for row in rows(settings) if row["outcome"] == "ignored"]
    assert (len(ignored), {row["question"] for row in ignored}) == (3, {None})


async def test_where_every_message_is_answered_a_statement_is_too(running: Running) -> None:
    async with running() as world:
        world.set_privacy(on=False)
        group = Group(world)
        await group.taps(await group.settings(), "policy:0:every")
        assert "5.000 lượt" in (await group.asks("lễ hội hoa ban mở ở thị trấn Mường Kha"))["text"]


async def test_privacy_mode_is_explained_to_admins_where_it_is_in_the_way(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        panel = await group.settings()
        assert "chế độ riêng tư" not in panel["text"]
        await group.taps(panel, "policy:0:every")
        assert "⚠️" in group.now(panel)["text"]
        assert "@BotFather" in group.now(panel)["text"]
        world.promote(group.chat, world.bot, by=group.owner)  # admins get to see everything
        await group.taps(panel, "policy:0:questions")
        assert "⚠️" not in group.now(panel)["text"]
        assert A in (await group.asks(Q))["text"]


async def test_without_privacy_mode_there_is_nothing_to_explain(running: Running) -> None:
    world_without = World()
    world_without.set_privacy(on=False)
    async with running(world=world_without) as world:
        group = Group(world)
        panel = await group.settings()
        await group.taps(panel, "policy:0:every")
        assert "⚠️" not in group.now(panel)["text"]


async def test_once_privacy_mode_is_off_it_is_no_longer_explained(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        panel = await group.settings()
        await group.taps(panel, "policy:0:every")
        assert "⚠️" in group.now(panel)["text"]
        world.set_privacy(on=False)
        assert "⚠️" not in (await group.settings())["text"]


async def test_a_made_up_tap_in_private_is_answered_and_sets_nothing(running: Running) -> None:
    async with running() as world:
        lan = world.add_user("Lan")
        chat = world.private_chat(lan)
        world.say(lan, chat, "/caidat")
        message = await world.next_message(chat, seconds=PATIENCE)
        head = {"id": "q", "from": lan.as_json(), "chat_instance": "1"}
        world.callback_queries["q"] = None
        world.updates.put({"callback_query": head | {"message": message, "data": "policy:0:off"}})
        await world.until(lambda: world.callback_queries["q"] is not None, PATIENCE)


async def test_a_topic_has_settings_of_its_own_until_it_follows_the_group_again(running: Running) -> None:
    async with running() as world:
        group = Group(world, forum=True)
        topic = world.add_topic(group.chat, "Chuyện phiếm", by=group.owner)
        panel = await group.settings(topic)
        assert buttons(panel)[-1] == f"policy:{topic.id}:show"
        await group.taps(panel, f"policy:{topic.id}:show")
        assert "trong chủ đề này" in group.now(panel)["text"]
        assert chosen(group.now(panel)) == ["✓ Theo cả nhóm"]
        await group.taps(group.now(panel), f"policy:{topic.id}:off")
        assert chosen(group.now(panel)) == ["✓ Tắt"]
        before = len(await group.heard())
        group.says(f"/hoi {Q}", topic=topic.id)
        assert len(await group.heard()) == before + 1
        assert A in (await group.asks(f"/hoi {Q}"))["text"]
        await group.taps(group.now(panel), f"policy:{topic.id}:chat")
        assert A in (await group.asks(f"/hoi {Q}", topic=topic.id))["text"]


async def test_the_general_topic_can_be_set_apart(running: Running) -> None:
    async with running() as world:
        group = Group(world, forum=True)
        topic = world.add_topic(group.chat, "Cầu đường", by=group.owner)
        panel = await group.settings()
        await group.taps(panel, "policy:1:show")
        await group.taps(group.now(panel), "policy:1:off")
        before = len(await group.heard())
        group.says(f"/hoi {Q}")
        assert len(await group.heard()) == before + 1
        assert A in (await group.asks(f"/hoi {Q}", topic=topic.id))["text"]


async def test_a_policy_moves_with_the_group_that_becomes_a_supergroup(running: Running) -> None:
    async with running() as world:
        group = Group(world, type="group")
        await group.taps(await group.settings(), "policy:0:off")
        group.chat = world.upgrade(group.chat)
        group.says(f"/hoi {Q}")
        assert await group.heard() == []
        assert chosen(await group.settings()) == ["✓ Tắt"]


async def test_settings_survive_a_restart(running: Running) -> None:
    world = World()
    async with running(world=world):
        group = Group(world)
        await group.taps(await group.settings(), "policy:0:off")
    async with running(world=world):
        assert chosen(await group.settings()) == ["✓ Tắt"]


async def test_a_tap_that_waited_too_long_for_its_notice_still_counts(running: Running) -> None:
    async with running() as world:
        group = Group(world)
        panel = await group.settings()
        world.tap(group.owner, panel, "policy:0:off")
        world.expire_queries()
        await group.until_it_says(panel, "tôi không trả lời câu hỏi nào")


async def test_a_setting_that_cannot_be_kept_does_not_hold(running: Running, settings: Settings) -> None:
    async with running() as world:
        group = Group(world)
        panel = await group.settings()
        with closing(sqlite3.connect(settings.chats.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert "Xin lỗi" in (await group.taps(panel, "policy:0:off"))["text"]
        assert chosen(group.now(panel)) == ["✓ Chỉ khi được gọi"]
        assert A in (await group.asks(f"/hoi {Q}"))["text"]


TWO = [
    {"id": "a", "publisher": "Báo A", "published": "2025-09-16", "text": "Cây cầu Nhạn dài 1.250 mét theo chủ đầu tư."},
    {"id": "b", "publisher": "Báo B", "published": "2025-09-16", "text": "Cây cầu Nhạn dài 1.200 mét."},
    {"id": "c", "publisher": "Báo A", "published": "2025-09-16", "text": "Chợ Nhạn có 300 quầy hàng."},
]


async def test_a_group_chooses_the_sources_of_its_answers_first_or_only(running: Running, tmp_path: Path) -> None:
    async with running(library_of(tmp_path, TWO)) as world:
        group, other = Group(world), Group(world)
        panel = await group.settings()
        await group.taps(group.now(panel), "from:0:show", group.lan)
        assert "Khi nào tôi trả lời" in group.now(panel)["text"]  # only admins
        await group.taps(group.now(panel), "from:0:show")
        assert "Từ mọi báo" in group.now(panel)["text"]
        labels = [button["text"] for row in group.now(panel)["reply_markup"]["inline_keyboard"] for button in row]
        assert labels == ["Báo A", "Báo B", "Cài đặt của cả nhóm →"]
        await group.taps(group.now(panel), buttons(group.now(panel))[1])
        assert chosen(group.now(panel)) == ["✓ Ưu tiên", "✓ Báo B"]
        asked = "/hoi Cây cầu Nhạn dài bao nhiêu mét?"
        assert "1.200" in (await group.asks(asked))["text"].split("\n")[0]
        assert "1.250" in (await other.asks(asked))["text"].split("\n")[0]
        market = "/hoi Chợ Nhạn có bao nhiêu quầy hàng?"
        assert "300 quầy" in (await group.asks(market))["text"]
        await group.taps(group.now(panel), "from:0:only")
        assert "Chỉ từ những nguồn đã chọn" in group.now(panel)["text"]
        refused = (await group.asks(market))["text"]
        assert "300" not in refused
        assert "nguồn mà nhóm chọn" in refused
        await group.taps(group.now(panel), "from:0:all")
        assert "300 quầy" in (await group.asks(market))["text"]


DATED = [
    {"publisher": "Báo A", "published": "2025-09-03", "text": "Sáng 2/9/2025, cầu Nhạn được hợp long."},
    {"publisher": "Báo B", "published": "2025-09-05", "text": "Sáng 4/9/2025, cầu Nhạn được thử tải."},
    {"publisher": "Báo A", "published": "2025-09-03", "text": "Ông Lê Văn Tám, Bộ trưởng Bộ Gió, dự lễ hợp long."},
    {"publisher": "Báo A", "published": "2025-09-04", "text": "Bộ trưởng Bộ Gió Lê Văn Tám khen thợ cầu."},
    {"publisher": "Báo B", "published": "2025-09-05", "text": "Ông Lê Văn Tám đi xem thử tải cầu Nhạn."},
    {"publisher": "Báo A", "published": "2025-09-05", "text": "Bà Trần Thị Sáu, Thứ trưởng Bộ Gió, cảm ơn thợ cầu."},
]  # fmt: skip


async def test_timelines_and_persons_come_from_the_sources_chosen_as_well(running: Running, tmp_path: Path) -> None:
    async with running(library_of(tmp_path, DATED)) as world:
        group, other = Group(world), Group(world)
        panel = await group.settings()
        await group.taps(panel, "from:0:show")
        await group.taps(group.now(panel), next(each for each in buttons(group.now(panel)) if len(each) > 20))
        await group.taps(group.now(panel), "from:0:only")
        assert chosen(group.now(panel)) == ["✓ Chỉ những nguồn này", "✓ Báo A"]
        all_told, told = [(await each.asks("/timeline cầu Nhạn"))["text"] for each in (other, group)]
        assert ("hợp long" in told, "thử tải" in told, "thử tải" in all_told) == (True, False, True)
        all_shown, shown = [(await each.asks("/ai Lê Văn Tám"))["text"] for each in (other, group)]
        assert ("Bộ trưởng Bộ Gió" in shown, "xem thử tải" in shown) == (True, False)
        assert "Bộ trưởng Bộ Gió" in all_shown
        await group.taps(group.now(panel), next(each for each in buttons(group.now(panel)) if len(each) > 20))
        await group.taps(group.now(panel), [each for each in buttons(group.now(panel)) if len(each) > 20][1])
        assert chosen(group.now(panel))[-1] == "✓ Báo B"
        assert "Bộ trưởng" not in (await group.asks("/ai Lê Văn Tám"))["text"]
        bare = (await group.asks("@trich_bot cầu Nhạn"))["text"]
        assert ("thử tải" in bare, "hợp long" in bare) == (True, False)
        for asked in ("/ai Trần Thị Sáu", "/timeline Trần Thị Sáu"):
            assert "nguồn mà nhóm chọn" not in (await other.asks(asked))["text"]
            assert "Các bài đã đọc của những nguồn mà nhóm chọn không" in (await group.asks(asked))["text"]
        assert "chỉ lấy câu trả lời từ: Báo B\n" in (await group.asks("/nguon@trich_bot"))["text"]
        assert "Nhóm này" not in (await other.asks("/nguon@trich_bot"))["text"]


async def test_what_a_group_has_chosen_stays_over_a_restart_and_a_migration(tmp_path: Path) -> None:
    state = State(tmp_path / "chats.sqlite3")
    await state.open()
    chats = Chats(state)
    await chats.choose_source(-5, "Báo A", chosen=True)
    await chats.choose_source(-5, "Báo B", chosen=True)
    await chats.choose_source(-5, "Báo A", chosen=False)
    await chats.set_only(-5, only=True)
    await chats.set_to_asker(-5, to_asker=True)
    await chats.migrate(-5, -1005)
    again = Chats(state)
    await again.load()
    assert again.policy(-1005) == Policy(sources=frozenset({"Báo B"}), only=True, to_asker=True)
    assert again.policy(-5) == Policy()
    await state.close()
