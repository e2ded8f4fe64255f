"""Rich messages that the bot sends: taken as strictly as Telegram takes them."""

from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.outgoing.calls import EDIT_RICH
from bot.sandbox.world import Chat, User, World


@pytest.mark.parametrize(
    ("rich", "why"),
    [
        ({}, "exactly one of the fields"),
        ({"html": "<p>a</p>"}, "not built"),
        ({"blocks": [], "html": "a"}, "exactly one"),
        ({"blocks": []}, "there is none"),
        ({"blocks": [{"type": "chart", "text": "a"}]}, "there is no such type"),
        ({"blocks": [{"type": "paragraph", "text": "a", "colour": "red"}]}, "there is no such field"),
        ({"blocks": [{"type": "paragraph", "text": "a" * 32_769}]}, "too long"),
        ({"blocks": [{"type": "buttons", "buttons": []}]}, "1 to 8 buttons"),
        ({"blocks": [{"type": "buttons", "buttons": [{"text": "a"}]}]}, "exactly one"),
        ({"blocks": [{"type": "buttons", "buttons": [{"text": "a", "callback_data": "b" * 65}]}]}, "DATA_INVALID"),
        ({"blocks": [{"type": "buttons", "buttons": [{"text": "a", "url": "b", "style": "link"}]}]}, "style"),
        ({"blocks": [{"type": "video", "video": "x"}]}, "not built"),
        ({"blocks": [{"type": "photo", "photo": "x"}]}, "wrong photo"),
        ({"blocks": [{"type": "photo", "photo": {"type": "photo", "media": "x"}}]}, "wrong file identifier"),
        ({"blocks": [{"type": "document", "document": {"type": "document", "media": "attach://none"}}]}, "identifier"),
        ({"block": []}, "unknown parameter"),
    ],
)
async def test_the_sandbox_takes_no_rich_message_that_is_none(
    bot: Bot, world: World, chat: Chat, rich: dict[str, Any], why: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i){why}"):
        await bot.do_api_request("sendRichMessage", api_kwargs={"chat_id": chat.id, "rich_message": rich})
    assert world.messages_of_bot(chat) == []


async def test_a_rich_message_is_sent_and_edited_to_and_from_plain(
    bot: Bot, world: World, an: User, chat: Chat
) -> None:
    assert world.say(an, chat, "a")
    rich = {"blocks": [{"type": "paragraph", "text": "Chợ"}]}
    sent = await bot.do_api_request("sendRichMessage", api_kwargs={"chat_id": chat.id, "rich_message": rich})
    place = {"chat_id": chat.id, "message_id": sent["message_id"]}
    assert sent["rich_message"] == rich
    with pytest.raises(BadRequest, match="not modified"):
        await bot.do_api_request(EDIT_RICH, api_kwargs=place | {"rich_message": rich})
    await bot.edit_message_text("Cầu", **place)
    assert chat.messages[sent["message_id"]]["text"] == "Cầu"
    edited = await bot.do_api_request(EDIT_RICH, api_kwargs=place | {"rich_message": rich})
    assert (edited["rich_message"], "text" in edited) == (rich, False)
    with pytest.raises(BadRequest, match="together"):
        await bot.do_api_request(EDIT_RICH, api_kwargs=place | {"rich_message": rich, "text": "x"})
