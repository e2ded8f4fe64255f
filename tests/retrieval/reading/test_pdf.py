"""PDF files as people have them: thirty kinds, each made by code."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.retrieval.reading.made import pdf
from tests.retrieval.reading.printing import (
    BODY,
    TITLE,
    Draw,
    Sheet,
    article,
    as_written,
    font,
    made,
    pages_of,
    wrapped,
)
from tests.retrieval.reading.reads import only, spans, texts_of

_STYLES = {
    "10 points": article(10),
    "12 points": article(12),
    "14 points": article(14),
    "no space between paragraphs": article(space=0),
    "first lines indented": article(space=0, indent=22),
    "lines twice as far apart": article(leading=2.2, space=0.6),
    "lines close together": article(leading=1.1),
    "a text object for each word": article(write=Sheet.words),
    "a text object for each letter": article(write=Sheet.letters),
}


@pytest.mark.parametrize("page", _STYLES.values(), ids=_STYLES)
def test_paragraphs_are_whole_in_any_style(page: Draw) -> None:
    assert spans(only("a.pdf", made(page))) == as_written()


@pytest.mark.parametrize("size", [(420.0, 842.0), (842.0, 860.0)], ids=["narrow", "wide"])
def test_paragraphs_are_whole_on_pages_of_any_width(size: tuple[float, float]) -> None:
    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas, width=size[0] - 120)
        sheet.paragraph(TITLE, 18, weight="Bold")
        for text in BODY:
            sheet.paragraph(text)

    assert spans(only("a.pdf", made(draw, size=size))) == as_written()


_LONG = f"{TITLE} dài nhất từ trước đến nay ở miền Mẫu"
_LONGER = f"{_LONG}, người bán và khách đều mừng vì được gặp lại nhau"


@pytest.mark.parametrize(("title", "centred"), [(_LONG, False), (_LONGER, True)])
def test_a_title_over_several_lines_is_one(title: str, *, centred: bool) -> None:
    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        sheet.paragraph(title, 22, weight="Bold", centred=centred)
        for text in BODY:
            sheet.paragraph(text)

    read = only("a.pdf", made(draw))
    assert read.article.title == title
    assert texts_of(read) == [title, *BODY]


@pytest.mark.parametrize("form", ["{}", "Trang {}/3", "- {} -"])
def test_numbers_of_pages_are_no_text_and_paragraphs_go_on_over_pages(form: str) -> None:
    def numbered(pages: Sequence[Draw]) -> Iterator[Draw]:
        for number, page in enumerate(pages, 1):

            def draw(canvas: Canvas, page: Draw = page, number: int = number) -> None:
                page(canvas)
                canvas.setFont(font(), 9)
                canvas.drawString(290, 30, form.format(number))

            yield draw

    pages = numbered(list(pages_of(BODY, 3)))
    assert texts_of(only("a.pdf", made(*pages))) == list(BODY)


def test_what_each_page_repeats_is_no_text() -> None:
    def framed(page: Draw, number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.setFont(font(), 9)
            canvas.drawString(60, 815, "Báo Ví Dụ – Số ra ngày 5-3-2024")
            page(canvas)
            canvas.setFont(font(), 9)
            canvas.drawString(60, 30, f"baovidu.vn, trang {number}")

        return draw

    pages = [framed(page, number) for number, page in enumerate(pages_of(BODY, 3), 1)]
    assert texts_of(only("a.pdf", made(*pages))) == list(BODY)


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other(columns: int) -> None:
    def draw(canvas: Canvas) -> None:
        width = 500 / columns
        for column, some in enumerate(BODY[at::columns] for at in range(columns)):
            sheet = Sheet(canvas, left=50 + column * width, width=width - 20)
            for text in some:
                sheet.paragraph(text, 10)

    expected = [text for at in range(columns) for text in BODY[at::columns]]
    assert texts_of(only("a.pdf", made(draw))) == expected


def test_a_row_of_a_table_is_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        for text in BODY[:2]:
            sheet.paragraph(text)
        for row in (("Năm", "Số ghe"), ("2023", "140"), ("2024", "112")):
            canvas.drawString(60, sheet.at, row[0])
            canvas.drawString(200, sheet.at, row[1])
            sheet.at -= 22

    texts = texts_of(only("a.pdf", made(draw)))
    assert any("2023" in text and "140" in text and "2024" not in text for text in texts)


def test_items_of_a_list_stay_apart() -> None:
    items = ["- Ghe phải neo trước năm giờ sáng.", "- Khách mặc áo phao.", "- Rác để vào giỏ."]

    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        for text in (*BODY[:2], *items):
            sheet.paragraph(text, space=0)

    assert texts_of(only("a.pdf", made(draw))) == [*BODY[:2], *items]


def test_a_subhead_in_bold_stays_apart() -> None:
    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        for text in BODY[:2]:
            sheet.paragraph(text)
        sheet.paragraph("Hết hàng từ sớm", weight="Bold")
        for text in BODY[2:]:
            sheet.paragraph(text)

    assert ("headline", "Hết hàng từ sớm") in spans(only("a.pdf", made(draw)))


def test_a_document_of_the_state_is_read_below_its_letterhead() -> None:
    about = "Về việc mở lại chợ nổi trên sông Mẫu sau mùa lũ"
    articles_ = [f"Điều {number}. {text}" for number, text in enumerate(BODY, 1)]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font("Bold"), 11)
        canvas.drawString(60, 790, "ỦY BAN NHÂN DÂN")
        canvas.drawString(330, 790, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        canvas.drawString(60, 775, "TỈNH MẪU")
        canvas.drawString(350, 775, "Độc lập - Tự do - Hạnh phúc")
        sheet = Sheet(canvas, top=715)
        sheet.paragraph("QUYẾT ĐỊNH", 13, weight="Bold", centred=True, space=0.1)
        sheet.paragraph(about, weight="Bold", centred=True)
        for text in articles_:
            sheet.paragraph(text, indent=20)

    read = only("a.pdf", made(draw))
    assert texts_of(read) == ["QUYẾT ĐỊNH", about, *articles_]
    assert [line.reason for line in read.dropped] == ["letterhead"] * 2


def test_a_heading_that_is_only_bold_stays_apart() -> None:
    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        sheet.paragraph(_LONGER, weight="Bold", space=0)
        for text in BODY:
            sheet.paragraph(text)

    assert texts_of(only("a.pdf", made(draw))) == [_LONGER, *BODY]


def test_a_figure_at_the_beginning_of_a_line_is_no_item_of_a_list() -> None:
    text = (
        "Ghe cuối cùng của ngày rời bến chợ nổi trên sông Mẫu, theo lời ông trưởng ban, lúc 5 giờ 40. Sau đó trời mưa."
    )
    lines = [text[: text.index("40.")], text[text.index("40.") :]]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font(), 11)
        for n, line in enumerate((*wrapped(BODY[0], 11, 475), *lines)):
            canvas.drawString(60, 780 - 14 * n, line.strip())

    assert texts_of(only("a.pdf", made(draw)))[-1].endswith("lúc 5 giờ 40. Sau đó trời mưa.")


def test_what_a_browser_prints_around_a_page_gives_the_address_and_is_no_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(font(), 8)
        canvas.drawString(30, 820, f"05/03/2024, 10:12 {TITLE}")
        article()(canvas)
        canvas.setFont(font(), 8)
        canvas.drawString(30, 20, "https://vnexpress.net/cho-noi-123.html 1/1")

    read = only("a.pdf", made(draw))
    assert spans(read) == as_written()
    assert read.article.url == "https://vnexpress.net/cho-noi-123.html"
    assert read.article.publisher == "VnExpress (vnexpress.net)"


def test_letters_are_measured_where_a_font_does_not_say_how_high_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """As LibreOffice writes it: Ascent and Descent are 0, so that the box of Ô is higher than that of n."""
    for weight in ("Regular", "Bold"):
        face = pdfmetrics.getFont(font(weight)).face
        monkeypatch.setattr(face, "ascent", 0)
        monkeypatch.setattr(face, "descent", 0)
    said = "Ông trưởng ban nói khách về đông, ghe chở khóm, bưởi và rau nối nhau về chợ như mọi năm, dù nước còn cao."

    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas, width=330)
        sheet.paragraph(f"Ở Ấp Mẫu, {TITLE[0].lower()}{TITLE[1:]} năm nay", 18, weight="Bold")
        for text in (said, *BODY):
            sheet.paragraph(text)

    assert texts_of(only("a.pdf", made(draw)))[1:] == [said, *BODY]


def test_items_behind_the_bullets_of_a_font_of_symbols_stay_apart() -> None:
    items = ["Ghe neo trước năm giờ sáng", "Khách mặc áo phao", "Rác để vào giỏ"]
    found = texts_of(only("a.pdf", pdf([f"\uf0b7 {items[0]}", f"\uf0a7 {items[1]}", f"\uf0d8 {items[2]}"])))
    assert found == [f"• {items[0]}", f"▪ {items[1]}", f"➢ {items[2]}"]


def test_a_large_first_letter_belongs_to_its_word() -> None:
    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        sheet.paragraph(TITLE, 20, weight="Bold")
        canvas.setFont(font("Bold"), 34)
        canvas.drawString(sheet.left, sheet.at - 16, BODY[0][0])
        for number, line in enumerate(wrapped(BODY[0][1:], 11, 440)):
            canvas.setFont(font(), 11)
            sheet.line(sheet.left + (25 if number < 2 else 0), line)
            sheet.at -= 14.3
        sheet.at -= 8
        sheet.paragraph(BODY[1])

    assert texts_of(only("a.pdf", made(draw))) == [TITLE, *BODY[:2]]


def test_a_large_first_letter_that_is_written_first_belongs_to_its_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(font("Bold"), 34)
        canvas.drawString(60, 714, BODY[0][0])
        sheet = Sheet(canvas)
        sheet.paragraph(TITLE, 20, weight="Bold")
        sheet.at = 730
        for number, line in enumerate(wrapped(BODY[0][1:], 11, 440)):
            canvas.setFont(font(), 11)
            sheet.line(sheet.left + (25 if number < 2 else 0), line)
            sheet.at -= 14.3

    assert texts_of(only("a.pdf", made(draw))) == [TITLE, BODY[0]]


def test_a_slanted_watermark_is_no_text() -> None:
    def draw(canvas: Canvas) -> None:
        article()(canvas)
        canvas.translate(300, 620)
        canvas.rotate(45)
        canvas.setFont(font("Bold"), 60)
        canvas.drawCentredString(0, 0, "BẢN NHÁP")

    assert texts_of(only("a.pdf", made(draw))) == [TITLE, *BODY]


def test_lines_that_differ_in_a_figure_amid_them_are_no_heads_of_pages() -> None:
    def day(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            Sheet(canvas).paragraph(f"Ngày {number}, chợ nổi đón {number * 100} khách và bán hết hàng trước giờ trưa.")

        return draw

    found = texts_of(only("a.pdf", made(*map(day, range(1, 5)))))
    assert found == [f"Ngày {n}, chợ nổi đón {n * 100} khách và bán hết hàng trước giờ trưa." for n in range(1, 5)]


_CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.skipif(_CHROMIUM is None, reason="Chromium is not on this machine")
def test_a_page_that_a_browser_printed_is_whole(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in BODY * 8)
    page = f"<meta charset=utf-8><h1>{TITLE}</h1><style>body {{font-family: Gelasio, serif}}</style>{paragraphs}"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    command = [
        str(_CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile",
        f"--print-to-pdf={tmp_path}/a.pdf", "--no-pdf-header-footer", f"{tmp_path}/a.html",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603
    read = only("a.pdf", (tmp_path / "a.pdf").read_bytes())
    assert read.article.title == TITLE
    assert set(texts_of(read)) == {TITLE, *BODY}
