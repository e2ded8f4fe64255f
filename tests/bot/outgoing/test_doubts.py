"""What Telegram may have taken though nobody heard of it: looked for, noted, or sent again; over the same server."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest
from telegram import ReplyParameters, Update
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from bot.once.handling import Handling, at_work_on
from bot.once.inbox import Inbox
from tests.bot.outgoing.scripted import DONE, NOT_FOUND, NOT_MODIFIED, Server, bad, methods, ok, refusal, started


async def test_a_message_that_is_there_already_is_found_and_not_sent_again(server: Server, bot: ExtBot[None]) -> None:
    server.script = [httpx.ReadTimeout("lost"), NOT_FOUND, bad("message can't be edited"), NOT_MODIFIED]
    message = await bot.send_message(1, "a", "HTML", reply_parameters=ReplyParameters(1))
    assert methods(server) == ["sendMessage", *["editMessageText"] * 3]
    assert server.calls[-1][1] == {"chat_id": "1", "text": "a", "parse_mode": "HTML", "message_id": "3"}
    assert (message.message_id, message.chat.id, message.text) == (3, 1, "a")


async def test_a_message_that_is_nowhere_is_sent_again(server: Server, bot: ExtBot[None]) -> None:
    server.script = [ok({"chat_id": "1"}, 40), httpx.RemoteProtocolError("gone"), *[NOT_FOUND] * 24]
    await bot.send_message(1, "a")
    await bot.send_message(1, "b")
    assert methods(server) == ["sendMessage", "sendMessage", *["editMessageText"] * 24, "sendMessage"]
    assert tried(server) == [*range(41, 65)]


async def test_it_is_looked_for_where_its_chat_may_count_by_itself_and_where_all_count_together(
    server: Server, bot: ExtBot[None]
) -> None:
    server.script = [ok({"chat_id": "1"}, 40), ok({"chat_id": "2"}, 90), httpx.ReadTimeout("lost"), *[NOT_FOUND] * 27]
    await bot.send_message(1, "a")
    await bot.send_message(2, "b")
    await bot.send_message(1, "c")
    assert tried(server) == [41, 42, 43, *range(91, 115)]


async def test_a_chat_that_got_later_messages_far_above_does_not_count_by_itself(
    server: Server, bot: ExtBot[None]
) -> None:
    inbox = inbox_of(bot)
    server.script = [ok({"chat_id": "1"}, 90), ok({"chat_id": "2"}, 95)]
    await bot.send_message(1, "a")
    await bot.send_message(2, "b")
    await inbox.about_to_send(9, 0, (40, 88))
    server.script = [*[NOT_FOUND] * 4, NOT_MODIFIED]
    with at_work_on(Handling(Update(9), await inbox.sends_on(9), again=True)):
        await bot.send_message(1, "c")
    assert tried(server) == [41, 42, 43, 89, 91]


async def test_once_two_private_chats_have_shown_the_same_id_only_its_own_counts(
    server: Server, bot: ExtBot[None]
) -> None:
    server.script = [ok({"chat_id": "1"}, 40), ok({"chat_id": "2"}, 40), httpx.ReadTimeout("lost"), *[NOT_FOUND] * 24]
    await bot.send_message(1, "a")
    await bot.send_message(2, "b")
    await bot.send_message(1, "c")
    assert tried(server) == [*range(41, 65)]


async def test_what_a_killed_run_left_in_doubt_is_looked_for_only_where_it_knew_of_no_other_message(
    server: Server, bot: ExtBot[None]
) -> None:
    inbox = inbox_of(bot)
    server.script = [*(ok({"chat_id": str(chat)}, 40 + chat) for chat in range(1, 30))]
    for chat in range(1, 30):
        with at_work_on(Handling(Update(chat))):
            await bot.send_message(chat, "a")
    await inbox.about_to_send(99, 0, (41,))  # and then it was killed
    again = await started(server, inbox)
    server.script = [NOT_FOUND, NOT_FOUND, NOT_MODIFIED]
    with at_work_on(Handling(Update(99), await inbox.sends_on(99), again=True)):
        await again.send_message(1, "b")
    await again.request.shutdown()
    assert tried(server) == [70, 71, 72]


async def test_ids_of_chats_that_count_each_by_itself_are_not_kept(server: Server, bot: ExtBot[None]) -> None:
    inbox = inbox_of(bot)
    server.script = [ok({"chat_id": "1"}, 40), ok({"chat_id": "2"}, 40)]
    with at_work_on(Handling(Update(1))):
        await bot.send_message(1, "a")
        assert await inbox.message_ids() == [40]
        await bot.send_message(2, "a")
    assert await inbox.message_ids() == []


async def test_a_note_that_may_yet_become_the_message_is_not_kept_as_another(server: Server, bot: ExtBot[None]) -> None:
    """Else, killed before that is written down, the program would send the message once more."""
    inbox = inbox_of(bot)
    server.script = [httpx.ReadTimeout("lost"), *[NOT_FOUND] * 24, ok({"chat_id": "1"}, 30), *[NOT_FOUND] * 5, DONE]
    with at_work_on(Handling(Update(1))):
        await bot.send_message(1, "a")
    await inbox.about_to_send(1, 0, (29,))  # as if it had been killed
    again = await started(server, inbox)
    server.script = [NOT_MODIFIED]
    with at_work_on(Handling(Update(1), await inbox.sends_on(1), again=True)):
        message = await again.send_message(1, "a")
    await again.request.shutdown()
    assert message.message_id == 30


async def test_what_timed_out_is_looked_for_when_it_cannot_be_on_its_way_any_more(
    server: Server, bot: ExtBot[None]
) -> None:
    server.script = [httpx.ReadTimeout("lost"), NOT_MODIFIED]
    await bot.send_message(1, "a")
    assert server.sent_at == [0, 11]


class LateServer(Server):
    """Carries out at 8 o'clock what it was asked for before."""

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/editMessageText"):
            self.script = [NOT_MODIFIED if self.now >= 8 else NOT_FOUND]
        return await super().__call__(request)


async def test_what_was_under_way_at_a_kill_and_is_carried_out_late_is_not_sent_again(tmp_path: Path) -> None:
    inbox, server = Inbox(tmp_path / "inbox.sqlite3", 1), LateServer()
    await inbox.open()
    await inbox.about_to_send(9, 0, (41,))  # and then it was killed
    again = await started(server, inbox)
    with at_work_on(Handling(Update(9), await inbox.sends_on(9), again=True)):
        message = await again.send_message(1, "a")
    await again.request.shutdown()
    await inbox.close()
    assert message.message_id == 42
    assert "sendMessage" not in methods(server)


@pytest.mark.parametrize("why", [refusal(429, "Too Many Requests", retry_after=3600), httpx.ConnectError("refused")])
async def test_what_telegram_had_not_taken_when_it_was_killed_is_sent_without_a_look(
    server: Server, bot: ExtBot[None], why: httpx.Response | Exception
) -> None:
    inbox = inbox_of(bot)
    server.script = [why]
    server.may_wake.clear()
    with at_work_on(Handling(Update(9))):
        sending = asyncio.create_task(bot.send_message(-100, "a"))
        await server.sleeping.wait()
    left = await inbox.sends_on(9)
    sending.cancel()  # killed
    server.may_wake.set()
    again = await started(server, inbox)
    server.calls.clear()
    with at_work_on(Handling(Update(9), left, again=True)):
        await again.send_message(-100, "a")
    await again.request.shutdown()
    assert methods(server) == ["sendMessage"]


def inbox_of(bot: ExtBot[None]) -> Inbox:
    return bot.rate_limiter._inbox  # type: ignore[union-attr, no-any-return]


def tried(server: Server) -> list[int]:
    return [int(params["message_id"]) for method, params in server.calls if method == "editMessageText"]


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("full")]
)
async def test_what_never_left_is_sent_again_without_a_look(
    server: Server, bot: ExtBot[None], error: Exception
) -> None:
    server.script = [error, error]
    await bot.send_message(1, "a")
    assert methods(server) == ["sendMessage"] * 3
    assert server.sent_at == [0, 1, 3]


async def test_where_nothing_is_known_a_note_takes_the_place_and_its_id_tells(
    server: Server, bot: ExtBot[None]
) -> None:
    server.script = [httpx.ReadTimeout("lost"), *[NOT_FOUND] * 24, ok({"chat_id": "1"}, 30), *[NOT_FOUND] * 5, DONE]
    message = await bot.send_message(1, "a", reply_parameters=ReplyParameters(1))
    assert methods(server) == ["sendMessage", *["editMessageText"] * 24, "sendMessage", *["editMessageText"] * 6]
    note, became = server.calls[25][1], server.calls[-1][1]
    assert note["text"] == "perhaps"
    assert became == {"chat_id": "1", "text": "a", "message_id": "30"}
    assert message.message_id == 30


async def test_a_rich_message_takes_the_place_of_its_note_as_well(server: Server, bot: ExtBot[None]) -> None:
    rich = {"blocks": [{"type": "paragraph", "text": "a"}]}
    server.script = [httpx.ReadTimeout("lost"), *[NOT_FOUND] * 24, ok({"chat_id": "1"}, 30), *[NOT_FOUND] * 5, DONE]
    await bot.do_api_request("sendRichMessage", {"chat_id": 1, "rich_message": rich})
    assert methods(server)[-1] == "editMessageText"
    assert json.loads(server.calls[-1][1]["rich_message"]) == rich
    assert server.calls[-1][1]["message_id"] == "30"


async def test_a_note_goes_where_the_message_is_found_below_it(server: Server, bot: ExtBot[None]) -> None:
    server.script = [httpx.ReadTimeout("lost"), *[NOT_FOUND] * 24, ok({"chat_id": "1"}, 30), NOT_FOUND, NOT_MODIFIED]
    message = await bot.send_message(1, "a")
    assert message.message_id == 26
    assert server.calls[-1] == ("deleteMessage", {"chat_id": "1", "message_id": "30"})


async def test_a_server_that_cannot_edit_gets_a_note_and_not_the_message_again(
    server: Server, bot: ExtBot[None]
) -> None:
    no_such_method = refusal(404, "Not Found")
    server.script = [httpx.ReadTimeout("lost"), no_such_method, ok({"chat_id": "1"}, 30), no_such_method]
    await bot.send_message(1, "a")
    assert [params.get("text") for method, params in server.calls if method == "sendMessage"] == ["a", "perhaps"]


async def test_where_not_even_a_note_is_taken_nothing_more_is_said(server: Server, bot: ExtBot[None]) -> None:
    server.script = [httpx.ReadTimeout("lost"), refusal(404, "Not Found"), bad("something new")]
    with pytest.raises(Forbidden):
        await bot.send_message(1, "a")
    assert len(server.calls) == 3


async def test_a_note_that_is_lost_itself_becomes_the_message(server: Server, bot: ExtBot[None]) -> None:
    server.script = [httpx.ReadTimeout("lost"), *[NOT_FOUND] * 24, httpx.ReadTimeout("note"), NOT_FOUND, DONE]
    await bot.send_message(1, "a")
    assert server.calls[-1][1] == {"chat_id": "1", "text": "a", "message_id": "2"}


async def test_a_picture_is_looked_for_by_its_caption(server: Server, bot: ExtBot[None]) -> None:
    server.script = [httpx.ReadTimeout("lost"), bad("there is no caption in the message to edit"), NOT_MODIFIED]
    message = await bot.send_photo(1, "file_id", caption="b")
    assert methods(server) == ["sendPhoto", "editMessageCaption", "editMessageCaption"]
    assert server.calls[-1][1] == {"chat_id": "1", "caption": "b", "message_id": "2"}
    assert message.message_id == 2


async def test_what_was_refused_is_not_looked_for_by_another_start(server: Server, bot: ExtBot[None]) -> None:
    server.script = [bad("chat not found")]
    inbox = inbox_of(bot)
    with at_work_on(Handling(Update(5))), pytest.raises(BadRequest):
        await bot.send_message(1, "a")
    assert await inbox.sends_on(5) == {}
