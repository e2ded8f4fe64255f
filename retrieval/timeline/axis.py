"""The axis of a timeline's picture: days to pixels, cut into days, months or years."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Literal, Self

Unit = Literal["day", "month", "year"]

# A longer axis is cut into months, and a still longer one into years.
_MOST_DAYS = 120
_MOST_MONTHS = 120
_TICKS = 10
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 300, 600, 1200, 3000, 6000, 12000)  # months


@dataclass(frozen=True, slots=True)
class Axis:
    """From the beginning of `first` at the pixel `left` to the end of `last` at `right`."""

    first: date
    last: date
    unit: Unit
    left: int
    right: int

    @classmethod
    def of(cls, first: date, last: date, left: int, right: int) -> Self:
        """An axis of whole units that reaches over both days, and over two units at least."""
        days = (last - first).days + 1
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        unit: Unit = "day" if days <= _MOST_DAYS else "month" if months <= _MOST_MONTHS else "year"
        begin, end = _unit_of(first, unit)[0], _unit_of(last, unit)[1]
        return cls(begin, end if end > begin else begin + timedelta(days=1), unit, left, right)

    def x(self, day: date) -> float:
        """The pixel at which a day begins."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return self.left + (self.right - self.left) * share

    def begin(self, day: date) -> date:
        """The first day of the unit that a day is in."""
        return _unit_of(day, self.unit)[0]

    def end(self, day: date) -> date:
        """The last day of the unit that a day is in."""
        return _unit_of(day, self.unit)[1]

    def fits(self, first: date, last: date) -> bool:
        """Whether both days are in one unit."""
        return self.begin(first) == self.begin(last)

    def ticks(self) -> Iterator[tuple[date, Unit]]:
        """About ten days to be named, each with what it stands for: itself, its month or its year."""
        if self.unit == "day":
            days = (self.last - self.first).days + 1
            for number in range(0, days, ceil(days / _TICKS)):
                yield self.first + timedelta(days=number), "day"
            return
        months = 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1
        step = next(one for one in _STEPS if one * _TICKS >= months)
        first = 12 * self.first.year + self.first.month - 1
        for at in range(first + -first % step, first + months, step):
            yield date(at // 12, at % 12 + 1, 1), "month" if step < 12 else "year"


def _unit_of(day: date, unit: Unit) -> tuple[date, date]:
    match unit:
        case "day":
            return day, day
        case "month":
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        case "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
