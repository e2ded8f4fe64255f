"""Dates of sentences in order, and which of them lie within a period."""

import datetime

import numpy as np
import numpy.typing as npt

from retrieval.dates.edtf import QUARTER_CODE
from retrieval.index.runs import Bools

# Days, months and years, weighed so that later dates are greater numbers.
_ORDER = np.array([1, 32, 32 * 13], dtype=np.int32)


def inside(
    first: npt.NDArray[np.int16], last: npt.NDArray[np.int16], since: datetime.date | None, until: datetime.date | None
) -> Bools:
    """(N,) which dates, of these first and last days (N, 3), may lie from `since` to `until`."""
    within = first[:, 2] > 0
    if until is not None:
        within &= in_order(first, last=False) <= ordinal(until)
    if since is not None:
        within &= in_order(last, last=True) >= ordinal(since)
    return within


def ordinal(day: datetime.date) -> int:
    """A day as a number in the order of `in_order`."""
    return int(_ORDER @ (day.day, day.month, day.year))


def in_order(dates: npt.NDArray[np.int16], *, last: bool) -> npt.NDArray[np.int32]:
    """(N,) numbers in the order of the first or last days of dates (N, 3): day, month (or quarter), year."""
    day, month, year = dates.astype(np.int32).T
    of_quarter = 3 * (month - QUARTER_CODE) - (0 if last else 2)
    month = np.where(month > QUARTER_CODE, of_quarter, month)
    if last:
        day, month = np.where(day, day, 31), np.where(month, month, 12)
    order: npt.NDArray[np.int32] = _ORDER @ np.stack([day, month, year])
    return order
