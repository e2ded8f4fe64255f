"""How messages are shown, whatever they hold."""

import re
import struct
import zlib

from playwright.async_api import expect

from bot.sandbox.formatting import parse_html
from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.page.conftest import Tab, needs_emoji
from tests.clock import PATIENCE


def said(world: World, chat: Chat, html: str) -> None:
    """The bot writes it."""
    text, entities = parse_html(html)
    world.post(chat, world.bot, text, entities)


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x3a\xa0\xe8" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@needs_emoji
async def test_entities_are_shown_nested_and_counted_in_utf_16(world: World, tab: Tab, chat: Chat) -> None:
    said(
        world,
        chat,
        "🌉🌉 <b>đậm <i>và nghiêng</i></b> <code>mã</code> <a href='https://example.org/a'>bài gốc</a>\n"
        "<blockquote>Câu trích 👍</blockquote>\nsau <tg-spoiler>giấu</tg-spoiler>",
    )
    text = tab.of_bot("đậm").locator(".text")
    await expect(text.locator("strong")).to_have_text("đậm và nghiêng")
    await expect(text.locator("strong em")).to_have_text("và nghiêng")
    await expect(text.locator("code")).to_have_text("mã")
    await expect(text.locator("blockquote")).to_have_text("Câu trích 👍")
    link = text.get_by_role("link", name="bài gốc")
    await expect(link).to_have_attribute("href", "https://example.org/a")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await text.get_by_role("button", name="Hiện chữ bị che").click()
    await expect(text.locator(".revealed")).to_have_text("giấu")


async def test_a_rich_message_is_drawn_block_by_block(world: World, tab: Tab, lan: User, chat: Chat) -> None:
    side = {"align": "left", "valign": "top"}
    link = {"type": "url", "url": "https://example.org/a", "text": {"type": "bold", "text": "bài gốc"}}
    blocks = [
        {"type": "heading", "size": 1, "text": "Thông xe"},
        {"type": "paragraph", "text": ["Xem ", link, " <b>không đậm</b>"]},
        {
            "type": "pullquote",
            "text": "Rất mừng.",
            "credit": [{"type": "reference", "name": "1", "text": "[1]"}, " Ông An"],
        },
        {"type": "paragraph", "text": [{"type": "reference_link", "reference_name": "1", "text": "[1]"}, " nói"]},
        {"type": "list", "items": [{"label": "1.", "blocks": [{"type": "paragraph", "text": "Một"}]}]},
        {"type": "table", "cells": [[{"text": "Tên", "is_header": True, **side}, {"text": "Dài", **side}]]},
        {"type": "details", "summary": "Thêm", "blocks": [{"type": "paragraph", "text": "Ẩn"}]},
        {"type": "photo", "photo": [], "caption": {"text": "Cầu mới", "credit": "Ảnh: Hoa"}},
    ]
    world.publish(lan, chat, {"blocks": blocks})
    rich = tab.page.locator(".mine .rich")
    await expect(rich.locator(".heading")).to_have_text("Thông xe")
    await expect(rich.get_by_role("link", name="bài gốc")).to_have_attribute("href", "https://example.org/a")
    await expect(rich.locator("strong")).to_have_text("bài gốc")
    await expect(rich.locator("blockquote")).to_have_text("Rất mừng.[1] Ông An")
    await expect(rich.locator(".item")).to_have_text("1.Một")
    await expect(rich.locator("th")).to_have_text("Tên")
    await expect(rich.locator("figcaption")).to_have_text("Cầu mớiẢnh: Hoa")
    await expect(rich.get_by_text("Ẩn")).to_be_hidden()
    await rich.get_by_text("Thêm").click()
    await expect(rich.get_by_text("Ẩn")).to_be_visible()
    await rich.get_by_role("button", name="[1]").click()
    await expect(rich.locator("[data-name='1']")).to_be_in_viewport()


async def test_a_rich_message_of_the_bot_has_its_picture_its_file_and_its_buttons(
    world: World, tab: Tab, lan: User, chat: Chat
) -> None:
    photo = world.files.add("photos", png(60, 20), size=(60, 20))
    file = world.files.add("documents", b"a,b", "bang.csv")
    blocks = [
        {"type": "photo", "photo": [photo.as_photo()], "caption": {"text": "Hình vẽ"}},
        {"type": "document", "document": file.as_document()},
        {"type": "buttons", "buttons": [{"text": "1 · Xem cả đoạn", "callback_data": "look:show", "style": "link"}]},
    ]
    message = world.put(chat, world.bot, {"rich_message": {"blocks": blocks}})
    rich = tab.page.locator(f"[data-id='{message['message_id']}'] .rich")
    await expect(rich.get_by_role("img", name="Hình vẽ")).to_have_js_property("naturalWidth", 60)
    await expect(rich.get_by_role("link", name="bang.csv")).to_have_attribute("download", "bang.csv")
    disc, title = [await rich.locator(f".document .{part}").bounding_box() for part in ("disc", "title")]
    assert disc
    assert title
    assert disc["x"] + disc["width"] <= title["x"]  # beside each other
    await rich.get_by_role("button", name="1 · Xem cả đoạn").click()
    await world.until(lambda: lan.id in {who for who, *_ in world.tapped.values()}, PATIENCE)


async def test_markup_in_a_text_is_text(world: World, tab: Tab, lan: User, chat: Chat) -> None:
    world.say(lan, chat, "<img src=x onerror=alert(1)> <b>không đậm</b>")
    await expect(tab.page.locator(".mine .text")).to_have_text(
        re.compile(re.escape("<img src=x onerror=alert(1)> <b>không"))
    )
    await expect(tab.page.locator(".text img, .mine .text strong")).to_have_count(0)


async def test_a_long_quote_is_opened_and_closed_and_a_short_one_has_no_button(
    world: World, tab: Tab, chat: Chat
) -> None:
    said(world, chat, f"<blockquote expandable>{'Một câu rất dài. ' * 40}</blockquote>")
    said(world, chat, "<blockquote expandable>Một câu ngắn.</blockquote>")
    long = tab.of_bot("rất dài").locator("blockquote")
    button = long.get_by_role("button", name="Xem thêm")
    before = await long.bounding_box()
    await button.click()
    await expect(long.get_by_role("button", name="Thu gọn")).to_have_attribute("aria-expanded", "true")
    after = await long.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > 2 * before["height"]
    await expect(tab.of_bot("câu ngắn").get_by_role("button", name="Xem thêm")).to_have_count(0)


async def test_edits_deletions_and_reactions_are_seen_at_once(world: World, tab: Tab, lan: User, chat: Chat) -> None:
    said(world, chat, "Bản nháp")
    message = chat.messages[chat.last_message_id]
    await expect(tab.of_bot("Bản nháp")).to_be_visible()
    world.replace(world.edited(message, {"text": "Bản chính"}))
    await expect(tab.of_bot("Bản chính").locator(".edited")).to_be_visible()
    await tab.of_bot("Bản chính").click(button="right")
    await tab.page.get_by_role("menuitem", name="Thả 🔥").click()
    await expect(tab.page.get_by_role("button", name="🔥 1")).to_have_attribute("aria-pressed", "true")
    assert chat.reactions[message["message_id"]] == {lan.id: ("🔥",)}
    await tab.page.get_by_role("button", name="🔥 1").click()
    await expect(tab.page.get_by_role("button", name="🔥 1")).to_have_count(0)
    world.remove(chat.messages[message["message_id"]])
    await expect(tab.of_bot("Bản chính")).to_have_count(0)


async def test_a_reply_shows_what_it_replies_to_and_leads_there(tab: Tab, world: World, lan: User, chat: Chat) -> None:
    first = world.say(lan, chat, "/help")["message"]["message_id"]
    await expect(tab.of_bot("Cách hỏi")).to_be_visible()
    world.say(lan, chat, "chính nó", reply_to=first)
    reply = tab.page.locator(".mine", has_text="chính nó").locator(".replied")
    await expect(reply).to_contain_text("/help")
    await reply.click()
    await expect(tab.page.locator(f"[data-id='{first}']")).to_be_focused()


async def test_pictures_and_documents_go_both_ways(tab: Tab, world: World, lan: User, chat: Chat) -> None:
    await tab.page.locator("input[type=file]").set_input_files(
        {"name": "anh.png", "mimeType": "image/png", "buffer": png(60, 40)}
    )
    await tab.page.locator(".mine .picture").click()
    await expect(tab.page.locator("dialog img")).to_be_visible()
    await tab.button("Đóng").last.click()
    world.send_document(lan, chat, b"a,b", "b\u1ea3ng.csv")
    await expect(tab.page.get_by_role("link", name="Tải bảng.csv")).to_contain_text("3 B")


async def test_the_bot_is_seen_typing_until_it_writes(world: World, tab: Tab, chat: Chat, address: str) -> None:
    api = tab.page.context.request
    where = f"{address}/bot{world.token}"
    await api.post(f"{where}/sendChatAction", data={"chat_id": chat.id, "action": "typing"})
    await expect(tab.page.locator(".typing")).to_be_visible()
    await expect(tab.page.locator("#chat header .busy")).to_have_text("đang soạn tin…")
    await api.post(f"{where}/sendMessage", data={"chat_id": chat.id, "text": "Đây"})
    await expect(tab.of_bot("Đây")).to_be_visible()
    await expect(tab.page.locator(".typing")).to_have_count(0)


async def test_an_address_opens_beside_and_an_alert_waits_until_it_is_put_away(
    world: World, tab: Tab, chat: Chat, address: str
) -> None:
    buttons = [[{"text": "Hỏi", "callback_data": "x"}, {"text": "Trang", "url": f"{address}/page/icon.svg"}]]
    world.put(chat, world.bot, {"text": "Nút", "reply_markup": {"inline_keyboard": buttons}})
    async with tab.page.context.expect_page() as opening:
        await tab.page.locator(".key", has_text="Trang").click()
    await (await opening.value).close()
    await tab.button("Hỏi").click()  # of no form that the bot knows
    dialog = tab.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Nút này đã hết hạn")
    await dialog.get_by_role("button").press("Enter")
    await expect(dialog).to_have_count(0)


async def test_what_one_person_alone_sees_is_marked_and_shown_to_nobody_else(world: World, tab: Tab, lan: User) -> None:
    hoa = world.add_user("Hoa")
    group = world.add_group("Xóm kín", owner=hoa, members=[lan])
    world.post(group, world.bot, "Chào cả xóm", [])
    world.put(group, world.bot, {"text": "Chỉ riêng Hoa"}, hoa)
    world.put(group, world.bot, {"text": "Chỉ riêng Lan"}, lan)
    world.post(group, world.bot, "Lại chào cả xóm", [])
    await tab.open(group)
    await expect(tab.messages()).to_have_count(3)
    await expect(tab.messages("Chỉ riêng Lan").locator(".alone")).to_have_text("Chỉ bạn thấy")
    await expect(tab.messages("Chỉ riêng Hoa")).to_have_count(0)
    texts = await tab.messages().locator(".text").all_inner_texts()
    assert [text.split("\n")[0][:11] for text in texts] == ["Chào cả xóm", "Chỉ riêng L", "Lại chào cả"]
