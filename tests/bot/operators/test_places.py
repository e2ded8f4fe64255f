"""Channels and groups from afar, and the menu that only operators see."""

import json

from tests.bot.conftest import Running
from tests.bot.groups import Group, Reader, buttons
from tests.bot.operators.conftest import OPERATOR, operator

Q = "Cây cầu dài bao nhiêu mét?"
A = "Cây cầu dài 1.200 mét"


async def test_a_channel_is_allowed_listed_and_disallowed(running: Running) -> None:
    async with running() as world:
        reader = operator(world)
        world.add_channel("Báo làng", username="bao_lang", owner=reader.user)
        (none,) = await reader.asks("/kenh")
        assert "Chưa kênh nào được đọc" in none["text"]
        (told,) = await reader.asks("/kenh https://t.me/Bao_Lang")
        assert "@bao_lang: từ nay tôi đọc bài" in told["text"]
        assert "Chưa phải quản trị viên" not in told["text"]
        assert buttons(told) == ["channel:@bao_lang"]
        await reader.taps(told, "channel:@bao_lang")
        assert "Chưa kênh nào được đọc" in reader.now(told)["text"]


async def test_a_channel_where_the_bot_is_no_admin_is_allowed_with_a_hint(running: Running) -> None:
    async with running() as world:
        reader = operator(world)
        (told,) = await reader.asks("/channels @bao_khac")
        (unknown,) = await reader.asks("/kenh cái gì đó")
    assert "chưa phải quản trị viên của kênh" in told["text"]
    assert "không hiểu tên kênh" in unknown["text"]


async def test_a_groups_policy_is_set_from_afar(running: Running) -> None:
    async with running() as world:
        reader, group = operator(world), None
        (none,) = await reader.asks("/nhom")
        assert "chưa biết nhóm nào" in none["text"]
        group = Group(world)
        await group.asks(f"/hoi {Q}")
        (listed,) = await reader.asks("/nhom")
        assert buttons(listed) == [f"group:{group.chat.id}:show"]
        await reader.taps(listed, buttons(listed)[0])
        assert "Chỉ khi được gọi" in reader.now(listed)["text"]
        await reader.taps(reader.now(listed), f"group:{group.chat.id}:off")
        assert "tôi không trả lời câu hỏi nào" in reader.now(listed)["text"]
        before = len(await group.heard())
        group.says(f"/hoi {Q}")
        assert len(await group.heard()) == before + 1  # the reply to the "/help" before


async def test_a_group_is_named_by_its_number_and_others_are_unknown(running: Running) -> None:
    async with running() as world:
        reader, group = operator(world), Group(world)
        (shown,) = await reader.asks(f"/groups {group.chat.id}")
        (gone,) = await reader.asks("/groups -1009999999999")
        (person,) = await reader.asks(f"/groups {OPERATOR}")
    assert "Xóm" in shown["text"]
    assert "không thấy nhóm này" in gone["text"]
    assert gone["text"] == person["text"]


async def test_the_menu_of_an_operator_has_more_and_nobody_elses_does(running: Running) -> None:
    async with running() as world:
        await operator(world).asks("/start")
        await Reader(world).asks("/start")
        menus = {
            (json.loads(scope)["type"], language): {command["command"] for command in menu}
            for (scope, language), menu in world.commands.items()
        }
        assert [scope for scope, _ in world.commands if "chat_id" in scope] == [
            f'{{"type":"chat","chat_id":{OPERATOR}}}'
        ] * 2
    own, everybodys = menus["chat", ""], menus["all_private_chats", ""]
    assert own - everybodys == {"thongke", "chuatraloi", "capnhat", "kenh", "nhom", "xuat", "ghim"}
    assert everybodys < own
    assert "stats" in menus["chat", "en"]


async def test_a_start_finds_operators_who_have_written_before(running: Running) -> None:
    async with running() as world:
        operator(world)
    async with running(world=world) as world:
        assert any(str(OPERATOR) in scope for scope, _ in world.commands)
