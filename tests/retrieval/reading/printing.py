"""PDF files made for tests, as the programs of newsrooms make them; with a font that has all of Vietnamese."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

A4 = (595.0, 842.0)
TITLE = "Chợ nổi mở lại sau mùa lũ"
BODY = (
    "Sau hai tháng đóng cửa vì lũ, chợ nổi trên sông Mẫu đón khách trở lại từ sáng nay với hơn một trăm ghe thuyền.",
    "Từ 5h, tiếng máy nổ đã rộn trên sông, ghe chở khóm, bưởi và rau nối nhau về chợ như mọi năm, dù nước vẫn cao.",
    "Ban quản lý nói lượng khách ngày đầu bằng một nửa trước lũ và hy vọng con số này tăng gấp đôi trong dịp hè tới.",
    "Bà chủ ghe hủ tiếu bán được bảy mươi tô trước tám giờ sáng và phải về sớm vì đã hết sạch hàng từ lúc trời còn mờ.",
)
Draw = Callable[[Canvas], None]


@cache
def font(weight: str = "Regular") -> str:
    """The name of the font, once it is known to reportlab."""
    name = f"BeVietnamPro-{weight}"
    path = next(Path(fontpkg_be_vietnam_pro.__file__).parent.rglob(f"{name}.ttf"))
    pdfmetrics.registerFont(TTFont(name, path))
    return name


def wrapped(text: str, size: float, width: float, weight: str = "Regular", indent: float = 0) -> list[str]:
    """The lines of a paragraph of this width in points."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and pdfmetrics.stringWidth(longer, font(weight), size) > width - (0 if lines else indent):
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


class Sheet:
    """A page that is written on from above."""

    def __init__(self, canvas: Canvas, left: float = 60, width: float = 475, top: float = 780) -> None:
        self.canvas, self.left, self.width, self.at = canvas, left, width, top

    def paragraph(
        self, text: str, size: float = 11, *, leading: float = 1.3, space: float = 0.6, indent: float = 0,
        weight: str = "Regular", centred: bool = False, write: Callable[["Sheet", float, str], None] | None = None,
    ) -> None:  # fmt: skip
        """A paragraph, broken into lines, and the space below it."""
        for number, line in enumerate(wrapped(text, size, self.width, weight, indent)):
            self.canvas.setFont(font(weight), size)
            x = self.left + (0 if number else indent)
            if centred:
                x += (self.width - pdfmetrics.stringWidth(line, font(weight), size)) / 2
            (write or Sheet.line)(self, x, line)
            self.at -= size * leading
        self.at -= size * space

    def line(self, x: float, text: str) -> None:
        """One text object for a line."""
        self.canvas.drawString(x, self.at, text)

    def words(self, x: float, text: str) -> None:
        """One for each word, as Google Docs exports."""
        self._pieces(x, text.split(" "), " ")

    def letters(self, x: float, text: str) -> None:
        """One for each letter."""
        self._pieces(x, list(text), "")

    def _pieces(self, x: float, pieces: Sequence[str], between: str) -> None:
        name, size = self.canvas._fontname, self.canvas._fontsize
        for piece in pieces:
            if piece != " ":
                self.canvas.drawString(x, self.at, piece)
            x += pdfmetrics.stringWidth(piece + between, name, size)


def made(*pages: Draw, size: tuple[float, float] = A4, **options: Any) -> bytes:
    """A .pdf of these pages."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=size, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def article(size: float = 11, **style: Any) -> Draw:
    """A page with the title, twice as large and bold, and the paragraphs in a style."""

    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        sheet.paragraph(TITLE, size * 1.7, weight="Bold")
        for text in BODY:
            sheet.paragraph(text, size, **style)

    return draw


def picture() -> ImageReader:
    """A grey picture, as a scanner makes one."""
    return ImageReader(Image.new("L", (80, 120), 200))


def spelt_apart(text: str) -> str:
    """A text as fonts break it: each letter with a mark stands alone."""
    return " ".join("".join(f" {c} " if ord(c) > 0x1E00 else c for c in text).split(" "))


def pages_of(texts: Sequence[str], lines: int) -> Iterator[Draw]:
    """Pages of so many lines each, which break paragraphs wherever they end."""
    width, size = 475.0, 11.0
    all_lines = [(line, not number) for text in texts for number, line in enumerate(wrapped(text, size, width))]
    for at in range(0, len(all_lines), lines):

        def draw(canvas: Canvas, some: Sequence[tuple[str, bool]] = tuple(all_lines[at : at + lines])) -> None:
            sheet = Sheet(canvas)
            for line, first in some:
                sheet.at -= size * 0.6 if first else 0
                canvas.setFont(font(), size)
                sheet.line(sheet.left, line)
                sheet.at -= size * 1.3

        yield draw


def as_written(*found: tuple[str, str]) -> list[tuple[str, str]]:
    """The kinds and texts of an article that is read as it was written, and what else was found."""
    return [("headline", TITLE), ("lead", BODY[0]), *(("body", text) for text in BODY[1:]), *found]
