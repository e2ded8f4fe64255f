"""The figures as a picture: a bar for each day, month or year, of what was answered, refused and lost."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from PIL import ImageDraw

from bot.reports.stats import Day, Stats
from retrieval.timeline import canvas as style
from retrieval.timeline.axis import Axis
from retrieval.timeline.canvas import AHEAD, BAR, BOTTOM, GAP, INK, LEFT, PALE, RIGHT, TOP

_COLOURS = {"answered": BAR, "refused": AHEAD, "failed": PALE}  # from the bottom of a bar to its top
_LABELS = 10


def draw(stats: Stats, title: str, below: str, labels: Mapping[str, str]) -> bytes:
    """A PNG. `below` the title stands a line of figures; `labels` name the colours: answered, refused, failed (which
    holds what was declined too).
    """
    image, canvas = style.blank()
    axis = Axis.of(stats.since, stats.until, LEFT, RIGHT)
    parts: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for day in stats.days:
        parts[axis.begin(day.day)] += _parts(day)
    style.draw_title(canvas, title, below)
    style.draw_legend(canvas, [(colour, labels[name]) for name, colour in _COLOURS.items()])
    _draw_bars(canvas, axis, {day: counted for day, counted in parts.items() if counted})
    style.draw_axis(canvas, axis)
    return style.as_png(image)


def _parts(day: Day) -> Counter[str]:
    return Counter(answered=day.answered, refused=day.refused, failed=day.failed + day.declined)


def _draw_bars(canvas: ImageDraw.ImageDraw, axis: Axis, parts: Mapping[date, Counter[str]]) -> None:
    highest = max((counted.total() for counted in parts.values()), default=1)
    for day, counted in parts.items():
        left, right = _edges(axis, day)
        bottom = float(BOTTOM)
        for name, colour in _COLOURS.items():
            top = bottom - (BOTTOM - TOP) * counted[name] / highest
            if counted[name]:
                canvas.rectangle((left, top, right, bottom), fill=colour)
            bottom = top
    _draw_counts(canvas, axis, {day: counted.total() for day, counted in parts.items()}, highest)


def _edges(axis: Axis, day: date) -> tuple[float, float]:
    left, right = axis.x(day), axis.x(axis.end(day) + timedelta(days=1))
    gap = 1 if right - left < 8 else min(8, (right - left) / 5)
    return left, max(right - gap, left + 3)


def _draw_counts(canvas: ImageDraw.ImageDraw, axis: Axis, totals: Mapping[date, int], highest: int) -> None:
    """Over the highest bars, as many as have room."""
    small, taken = style.font(style.LETTERS), list[tuple[float, float]]()
    for day, total in Counter(totals).most_common(_LABELS):
        half, middle = canvas.textlength(str(total), font=small) / 2, sum(_edges(axis, day)) / 2
        if any(middle - half < end + GAP and begin < middle + half + GAP for begin, end in taken):
            continue
        taken.append((middle - half, middle + half))
        top = BOTTOM - (BOTTOM - TOP) * total / highest
        canvas.text((middle, top - 8), str(total), font=small, fill=INK, anchor="ms")
