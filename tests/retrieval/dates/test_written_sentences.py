"""Sentences of our own, labelled before any run: no wrong year, no false alarm (tests/labels/score_written.py)."""

from tests.labels.score_written import dates, plans

# Of 100 and of 40; the first run gave 82 and 34.
FEWEST_DATES, FEWEST_PLANS = 98, 39


def test_dates_are_read_as_a_careful_reader_does() -> None:
    told = [one for one in dates() if one.wanted[0] != "none"]
    assert len(told) == 100
    assert sum(one.got in one.wanted for one in told) >= FEWEST_DATES
    dated = [one for one in told if one.got[:4].isdigit() and one.wanted[0]]
    assert not [one for one in dated if one.got[:4] not in {value[:4] for value in one.wanted}]


def test_prices_scores_and_addresses_are_no_dates() -> None:
    without = [one for one in dates() if one.wanted[0] == "none"]
    assert len(without) >= 60
    assert not [one for one in without if one.got not in one.wanted]


def test_what_is_planned_and_what_happened() -> None:
    assert sum(one.got in one.wanted for one in plans()) >= FEWEST_PLANS
