"""Reloads, lost connections, several tabs, languages."""

from playwright.async_api import BrowserContext, expect

from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.page.conftest import Tab
from tests.bot.sandbox.page.test_asking import ANSWER, QUESTION


async def test_a_reload_finds_the_chat_again(tab: Tab) -> None:
    await tab.write(QUESTION)
    await expect(tab.of_bot(ANSWER)).to_be_visible()
    await tab.page.reload()
    await expect(tab.messages(QUESTION).first).to_be_visible()
    await expect(tab.of_bot(ANSWER)).to_be_visible()


async def test_two_tabs_show_the_same_at_once_each_from_its_own_side(
    world: World, context: BrowserContext, address: str, lan: User
) -> None:
    minh = world.add_user("Minh")
    world.private_chat(minh)
    group = world.add_group("Tòa soạn", owner=lan, members=[minh])
    lans = Tab(await context.new_page(), address, lan)
    minhs = Tab(await context.new_page(), address, minh)
    await lans.open(group)
    await minhs.open(group)
    await lans.write(f"/hoi {QUESTION}")
    for tab in (lans, minhs):
        await expect(tab.of_bot(ANSWER)).to_be_visible()
    await expect(lans.page.locator(".mine")).to_contain_text(QUESTION)
    await expect(minhs.page.locator(".mine")).to_have_count(0)
    await minhs.page.get_by_role("link", name="Chưa có tin nhắn").click()
    await lans.write("Ai đọc chưa?")
    await expect(minhs.page.get_by_label("1 tin chưa đọc")).to_be_visible()


async def test_what_came_while_the_stream_was_broken_is_caught_up_with(
    world: World, tab: Tab, lan: User, chat: Chat
) -> None:
    watched = world.changes.watched
    world.changes.close()  # as where the network breaks
    await world.until(lambda: world.changes.watched < watched)
    world.say(lan, chat, "Lúc đứt mạng")
    world.changes.open()
    await expect(tab.messages("Lúc đứt mạng").first).to_be_visible()
    await expect(tab.page.locator(".offline")).to_be_hidden()


async def test_a_switch_of_language_changes_the_page_the_commands_and_the_answers(tab: Tab, world: World) -> None:
    await tab.button("Trình đơn").click()
    await tab.page.get_by_role("menuitemradio", name="English").click()
    await expect(tab.page.locator("html")).to_have_attribute("lang", "en")
    await expect(tab.page.get_by_placeholder("Message…")).to_be_visible()
    await tab.page.locator("#write").press_sequentially("/time")
    await expect(tab.page.get_by_role("option")).to_contain_text(["/timeline"])
    await tab.write("/help")
    await expect(tab.of_bot("Reading the answer")).to_be_visible()
    assert world.users[tab.user.id].language_code == "en"
    await tab.page.reload()
    await expect(tab.page.get_by_placeholder("Message…")).to_be_visible()


async def test_an_address_of_nowhere_leads_to_the_first_persons_chat(tab: Tab, address: str, world: World) -> None:
    await tab.page.goto(f"{address}/#/999/888")
    await expect(tab.page.locator("#chat h2")).to_have_text(world.bot.first_name)


async def test_what_is_being_written_waits_in_its_chat(world: World, tab: Tab, lan: User) -> None:
    group = world.add_group("Tòa soạn", owner=lan)
    await tab.page.locator("#write").fill("Câu hỏi dở")
    await tab.page.get_by_role("link", name="Tòa soạn").click()
    await expect(tab.page.locator("#write")).to_have_value("")
    await tab.page.go_back()
    await expect(tab.page.locator("#write")).to_have_value("Câu hỏi dở")
    await tab.page.reload()
    await expect(tab.page.locator("#write")).to_have_value("Câu hỏi dở")
    assert group.last_message_id == 0
