"""Polling through outages, on a clock of our own."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from telegram import Bot, Update
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.ground.health import Health
from bot.ground.metrics import Metrics
from bot.incoming.polls import Habits, Polling


class Telegram:
    """It answers with an `error` until its clock says `up_at`, then with one update; what was asked when."""

    def __init__(self, up_at: float, error: TelegramError | None = None) -> None:
        self.error = error or NetworkError("connection refused")
        self.now = 0.0
        self.up_at = up_at
        self.polls: list[float] = []
        self.taken = asyncio.Event()

    async def get_updates(self, **_: object) -> tuple[Update, ...]:
        self.polls.append(self.now)
        if self.now < self.up_at:
            raise self.error
        return (Update(1),)

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def take(self, updates: object) -> None:
        if updates:
            self.taken.set()
            await asyncio.Event().wait()


async def polled(telegram: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the update has been taken."""
    monkeypatch.setattr(Bot, "get_updates", lambda _, **asked: telegram.get_updates(**asked))
    habits = Habits(10, 10, True, True, 1.0, (), telegram.sleep)
    polling = asyncio.create_task(Polling(Bot("1:token"), telegram.take, habits, Health(90), Metrics()).run())
    await asyncio.wait_for(telegram.taken.wait(), 10)
    polling.cancel()


@pytest.mark.parametrize("seconds", [35, timedelta(seconds=35)])
async def test_a_poll_that_is_told_to_wait_waits_that_long(
    monkeypatch: pytest.MonkeyPatch, seconds: int | timedelta
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    telegram = Telegram(30, RetryAfter(seconds))
    await polled(telegram, monkeypatch)
    assert telegram.polls == pytest.approx([0, 35.1])


async def test_through_a_minute_in_which_telegram_is_down_it_is_asked_ever_less_often_and_soon_after(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram = Telegram(up_at=60)
    await polled(telegram, monkeypatch)
    pauses = [after - before for before, after in zip(telegram.polls, telegram.polls[1:], strict=False)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (1, 10)
    assert 60 <= telegram.polls[-1] <= 70
    assert caplog.text.count("no updates, trying again") == 1


async def test_after_a_full_poll_the_next_is_answered_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What came waits for what else there is, and must not for what is yet to be written."""
    asked: list[float] = []
    taken: list[int] = []
    done = asyncio.Event()

    async def get_updates(_: Bot, *, timeout: timedelta, **__: object) -> list[Update]:  # noqa: ASYNC109 - as PTB's
        asked.append(timeout.total_seconds())
        return [Update(number) for number in range((100, 100, 99, 1)[len(asked) - 1])]

    async def take(updates: Sequence[Update]) -> None:
        taken.append(len(updates))
        if len(taken) == 4:
            done.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(Bot, "get_updates", get_updates)
    polling = asyncio.create_task(
        Polling(Bot("1:token"), take, Habits(10, 10, True, True, 1.0, ()), Health(90), Metrics()).run()
    )
    await asyncio.wait_for(done.wait(), 10)
    polling.cancel()
    assert asked == [10, 0, 0, 10]
