"""Sends through the real Bot class, over a server whose answers are written down beforehand, and a clock of our own."""

import asyncio
import json

import httpx
import pytest
from telegram import LinkPreviewOptions, ReplyParameters, Update
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.once.handling import Handling, at_work_on
from tests.bot.outgoing.scripted import (
    DONE,
    KEYBOARD,
    NOT_MODIFIED,
    Server,
    bad,
    methods,
    ok,
    refusal,
)


async def test_messages_to_a_chat_go_out_in_order_a_second_apart(server: Server, bot: ExtBot[None]) -> None:
    await asyncio.gather(*(bot.send_message(1, str(number)) for number in range(4)))
    assert [params["text"] for _, params in server.calls] == ["0", "1", "2", "3"]
    assert server.sent_at == [0, 1, 2, 3]


async def test_who_is_told_to_wait_waits_that_long(server: Server, bot: ExtBot[None]) -> None:
    server.script = [refusal(429, "Too Many Requests: retry after 35", retry_after=35)]
    await bot.send_message(1, "a")
    assert server.sent_at == pytest.approx([0, 35.1])


async def test_others_do_not_wait_for_who_is_told_to(server: Server, bot: ExtBot[None]) -> None:
    server.may_wake.clear()
    server.script = [refusal(429, "Too Many Requests: retry after 35", retry_after=35)]
    held = asyncio.create_task(bot.send_message(-5, "group"))
    await server.sleeping.wait()
    await bot.send_message(2, "person")
    assert not held.done()
    server.may_wake.set()
    await held
    assert [params["text"] for _, params in server.calls] == ["group", "person", "group"]
    assert server.sent_at == pytest.approx([0, 0, 35.1])


@pytest.mark.parametrize(
    "refused",
    ["BUTTON_DATA_INVALID", "BUTTON_URL_INVALID", "BUTTON_TYPE_INVALID", "REPLY_MARKUP_TOO_LONG", "wrong HTTP URL"],
)
async def test_a_keyboard_that_is_refused_is_left_out_and_nothing_else(
    server: Server, bot: ExtBot[None], refused: str
) -> None:
    server.script = [bad(refused)]
    await bot.send_message(-5, "<b>a</b>", "HTML", reply_markup=KEYBOARD, reply_parameters=ReplyParameters(9))
    assert [set(params) for _, params in server.calls] == [
        {"chat_id", "text", "parse_mode", "reply_markup", "reply_parameters"},
        {"chat_id", "text", "parse_mode", "reply_parameters"},
    ]
    server.script = [bad(refused), DONE]
    await bot.edit_message_text("<b>a</b>", 1, 7, parse_mode="HTML", reply_markup=KEYBOARD)
    assert set(server.calls[-1][1]) == {"chat_id", "message_id", "text", "parse_mode"}


async def test_what_is_refused_for_no_known_reason_goes_out_ever_more_plainly(
    server: Server, bot: ExtBot[None]
) -> None:
    words = " ".join(f"từ{number}" for number in range(40))
    server.script = [bad("SOMETHING_NEW")] * 4
    await bot.send_message(-5, f"<b>{words}</b>", "HTML", reply_markup=KEYBOARD, reply_parameters=ReplyParameters(9))
    shapes = [set(params) - {"chat_id"} for _, params in server.calls]
    assert shapes == [
        {"text", "parse_mode", "reply_markup", "reply_parameters"},
        {"text", "parse_mode", "reply_parameters"},
        {"text", "reply_parameters"},
        {"text"},
        {"text"},
        {"text"},
    ]
    assert "".join(params["text"] for _, params in server.calls[4:]) == words


async def test_a_message_too_large_for_the_server_is_sent_in_parts(server: Server, bot: ExtBot[None]) -> None:
    words = " ".join(f"từ{number}" for number in range(40))
    server.script = [httpx.Response(413, text="<html>too large</html>")]
    await bot.send_message(1, words)
    assert "".join(params["text"] for _, params in server.calls[1:]) == words
    assert len(server.calls) == 3


async def test_a_revoked_token_keeps_a_message_waiting(server: Server, bot: ExtBot[None]) -> None:
    server.script = [refusal(401, "Unauthorized"), refusal(401, "Unauthorized")]
    await bot.send_message(1, "a")
    assert methods(server) == ["sendMessage"] * 3


async def test_a_group_that_became_a_supergroup_gets_its_message_there(server: Server, bot: ExtBot[None]) -> None:
    server.script = [refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1007)]
    await bot.send_message(-7, "a")
    assert [params["chat_id"] for _, params in server.calls] == ["-7", "-1007"]


async def test_markup_that_is_refused_is_left_out_and_no_word_with_it(server: Server, bot: ExtBot[None]) -> None:
    server.script = [bad("can't parse entities: unsupported start tag")]
    await bot.send_message(1, "<b>5 &lt; 6</b> &amp; 7", "HTML")
    assert server.calls[-1][1] == {"chat_id": "1", "text": "5 < 6 & 7"}


async def test_a_message_that_is_too_long_is_sent_in_parts(server: Server, bot: ExtBot[None]) -> None:
    words = " ".join(f"từ{number}" for number in range(500))
    server.script = [bad("message is too long")]
    await bot.send_message(-5, f"<i>{words}</i>", "HTML", reply_parameters=ReplyParameters(9))
    first, *others = (params for _, params in server.calls[1:])
    assert "".join(params["text"] for params in (first, *others)) == words
    assert others
    assert json.loads(first["reply_parameters"]) == {"message_id": 9}
    assert not any("reply_parameters" in params for params in others)


async def test_what_is_said_on_link_previews_is_left_out_where_it_is_refused(server: Server, bot: ExtBot[None]) -> None:
    server.script = [bad("WEBPAGE_CURL_FAILED")]
    await bot.send_message(1, "a", link_preview_options=LinkPreviewOptions(is_disabled=True))
    assert [set(params) - {"chat_id"} for _, params in server.calls] == [{"text", "link_preview_options"}, {"text"}]


async def test_a_reply_to_what_is_gone_is_a_message_by_itself(server: Server, bot: ExtBot[None]) -> None:
    server.script = [bad("message to be replied not found")]
    await bot.send_message(-5, "a", reply_parameters=ReplyParameters(9))
    assert server.calls[-1][1] == {"chat_id": "-5", "text": "a"}


def replied_to(server: Server) -> list[int | None]:
    given = [params.get("reply_parameters") for _, params in server.calls]
    return [None if to is None else json.loads(to)["message_id"] for to in given]


async def test_right_below_the_question_in_a_private_chat_an_answer_does_not_show_it_again(
    server: Server, bot: ExtBot[None]
) -> None:
    server.script = [ok({"chat_id": "1"}, 10), ok({"chat_id": "1"}, 12)]
    await bot.send_message(1, "a", reply_parameters=ReplyParameters(9))
    await bot.send_message(1, "b", reply_parameters=ReplyParameters(11))
    await bot.send_message(1, "below others", reply_parameters=ReplyParameters(9))
    await bot.send_message(-5, "a group", reply_parameters=ReplyParameters(9))
    assert replied_to(server) == [None, None, 9, 9]


async def test_what_goes_on_from_an_answer_replies_to_nothing(server: Server, bot: ExtBot[None]) -> None:
    with at_work_on(Handling(Update(5))):
        await bot.send_message(1, "a", reply_parameters=ReplyParameters(9))
        await bot.send_message(1, "b", reply_parameters=ReplyParameters(9))
    assert replied_to(server) == [None, None]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (bad("chat not found"), BadRequest),
        (bad("TOPIC_CLOSED"), BadRequest),
        (refusal(404, "Not Found"), TelegramError),
        (httpx.Response(413, text="<html>too large</html>"), BadRequest),
    ],
)
async def test_what_waiting_does_not_mend_is_not_repeated(
    server: Server, bot: ExtBot[None], answer: httpx.Response, error: type[Exception]
) -> None:
    server.script = [answer]
    with pytest.raises(error):
        await bot.send_message(1, "a")
    assert len(server.calls) == 1


async def test_an_edit_that_changes_nothing_is_done(server: Server, bot: ExtBot[None]) -> None:
    server.script = [httpx.ReadTimeout("lost"), NOT_MODIFIED]
    assert await bot.edit_message_text("a", 1, 2) is True
    assert methods(server) == ["editMessageText"] * 2


async def test_what_writes_nothing_into_a_chat_is_tried_once_and_waits_for_nothing(
    server: Server, bot: ExtBot[None]
) -> None:
    for _ in range(3):
        await bot.send_chat_action(1, "typing")
    server.script = [httpx.ConnectError("refused")]
    with pytest.raises(TelegramError):
        await bot.get_me()
    assert server.now == 0


TOO_OLD = bad("query is too old and response timeout expired or query ID is invalid")


async def test_an_answer_to_a_tap_is_repeated_while_somebody_waits_for_it(server: Server, bot: ExtBot[None]) -> None:
    server.script = [httpx.Response(502, text="<html>"), refusal(429, "Too Many Requests", retry_after=2), DONE]
    assert await bot.answer_callback_query("1")
    assert methods(server) == ["answerCallbackQuery"] * 3
    server.script = [httpx.ConnectError("down")] * 20
    with pytest.raises(TelegramError):
        await bot.answer_callback_query("2")
    assert server.now < 20


async def test_an_answer_that_had_arrived_is_refused_the_second_time(server: Server, bot: ExtBot[None]) -> None:
    server.script = [httpx.ReadTimeout("no answer"), TOO_OLD]
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query("1")
    assert len(server.calls) == 2


async def test_an_edit_of_an_inline_message_is_repeated(server: Server, bot: ExtBot[None]) -> None:
    server.script = [httpx.Response(502, text="<html>"), DONE]
    assert await bot.edit_message_text("a", inline_message_id="x")
    assert len(server.calls) == 2


async def test_no_sign_of_typing_goes_where_messages_wait(server: Server, bot: ExtBot[None]) -> None:
    server.script = [refusal(429, "Too Many Requests", retry_after=30)]
    with pytest.raises(RetryAfter):
        await bot.send_chat_action(1, "typing")
    assert await bot.send_chat_action(1, "typing")
    server.script = [DONE]
    assert await bot.send_chat_action(2, "typing")
    assert [params["chat_id"] for _, params in server.calls] == ["1", "2"]


async def test_a_message_whose_answer_cannot_be_parsed_is_out(server: Server, bot: ExtBot[None]) -> None:
    odd = {"message_id": 7, "date": "hôm qua", "chat": {"id": 1, "type": "private"}, "link_preview_options": "{}"}
    server.script = [httpx.Response(200, json={"ok": True, "result": odd})]
    sent = await bot.send_message(1, "a")
    assert (sent.message_id, sent.text) == (7, "a")
    assert methods(server) == ["sendMessage"]


async def test_an_edit_that_is_answered_with_nothing_is_done(server: Server, bot: ExtBot[None]) -> None:
    server.script = [httpx.Response(200, json={"ok": True, "result": None})]
    assert await bot.edit_message_text("a", 1, 7) is True


async def test_through_a_minute_in_which_telegram_is_down_a_message_waits_and_arrives_once(
    server: Server, bot: ExtBot[None]
) -> None:
    server.down_until = 60.0
    await bot.send_message(1, "a")
    before, sent = server.sent_at[:-1], server.sent_at[-1]
    assert len(before) > 5
    assert all(at < 60 for at in before)
    assert 60 <= sent <= 70
    assert methods(server) == ["sendMessage"] * (len(before) + 1)
