"""What was said before is found again, and what the bot wants a reply to gets one."""

from pathlib import Path

from playwright.async_api import async_playwright, expect
from telegram import Bot, ForceReply

from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.page.conftest import Tab, launched, needs_emoji


async def test_what_was_said_is_found_however_it_is_written_and_leads_there(
    world: World, tab: Tab, chat: Chat, lan: User
) -> None:
    group = world.add_group("Tòa soạn", owner=lan)
    world.say(lan, group, "Đê Hồng Vân gia cố xong")
    for number in range(40):
        world.post(chat, world.bot, f"Tin số {number:02}.", [])
    await expect(tab.messages("Tin số 39.")).to_be_visible()
    sought = tab.page.get_by_role("searchbox", name="Tìm tin nhắn")
    rows = tab.page.locator("#chats .row")
    await sought.fill("tin SO 3")
    await expect(rows).to_have_count(13)
    await sought.fill("số 03")
    await rows.first.click()
    await expect(tab.messages("Tin số 03.")).to_be_in_viewport()
    await expect(tab.messages("Tin số 03.")).to_be_focused()
    await sought.fill("de hong van")
    await rows.click()
    await expect(tab.page.locator("#chat h2")).to_have_text("Tòa soạn")
    await expect(tab.messages("Đê Hồng Vân gia cố xong")).to_be_focused()
    await sought.fill("không ai nói")
    await expect(tab.page.get_by_text("Không có tin nào như vậy.")).to_be_visible()
    await sought.fill("")
    await expect(rows).to_have_count(2)


async def test_a_reply_that_the_bot_wants_is_begun(world: World, address: str, tab: Tab, chat: Chat) -> None:
    async with Bot(world.token, f"{address}/bot") as bot:
        await tab.write("/help")
        await expect(tab.of_bot("Cách hỏi")).to_be_visible()
        asking = await bot.send_message(chat.id, "Vì sao?", reply_markup=ForceReply())
    await expect(tab.page.locator(".about")).to_contain_text("Vì sao?")
    await tab.write("vì thế")
    replied = {
        m["text"]: m.get("reply_to_message", {}).get("message_id") for m in chat.messages.values() if "text" in m
    }
    assert replied["vì thế"] == asking.message_id


async def test_where_no_font_has_emoji_icons_stand_in_their_place(
    world: World, address: str, lan: User, chat: Chat, tmp_path: Path
) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>", encoding="utf-8")
    buttons = {"inline_keyboard": [[{"text": "👎 Sai", "callback_data": "a"}]]}
    world.put(chat, world.bot, {"text": "Ghim 📌 nhé", "reply_markup": buttons})
    async with async_playwright() as playwright, launched(playwright, FONTCONFIG_FILE=str(fonts)) as browser:
        page = await browser.new_page()
        tab = Tab(page, address, lan)
        await tab.open(chat)
        await expect(page.locator(".key .sign")).to_have_attribute("aria-label", "👎")
        icon, key = [await page.locator(each).bounding_box() for each in (".key .sign", ".key")]
        assert icon is not None
        assert key is not None
        assert key["y"] < icon["y"] < icon["y"] + icon["height"] < key["y"] + key["height"]
        await expect(tab.messages("Ghim").get_by_role("img", name="📌")).to_be_visible()


@needs_emoji
async def test_where_a_font_has_them_emoji_stay_text(world: World, tab: Tab, chat: Chat) -> None:
    world.post(chat, world.bot, "Ghim 📌 nhé", [])
    await expect(tab.messages("Ghim 📌 nhé")).to_be_visible()
    await expect(tab.page.locator(".sign")).to_have_count(0)
