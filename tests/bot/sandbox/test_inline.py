"""Inline mode: asked, answered in pages, cached, chosen, edited."""

from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.error import BadRequest

from bot.sandbox.errors import ApiError
from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.conftest import Api

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Thêm", callback_data="more")]])


def article(number: object, **optional: Any) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        f"<blockquote>Câu {number}.</blockquote>",
        parse_mode="HTML",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    return InlineQueryResultArticle(str(number), f"Bài {number}", content, **optional)


async def asked(bot: Bot) -> InlineQuery:
    query = (await bot.get_updates(offset=-1))[0].inline_query
    assert query is not None
    return query


async def test_a_query_arrives_and_its_answer_is_kept_page_by_page(bot: Bot, world: World, an: User) -> None:
    first = world.ask_inline(an, "cầu Hương An")
    query = await asked(bot)
    assert (query.query, query.offset, query.from_user.id, query.chat_type) == ("cầu Hương An", "", an.id, "sender")
    button = InlineQueryResultsButton("Hỏi riêng", start_parameter="hoi_rieng")
    assert await query.answer([article(1, description="Báo A"), article(2)], next_offset="2", button=button)
    answer = world.inline_queries[first["id"]]
    assert answer is not None
    assert [(result["id"], result["title"], result.get("description")) for result in answer["results"]] == [
        ("1", "Bài 1", "Báo A"),
        ("2", "Bài 2", None),
    ]
    assert (answer["next_offset"], answer["button"]["start_parameter"]) == ("2", "hoi_rieng")
    world.ask_inline(an, "cầu Hương An", offset="2")
    assert (await asked(bot)).offset == "2"
    assert (await bot.get_me()).supports_inline_queries


async def test_the_same_query_is_answered_from_the_cache_for_a_while(bot: Bot, world: World, an: User) -> None:
    world.ask_inline(an, "cầu")
    await (await asked(bot)).answer([article(1)], cache_time=300)
    again = world.ask_inline(world.add_user("Bình"), "cầu")
    assert world.inline_queries[again["id"]] is not None
    assert len(world.updates) == 1
    world.ask_inline(an, "khác")
    await (await asked(bot)).answer([article(1)], cache_time=0)
    assert world.inline_queries[world.ask_inline(an, "khác")["id"]] is None


async def test_a_personal_answer_is_for_one_person_only(bot: Bot, world: World, an: User) -> None:
    world.ask_inline(an, "cầu")
    await (await asked(bot)).answer([article(1)], is_personal=True)
    assert world.inline_queries[world.ask_inline(an, "cầu")["id"]] is not None
    assert world.inline_queries[world.ask_inline(world.add_user("Bình"), "cầu")["id"]] is None


async def test_a_chosen_result_is_sent_and_the_bot_hears_of_it(bot: Bot, world: World, an: User) -> None:
    group = world.add_group("Xóm", members=[an], bot=None)
    query = world.ask_inline(an, "cầu", chat_type="supergroup")
    await (await asked(bot)).answer([article(1)])
    with pytest.raises(ApiError, match="RESULT_ID_INVALID"):
        world.choose(an, query, "9", group)
    message = world.choose(an, query, "1", group)
    assert (message["text"], message["via_bot"]["id"], message["from"]["id"]) == ("Câu 1.", 42, an.id)
    assert message["link_preview_options"] == {"is_disabled": True}
    update = (await bot.get_updates())[-1]
    assert update.chosen_inline_result is not None
    assert (update.chosen_inline_result.result_id, update.chosen_inline_result.query) == ("1", "cầu")
    assert update.chosen_inline_result.inline_message_id is None


async def test_where_the_bot_is_it_also_hears_the_message_sent_through_it(
    bot: Bot, world: World, an: User, chat: Chat
) -> None:
    query = world.ask_inline(an, "cầu")
    await (await asked(bot)).answer([article(1)])
    world.choose(an, query, "1", chat)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.via_bot is not None
    assert message.via_bot.id == 42


async def test_a_result_with_buttons_can_be_edited_afterwards(bot: Bot, world: World, an: User) -> None:
    group = world.add_group("Xóm", members=[an], bot=None)
    query = world.ask_inline(an, "cầu")
    await (await asked(bot)).answer([article(1, reply_markup=BUTTONS)])
    message = world.choose(an, query, "1", group)
    chosen = (await bot.get_updates())[-1].chosen_inline_result
    assert chosen is not None
    world.tap(an, message, "more")
    tapped = (await bot.get_updates())[-1].callback_query
    assert tapped is not None
    assert (tapped.message, tapped.inline_message_id) == (None, chosen.inline_message_id)
    assert await bot.edit_message_text("mới", inline_message_id=tapped.inline_message_id)
    assert group.messages[message["message_id"]]["text"] == "mới"
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("mới", inline_message_id=tapped.inline_message_id)
    with pytest.raises(BadRequest, match="Message_id_invalid"):
        await bot.edit_message_text("mới", inline_message_id="khác")


async def test_without_inline_mode_nobody_can_ask(bot: Bot, world: World, an: User) -> None:
    world.inline_mode = False
    assert not (await bot.get_me()).supports_inline_queries
    with pytest.raises(ApiError, match="BOT_INLINE_DISABLED"):
        world.ask_inline(an, "cầu")


@pytest.mark.parametrize("expired", [True, False])
async def test_a_query_is_answered_once_and_in_time(bot: Bot, world: World, an: User, expired: bool) -> None:
    world.ask_inline(an, "cầu")
    query = await asked(bot)
    if expired:
        world.expire_queries()
    else:
        await query.answer([])
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer([])


def result(**changes: Any) -> dict[str, Any]:
    sound = {"type": "article", "id": "1", "title": "Bài", "input_message_content": {"message_text": "a"}}
    return {name: value for name, value in (sound | changes).items() if value is not None}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"inline_query_id": "9"}, "query is too old and response timeout expired or query ID is invalid"),
        ({"results": [result(id=str(number)) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [result(), result()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [result(id="")]}, "RESULT_ID_INVALID"),
        ({"results": [result(id="ế" * 22)]}, "RESULT_ID_INVALID"),
        ({"results": [result(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [result(title=None)]}, 'parameter "results.0.title" is required'),
        ({"results": [result(type="photo")]}, 'wrong parameter "results.0.type"'),
        ({"results": [result(hide_url=True)]}, 'unknown parameter "results.0.hide_url"'),
        ({"results": [result(url="không")]}, "WEBDOCUMENT_URL_INVALID"),
        ({"results": [result(input_message_content={"message_text": " "})]}, "message text is empty"),
        ({"results": [result(input_message_content={"message_text": "a" * 4097})]}, "message is too long"),
        ({"results": [result(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})]},
         "can't parse entities"),
        ({"results": [result(input_message_content={"phone_number": "1"})]},
         'parameter "results.0.input_message_content.message_text" is required'),
        ({"next_offset": "a" * 65}, "NEXT_OFFSET_INVALID"),
        ({"cache_time": -1}, 'wrong parameter "cache_time"'),
        ({"button": {"text": "a", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"button": {"text": "a", "start_parameter": "a" * 65}}, "START_PARAM_INVALID"),
        ({"button": {"text": "a"}}, 'parameter "button.start_parameter" is required'),
    ],
)  # fmt: skip
async def test_answer_inline_query_refuses(
    api: Api, world: World, an: User, changes: dict[str, Any], said: str
) -> None:
    query = world.ask_inline(an, "cầu")
    answer = await api("answerInlineQuery", **({"inline_query_id": query["id"], "results": [result()]} | changes))
    assert answer["error_code"] == 400
    assert answer["description"].startswith(f"Bad Request: {said}")
    assert world.inline_queries[query["id"]] is None
