"""What operators settle about single questions, and how it is undone; what people found bad, and why."""

from datetime import datetime

from bot.querylog.log import QueryLog
from bot.querylog.rows import Complaint, Vote
from bot.settings import Settings
from retrieval import Library
from retrieval.records import VIETNAM
from tests.bot.conftest import Running
from tests.bot.groups import Reader
from tests.bot.logged import row
from tests.bot.operators.conftest import Logged, operator
from tests.bot.test_answer_taps import Q, answered, button, has, tap_by_hand, tapped


async def test_a_pinned_quote_answers_the_question_in_any_wording_and_a_tap_undoes_it(running: Running) -> None:
    async with running() as world:
        boss, reader = operator(world), Reader(world)
        near = await answered(boss, Q)
        [pinned] = await tapped(boss, near, "pin")
        assert pinned["text"].startswith("📌 Đã ghim")
        shown = await answered(reader, "huong an cay cau dai bao nhieu met")
        assert shown["text"].startswith("📌 Câu do người vận hành chọn")
        assert "Cây cầu dài 1.200 mét" in shown["text"]
        assert not has(reader.now(shown), "pin")
        assert await tapped(boss, pinned, "unpin") == []
        assert boss.now(pinned)["text"].startswith("Đã hoàn tác")
        assert "📌" not in (await answered(reader, Q))["text"]


async def test_a_question_marked_as_unanswerable_is_refused_as_that_after_a_restart_too(running: Running) -> None:
    async with running() as world:
        boss = operator(world)
        await tapped(boss, await answered(boss, Q), "no_answer")
    async with running(world=world):
        reader = Reader(world)
        [refused] = await reader.asks(Q)
        assert refused["text"] == "📌 Người vận hành đã xem: chưa có bài nào trả lời câu này."
        assert "unpin" in str((await all_of(boss, (await boss.asks(Q))[0]))["reply_markup"])


async def all_of(boss: Reader, message: dict[str, object]) -> dict[str, object]:
    await boss.taps(message, button(message, "open")["callback_data"])
    return boss.now(message)


async def test_what_is_settled_is_listed_and_taken_back_there(running: Running) -> None:
    async with running() as world:
        boss, reader = operator(world), Reader(world)
        assert "Chưa câu hỏi nào được ghim" in (await boss.asks("/ghim"))[0]["text"]
        await tapped(boss, await answered(boss, Q), "pin")
        other = "Lễ hội hoa ban mở tại đâu?"
        await tapped(boss, await answered(boss, other), "no_answer")
    async with running(world=world):  # also after another start
        [listed] = await boss.asks("/pins")
        assert "2 câu hỏi" in listed["text"]
        assert f"1. {other}\n🚫 chưa có bài nào trả lời\n2. {Q}\n“" in listed["text"]
        data = listed["reply_markup"]["inline_keyboard"][0][1]["callback_data"]
        assert await boss.taps(listed, data) == []
        assert boss.notice["text"].startswith("Đã hoàn tác")
        assert Q not in boss.now(listed)["text"]
        assert "📌" not in (await answered(reader, Q))["text"]
        assert "📌" in (await answered(reader, other))["text"]
        assert await reader.asks("/ghim") != []
        assert "Câu trả lời đã ghim" not in reader.chat.messages[max(reader.chat.messages)]["text"]


async def test_a_pinned_sentence_that_has_left_the_library_is_listed_as_that(running: Running) -> None:
    async with running() as world:
        boss = operator(world)
        await tapped(boss, await answered(boss, Q), "pin")
    async with running(Library.open([]), world=world):
        assert "không còn trong kho bài" in (await boss.asks("/ghim"))[0]["text"]


async def test_many_are_turned_page_by_page(running: Running) -> None:
    async with running() as world:
        boss = operator(world)
        for number in range(9):
            [refused] = await boss.asks(f"Cầu số {number} dài bao nhiêu mét?")
            await tapped(boss, refused, "no_answer")
        [listed] = await boss.asks("/ghim")
        assert "trang 1/2" in listed["text"]
        assert "Cầu số 0 dài" not in listed["text"]
        await boss.taps(listed, listed["reply_markup"]["inline_keyboard"][-1][0]["callback_data"])
        assert "Cầu số 0 dài" in boss.now(listed)["text"]
        await boss.taps(boss.now(listed), boss.now(listed)["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
        assert "trang" not in boss.now(listed)["text"]


async def test_nobody_else_can_settle_anything(running: Running) -> None:
    async with running() as world:
        operator(world)
        reader = Reader(world)
        answer = await answered(reader)
        data = button(answer, "open")["callback_data"].replace(":open:", ":pin:")
        update = world.updates.put({"callback_query": tap_by_hand(world, reader, answer, data)})
        await world.until(lambda: world.callback_queries[update["callback_query"]["id"]] is not None, 10)
        assert "📌" not in (await answered(reader))["text"]


async def test_what_was_found_bad_and_why_is_listed(running: Running, settings: Settings, logged: Logged) -> None:
    one = row(f"{datetime.now(VIETNAM):%Y-%m-%d %H:%M}", "Cầu dài bao nhiêu?")
    await logged(one)
    log = QueryLog(settings.log.path)
    await log.open()
    for voter, reason, words in ((1, "old", None), (2, "other", "cầu <khác>"), (3, "old", None)):
        assert await log.vote(Vote(one.at, one.update_id, voter, -1, "button"))
        assert await log.complain(Complaint(one.update_id, voter, reason, words))  # type: ignore[arg-type]
    assert await log.vote(Vote(one.at, one.update_id, 3, 1, "button"))  # who changes their mind takes the reason back
    await log.close()
    async with running() as world:
        [listed] = await operator(world).asks("/chuatraloi")
    assert "1. Cầu dài bao nhiêu? · 2 lượt 👎 · tin cũ, khác\n“cầu <khác>”" in listed["text"]
