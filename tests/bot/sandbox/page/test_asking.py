"""Asking in every kind of chat, and what one can do with the answers."""

import re
from pathlib import Path

from playwright.async_api import expect

from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.page.conftest import Tab
from tests.clock import PATIENCE

QUESTION = "Cầu Hương An được thông xe khi nào?"
ANSWER = "Sáng 15/9/2025, cầu Hương An được thông xe sau ba năm thi công."


async def test_a_sample_is_tapped_and_answered_with_a_quote_and_the_inside_is_shown(tab: Tab) -> None:
    await tab.button(QUESTION).click()
    answer = tab.of_bot(ANSWER)
    await expect(answer.locator("blockquote").first).to_have_text(ANSWER)
    await expect(answer).to_contain_text("Báo Bến Sông")
    inside = tab.page.locator("#inspector")
    await expect(inside.locator(".verdict h3")).to_have_text("Trả lời")
    await expect(inside.locator(".candidates li").first).to_contain_text(ANSWER)
    await expect(inside).to_contain_text("sendMessage")
    await inside.get_by_text("Cập nhật mà bot nhận").click()
    await expect(inside.locator(".json").first).to_contain_text('"update_id"')


async def test_a_refusal_says_why(tab: Tab) -> None:
    await tab.write("Ai phát minh ra máy hơi nước?")
    await expect(tab.of_bot("Tôi chưa tìm thấy")).to_be_visible()
    await expect(tab.page.locator("#inspector .verdict h3")).to_have_text("Từ chối")


async def test_in_a_group_each_writes_under_a_name_and_the_bot_answers_who_calls_it(
    world: World, tab: Tab, lan: User
) -> None:
    minh = world.add_user("Minh")
    group = world.add_group("Tòa soạn", owner=lan, members=[minh])
    await tab.open(group)
    await tab.write(QUESTION)  # in privacy mode the bot never hears it
    await expect(tab.page.locator("#inspector .hint").first).to_contain_text("chế độ riêng tư")
    await tab.page.get_by_role("button", name="Viết với tư cách Lan").click()
    await tab.page.get_by_role("menuitemradio", name="Minh").click()
    await expect(tab.page.get_by_role("button", name="Viết với tư cách Minh")).to_be_visible()
    await tab.write(f"@{world.bot.username} {QUESTION}")
    answer = tab.of_bot(ANSWER)
    await expect(answer.locator(".replied .who")).to_have_text("Minh")
    await expect(tab.page.locator("#chat .message:not(.mine)").first).to_contain_text("Lan")


async def test_in_a_forum_the_answer_stands_in_the_topic_of_the_question(world: World, tab: Tab, lan: User) -> None:
    forum = world.add_group("Diễn đàn", forum=True, owner=lan)
    world.add_topic(forum, "Cầu đường")
    world.add_topic(forum, "Lễ hội")
    await tab.open(forum)
    await tab.page.get_by_role("link", name="Cầu đường").click()
    await tab.write(f"/hoi {QUESTION}")
    await expect(tab.of_bot(ANSWER)).to_be_visible()
    await tab.page.get_by_role("link", name="Lễ hội").click()
    await expect(tab.of_bot(ANSWER)).to_have_count(0)


async def test_under_a_channels_post_one_comments_and_is_answered(world: World, tab: Tab, lan: User) -> None:
    discussion = world.add_group("Bàn luận", owner=lan)
    channel = world.add_channel("Bản tin", owner=lan, discussion=discussion)
    await tab.open(channel)
    await tab.write("Tin cầu Hương An")
    await tab.page.get_by_role("link", name="Bình luận").click()
    await tab.write(f"@{world.bot.username} {QUESTION}")
    await expect(tab.of_bot(ANSWER)).to_be_visible()
    await tab.page.get_by_role("link", name="Trở về danh sách").click()
    await expect(tab.page.get_by_role("link", name="Bình luận (2)")).to_be_visible()


async def test_a_timeline_is_turned_page_by_page_and_saved(tab: Tab, tmp_path: Path) -> None:
    await tab.write("/dongthoigian đê Hồng Vân")
    pages = tab.of_bot(re.compile(r"[12]/3"))  # below the picture, which tells its days too
    await tab.page.get_by_role("button", name="Thêm mốc").click()
    await expect(pages.first).to_contain_text("1/3")
    await expect(tab.page.locator(".picture img")).to_be_visible()
    await tab.page.get_by_role("button", name="Sau").click()
    await expect(pages.first).to_contain_text("2/3")
    await expect(pages.locator(".edited")).to_have_text("đã sửa")
    await tab.page.get_by_role("button", name="Bảng (.csv)").click()
    async with tab.page.expect_download() as saving:
        await tab.page.get_by_role("link", name="Tải").click()
    saved = tmp_path / "timeline.csv"
    await (await saving.value).save_as(saved)
    assert "đê Hồng Vân" in saved.read_text(encoding="utf-8-sig")


async def test_inline_results_are_offered_while_one_types_and_one_is_sent(world: World, tab: Tab, lan: User) -> None:
    await tab.open(world.add_group("Tòa soạn", owner=lan))
    await tab.page.locator("#write").press_sequentially(f"@{world.bot.username} cầu Hương An")
    result = tab.page.get_by_role("option").filter(has_text="cầu Hương An được thông xe").first
    await result.click()
    await expect(tab.messages("cầu Hương An được thông xe").locator(".via")).to_have_text(f"qua @{world.bot.username}")


async def test_the_commands_of_the_chat_and_language_are_listed_and_taken_with_enter(tab: Tab) -> None:
    await tab.page.locator("#write").press_sequentially("/he")
    await expect(tab.page.get_by_role("option")).to_have_count(1)
    await tab.page.locator("#write").press("Enter")
    await expect(tab.of_bot("Cách hỏi")).to_be_visible()


async def test_enter_sends_what_is_written_while_the_list_is_still_that_of_another_text(tab: Tab) -> None:
    field = tab.page.locator("#write")
    await field.fill("/")
    await expect(tab.page.get_by_role("option", selected=True)).to_have_count(1)
    await tab.page.route("**/menu?*", lambda route: None)  # never answered
    await field.fill("/help")
    await field.press("Enter")
    await expect(tab.page.locator(".mine")).to_contain_text("/help")


async def test_the_buttons_under_an_answer_do_what_they_say(tab: Tab, chat: Chat, world: World) -> None:
    await tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await tab.write(QUESTION)
    await tab.button("⋯").click()
    await tab.page.get_by_role("button", name="Sao chép").click()
    await expect(tab.page.locator(".notice")).to_have_text("Đã sao chép")
    assert ANSWER in await tab.page.evaluate("navigator.clipboard.readText()")
    await tab.page.get_by_role("button", name="Xem cả đoạn").click()
    await expect(tab.page.locator("#chat .message:not(.mine)")).to_have_count(2)
    await tab.button("👍").click()
    await expect(tab.page.locator(".notice").last).to_contain_text("ảm ơn")
    assert world.tally(chat).lost == 0


async def test_the_way_from_a_group_to_the_private_chat(world: World, tab: Tab, lan: User) -> None:
    await tab.open(world.add_group("Tòa soạn", owner=lan))
    await tab.write(f"/hoi {QUESTION}")
    await tab.page.locator(".key", has_text="Xem thêm").click()
    await expect(tab.page.locator("#chat h2")).to_have_text(world.bot.first_name)
    await expect(tab.of_bot(ANSWER).first).to_be_visible()


async def test_an_edited_question_has_its_answer_edited(tab: Tab) -> None:
    await tab.write("Ai phát minh ra máy hơi nước?")
    await expect(tab.of_bot("Tôi chưa tìm thấy")).to_be_visible()
    await tab.page.locator("#write").press("ArrowUp")
    await expect(tab.page.locator(".about strong")).to_have_text("Sửa tin nhắn")
    await tab.write(QUESTION)
    await expect(tab.of_bot(ANSWER).locator(".edited")).to_have_text("đã sửa")


async def test_after_a_tap_the_inside_still_tells_by_what_the_answer_was_chosen(tab: Tab) -> None:
    await tab.write(QUESTION)
    await tab.button("⋯").click()
    await tab.button("👍").click()
    inside = tab.page.locator("#inspector")
    await expect(inside.locator(".call").first).to_contain_text("answerCallbackQuery")
    await expect(inside.locator(".candidates li").first).to_contain_text(ANSWER)


async def test_an_administrator_lets_the_bot_hear_everything(world: World, tab: Tab, lan: User) -> None:
    group = world.add_group("Tòa soạn", owner=lan)
    await tab.open(group)
    await tab.button("Bot trong nhóm này").click()
    await tab.page.get_by_role("menuitemradio", name="Là quản trị viên").click()
    await world.until(lambda: group.member(world.bot).is_admin, seconds=PATIENCE)
    await tab.write("Ai đó nhớ không?")
    await expect(tab.messages("Ai đó nhớ không?").get_by_role("img", name="bot đã nhận")).to_be_visible()


async def test_where_the_bot_is_no_member_it_answers_who_names_it_as_a_guest(world: World, tab: Tab, lan: User) -> None:
    await tab.open(world.add_group("Hội bạn cũ", owner=lan, bot=None))
    await tab.write(f"@{world.bot.username} {QUESTION}")
    await expect(tab.of_bot(ANSWER)).to_be_visible()
