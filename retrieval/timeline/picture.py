"""A timeline as a picture: the dates on an axis, and how many articles tell of each."""

import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import fontpkg_be_vietnam_pro
from PIL import Image, ImageDraw, ImageFont

from retrieval import dates
from retrieval.dates.people import Language
from retrieval.records import Timeline, TimelineEntry
from retrieval.timeline.axis import Axis, Unit
from retrieval.timeline.ranges import limits_of

# Pixels. Telegram shows photos about this wide without scaling them up.
SIZE = (1280, 640)
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 1230, 230, 540
_LOWEST = 6  # of a bar, so that it can be seen
_LABELS = 10
_GAP = 14  # between two labels

_PAPER, _INK, _PALE, _BAND, _BAR, _AHEAD = "#fbfaf7", "#1f2933", "#7b8794", "#d3dce4", "#2a6f97", "#e07a5f"
_WORDS = {
    "vi": ("{dates} mốc, {articles} bài", "{count} bài", "dự kiến", "khoảng thời gian"),
    "en": ("{dates} dates, {articles} articles", "{count}", "planned", "stretch of time"),
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry on the axis: its days, both included, and how many articles tell of it."""

    first: date
    last: date
    articles: int
    planned: bool


def draw(timeline: Timeline, language: Language = "vi") -> bytes:
    """A PNG: a bar for each day, month or year, as long as the axis is; a band for a date that is coarser.

    Dates without a year have no place on an axis. Raises ValueError where no date has one.
    """
    placed = list(_placed(timeline.entries))
    if not placed:
        raise ValueError("no date with a year")
    image = Image.new("RGB", SIZE, _PAPER)
    canvas = ImageDraw.Draw(image)
    axis = Axis.of(min(one.first for one in placed), max(one.last for one in placed), _LEFT, _RIGHT)
    _draw_title(canvas, timeline, language)
    _draw_bands(canvas, axis, placed, language)
    _draw_bars(canvas, axis, placed, language)
    _draw_ticks(canvas, axis)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _placed(entries: Sequence[TimelineEntry]) -> Iterator[_Placed]:
    for entry in entries:
        limits = limits_of(entry.date.edtf)
        if limits and limits[1] < date.max:
            yield _Placed(*limits, len({quote.article.id for quote in entry.quotes}), entry.planned)


def _draw_title(canvas: ImageDraw.ImageDraw, timeline: Timeline, language: Language) -> None:
    bold, placed = _font(44, "Bold"), [entry for entry in timeline.entries if limits_of(entry.date.edtf)]
    canvas.text((_LEFT, 40), _fitting(timeline.topic, bold, _RIGHT - _LEFT), font=bold, fill=_INK)
    ends = dict.fromkeys(dates.for_people(entry.date, language) for entry in (placed[0], placed[-1]))
    articles = len({quote.article.id for entry in timeline.entries for quote in entry.quotes})
    counts = _WORDS[language][0].format(dates=len(timeline.entries), articles=articles)
    canvas.text((_LEFT, 108), f"{' – '.join(ends)}  ·  {counts}", font=_font(24), fill=_PALE)


def _draw_bands(canvas: ImageDraw.ImageDraw, axis: Axis, placed: Sequence[_Placed], language: Language) -> None:
    """The stretches that are longer than a bar, and what the colours mean."""
    bands = [one for one in placed if not axis.fits(one.first, one.last)]
    for one in bands:
        canvas.rectangle((axis.x(one.first), _BOTTOM - 14, axis.x(one.last + timedelta(days=1)), _BOTTOM), fill=_BAND)
    x, small = float(_LEFT), _font(20)
    meanings = [(_AHEAD, 2, any(one.planned for one in placed)), (_BAND, 3, bool(bands))]
    for colour, word, used in meanings:
        if used:
            canvas.rectangle((x, 156, x + 18, 174), fill=colour)
            canvas.text((x + 26, 165), _WORDS[language][word], font=small, fill=_PALE, anchor="lm")
            x += 26 + canvas.textlength(_WORDS[language][word], font=small) + 2 * _GAP


def _draw_bars(canvas: ImageDraw.ImageDraw, axis: Axis, placed: Sequence[_Placed], language: Language) -> None:
    articles: Counter[date] = Counter()
    planned: defaultdict[date, bool] = defaultdict(lambda: True)
    for one in placed:
        if axis.fits(one.first, one.last):
            articles[axis.begin(one.first)] += one.articles
            planned[axis.begin(one.first)] &= one.planned
    tops = {}
    for day, count in articles.items():
        left, right = axis.x(day), axis.x(axis.end(day) + timedelta(days=1))
        gap = 1 if right - left < 8 else min(8, (right - left) / 5)
        top = _BOTTOM - max(_LOWEST, (_BOTTOM - _TOP) * count / max(articles.values()))
        canvas.rectangle((left, top, max(right - gap, left + 3), _BOTTOM), fill=_AHEAD if planned[day] else _BAR)
        tops[day] = top
    _draw_counts(canvas, axis, articles, tops, language)
    canvas.line((_LEFT - 10, _BOTTOM, _RIGHT + 10, _BOTTOM), fill=_INK, width=2)


def _draw_counts(
    canvas: ImageDraw.ImageDraw, axis: Axis, articles: Counter[date], tops: dict[date, float], language: Language
) -> None:
    """Over the highest bars, as many as have room, the date and the number of articles."""
    small, taken = _font(20), list[tuple[float, float]]()
    for day, count in articles.most_common(_LABELS):
        text = f"{_name(day, axis.unit)}: {_WORDS[language][1].format(count=count)}"
        half = canvas.textlength(text, font=small) / 2
        middle = (axis.x(day) + axis.x(axis.end(day) + timedelta(days=1))) / 2
        middle = min(max(middle, _LEFT + half), _RIGHT - half)
        if any(middle - half < end + _GAP and begin < middle + half + _GAP for begin, end in taken):
            continue
        taken.append((middle - half, middle + half))
        canvas.text((middle, tops[day] - 8), text, font=small, fill=_INK, anchor="ms")


def _draw_ticks(canvas: ImageDraw.ImageDraw, axis: Axis) -> None:
    small, reached = _font(20), 0.0
    for day, unit in axis.ticks():
        x, label = axis.x(day), _name(day, unit)
        half = canvas.textlength(label, font=small) / 2
        if x - half >= reached + _GAP and x + half <= SIZE[0]:
            reached = x + half
            canvas.line((x, _BOTTOM, x, _BOTTOM + 8), fill=_INK, width=2)
            canvas.text((x, _BOTTOM + 16), label, font=small, fill=_INK, anchor="mt")


def _name(day: date, unit: Unit) -> str:
    match unit:
        case "day":
            return f"{day.day}/{day.month}"
        case "month":
            return f"{day.month}/{day.year}"
        case "year":
            return str(day.year)


def _fitting(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """As much of a text as fits into so many pixels."""
    text = " ".join(text.split())[:200]
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _font(size: int, style: str = "Regular") -> ImageFont.FreeTypeFont:
    """Opened for each use: a font that threads share is not safe."""
    return ImageFont.truetype(fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{style}.ttf", size)
