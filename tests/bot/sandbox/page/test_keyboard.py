"""The whole page without a mouse."""

import re

from playwright.async_api import expect

from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.page.conftest import Tab
from tests.bot.sandbox.page.test_asking import ANSWER, QUESTION


async def test_ask_read_react_reply_and_look_inside_with_keys_only(tab: Tab, chat: Chat, lan: User) -> None:
    keys = tab.page.keyboard
    await expect(tab.page.locator("#write")).to_be_focused()
    await keys.type(QUESTION)
    await keys.press("Enter")
    answer = tab.of_bot(ANSWER)
    await expect(answer).to_be_visible()
    await tab.page.locator("#chat [role=log]").focus()
    await keys.press("ArrowUp")
    await expect(answer).to_be_focused()
    await keys.press("Enter")
    await expect(tab.page.get_by_role("menuitem", name="Thả 👍")).to_be_focused()
    await keys.press("Enter")
    await expect(tab.button("👍 1")).to_be_visible()
    await expect(answer).to_be_focused()
    await keys.press("Enter")
    for _ in range(7):  # past the reactions
        await keys.press("ArrowDown")
    await expect(tab.page.get_by_role("menuitem", name="Trả lời")).to_be_focused()
    await keys.press("Enter")
    await expect(tab.page.locator("#write")).to_be_focused()
    await keys.type("còn ai nói gì?")
    await keys.press("Enter")
    await expect(tab.page.locator(".mine .replied")).to_contain_text(ANSWER[:20])
    assert len(chat.reactions) == 1
    assert lan.id in next(iter(chat.reactions.values()))


async def test_escape_leaves_a_menu_and_gives_the_focus_back(tab: Tab) -> None:
    await tab.button("Trình đơn").focus()
    await tab.page.keyboard.press("Enter")
    await expect(tab.page.get_by_role("menu")).to_be_visible()
    await tab.page.keyboard.press("ArrowDown")
    await tab.page.keyboard.press("Escape")
    await expect(tab.page.get_by_role("menu")).to_have_count(0)
    await expect(tab.button("Trình đơn")).to_be_focused()


async def test_alt_and_the_arrows_go_from_chat_to_chat(world: World, tab: Tab, lan: User) -> None:
    world.add_group("Tòa soạn", owner=lan)
    await expect(tab.page.get_by_role("link", name="Tòa soạn")).to_be_visible()
    await tab.page.keyboard.press("Alt+ArrowDown")
    await expect(tab.page.locator("#chat h2")).to_have_text("Tòa soạn")
    await tab.page.keyboard.press("Alt+ArrowUp")
    await expect(tab.page.locator("#chat h2")).to_have_text(world.bot.first_name)


async def test_a_button_that_changes_its_message_keeps_the_focus(tab: Tab) -> None:
    await tab.write("/dongthoigian đê Hồng Vân")
    pages = tab.of_bot(re.compile(r"[12]/3")).first
    await tab.page.get_by_role("button", name="Thêm mốc").click()
    await tab.page.get_by_role("button", name="Sau").focus()
    await tab.page.keyboard.press("Enter")
    await expect(pages).to_contain_text("2/3")
    await expect(pages.locator(".key:focus")).to_have_count(1)


async def test_every_control_has_a_name_and_can_be_reached(tab: Tab) -> None:
    await tab.write(QUESTION)
    await expect(tab.of_bot(ANSWER)).to_be_visible()
    reached: set[str] = set()
    for _ in range(60):
        await tab.page.keyboard.press("Tab")
        reached.add(await tab.page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent"))
    assert {"Trình đơn", "Bên trong câu trả lời", "Xem cả đoạn", "Câu hỏi mẫu", "Gửi ảnh hoặc tệp", "Gửi"} <= reached


async def test_news_take_the_focus_from_nothing(world: World, tab: Tab, lan: User, chat: Chat) -> None:
    group = world.add_group("Tòa soạn", owner=lan)
    for name in ("Trình đơn", "Bên trong câu trả lời", "Câu hỏi mẫu", QUESTION):
        control = tab.button(name)
        await control.focus()
        text = f"Tin sau khi ở chỗ {name}"
        world.post(group, world.bot, text, [])
        await expect(tab.page.get_by_role("link", name="Tòa soạn")).to_contain_text(text[:30])
        await expect(control).to_be_focused()
    assert not chat.messages
