"""Rich messages in the sandbox: delivered as Telegram does, and as strictly."""

from copy import deepcopy
from typing import Any

import pytest
from telegram import Bot

from bot.sandbox.errors import ApiError
from bot.sandbox.world import Chat, User, World
from tests.bot.channel.rich_posts import LONGEST, posts
from tests.bot.messages import JSON


def paragraph(text: Any) -> JSON:
    return {"type": "paragraph", "text": text}


RICH = {"blocks": [paragraph("Cầu dài 1.200 m."), {"type": "divider"}]}


@pytest.fixture
def channel(world: World) -> Chat:
    group = world.add_group("Bàn luận", bot=None)
    return world.add_channel("Báo làng", username="bao_lang", discussion=group)


async def test_a_rich_post_arrives_goes_on_and_is_edited_from_and_to_plain(
    bot: Bot, world: World, channel: Chat
) -> None:
    post = world.publish(world.owner(channel), channel, RICH)["channel_post"]
    assert "text" not in post
    assert world.copy_of(post)["rich_message"] == RICH
    plain = world.edit(post, "Cầu dài.")["edited_channel_post"]
    assert "rich_message" not in plain
    again = world.edit_to_rich(plain, RICH)["edited_channel_post"]
    assert "text" not in again
    assert world.copy_of(post)["rich_message"] == RICH
    posted = (await bot.get_updates())[0].channel_post
    assert posted is not None
    assert posted.api_kwargs["rich_message"] == RICH


def test_posts_of_every_kind_are_rich_messages_as_telegram_has_them(world: World, channel: Chat) -> None:
    for each in posts():
        assert world.publish(world.owner(channel), channel, each.rich)["channel_post"]["rich_message"] == each.rich


def test_a_picture_does_not_become_a_rich_message(world: World, channel: Chat) -> None:
    picture = world.put(channel, world.owner(channel), {"photo": []})
    with pytest.raises(ApiError, match="there is no text in the message to edit"):
        world.edit_to_rich(picture, RICH)


@pytest.mark.parametrize(
    ("blocks", "wrong"),
    [
        ([], "blocks"),
        ("Cầu", "blocks"),
        ([5], "blocks.0.type"),
        ([{"type": "chart"}], "blocks.0.type"),
        ([{"type": "thinking", "text": "a"}], "blocks.0.type"),
        ([{"type": "paragraph"}], "blocks.0.text"),
        ([paragraph(5)], "blocks.0.text.type"),
        ([paragraph([{"type": "wavy", "text": "a"}])], "blocks.0.text.0.type"),
        ([paragraph("a") | {"size": 1}], "blocks.0.size"),
        ([{"type": "heading", "text": "a", "size": "1"}], "blocks.0.size"),
        ([{"type": "divider", "is_open": True}], "blocks.0.is_open"),
        ([{"type": "list", "items": [{"blocks": []}]}], "blocks.0.items.0.label"),
        ([{"type": "table", "cells": [[{"text": "a", "align": "left"}]]}], "blocks.0.cells.0.0.valign"),
        ([{"type": "table", "cells": [[{"align": "left", "valign": "top"}] * 21]}], "blocks.0.cells.0"),
        ([{"type": "photo", "photo": [], "caption": "a"}], "blocks.0.caption"),
        ([{"type": "buttons", "buttons": [{"text": "a"}]}], "blocks.0.buttons.0.url"),
    ],
)
def test_what_is_no_rich_message_is_refused_with_its_place(
    world: World, channel: Chat, blocks: Any, wrong: str
) -> None:
    before = deepcopy(channel.messages)
    with pytest.raises(ApiError, match=f'wrong rich message "rich_message.{wrong}"'):
        world.publish(world.owner(channel), channel, {"blocks": blocks})
    assert channel.messages == before


def _deep(levels: int) -> JSON:
    block = paragraph("a")
    for _ in range(levels - 1):
        block = {"type": "blockquote", "blocks": [block]}
    return block


@pytest.mark.parametrize(
    ("fitting", "over"),
    [
        ([paragraph("a" * LONGEST)], [paragraph("a" * (LONGEST + 1))]),
        ([paragraph("a")] * 500, [paragraph("a")] * 501),
        ([_deep(16)], [_deep(17)]),
        ([{"type": "photo", "photo": []}] * 50, [{"type": "photo", "photo": []}] * 51),
    ],
)
def test_the_limits_are_telegrams(world: World, channel: Chat, an: User, fitting: JSON, over: JSON) -> None:
    assert world.publish(world.owner(channel), channel, {"blocks": fitting})
    with pytest.raises(ApiError):
        world.publish(world.owner(channel), channel, {"blocks": over})
    with pytest.raises(ApiError, match="CHAT_WRITE_FORBIDDEN"):
        world.publish(an, channel, {"blocks": fitting})
