"""What is done where there is time for it only."""

import pytest

from bot.finding.pace import Pace


@pytest.mark.parametrize(
    ("came", "hurried"),
    [
        ([0.0, 0.1, 0.2, 0.3], [False, False, True, True]),  # two a second leave time
        ([0.0, 0.6, 1.2, 1.8], [False, False, False, False]),
        ([0.0, 0.1, 0.2, 1.5, 2.6, 2.7, 2.8], [False, False, True, False, False, False, True]),
    ],
)
def test_of_more_than_leave_time_those_beyond_are_hurried(came: list[float], hurried: list[bool]) -> None:
    times = iter(came)
    pace = Pace(2, lambda: next(times))
    assert [pace.is_hurried() for _ in came] == hurried
