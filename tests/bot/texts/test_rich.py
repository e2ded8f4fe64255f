"""What is said as a rich message says the same words as in HTML, and Telegram takes it."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ground.splitting import visible
from bot.pages.glance import Glance
from bot.pages.why import Told, Why
from bot.sandbox.rich import as_sent
from bot.texts import answer_pages
from bot.texts.reply import Language, Replies
from bot.texts.rich import Rows, Title, rich_message
from bot.updates.rich import read
from retrieval import Answer, Library
from retrieval.comparing import Compared
from retrieval.config_files import data_folder
from tests.bot.records import EVENT, quote_of

REPLIES = Replies()
_WORD = re.compile(r"\w+")


def words_of(rich: Any) -> list[str]:
    """As a reader of the rich message reads them, strictly what Telegram takes."""
    assert rich is not None
    reading = read(as_sent(rich))
    assert not reading.unknown
    return _WORD.findall(reading.text)


def words(*messages: str) -> list[str]:
    return _WORD.findall(visible("\n".join(messages)))


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library.open([Path(data_folder("seeds"))], tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_answer_of_several_quotes_says_the_same(language: Language) -> None:
    first = quote_of("Cây cầu dài 1.200 mét & <nối> hai bờ.", date=EVENT)
    quotes = (first, quote_of("Chợ Mới mở cửa lại."), quote_of("Mưa to ở ba huyện vùng cao."))
    answer = Answer("?", "answered", quotes, ())
    asked = "Cầu Hương An dài bao nhiêu mét?"
    told = (Told(1, ("cầu", "dài"), "1.200 mét", 87), Told(2, (), "", 0), Told(3, ("ba",), "", 0))
    why = Why("how many", (asked,), told)
    rich = REPLIES.rich_answer(answer, language, why=why)
    assert words_of(rich) == words(*REPLIES.answer(answer, [], language), REPLIES.why(why, language))
    assert rich is not None
    kinds = [block["type"] for block in rich["blocks"]]
    assert kinds == ["blockquote", "expandable_blockquote", "expandable_blockquote", "details"]
    *quoted, folded = rich["blocks"]
    named = [block["credit"][0] for block in quoted]
    assert named == [{"type": "reference", "name": str(n), "text": f"[{n}]"} for n in (1, 2, 3)]
    led_to = [block["text"][0]["reference_name"] for block in folded["blocks"][1:]]
    assert led_to == ["1", "2", "3"]
    day = next(each for each in rich["blocks"][0]["credit"] if isinstance(each, dict) and each["type"] == "date_time")
    assert (day["unix_time"], day["date_time_format"]) == (1757912400, "")
    assert REPLIES.rich_answer(Answer("?", "answered", (first,), ()), language) is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_timelines_and_persons_say_the_same(seeds: Library, language: Language) -> None:
    whole = seeds.timeline("đối ngoại")
    timeline = replace(whole, entries=whole.leading(3))
    assert len(timeline.entries) == 3
    rich = REPLIES.rich_timeline(timeline, language, "newest", len(whole.entries))
    assert rich is not None
    assert rich["blocks"][0]["type"] == "heading"
    [page] = REPLIES.timeline(timeline, language, "newest", len(whole.entries))
    assert words_of(rich) == words(page)
    left = replace(whole, entries=tuple(entry for entry in whole.entries if entry not in timeline.entries))
    complete = REPLIES.rich_timeline(timeline, language, "newest", len(whole.entries), left)
    assert complete is not None
    assert complete["blocks"][-1]["type"] == "details"
    pages = REPLIES.timeline(whole, language, "newest")
    quoted = [quote.text for entry in whole.entries for quote in entry.quotes[:1]]
    assert all(" ".join(words(text)) in " ".join(words_of(complete)) for text in quoted if words(text))
    assert len(words_of(complete)) >= len(words(*pages)) - 10 * len(pages)  # the heads of pages
    for asked in ("Lê Hoài Trung", "Tổng Bí thư", "Tô Lâm"):
        profile = seeds.who(asked, date(2026, 1, 1))
        assert profile is not None
        drawn = REPLIES.rich_who(profile, language)
        assert sorted(words_of(drawn)) == sorted(words(*REPLIES.who(profile, language)))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_papers_write_says_the_same(language: Language) -> None:
    quotes = [replace(quote_of(f"Cầu dài 1.{n}00 mét & <nối> hai bờ.", date=EVENT)) for n in (2, 3)]
    compared = [Compared(quotes[0]), Compared(quotes[1], ("number", "date"))]
    parts = answer_pages.papers(REPLIES, compared, language)
    assert words_of(rich_message(parts)) == words(*parts)


def test_lines_are_rows_of_a_table_and_a_title_is_a_heading() -> None:
    row = Rows("<b>Chủ tịch</b>\nNhận chức 2024\n<blockquote>A.</blockquote>\nBáo B")
    parts = [Title("<b>Lê Văn Tám</b>\nCòn viết là: Tám"), row]
    rich = rich_message(parts)
    assert rich is not None
    assert rich["blocks"] == [
        {"type": "heading", "size": 3, "text": {"type": "bold", "text": "Lê Văn Tám"}},
        {"type": "paragraph", "text": "Còn viết là: Tám"},
        {
            "type": "table",
            "cells": [
                [{"text": {"type": "bold", "text": "Chủ tịch"}, "align": "left", "valign": "top", "is_header": True}],
                [{"text": "Nhận chức 2024", "align": "left", "valign": "top"}],
            ],
            "is_bordered": True,
            "is_compact": True,
        },
        {"type": "blockquote", "blocks": [{"type": "paragraph", "text": "A."}], "credit": "Báo B"},
    ]


def test_what_is_more_than_a_rich_message_holds_is_none() -> None:
    assert rich_message(["x" * 40_000]) is None
    assert rich_message(["a"] * 501) is None


@given(st.lists(st.text(alphabet="ab<>&\"' \n—·éơ😀", min_size=1, max_size=40), min_size=1, max_size=4), st.booleans())
@settings(deadline=None)
def test_any_quotes_say_the_same_and_are_taken(texts: list[str], spread: bool) -> None:
    quotes = tuple(quote_of(f"Câu {number} {text.strip()} hết.") for number, text in enumerate(texts))
    answer = Answer("?", "answered", quotes, ())
    rich = REPLIES.rich_answer(answer, "vi", Glance(spread=spread))
    if rich is not None:
        assert words_of(rich) == words(*REPLIES.answer(answer, [], "vi", Glance(spread=spread)))
