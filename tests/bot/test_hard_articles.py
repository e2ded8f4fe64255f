"""An article full of marks, a sentence longer than a message, hard questions: what b01 to b07 of ../shared/cases say of
the bot, by inputs of our own, as theirs are not given.
"""

import pytest

from bot.ground.splitting import MESSAGE_LIMIT, units
from bot.sandbox.world import Message
from retrieval import Library
from tests.bot.conftest import Running
from tests.bot.groups import Reader
from tests.libraries import library_of

ADDRESS = "https://vidu.example/gia-vang-(sjc)?muc=1&trang=2"
TITLE = "Giá <vàng> & bạc: *lên* [mạnh] _hôm nay_"
PRICE = "Sáng 5/3/2025, ông Lý Mẫu, giám đốc Công ty <Vàng> & Bạc, nói giá vàng SJC là 92,5 triệu đồng (mua_vào) *bán*."
SHOPS = f"Tiệm vàng mở cửa ngày 6/3/2025 ở quận Mẫu gồm {', '.join(f'tiệm Kim {n} phố Số {n}' for n in range(1, 241))}."
ARTICLE = {
    "title": TITLE,
    "publisher": "Báo <Vàng> & Bạc",
    "url": ADDRESS,
    "published": "2025-03-05",
    "text": f"{PRICE}\n{SHOPS}",
}
Q = "Giá vàng SJC là bao nhiêu triệu đồng?"


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("gold"), [ARTICLE])


def links(message: Message) -> list[str]:
    return [entity["url"] for entity in message.get("entities", []) if entity["type"] == "text_link"]


async def test_marks_of_title_publisher_address_and_quote_are_shown_to_the_letter(
    running: Running, gold: Library
) -> None:
    async with running(gold) as world:
        (answer, *_) = await Reader(world).asks(Q)
    assert PRICE in answer["text"]
    assert "Báo <Vàng> & Bạc" in answer["text"]
    (link, *_) = [url for url in links(answer) if url.startswith("https://vidu.example")]
    assert link.startswith(f"{ADDRESS}#:~:text=")


async def test_of_a_sentence_longer_than_any_a_part_is_quoted_that_ends_behind_a_comma(
    running: Running, gold: Library
) -> None:
    """b02 expected all of it, over two messages. Since then a sentence has a longest: `retrieval.sentences`."""
    async with running(gold) as world:
        (answer, *_) = await Reader(world).asks("Tiệm vàng mở cửa ngày 6/3/2025 ở quận Mẫu gồm những tiệm nào?")
    quoted = answer["text"].partition("\nBáo")[0].strip()
    assert SHOPS.startswith(quoted)
    assert quoted.endswith(",")
    assert units(answer["text"]) <= MESSAGE_LIMIT


@pytest.mark.parametrize(
    "question", [("Giá vàng " * 450).strip(), "<b>giá vàng SJC</b> & bạc là bao nhiêu triệu đồng?"]
)
async def test_a_question_of_any_length_and_with_marks_is_answered_or_refused(
    running: Running, gold: Library, question: str
) -> None:
    async with running(gold) as world:
        (answer, *_) = await Reader(world).asks(question)
    assert PRICE in answer["text"] or "Không" in answer["text"]
    assert "lỗi" not in answer["text"].lower()


@pytest.mark.parametrize("command", ["/dongthoigian giá vàng SJC", "/ai Lý Mẫu"])
async def test_timeline_and_person_of_such_an_article_are_to_the_letter(
    running: Running, gold: Library, command: str
) -> None:
    async with running(gold) as world:
        answers = await Reader(world).asks(command)
    assert any(PRICE in answer.get("text", "") for answer in answers)
