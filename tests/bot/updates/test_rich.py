"""Rich messages as plain text, whatever they hold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity, Update

from bot.updates.parsing import parsed
from bot.updates.rich import read
from bot.updates.rich_layout import BLOCKS, TEXTS
from tests.bot.channel.rich_posts import Maker
from tests.bot.messages import JSON, SUPERGROUP

names = st.sampled_from(
    [*BLOCKS, *TEXTS, "chart", "wavy", "", "text", "blocks", "items", "cells", "label", "caption", "type"]
)
leaves = (
    st.none() | st.booleans() | st.integers() | names | st.text(max_size=12) | st.sampled_from(["\ud83d", "Cầu mới"])
)


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5)


anything = st.recursive(leaves, nested, max_leaves=30)
# A name that no version of Telegram has, and one that holds words by whatever name its block goes.
unknown_names = st.sampled_from(["xlabel", "notes", "bars", "text", "title", "summary"])


@given(anything)
def test_nothing_that_comes_is_an_error_and_marks_and_entities_fit_the_text(message: Any) -> None:
    for rich in (read(message), read({"blocks": message}), read({"blocks": [message]})):
        assert len(rich.marks) == (rich.text.count("\n") + 1 if rich.text else 0)
        units = len(rich.text.encode("utf-16-le")) // 2
        assert all(0 <= e["offset"] < e["offset"] + e["length"] <= units for e in rich.entities)


@given(st.data())
def test_an_unknown_block_keeps_its_words_in_their_order_and_is_named(data: st.DataObject) -> None:
    said: list[str] = []

    def words() -> str:
        said.append(f"Cây cầu số {len(said)} dài.")
        return said[-1]

    def grown(depth: int) -> Any:
        kind = data.draw(
            st.sampled_from(["words", "list", "object", "paragraph", "bold", "number"] if depth else ["words"])
        )
        match kind:
            case "words":
                return words()
            case "list":
                return [grown(depth - 1) for _ in range(data.draw(st.integers(0, 3)))]
            case "object":
                return {name: grown(depth - 1) for name in data.draw(st.lists(unknown_names, max_size=3, unique=True))}
            case "paragraph":
                return {"type": "paragraph", "text": words()}
            case "bold":
                return {"type": "bold", "text": words()}
            case _:
                return 5

    block = {"type": "chart"} | {name: grown(3) for name in data.draw(st.lists(unknown_names, max_size=3, unique=True))}
    before, after = words(), None
    said.insert(0, said.pop())
    rich = read(
        {"blocks": [{"type": "paragraph", "text": before}, block, {"type": "paragraph", "text": after or "Hết."}]}
    )
    assert "block chart" in rich.unknown
    places = [rich.text.find(each) for each in [*said, "Hết."]]
    assert -1 not in places
    assert places == sorted(places)


@given(st.sampled_from(Maker().plain()), unknown_names.filter(lambda name: name not in {"text", "summary", "title"}))
def test_an_unknown_field_of_a_known_block_is_read_and_named(case: Any, name: str) -> None:
    rich = read({"blocks": [case.block | {name: "Thêm một câu."}]})
    assert rich.text.split("\n") == [*(text for text, _ in case.lines), "Thêm một câu."]
    assert rich.unknown == (f"{name} of {case.block['type']}",)


@pytest.mark.parametrize("depth", [41, 3000])
def test_what_is_nested_too_deep_keeps_its_words(depth: int) -> None:
    block: JSON = {"type": "paragraph", "text": "Cây cầu dài."}
    text: Any = "Cây cầu rộng."
    for _ in range(depth):
        block, text = {"type": "blockquote", "blocks": [block]}, {"type": "bold", "text": text}
    rich = read({"blocks": [block, {"type": "paragraph", "text": text}]})
    assert rich.text == "Cây cầu dài.\nCây cầu rộng."


def test_marked_words_are_entities_of_the_text() -> None:
    text = ["👍 Xem ", {"type": "url", "url": "https://example.org/", "text": {"type": "bold", "text": "bài"}}, " mới"]
    blocks = [{"type": "heading", "size": 1, "text": "Tin 👍"}, {"type": "paragraph", "text": text}]
    message = update_of({"blocks": blocks}).effective_message
    assert message is not None
    assert message.text == "Tin 👍\n👍 Xem bài mới"
    found = {(entity.type, words) for entity, words in message.parse_entities().items()}
    assert found == {(MessageEntity.BOLD, "Tin 👍"), (MessageEntity.TEXT_LINK, "bài"), (MessageEntity.BOLD, "bài")}


def test_a_question_put_as_a_rich_message_is_a_question_wherever_it_stands() -> None:
    command = {"type": "bot_command", "bot_command": "/hoi", "text": "/hoi"}
    rich = {"blocks": [{"type": "paragraph", "text": [command, " cầu dài bao nhiêu?"]}]}
    for kind in ("message", "edited_message"):
        message = update_of(rich, kind).effective_message
        assert message is not None
        assert message.text == "/hoi cầu dài bao nhiêu?"
        assert [entity.type for entity in message.entities] == [MessageEntity.BOT_COMMAND]


def update_of(rich: JSON, kind: str = "message") -> Update:
    return parsed({"update_id": 1, kind: {"message_id": 1, "date": 1, "chat": SUPERGROUP, "rich_message": rich}})
