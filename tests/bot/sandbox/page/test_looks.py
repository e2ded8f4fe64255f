"""Phone width, dark, and nothing that axe-core finds serious."""

import asyncio
import json
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Page, Route, expect

from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.page.conftest import Tab, at_rest, watched
from tests.bot.sandbox.page.test_asking import ANSWER, QUESTION

AXE = Path(__file__).resolve().parents[4] / "var" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: npm install --prefix var/axe axe-core")


async def test_on_a_phone_the_list_and_the_chat_take_turns(
    browser: Browser, address: str, lan: User, chat: Chat
) -> None:
    async with watched(browser, viewport={"width": 360, "height": 740}, has_touch=True) as context:
        page = await context.new_page()
        await page.goto(f"{address}/#/{lan.id}")
        await expect(page.locator("#chat")).to_be_hidden()
        await page.get_by_role("link", name="Chưa có tin nhắn").tap()
        await expect(page.locator("#chats")).to_be_hidden()
        await page.locator("#write").fill(QUESTION)
        await page.get_by_role("button", name="Gửi", exact=True).tap()
        await expect(page.locator(".message", has_text=ANSWER)).to_be_visible()
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360
        assert await _overflowing(page) == []
        await page.get_by_role("link", name="Trở về danh sách").tap()
        await expect(page.locator("#chats")).to_be_visible()
    assert len(chat.messages) == 2


async def _overflowing(page: Page) -> list[str]:
    """What reaches out of the window at its sides."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("#chat *")]
            .filter((node) => node.getClientRects().length && node.getBoundingClientRect().right > innerWidth + 1)
            .map((node) => node.className || node.tagName)"""
    )
    return found


async def test_dark_follows_the_system_and_the_switch(tab: Tab) -> None:
    async def ground() -> str:
        colour: str = await tab.page.evaluate("getComputedStyle(document.body.querySelector('#chats')).backgroundColor")
        return colour

    light = await ground()
    await tab.page.emulate_media(color_scheme="dark")
    dark = await ground()
    assert dark != light
    await tab.button("Trình đơn").click()
    await tab.page.get_by_role("menuitemradio", name="Sáng").click()
    assert await ground() == light
    await tab.page.reload()
    await expect(tab.page.locator("html")).to_have_attribute("data-theme", "light")
    assert await ground() == light


async def test_who_writes_sees_what_they_wrote_and_after_a_reload_the_end(world: World, tab: Tab, chat: Chat) -> None:
    for number in range(30):
        world.post(chat, world.bot, f"Tin số {number}.", [])
    await expect(tab.messages("Tin số 29.")).to_be_visible()
    await tab.page.locator("#chat [role=log]").evaluate("(log) => log.scrollTo(0, 0)")
    await at_rest(tab.page)
    await tab.write("ok")
    await expect(tab.messages("ok").last).to_be_in_viewport()
    await tab.page.reload()
    await expect(tab.messages("ok").last).to_be_in_viewport()


async def test_letters_that_come_late_and_make_messages_taller_leave_the_end_in_sight(
    world: World, browser: Browser, address: str, lan: User, chat: Chat
) -> None:
    for number in range(40):
        # Of every length, so that some have a line more in any two kinds of letters.
        world.post(chat, world.bot, f"Tin số {number}, dài đến mức phải xuống dòng" + " ở điện thoại" * number, [])
    taller = asyncio.Event()
    async with watched(browser, viewport={"width": 390, "height": 780}) as context:
        page = await context.new_page()

        async def late(route: Route) -> None:
            await taller.wait()
            await route.continue_()

        await page.route("**/letters/*", late)
        await page.goto(f"{address}/#/{lan.id}/{chat.id}", wait_until="commit")
        log, last = page.locator("#chat [role=log]"), page.locator("#chat .message", has_text="Tin số 39")
        await expect(last).to_be_in_viewport()
        before = await log.evaluate("(log) => log.scrollHeight")
        taller.set()
        await page.evaluate("document.fonts.ready")
        await expect(last).to_be_in_viewport(ratio=1)
        assert await log.evaluate("(log) => log.scrollHeight") != before


async def test_between_phone_and_desktop_the_panel_leaves_the_talk_in_sight(
    browser: Browser, address: str, lan: User, chat: Chat
) -> None:
    async with watched(browser, viewport={"width": 768, "height": 900}) as context:
        page = await context.new_page()
        await page.goto(f"{address}/#/{lan.id}/{chat.id}")
        await expect(page.locator("#chats")).to_be_visible()
        await page.get_by_role("button", name="Bên trong câu trả lời").click()
        talk, panel = [await page.locator(part).bounding_box() for part in ("#chat", "#inspector")]
        assert talk is not None
        assert panel is not None
        assert talk["x"] + talk["width"] <= panel["x"] + 1
        assert talk["width"] >= 360
        await expect(page.locator("#chats")).to_be_hidden()


async def test_what_arrives_moves_nothing_that_is_read(world: World, tab: Tab, chat: Chat) -> None:
    for number in range(30):
        world.post(chat, world.bot, f"Tin số {number}.", [])
    await expect(tab.messages("Tin số 29.")).to_be_visible()
    await tab.page.locator("#chat [role=log]").evaluate("(log) => log.scrollTo(0, 200)")
    await at_rest(tab.page)
    before = await tab.messages("Tin số 8.").bounding_box()
    world.post(chat, world.bot, "Tin mới ở cuối", [])
    await expect(tab.messages("Tin mới ở cuối")).to_be_attached()
    await at_rest(tab.page)
    assert before is not None
    assert await tab.messages("Tin số 8.").bounding_box() == before
    await tab.button("Xuống cuối").click()
    await expect(tab.messages("Tin mới ở cuối")).to_be_in_viewport()


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(world: World, tab: Tab, lan: User, scheme: Literal["light", "dark"]) -> None:
    minh = world.add_user("Minh")
    group = world.add_group("Tòa soạn", owner=lan, members=[minh])
    world.say(minh, group, "Xin chào @trich_bot, #tin https://example.org")
    await tab.page.emulate_media(color_scheme=scheme)
    found = {"greeting": await _serious(tab.page)}
    await tab.write(QUESTION)
    await tab.write("/dongthoigian đê Hồng Vân")
    await expect(tab.of_bot("mốc").first).to_be_visible()
    await tab.of_bot("mốc").first.click(button="right")
    await tab.page.get_by_role("menuitem", name="Thả 👍").click()
    await expect(tab.button("👍 1")).to_be_visible()
    found["answers"] = await _serious(tab.page)
    await tab.button("Trình đơn").click()
    found["menu"] = await _serious(tab.page)
    await tab.page.keyboard.press("Escape")
    await tab.open(group)
    await expect(tab.messages("Xin chào").first).to_be_visible()
    await tab.page.locator("#write").fill("/")
    await expect(tab.page.get_by_role("option").first).to_be_visible()
    found["group"] = await _serious(tab.page)
    assert found == {state: [] for state in found}


async def _serious(page: Page) -> list[Any]:
    """Each rule that is broken seriously or worse, with where; once nothing moves any more."""
    await at_rest(page)
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    result = await page.evaluate("axe.run(document)")
    assert "color-contrast" in {each["id"] for each in result["passes"]}
    worst = [each for each in result["violations"] if each["impact"] in {"serious", "critical"}]
    return [(each["id"], json.dumps([n["html"][:160] for n in each["nodes"]], ensure_ascii=False)) for each in worst]
