"""What every picture is drawn with: its size, colours and letters, an axis of days below."""

import io
from datetime import date
from itertools import pairwise
from math import ceil

import fontpkg_be_vietnam_pro
from PIL import Image, ImageDraw, ImageFont

from retrieval.timeline.axis import Axis, Unit

# Pixels. Telegram shows photos about this wide without scaling them up.
SIZE = (1280, 640)
LEFT, RIGHT, TOP, BOTTOM = 70, 1230, 372, 576
LETTERS = 40  # high: 11 where a phone shows the picture 360 wide
GAP = 14  # between two labels
PAPER, INK, PALE, BAND, BAR, AHEAD = "#fbfaf7", "#1f2933", "#7b8794", "#d3dce4", "#2a6f97", "#e07a5f"


def blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty picture, and what draws on it."""
    image = Image.new("RGB", SIZE, PAPER)
    return image, ImageDraw.Draw(image)


def as_png(image: Image.Image) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def draw_title(canvas: ImageDraw.ImageDraw, title: str, below: str) -> None:
    """The title, as much of it as fits, and a line of figures."""
    bold, letters = font(56, "Bold"), font(LETTERS)
    canvas.text((LEFT, 30), _fitting(title, bold, RIGHT - LEFT), font=bold, fill=INK)
    canvas.text((LEFT, 112), _fitting(below, letters, RIGHT - LEFT), font=letters, fill=PALE)


def draw_legend(canvas: ImageDraw.ImageDraw, meanings: list[tuple[str, str]]) -> None:
    """What the colours mean: each with its word."""
    x, letters = float(LEFT), font(LETTERS)
    for colour, word in meanings:
        canvas.rectangle((x, 182, x + 30, 212), fill=colour)
        canvas.text((x + 42, 197), word, font=letters, fill=PALE, anchor="lm")
        x += 42 + canvas.textlength(word, font=letters) + 2 * GAP


def draw_axis(canvas: ImageDraw.ImageDraw, axis: Axis) -> None:
    """The line on which bars stand, and below it the names of up to ten days, months or years, evenly apart."""
    canvas.line((LEFT - 10, BOTTOM, RIGHT + 10, BOTTOM), fill=INK, width=2)
    small, ticks = font(LETTERS), [(axis.x(day), name_of(day, unit)) for day, unit in axis.ticks()]
    widest = max(canvas.textlength(label, font=small) for _, label in ticks)
    apart = min((after - before for (before, _), (after, _) in pairwise(ticks)), default=widest + GAP)
    for x, label in ticks[:: ceil((widest + GAP) / apart)]:
        half = canvas.textlength(label, font=small) / 2
        if x + half <= SIZE[0]:
            canvas.line((x, BOTTOM, x, BOTTOM + 8), fill=INK, width=2)
            canvas.text((max(x, half), BOTTOM + 16), label, font=small, fill=INK, anchor="mt")


def name_of(day: date, unit: Unit) -> str:
    """A day, its month or its year, as short as it goes."""
    match unit:
        case "day":
            return f"{day.day}/{day.month}"
        case "month":
            return f"{day.month}/{day.year}"
        case "year":
            return str(day.year)


def font(size: int, style: str = "Regular") -> ImageFont.FreeTypeFont:
    """Opened for each use: a font that threads share is not safe."""
    return ImageFont.truetype(fontpkg_be_vietnam_pro.ROOT / "files" / f"BeVietnamPro-{style}.ttf", size)


def _fitting(text: str, letters: ImageFont.FreeTypeFont, width: int) -> str:
    """As much of a text as fits into so many pixels."""
    text = " ".join(text.split())[:200]
    if letters.getlength(text) <= width:
        return text
    while text and letters.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
