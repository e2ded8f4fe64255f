"""Buttons, reactions and replies in the terminal."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from typing import Any

from bot.sandbox.messaging import send_message
from bot.sandbox.schemas.messages import SendMessage
from bot.sandbox.terminal import chat
from bot.sandbox.world import World
from tests.bot.sandbox.screens import WORDS, screen

BUTTONS = {
    "inline_keyboard": [
        [{"text": "Thêm", "callback_data": "more"}, {"text": "Chuyển", "switch_inline_query": "a"}],
        [{"text": "Bài", "url": "https://a.vn/dai?b#c"}, {"text": "Chép", "copy_text": {"text": "câu\nnguồn"}}],
    ]
}


@contextlib.asynccontextmanager
async def with_buttons(world: World) -> AsyncIterator[list[str]]:
    """A bot that answers with buttons; a press is noted, told of, and changes the buttons. Thanks get a reaction."""
    pressed: list[str] = []

    def take(update: dict[str, Any]) -> None:
        if (query := update.get("callback_query")) is not None:
            pressed.append(query["data"])
            changed = query["message"] | {
                "reply_markup": {"inline_keyboard": [[{"text": "Hết", "callback_data": "no"}]]}
            }
            world.replace(changed)
            world.callback_queries[query["id"]] = {"text": "Đã ghi"}
            world.touch(changed)
        elif update["message"]["text"] == "cảm ơn":
            world.react(world.bot, update["message"], ["👍"])
        else:
            world.put(world.chat(update["message"]["chat"]["id"]), world.bot, {"text": "đáp", "reply_markup": BUTTONS})

    async def answer() -> None:
        offset = 0
        while True:
            for update in await world.updates.poll(offset, limit=1, seconds=50):
                offset = update["update_id"] + 1
                take(update)

    task = asyncio.create_task(answer())
    try:
        yield pressed
    finally:
        task.cancel()


async def talked(world: World, keyboard: tuple[int, io.FileIO], typed: str) -> tuple[str, list[str]]:
    """What is on the screen after these lines, and what was pressed."""
    stdin, typing = keyboard
    typing.write(typed.encode())
    typing.close()
    console, output = screen()
    async with with_buttons(world) as pressed:
        await chat(world, WORDS, console=console, stdin=stdin, lull=0)
    return output.getvalue(), pressed


async def test_a_number_presses_the_button_that_has_it(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    shown, pressed = await talked(world, keyboard, "a\n1\n")
    assert shown.endswith("Bạn: a\nTrích: đáp\n[1] Thêm\n[2] Bài   [3] Chép\nBạn: 1\nĐã ghi\n[4] Hết\nBạn: \n")
    assert pressed == ["more"]


async def test_links_and_what_is_to_be_copied_are_shown_in_full(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    shown, pressed = await talked(world, keyboard, "a\n2\n3\n")
    assert "Bạn: 2\nhttps://a.vn/dai?b#c\n" in shown
    assert "Bạn: 3\nSao chép:\ncâu\nnguồn\n" in shown
    assert pressed == []


async def test_a_number_that_no_button_has_is_asked(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    shown, pressed = await talked(world, keyboard, "4\na\n4\n0\n")
    assert shown.count("Trích: đáp") == 4
    assert pressed == []


async def test_a_button_that_is_gone_is_said_to_be(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    shown, pressed = await talked(world, keyboard, "a\n1\n1\n")
    assert shown.endswith("Bạn: 1\nNút này không còn nữa.\nBạn: \n")
    assert pressed == ["more"]


async def test_a_reaction_is_an_answer(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    shown, _ = await talked(world, keyboard, "cảm ơn\n")
    assert shown.endswith("Bạn: cảm ơn\nTrích: (thả 👍)\nBạn: \n")


async def test_the_line_after_the_bot_wants_a_reply_is_one(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    stdin, typing = keyboard
    console, output = screen()
    talking = asyncio.create_task(chat(world, WORDS, console=console, stdin=stdin, lull=0))
    typing.write(b"a\n")
    await world.updates.poll(0, limit=1, seconds=50)
    [place] = world.chats.values()
    asking = await send_message(
        world,
        SendMessage.model_validate({"chat_id": place.id, "text": "vì sao?", "reply_markup": {"force_reply": True}}),
    )
    typing.write("sai\nkhác\n".encode())
    await world.until(lambda: len(place.messages) == 3)
    world.post(place, world.bot, "cảm ơn", ())
    typing.close()
    await world.until(lambda: len(place.messages) == 5)
    world.post(place, world.bot, "gì?", ())
    await talking
    replied = {m["text"]: m.get("reply_to_message", {}).get("message_id") for m in place.messages.values()}
    assert (replied["sai"], replied["khác"]) == (asking["message_id"], None)
    assert WORDS["replying"] in output.getvalue()
