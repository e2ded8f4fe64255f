"""Answers that only who asks sees, as the bot runs: in groups that chose it, and to what only the bot saw."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.sandbox.faults import Fault, failing, lost_response
from bot.sandbox.world import Message, User, World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import Running
from tests.bot.faults.conftest import at_work_for, changed
from tests.bot.groups import Group, buttons, chosen
from tests.clock import PATIENCE

Q = "Cây cầu dài bao nhiêu mét?"
A = "Cây cầu dài 1.200 mét"


class Quiet(Group):
    """A group whose owner has chosen that only who asks sees the answer."""

    @classmethod
    async def of(cls, world: World, *, admin: bool = True) -> "Quiet":
        group = cls(world)
        if admin:
            world.promote(group.chat, world.bot)
        panel = await group.settings()
        await group.taps(panel, "seen:asker")
        assert chosen(group.now(panel))[-1:] == ["✓ Chỉ người hỏi thấy câu trả lời"]
        return group


def only_for(user: User, message: Message) -> bool:
    return bool(message.get("receiver_user", {}).get("id") == user.id)


def tappable(message: Message, part: str) -> str:
    """What the button carries that has this in it."""
    rows = message["reply_markup"]["inline_keyboard"]
    return next(data for row in rows for each in row if part in (data := str(each.get("callback_data", ""))))


@pytest.fixture(params=["plain", "rich"])
def look(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    return changed(settings, "reply", rich=request.param == "rich")


@asynccontextmanager
async def at_work(settings: Settings, library: Library) -> AsyncIterator[World]:
    world = World()
    async with at_work_for(world, settings, library):
        yield world


async def test_a_question_before_all_is_answered_to_its_asker_alone(look: Settings, library: Library) -> None:
    async with at_work(look, library) as world:
        group = await Quiet.of(world)
        answer = await group.asks(f"@trich_bot {Q}")
        assert only_for(group.lan, answer)
        assert A in str(answer.get("text", answer.get("rich_message")))
        assert answer["reply_to_message"]["text"].endswith(Q)
        assert only_for(group.hoa, await group.asks("/ai Trần Văn Bách", group.hoa))
        assert not world.calls_of("sendChatAction")


async def test_what_the_bot_alone_saw_is_answered_to_its_asker_alone_though_it_is_no_admin(
    running: Running,
) -> None:
    async with running() as world:
        group = await Quiet.of(world, admin=False)
        asked = group.says(f"/hoi {Q}")
        assert asked["message_id"] < 0
        answer = await group.after(asked)
        assert only_for(group.lan, answer)
        assert A in answer["text"]
        replied = [call.params.get("reply_parameters", "") for call in world.calls_of("sendMessage")]
        assert f'{{"ephemeral_message_id": {-asked["message_id"]}}}' in replied


async def test_buttons_under_such_an_answer_work_for_its_reader(running: Running) -> None:
    async with running() as world:
        group = await Quiet.of(world, admin=False)
        answer = await group.asks(f"/hoi {Q}")
        await group.taps(answer, tappable(answer, ":bad:"), group.lan)
        assert world.calls_of("editEphemeralMessageReplyMarkup")
        reasons = group.now(answer)
        await group.taps(reasons, tappable(reasons, ":other:"), group.lan)
        asking = world.messages_of_bot(group.chat)
        assert any(only_for(group.lan, message) and "chỗ nào" in message.get("text", "") for message in asking)


async def test_where_the_bot_is_no_admin_what_all_saw_is_answered_before_all(look: Settings, library: Library) -> None:
    async with at_work(look, library) as world:
        group = await Quiet.of(world, admin=False)
        answer = await group.asks(f"@trich_bot {Q}")
        assert "receiver_user" not in answer
        assert A in answer["text"]
        assert answer["reply_to_message"]["text"].endswith(Q)
        assert len(world.messages_of_bot(group.chat, answer["message_id"])) == 0


async def test_what_only_the_bot_saw_is_answered_in_private_where_it_is_too_late_and_never_before_all(
    running: Running,
) -> None:
    async with running() as world:
        group = await Quiet.of(world, admin=False)
        lan = world.private_chat(group.lan)
        late = "Bad Request: BOT_NOT_ADMIN"
        world.faults.add(Fault(kind="error", method="sendMessage", code=400, description=late))
        asked = group.says(f"/hoi {Q}")
        assert A in (await world.next_message(lan, seconds=PATIENCE))["text"]
        await group.asks("/help@trich_bot")
        assert [only_for(group.lan, message) for message in world.messages_of_bot(group.chat, asked["message_id"])] == [
            True
        ]


SAID = [
    "/hoi@trich_bot {}",
    "@trich_bot {}",
    "{}",
    "Cây cầu dài 1.200 mét",
    "Trưa nay ăn gì?",
    "/hoi",
    "cảm ơn @trich_bot",
]


@pytest.mark.parametrize("mode", ["mention", "questions", "every", "off"])
async def test_whether_it_answers_is_decided_alike_whoever_sees_it(running: Running, mode: str) -> None:
    async with running() as world:
        quiet, loud = await Quiet.of(world), Group(world)
        world.promote(loud.chat, world.bot)
        counts = []
        for group in (quiet, loud):
            panel = await group.settings()
            await group.taps(panel, f"policy:0:{mode}")
            world.commands.clear()  # so that both write the same for all to see
            before = len(world.messages_of_bot(group.chat))
            for text in SAID:
                group.says(text.format(Q))
            panel = await group.settings()  # the owner's come after those before
            await group.asks("/caidat")  # and Lan's after Lan's
            said = world.messages_of_bot(group.chat)[before:]
            counts.append(sorted(message.get("reply_to_message", {}).get("text", "") for message in said))
            assert all(only_for(group.lan, m) or only_for(group.owner, m) for m in said) is (group is quiet)
        assert counts[0] == counts[1]


@pytest.mark.parametrize("method", ["sendMessage", "sendRichMessage"])
async def test_an_answer_that_may_have_arrived_is_not_said_again_but_brought(
    settings: Settings, library: Library, method: str
) -> None:
    async with at_work(changed(settings, "reply", rich=method == "sendRichMessage"), library) as world:
        group = await Quiet.of(world)
        world.faults.add(lost_response(method=method))
        asked = group.says("/ai Trần Văn Bách")
        await world.until(lambda: len(world.messages_of_bot(group.chat, asked["message_id"])) == 2, PATIENCE)
        answer, note = world.messages_of_bot(group.chat, asked["message_id"])
        assert only_for(group.lan, answer)
        assert only_for(group.lan, note)
        await group.taps(note, buttons(note)[0], group.lan)
        brought = world.messages_of_bot(group.chat, answer["message_id"])
        assert [only_for(group.lan, m) for m in brought if "rút ngắn 20 phút" in str(m)] == [True]


async def test_an_answer_that_may_have_arrived_is_not_said_otherwise_where_it_is_too_late_for_a_note(
    running: Running,
) -> None:
    async with running() as world:
        group = await Quiet.of(world, admin=False)
        lan = world.private_chat(group.lan)
        world.faults.add(lost_response(method="sendMessage"))
        world.faults.add(failing(400, "Bad Request: BOT_NOT_ADMIN", method="sendMessage"))
        answer = await group.after(asked := group.says(f"/hoi {Q}"))
        assert only_for(group.lan, answer)
        note = await world.next_message(lan, seconds=PATIENCE)
        assert "có thể đã gửi" in note["text"]
        assert len(world.messages_of_bot(group.chat, asked["message_id"])) == 1
        world.tap(group.lan, note, buttons(note)[0])
        await world.until(lambda: A in world.messages_of_bot(lan)[-1]["text"], PATIENCE)
        assert len(world.messages_of_bot(lan)) == 1


async def test_an_edited_question_edits_what_its_asker_sees(running: Running) -> None:
    async with running() as world:
        group = await Quiet.of(world)
        asked = group.says(f"@trich_bot {Q}")
        answer = await group.after(asked)
        world.edit(asked, "@trich_bot Cầu Hương An được thông xe ngày nào?")
        await group.until_it_says(answer, "15/9/2025")
        assert only_for(group.lan, group.now(answer))


async def test_no_longer_chosen_all_see_questions_and_answers(running: Running) -> None:
    async with running() as world:
        group = await Quiet.of(world)
        panel = world.messages_of_bot(group.chat)[0]
        answer = await group.taps(panel, "seen:all", group.lan)
        assert answer["show_alert"]  # only admins
        await group.taps(panel, "seen:all")
        asked = group.says(f"/hoi {Q}")
        assert asked["message_id"] > 0
        assert "receiver_user" not in await group.after(asked)
