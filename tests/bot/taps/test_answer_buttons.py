"""The buttons under an answer: which there are, and what is read from what comes back."""

import re
from typing import get_args

import pytest

from bot.memory.exchanges import Exchange, Reference
from bot.querylog.rows import WhyBad
from bot.taps.answer_buttons import (
    COPIED,
    AnswerTap,
    all_under_answer,
    read_start,
    start_parameter,
    under_answer,
    under_group_answer,
    under_more,
    why_bad,
)
from bot.taps.buttons import Button

TOKEN = "abcDEF_-1234"  # noqa: S105 - of an exchange
WHOLE = Exchange("Cầu dài bao nhiêu?", 7, (Reference("cau", 0, 9),), True, "Trần Văn Bách", "cầu Hương An")
REFUSED = Exchange("Cầu nào?", 7, (Reference("cau", 0, 9),), suggestions=("Cầu Hương An dài bao nhiêu?",))
URL = "https://t.me/trich_bot?start=x"


def labels(rows: list[list[Button]]) -> list[list[str]]:
    return [[button.label.removeprefix("button_") for button in row] for row in rows]


def test_under_an_answer_is_one_row() -> None:
    assert labels(under_answer(TOKEN, WHOLE)) == [["context", "bad", "open"]]


def test_opened_it_leads_on_in_three_short_rows() -> None:
    assert labels(all_under_answer(TOKEN, WHOLE, "short")) == [
        ["context", "more", "why"],
        ["who", "timeline"],
        ["copy", "good", "bad"],
    ]


def test_where_the_bot_answers_in_every_chat_a_quote_can_be_sent_on() -> None:
    rows = all_under_answer(TOKEN, WHOLE, "short", inline=True)
    assert labels(rows)[-1] == ["send"]
    assert rows[-1][0].passed_on == WHOLE.text
    assert "send" not in str(
        labels(all_under_answer(TOKEN, Exchange("x" * 257, 7, WHOLE.shown, True), "", inline=True))
    )


def test_where_papers_tell_it_differently_they_can_be_compared() -> None:
    assert labels(all_under_answer(TOKEN, WHOLE, "short", papers=True))[1] == ["papers"]


def test_what_there_is_not_has_no_button() -> None:
    assert labels(all_under_answer(TOKEN, Exchange("x", 7, WHOLE.shown, True), "short")) == [
        ["context", "more", "why"],
        ["copy", "good", "bad"],
    ]


def test_a_refusal_offers_what_may_have_been_meant_and_what_is_near() -> None:
    assert labels(under_answer(TOKEN, REFUSED)) == [["ask"], ["near", "bad"]]


def test_in_a_group_there_are_fewer_and_the_rest_is_in_private() -> None:
    [row] = under_group_answer(TOKEN, WHOLE, URL)
    assert labels([row]) == [["private", "good", "bad"]]
    assert row[0].url == URL


@pytest.mark.parametrize(("length", "by_button"), [(COPIED, True), (COPIED + 1, False)])
def test_what_is_too_long_for_the_clipboard_is_sent_to_be_copied(length: int, by_button: bool) -> None:
    [_, _, [copy, *_]] = all_under_answer(TOKEN, WHOLE, "x" * length)
    assert (bool(copy.copied), bool(copy.data)) == (by_button, not by_button)


def test_the_clipboard_counts_as_telegram_does() -> None:
    [_, _, [copy, *_]] = all_under_answer(TOKEN, WHOLE, "😀" * (COPIED // 2 + 1))
    assert not copy.copied


def test_the_last_page_has_no_next() -> None:
    assert labels(under_more(TOKEN, 2, "x", last=False)) == [["more", "context", "copy"]]
    assert labels(under_more(TOKEN, 2, "x", last=True)) == [["context", "copy"]]


@pytest.mark.parametrize("exchange", [WHOLE, REFUSED])
def test_every_button_does_one_thing_that_fits_and_is_read_again(exchange: Exchange) -> None:
    rows = [*under_answer(TOKEN, exchange), *all_under_answer(TOKEN, exchange, "x" * 999), *why_bad(TOKEN, own=True)]
    rows += [*under_group_answer(TOKEN, exchange, URL)]
    for button in (button for row in rows for button in row):
        assert sum(map(bool, (button.data, button.copied, button.url))) == 1
        if button.data:
            assert len(button.data.encode()) <= 64
            tap = AnswerTap.read(button.data)
            assert tap is not None
            assert tap.token == TOKEN
            assert tap.is_vote() == (tap.action in {"good", "bad", *get_args(WhyBad)})


def test_a_link_carries_the_token_within_telegrams_form() -> None:
    parameter = start_parameter(TOKEN)
    assert re.fullmatch("[A-Za-z0-9_-]{1,64}", parameter)
    assert read_start(parameter) == TOKEN
    assert read_start(TOKEN) is None
    assert read_start("") is None
