"""A timeline as a picture: the dates on an axis, and how many articles tell of each."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PIL import ImageDraw

from retrieval import dates
from retrieval.dates.edtf import limits_of
from retrieval.dates.written import VIETNAMESE
from retrieval.records import Timeline, TimelineEntry
from retrieval.timeline import canvas as style
from retrieval.timeline.axis import Axis
from retrieval.timeline.canvas import AHEAD, BAND, BAR, BOTTOM, GAP, INK, LEFT, RIGHT, TOP

_LOWEST = 6  # of a bar, so that it can be seen
_LABELS = 20
_PEAK = 0.5  # of the highest bar: what is lower has no label
_LABEL = 54  # high, with what is free below and above it
# A plan that lies further beyond all that happened than this many times what happened took, and a month, is left out:
# it would press the story into one bar.
_FAR, _MONTH = 1, timedelta(days=31)


@dataclass(frozen=True, slots=True)
class PictureWords:
    """What a picture says, `{blanks}` to be filled; by itself in Vietnamese."""

    counts: str = "{dates} mốc, {articles} bài"
    count: str = "{count} bài"
    planned: str = "dự kiến"
    stretch: str = "khoảng thời gian"
    date_words: dates.DateWords = VIETNAMESE


_VIETNAMESE = PictureWords()


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry on the axis: its days, both included, and how many articles tell of it."""

    first: date
    last: date
    articles: int
    planned: bool


def draw(timeline: Timeline, words: PictureWords = _VIETNAMESE) -> bytes:
    """A PNG: a bar for each day, month or year, as long as the axis is; a band for a date that is coarser.

    Dates without a year have no place on an axis. Raises ValueError where no date has one.
    """
    placed = list(_placed(timeline.entries))
    if not placed:
        raise ValueError("no date with a year")
    image, canvas = style.blank()
    reach = _reach(placed)
    axis = Axis.of(*reach, LEFT, RIGHT)
    _draw_title(canvas, timeline, reach, words)
    _draw_bands(canvas, axis, placed, words)
    _draw_bars(canvas, axis, placed, words)
    style.draw_axis(canvas, axis)
    return style.as_png(image)


def _placed(entries: Sequence[TimelineEntry]) -> Iterator[_Placed]:
    for entry in entries:
        limits = limits_of(entry.date.edtf)
        if limits and limits[1] < date.max:
            yield _Placed(*limits, len({quote.article.id for quote in entry.quotes}), entry.planned)


def _reach(placed: Sequence[_Placed]) -> tuple[date, date]:
    """The first and last day to be drawn: those of the days and of what lies outside them. A year or a quarter around
    the days must not press them together.
    """
    days = [one.first for one in placed if one.first == one.last]
    if not days:
        return min(one.first for one in placed), max(one.last for one in placed)
    first, last = min(days), max(days)
    happened = [one.last for one in placed if one.first == one.last and not one.planned]
    if happened:
        near = max(happened) + max(_FAR * (max(happened) - first), _MONTH)
        last = max([day for day in days if day <= near], default=last)
        placed = [one for one in placed if one.last <= near or not one.planned]
    outside = [one for one in placed if one.last < first or one.first > last]
    return min([first, *(one.first for one in outside)]), max([last, *(one.last for one in outside)])


def _draw_title(canvas: ImageDraw.ImageDraw, timeline: Timeline, reach: tuple[date, date], words: PictureWords) -> None:
    known = [(limits, entry) for entry in timeline.entries if (limits := limits_of(entry.date.edtf))]
    drawn = [entry for limits, entry in known if limits[0] >= reach[0] and limits[1] <= reach[1]]
    ends = dict.fromkeys(dates.for_people(entry.date, words.date_words) for entry in (drawn[0], drawn[-1]))
    articles = len({quote.article.id for entry in timeline.entries for quote in entry.quotes})
    counts = words.counts.format(dates=len(timeline.entries), articles=articles)
    style.draw_title(canvas, timeline.topic, f"{' – '.join(ends)}  ·  {counts}")


def _draw_bands(canvas: ImageDraw.ImageDraw, axis: Axis, placed: Sequence[_Placed], words: PictureWords) -> None:
    """The stretches that are longer than a bar, and what the colours mean."""
    bands = [one for one in placed if not axis.fits(one.first, one.last) and one.first <= axis.last]
    for one in bands:
        left, right = max(axis.x(one.first), LEFT), min(axis.x(one.last + timedelta(days=1)), RIGHT)
        canvas.rectangle((left, BOTTOM + 2, right, BOTTOM + 8), fill=BAND)
    meanings = [(AHEAD, words.planned, any(one.planned for one in placed)), (BAND, words.stretch, bool(bands))]
    style.draw_legend(canvas, [(colour, meaning) for colour, meaning, used in meanings if used])


def _draw_bars(canvas: ImageDraw.ImageDraw, axis: Axis, placed: Sequence[_Placed], words: PictureWords) -> None:
    articles: Counter[date] = Counter()
    planned: defaultdict[date, bool] = defaultdict(lambda: True)
    for one in placed:
        if axis.fits(one.first, one.last) and axis.first <= one.first <= axis.last:
            articles[axis.begin(one.first)] += one.articles
            planned[axis.begin(one.first)] &= one.planned
    tops = {}
    for day, count in articles.items():
        left, right = axis.x(day), axis.x(axis.end(day) + timedelta(days=1))
        gap = 1 if right - left < 8 else min(8, (right - left) / 5)
        top = BOTTOM - max(_LOWEST, (BOTTOM - TOP) * count / max(articles.values()))
        canvas.rectangle((left, top, max(right - gap, left + 3), BOTTOM), fill=AHEAD if planned[day] else BAR)
        tops[day] = top
    _draw_counts(canvas, axis, articles, tops, words)


def _draw_counts(
    canvas: ImageDraw.ImageDraw, axis: Axis, articles: Counter[date], tops: dict[date, float], words: PictureWords
) -> None:
    """Over the peaks, as many as have room, the date and the number of articles."""
    small, taken = style.font(style.LETTERS), list[_Box]()
    bars = {day: _Box(axis.x(day), axis.x(axis.end(day) + timedelta(days=1)), top, BOTTOM) for day, top in tops.items()}
    highest = max(articles.values(), default=0)
    for day, count in articles.most_common(_LABELS):
        if count < highest * _PEAK:
            break
        text = f"{style.name_of(day, axis.unit)}: {words.count.format(count=count)}"
        half = canvas.textlength(text, font=small) / 2
        middle = min(max((bars[day].left + bars[day].right) / 2, LEFT + half), RIGHT - half)
        box = _Box(middle - half - GAP, middle + half + GAP, tops[day] - _LABEL, tops[day] - 1)
        if not any(box.meets(other) for other in (*taken, *bars.values())):
            taken.append(box)
            canvas.text((middle, tops[day] - 8), text, font=small, fill=INK, anchor="ms")


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle in pixels."""

    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        """Whether the two have a pixel in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom
