"""Sends through the real Bot class, over a server whose answers are written down beforehand, and a clock of our own."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters, Update
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.ground.metrics import Metrics
from bot.once.handling import Handling, at_work_on
from bot.once.inbox import Inbox
from bot.once.known_ids import KnownIds
from bot.outgoing.delivery import Delivery
from bot.outgoing.limits import Line, Rates, Time, Turns
from bot.outgoing.notes import Notes, Words
from bot.outgoing.request import Request
from bot.outgoing.wire import Wire

Answer = Callable[[str, dict[str, str]], httpx.Response]


class Server:
    """Answers each call with the next of `script`, once that is used up with success; remembers all."""

    def __init__(self) -> None:
        self.script: list[httpx.Response | Exception] = []
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.sent_at: list[float] = []
        self.now = 0.0
        self.down_until = 0.0
        self.sleeping = asyncio.Event()
        self.may_wake = asyncio.Event()  # sleep takes no time, unless a test says so
        self.may_wake.set()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        method = request.url.path.rpartition("/")[2]
        params = dict(httpx.QueryParams((await request.aread()).decode()))
        self.calls.append((method, params))
        self.sent_at.append(self.now)
        if self.now < self.down_until:
            raise httpx.ConnectError("refused")
        answer = self.script.pop(0) if self.script else ok(params)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        self.sleeping.set()
        await self.may_wake.wait()
        self.now = max(self.now, until)


def ok(params: dict[str, str], message_id: int = 1) -> httpx.Response:
    chat = {"id": int(params.get("chat_id", "1")), "type": "private"}
    message = {"message_id": message_id, "date": 0, "chat": chat, "text": params.get("text", "")}
    return httpx.Response(200, json={"ok": True, "result": message})


def refusal(code: int, description: str, **parameters: Any) -> httpx.Response:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return httpx.Response(code, json=body)


def bad(reason: str) -> httpx.Response:
    return refusal(400, f"Bad Request: {reason}")


DONE = httpx.Response(200, json={"ok": True, "result": True})
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="b")]])
NOT_FOUND, NOT_MODIFIED = bad("message to edit not found"), bad("message is not modified")


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def bot(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ExtBot[None]]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    inbox = Inbox(tmp_path / "inbox.sqlite3", 1)
    await inbox.open()
    yield (bot := await started(server, inbox))
    await bot.request.shutdown()
    await inbox.close()


async def started(server: Server, inbox: Inbox) -> ExtBot[None]:
    """A run of the program, with what an earlier one has kept."""
    known = KnownIds()
    known.restore(await inbox.message_ids())
    rates = Rates(chat_per_second=1, chat_burst=1, group_per_minute=20, overall_per_second=30)
    time = Time(1.0, 10.0, lambda: server.now, server.sleep)
    wire = Wire(Turns(rates), Line(rates.overall_per_second, time), time, Metrics())
    request = Request("http://127.0.0.1/bot", 5)
    request._client = httpx.AsyncClient(transport=httpx.MockTransport(server))
    return ExtBot(
        "1:x",
        "http://127.0.0.1/bot",
        request=request,
        get_updates_request=HTTPXRequest(httpx_kwargs={"verify": False}),
        rate_limiter=Delivery(wire, inbox, known, Notes(lambda _: Words("perhaps", None))),
    )


def methods(server: Server) -> list[str]:
    return [method for method, _ in server.calls]


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


async def test_what_was_refused_is_not_looked_for_by_another_start(server: Server, bot: ExtBot[None]) -> None:
    server.script = [bad("chat not found")]
    inbox = inbox_of(bot)
    with at_work_on(Handling(Update(5))), pytest.raises(BadRequest):
        await bot.send_message(1, "a")
    assert await inbox.sends_on(5) == {}


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
