"""A timeline as a picture: the dates on an axis, and how many articles tell of each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from PIL import ImageDraw

from retrieval import dates
from retrieval.dates.edtf import limits_of
from retrieval.dates.written import VIETNAMESE
from retrieval.records import Timeline, TimelineEntry
from retrieval.timeline import canvas as style
from retrieval.timeline.axis import Axis
from retrieval.timeline.canvas import AHEAD, BAND, BAR, BOTTOM, GAP, INK, LEFT, PALE, RIGHT, TOP
from retrieval.timeline.wording import word_of

_LOWEST = 6  # of a bar, so that it can be seen
_LABELS = 20
_PEAK = 0.5  # of the highest bar: what is lower has no label
_LABEL = 58  # high, with what is free below and above it
_LINE = 44  # that a second line of it adds, or the number below it
_APART = 8  # pixels between two numbers
_DESCRIBED, _LONGEST_TOPIC = 3, 100  # peaks that are told in words, characters
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
    most_told: str = "Nhiều bài nhất"
    date_words: dates.DateWords = VIETNAMESE


_VIETNAMESE = PictureWords()


# So much of what is told is of the story itself: its background is not drawn.
_MOSTLY = 0.75


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry on the axis: its days, both included, and how many articles tell of it."""

    first: date
    last: date
    entry: TimelineEntry
    articles: int
    planned: bool


@dataclass(frozen=True, slots=True)
class _Bar:
    """What stands on a unit of the axis: how many articles, whether all of it is planned, a word of what happened."""

    articles: int
    planned: bool
    word: str


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
    _draw_bars(canvas, axis, _bars(timeline, axis, placed), words)
    style.draw_axis(canvas, axis)
    return style.as_png(image)


def _placed(entries: Sequence[TimelineEntry]) -> Iterator[_Placed]:
    for entry in entries:
        limits = limits_of(entry.date.edtf)
        if limits and limits[1] < date.max:
            yield _Placed(*limits, entry, len({quote.article.id for quote in entry.quotes}), entry.planned)


def _reach(placed: Sequence[_Placed]) -> tuple[date, date]:
    """The first and last day to be drawn: those of the days and of what lies outside them. A year or a quarter around
    the days must not press them together, nor may what a few articles tell of years before.
    """
    story = [one for one in placed if not one.entry.background]
    if sum(one.articles for one in story) >= _MOSTLY * sum(one.articles for one in placed):
        placed = story
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


def described(timeline: Timeline, words: PictureWords = _VIETNAMESE) -> str:
    """The picture in words, for those who do not see it: what of, how much, and its peaks. Raises as `draw` does."""
    placed = list(_placed(timeline.entries))
    if not placed:
        raise ValueError("no date with a year")
    axis = Axis.of(*_reach(placed), LEFT, RIGHT)
    bars = _bars(timeline, axis, placed)
    peaks = sorted(_peaks(bars)[:_DESCRIBED])
    told = (_told(axis, day, bars[day], words) for day in peaks)
    counts = words.counts.format(dates=len(timeline.entries), articles=_articles(timeline))
    return f"{timeline.topic[:_LONGEST_TOPIC]}: {counts}.{f' {words.most_told}: ' if peaks else ''}{', '.join(told)}"


def _told(axis: Axis, day: date, bar: _Bar, words: PictureWords) -> str:
    counted = f"{style.name_of(day, axis.unit)}: {words.count.format(count=bar.articles)}"
    return f"{counted} ({bar.word})" if bar.word else counted


def _articles(timeline: Timeline) -> int:
    return len({quote.article.id for entry in timeline.entries for quote in entry.quotes})


def _bars(timeline: Timeline, axis: Axis, placed: Sequence[_Placed]) -> dict[date, _Bar]:
    """By the first day of its unit what each bar shows; the word is that of the entry with most articles."""
    found: defaultdict[date, list[_Placed]] = defaultdict(list)
    for one in placed:
        if axis.fits(one.first, one.last) and axis.first <= one.first <= axis.last:
            found[axis.begin(one.first)].append(one)
    counts = {day: sum(one.articles for one in here) for day, here in found.items()}
    bars = {day: _Bar(counts[day], all(one.planned for one in here), "") for day, here in found.items()}
    for day in _peaks(bars):
        most = max(found[day], key=lambda one: one.articles).entry
        bars[day] = replace(bars[day], word=word_of(most, timeline.entries, timeline.topic))
    return bars


def _peaks(bars: Mapping[date, _Bar]) -> list[date]:
    """The highest bars, as many as may have a label, the highest first."""
    highest = max((bar.articles for bar in bars.values()), default=0)
    ordered = sorted(bars, key=lambda day: -bars[day].articles)
    return [day for day in ordered[:_LABELS] if bars[day].articles >= highest * _PEAK]


def _tops(peaks: Sequence[date], bars: Mapping[date, _Bar], axis: Axis) -> list[date]:
    """Those that are no lower than the bars beside them: each of these has a label, no other."""
    nothing = _Bar(0, planned=False, word="")

    def is_top(day: date) -> bool:
        beside = axis.begin(day) - timedelta(days=1), axis.end(day) + timedelta(days=1)
        return all(bars.get(axis.begin(other), nothing).articles <= bars[day].articles for other in beside)

    return [day for day in peaks if is_top(day)]


def _draw_title(canvas: ImageDraw.ImageDraw, timeline: Timeline, reach: tuple[date, date], words: PictureWords) -> None:
    known = [(limits, entry) for entry in timeline.entries if (limits := limits_of(entry.date.edtf))]
    drawn = [entry for limits, entry in known if limits[0] >= reach[0] and limits[1] <= reach[1]]
    ends = dict.fromkeys(dates.for_people(entry.date, words.date_words) for entry in (drawn[0], drawn[-1]))
    counts = words.counts.format(dates=len(timeline.entries), articles=_articles(timeline))
    style.draw_title(canvas, timeline.topic, f"{' – '.join(ends)}  ·  {counts}")


def _draw_bands(canvas: ImageDraw.ImageDraw, axis: Axis, placed: Sequence[_Placed], words: PictureWords) -> None:
    """The stretches that are longer than a bar, and what the colours mean."""
    bands = [
        one
        for one in placed
        if not axis.fits(one.first, one.last) and one.first <= axis.last and one.last >= axis.first
    ]
    for one in bands:
        left, right = max(axis.x(one.first), LEFT), min(axis.x(one.last + timedelta(days=1)), RIGHT)
        canvas.rectangle((left, BOTTOM + 2, right, BOTTOM + 8), fill=BAND)
    meanings = [(AHEAD, words.planned, any(one.planned for one in placed)), (BAND, words.stretch, bool(bands))]
    style.draw_legend(canvas, [(colour, meaning) for colour, meaning, used in meanings if used])


def _draw_bars(canvas: ImageDraw.ImageDraw, axis: Axis, bars: Mapping[date, _Bar], words: PictureWords) -> None:
    """The bars, with how many articles each stands for: over every one or, where these would run into each other, as a
    line at the highest.
    """
    boxes, small = dict[date, _Box](), style.font(style.LETTERS)
    highest = max((bar.articles for bar in bars.values()), default=0)
    for day, bar in bars.items():
        left, right = axis.x(day), axis.x(axis.end(day) + timedelta(days=1))
        gap = 1 if right - left < 8 else min(8, (right - left) / 5)
        top = BOTTOM - max(_LOWEST, (BOTTOM - TOP) * bar.articles / highest)
        canvas.rectangle((left, top, max(right - gap, left + 3), BOTTOM), fill=AHEAD if bar.planned else BAR)
        boxes[day] = _Box(left, right, top, BOTTOM)
    numbers = {day: _number(canvas, boxes[day], str(bar.articles)) for day, bar in bars.items()}
    if all(not before.meets(after) for before, after in pairwise(numbers[day] for day in sorted(numbers))):
        for day, box in numbers.items():
            middle = (boxes[day].left + boxes[day].right) / 2
            canvas.text((middle, box.bottom - 6), str(bars[day].articles), font=small, fill=INK, anchor="ms")
        boxes = {day: replace(box, top=numbers[day].top + 6) for day, box in boxes.items()}
    elif bars:
        boxes[date.min] = _draw_scale(canvas, words.count.format(count=highest), min(boxes.values(), key=_top_of))
    _draw_labels(canvas, axis, bars, boxes)


def _draw_scale(canvas: ImageDraw.ImageDraw, highest: str, peak: "_Box") -> "_Box":
    """A line at the highest bar and what it stands for, at the end that is further from it; what the words take."""
    canvas.line((LEFT - 10, TOP, RIGHT + 10, TOP), fill=BAND)
    wide = canvas.textlength(highest, font=style.font(style.LETTERS))
    left = LEFT if peak.left + peak.right > LEFT + RIGHT else RIGHT - wide
    canvas.text((left, TOP - 8), highest, font=style.font(style.LETTERS), fill=PALE, anchor="ls")
    return _Box(left, left + wide, TOP - _LINE, TOP)


def _top_of(box: "_Box") -> float:
    return box.top


def _number(canvas: ImageDraw.ImageDraw, box: "_Box", number: str) -> "_Box":
    """What the number over a bar takes, with the space beside it."""
    half = (canvas.textlength(number, font=style.font(style.LETTERS)) + _APART) / 2
    middle = (box.left + box.right) / 2
    return _Box(middle - half, middle + half, box.top - _LINE, box.top)


def _draw_labels(
    canvas: ImageDraw.ImageDraw, axis: Axis, bars: Mapping[date, _Bar], boxes: Mapping[date, "_Box"]
) -> None:
    """Over the tops among the peaks, where there is room in what `boxes` leave, the date and below it a word."""
    small, taken = style.font(style.LETTERS), list[_Box]()
    for day in _tops(_peaks(bars), bars, axis):
        lines = [style.name_of(day, axis.unit), *([bars[day].word] if bars[day].word else [])]
        half = max(canvas.textlength(line, font=small) for line in lines) / 2
        high = _LABEL + _LINE * (len(lines) - 1)
        left, right, top = boxes[day].left, boxes[day].right, boxes[day].top
        for place in ((left + right) / 2, right - half, left + half):  # above the bar, to its left, to its right
            middle = min(max(place, LEFT + half), RIGHT - half)
            box = _Box(middle - half - GAP, middle + half + GAP, top - high, top - 1)
            if any(box.meets(other) for other in (*taken, *boxes.values())):
                continue
            taken.append(box)
            for above, line in enumerate(reversed(lines)):
                colour = INK if above == len(lines) - 1 else PALE
                canvas.text((middle, top - 12 - above * _LINE), line, font=small, fill=colour, anchor="ms")
            break


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
