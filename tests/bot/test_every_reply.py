"""All that the bot says, as it runs: asked everything, every button tapped that comes of it, in private and in groups.
The sandbox takes each form as it is, as strictly as Telegram, and it says the same words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.sandbox.rich import buttons_in
from bot.sandbox.world import Message, User, World
from bot.settings import Settings
from bot.updates.rich import read
from retrieval import Library
from tests.bot.conftest import ARTICLES, environment
from tests.bot.faults.conftest import at_work_for, changed
from tests.bot.groups import Group, Reader
from tests.bot.test_answer_taps import PAPERS
from tests.bot.test_ephemeral import Quiet, only_for
from tests.bot.test_rich_replies import OFFICE
from tests.bot.test_timeline import TEXTS, TOPIC
from tests.clock import PATIENCE
from tests.libraries import library_of

ASKED = (
    "/start", "Cây cầu Hương An dài bao nhiêu mét?", "Cây cầu Nhạn dài bao nhiêu mét?",
    "Cáp treo Núi Mây làm gì trong tháng 9/2025?", "Cầu Hương An dài bao nhiêu ki lô mét vuông?",
    "Ai phát minh ra bóng đèn?", "Zzyzx là gì?", "When was the Huong An bridge opened?", "Lê Văn Tám", "chào bạn",
    "tin mới nhất", "sai rồi", "?!", "/hoi", "/khong_co", f"/timeline {TOPIC}", "/timeline", "/timeline Zzyzx",
    "/ai Lê Văn Tám", "/ai Bộ trưởng Bộ Gió", "/ai Trần Văn Bách", "/ai Zzyzx", "/ai", "/nguon", "/rieng_tu",
    "/theodoi cáp treo", "/theodoi", "/caidat", "/stats", "/chuatraloi", "/channels", "/groups", "/ghim", "/xoa",
)  # fmt: skip
# Said to all in one group, to one alone in another.
IN_GROUPS = (
    *(f"@trich_bot {asked}" for asked in ASKED[1:7]), f"/hoi {ASKED[1]}", "/hoi@trich_bot", f"/timeline {TOPIC}",
    "/timeline@trich_bot", "/ai Lê Văn Tám", "/ai Zzyzx", "/nguon@trich_bot", "/rieng_tu@trich_bot",
    "/caidat@trich_bot",
)  # fmt: skip
_WORD, _TOKEN = re.compile(r"[^\W\d_]+"), re.compile(r"[\w-]{12}|\d+")  # counts grow with each tap


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Library:
    texts = [*TEXTS, *((f"2025-09-0{day}", OFFICE) for day in (2, 3))]
    told = [
        {"text": text, "published": day, "title": f"Chuyện {number}", "publisher": f"Báo {number}"}
        for number, (day, text) in enumerate(texts)
    ]
    return library_of(tmp_path_factory.mktemp("everything"), [*ARTICLES, *PAPERS, *told])


def words(messages: Sequence[Message]) -> Counter[str]:
    """Of all that they show, but for numbers."""
    shown = (m.get("text") or m.get("caption") or read(m.get("rich_message", {"blocks": []})).text for m in messages)
    return Counter(_WORD.findall("\n".join(shown)))


def tappable(message: Message) -> Iterator[str]:
    """What its buttons ask the bot for, those inside it too."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    yield from (each["callback_data"] for row in rows for each in row if "callback_data" in each)
    yield from (each["callback_data"] for each in buttons_in(message.get("rich_message")))


class Asker(Reader):
    """Who asks in private, and taps whatever has not been tapped yet."""

    def __init__(self, world: World, user: User) -> None:
        super().__init__(world, user=user)
        self.heard: dict[str, Counter[str]] = {}  # the words of what came, by what was asked or tapped

    async def ask(self, asked: str) -> None:
        left = await self.asks(asked)
        self.heard[asked] = words(left)
        while left:
            message, *left = left
            while data := next((each for each in tappable(self.now(message)) if kind_of(each) not in self.heard), None):
                came = await self.taps(self.now(message), data)
                notice = {"text": self.notice.get("text", "")}
                self.heard[kind_of(data)] = words([*came, self.now(message), notice])
                left += came


def kind_of(data: str) -> str:
    """What a button does, whatever it does it to."""
    return _TOKEN.sub("#", data)


# What is said at once in a rich message, and after taps in plain ones: more days, and why quotes were chosen.
FOLDED = {ASKED[3], f"/timeline {TOPIC}"}
INSIDE = {"a:#:passage:#": "rich", "timeline:#:csv": "plain", "timeline:#:ics": "plain"}  # or buttons for it
PAGE = Counter({"trang": 1})


async def heard(settings: Settings, library: Library, *, rich: bool) -> dict[str, Counter[str]]:
    """What an operator is told, in one form."""
    world = World()
    asker = Asker(world, user=world.add_user("Lan"))
    operated = changed(settings, "operators", ids=frozenset({asker.user.id}))
    async with at_work_for(world, changed(operated, "reply", rich=rich), library):
        for asked in ASKED:
            await asker.ask(asked)
    refused = [call.error for call in world.calls if call.error]
    assert all("is not modified" in error for error in refused), refused  # tapped what is chosen already
    return asker.heard


@pytest.mark.usefixtures("unread")
async def test_every_reply_and_every_tap_is_taken_and_says_the_same_in_both_forms(
    everything: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = await heard(environment(monkeypatch, tmp_path / "drawn"), everything, rich=True)
    plain = await heard(environment(monkeypatch, tmp_path / "plain"), everything, rich=False)
    only = {kind: "rich" if kind in drawn else "plain" for kind in plain.keys() ^ drawn.keys()}
    assert only == INSIDE
    for kind in plain.keys() & drawn.keys():
        assert plain[kind] - drawn[kind] <= PAGE, kind
        assert plain[kind] == drawn[kind] or kind in FOLDED, kind


@pytest.mark.parametrize("rich", [True, False], ids=["rich", "plain"])
@pytest.mark.usefixtures("unread")
async def test_what_one_alone_sees_says_the_same_as_what_all_see(
    settings: Settings, everything: Library, *, rich: bool
) -> None:
    world = World()
    async with at_work_for(world, changed(settings, "reply", rich=rich), everything):
        quiet, loud = await Quiet.of(world), Group(world)
        for asked in IN_GROUPS:
            to_one, to_all = [await said_in(group, asked) for group in (quiet, loud)]
            assert to_one, asked
            assert words(to_one) == words(to_all), asked
            assert all(only_for(quiet.lan, message) for message in to_one), asked
    refused = [call.error for call in world.calls if call.error]
    assert refused == []


async def said_in(group: Group, asked: str) -> list[Message]:
    """All that the bot says to it."""
    put = group.says(asked)
    group.says("/help@trich_bot")

    def heard() -> list[Message]:
        return group.world.messages_of_bot(group.chat, put["message_id"])

    await group.world.until(lambda: any("Cách hỏi" in m.get("text", "") for m in heard()), PATIENCE)
    return [m for m in heard() if "Cách hỏi" not in m.get("text", "")]
