"""Six Word documents and seven PDF files: of offices, of Google Docs, of browsers."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.retrieval.reading.fresh.ferry import BODY, FIRST, FOURTH, LEAD, SECOND, TEXTS, THIRD, TITLE
from tests.retrieval.reading.fresh.story import needs_chromium, printed
from tests.retrieval.reading.printing import Sheet, font, made, wrapped
from tests.retrieval.reading.reads import only, spans
from tests.retrieval.reading.test_word import document, run


def lines(data: bytes, name: str = "a.docx") -> list[str]:
    return [text for _, text in spans(only(name, data))]


def saved(whole: "docx.document.Document") -> bytes:
    stream = BytesIO()
    whole.save(stream)
    return stream.getvalue()


# Word, as Google Docs exports it.


def test_runs_that_part_words_links_and_remarks_of_a_shared_document() -> None:
    inner = (
        '<w:commentRangeStart w:id="0"/><w:r><w:rPr><w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">Chuyến ph'
        '</w:t></w:r><w:r><w:rPr><w:b w:val="1"/><w:rtl w:val="0"/></w:rPr><w:t>à cuối</w:t></w:r>'
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        '<w:hyperlink w:anchor="a"><w:r><w:t xml:space="preserve"> rời bờ</w:t></w:r></w:hyperlink>'
        f"{run(' lúc 5 giờ 40.')}"
    )
    remarks = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0" '
        'w:author="Biên tập"><w:p><w:r><w:t>Kiểm tra lại giờ giúp em.</w:t></w:r></w:p></w:comment></w:comments>'
    )
    found = lines(document(inner, comments=remarks))
    assert "Chuyến phà cuối rời bờ lúc 5 giờ 40." in found
    assert not [text for text in found if "Kiểm tra" in text]


def test_title_and_subtitle_of_a_shared_document() -> None:
    made_ = docx.Document()
    made_.add_paragraph(TITLE, style="Title")
    made_.add_paragraph(LEAD, style="Subtitle")
    made_.add_paragraph("", style="Normal")
    for text in TEXTS[1:]:
        made_.add_paragraph(text)
    found = only("a.docx", saved(made_))
    assert found.article.title == TITLE
    assert spans(found) == [("headline", TITLE), ("lead", LEAD), *(("body", text) for text in TEXTS[1:])]


def test_items_of_a_numbered_list_and_a_page_break_amid_them() -> None:
    made_ = docx.Document()
    made_.add_paragraph(LEAD)
    for text in (FIRST, SECOND):
        made_.add_paragraph(text, style="List Number")
    made_.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for text in (THIRD, FOURTH):
        made_.add_paragraph(text, style="List Bullet")
    assert lines(saved(made_)) == list(TEXTS)


def test_a_title_that_is_only_bold_and_large() -> None:
    made_ = docx.Document()
    made_.add_paragraph().add_run(TITLE).bold = True
    for text in TEXTS:
        made_.add_paragraph(text)
    made_.add_paragraph("Bài và ảnh: Hoàng Thái")
    found = only("a.docx", saved(made_))
    assert (found.article.title, found.article.author) == (TITLE, "Hoàng Thái")
    assert [text for kind, text in spans(found) if kind in ("lead", "body")] == list(TEXTS)


def test_smart_tags_soft_hyphens_and_simple_fields_are_text() -> None:
    inner = (
        f'{run("Cầu ")}<w:smartTag w:element="place"><w:r><w:t>Vàm Lách</w:t></w:r></w:smartTag>'
        f'{run(" dài ")}<w:fldSimple w:instr="DOCPROPERTY dai"><w:r><w:t>2.160</w:t></w:r></w:fldSimple>'
        "<w:r><w:t> mé</w:t><w:softHyphen/><w:t>t.</w:t></w:r>"
    )
    assert lines(document(inner))[1] == "Cầu Vàm Lách dài 2.160 mét."


def test_a_picture_in_a_table_of_layout_has_its_caption() -> None:
    made_ = docx.Document()
    for text in (TITLE, LEAD, FIRST):
        made_.add_paragraph(text)
    table = made_.add_table(rows=2, cols=1)
    drawing = f"<w:r {nsdecls('w')}><w:pict/></w:r>"
    table.cell(0, 0).paragraphs[0]._p.append(parse_xml(drawing))
    table.cell(1, 0).text = "Phà Cồn Tàu sáng 14-3. Ảnh: Hoàng Thái"
    for text in (SECOND, THIRD, FOURTH):
        made_.add_paragraph(text)
    found = spans(only("a.docx", saved(made_)))
    assert ("caption", "Phà Cồn Tàu sáng 14-3. Ảnh: Hoàng Thái") in found
    assert [text for kind, text in found if kind in ("lead", "body")] == list(TEXTS)


# PDF files of offices.


def letterhead(canvas: Canvas, number: str = "Số: 412/QĐ-UBND") -> None:
    canvas.setFont(font("Bold"), 11)
    canvas.drawCentredString(150, 795, "ỦY BAN NHÂN DÂN")
    canvas.drawCentredString(420, 795, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    canvas.drawCentredString(150, 780, "HUYỆN CÙ LAO")
    canvas.drawCentredString(420, 780, "Độc lập - Tự do - Hạnh phúc")
    canvas.setFont(font(), 11)
    canvas.drawCentredString(150, 757, number)
    canvas.drawCentredString(420, 757, "Cù Lao, ngày 10 tháng 3 năm 2026")


def signed(canvas: Canvas, at: float) -> None:
    canvas.setFont(font("Bold"), 11)
    canvas.drawString(60, at, "Nơi nhận:")
    canvas.drawCentredString(420, at, "TM. ỦY BAN NHÂN DÂN")
    canvas.drawCentredString(420, at - 15, "CHỦ TỊCH")
    canvas.setFont(font(), 9)
    canvas.drawString(60, at - 15, "- Như Điều 3;")
    canvas.drawString(60, at - 27, "- Lưu: VT.")
    canvas.setFont(font("Bold"), 11)
    canvas.drawCentredString(420, at - 80, "Lê Quốc Trị")


RULES = (
    "Điều 1. Dừng hoạt động bến phà Cồn Tàu từ 6 giờ ngày 14 tháng 3 năm 2026 để khai thác cầu Vàm Lách vừa xây xong.",
    "Điều 2. Phòng Nội vụ sắp xếp việc làm cho 26 nhân viên của bến; kinh phí lấy từ ngân sách huyện năm 2026.",
    "Điều 3. Chánh Văn phòng, trưởng các phòng và trưởng bến phà Cồn Tàu chịu trách nhiệm thi hành quyết định này.",
)


def test_articles_of_a_decision_are_whole_and_its_signature_is_none_of_them() -> None:
    def draw(canvas: Canvas) -> None:
        letterhead(canvas)
        sheet = Sheet(canvas, top=720)
        sheet.paragraph("QUYẾT ĐỊNH", 13, weight="Bold", centred=True, space=0.2)
        sheet.paragraph("Về việc dừng hoạt động bến phà Cồn Tàu", 12, weight="Bold", centred=True)
        for text in RULES:
            sheet.paragraph(text, 12, indent=28, space=0.4)
        signed(canvas, sheet.at - 20)

    found = lines(made(draw), "a.pdf")
    assert [rule in found for rule in RULES] == [True] * 3
    assert not [text for text in found if "CỘNG HÒA" in text]


def test_a_clause_goes_on_over_the_number_at_the_head_of_the_next_page() -> None:
    long = " ".join(RULES)
    some = wrapped(long, 12, 475)

    def page(part: list[str], number: str) -> "object":
        def draw(canvas: Canvas) -> None:
            if number:
                canvas.setFont(font(), 12)
                canvas.drawCentredString(297, 810, number)
            sheet = Sheet(canvas)
            canvas.setFont(font(), 12)
            for line in part:
                sheet.line(60, line)
                sheet.at -= 16

        return draw

    data = made(page(some[:3], ""), page(some[3:], "2"))  # type: ignore[arg-type]
    assert lines(data, "a.pdf") == [long]


def test_a_subject_of_a_letter_beside_its_date_is_none_of_the_text() -> None:
    def draw(canvas: Canvas) -> None:
        letterhead(canvas, "Số: 88/UBND-KT")
        canvas.setFont(font(), 9)
        canvas.drawCentredString(150, 742, "V/v dừng bến phà Cồn Tàu")
        sheet = Sheet(canvas, top=700)
        sheet.paragraph("Kính gửi: Sở Giao thông Vận tải", 12, centred=True)
        for text in TEXTS[:4]:
            sheet.paragraph(text, 12, indent=28)

    found = lines(made(draw), "a.pdf")
    assert [text in found for text in TEXTS[:4]] == [True] * 4


@pytest.mark.parametrize("behind", [False, True], ids=["in their places", "behind the line, as LibreOffice does"])
def test_letters_of_a_second_font_stay_in_their_words(*, behind: bool) -> None:
    """As programs print that do not find all letters in the font that is asked for."""

    def pieces(text: str) -> Iterator[tuple[bool, str]]:
        for other, letters in groupby(text, lambda letter: ord(letter) > 0x1E00):
            yield other, "".join(letters)

    def mixed(sheet: Sheet, x: float, text: str) -> None:
        later = []
        for other, piece in pieces(text):
            name = font("Medium" if other else "Regular")
            later.append((other and behind, name, x, piece))
            x += pdfmetrics.stringWidth(piece, name, 11)
        for _, name, at, piece in sorted(later, key=lambda one: one[0]):
            sheet.canvas.setFont(name, 11)
            sheet.canvas.drawString(at, sheet.at, piece)

    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        for text in TEXTS:
            sheet.paragraph(text, write=mixed)

    assert lines(made(draw), "a.pdf") == list(TEXTS)


@needs_chromium
def test_a_headline_beside_a_box_that_a_browser_printed(tmp_path: Path) -> None:
    teasers = "<p>Xem nhiều</p><p>Giá dừa tăng trở lại</p><p>Cầu mới cho vùng cồn</p>"
    box = f"<aside style='flex:1;font-size:12px'>{teasers}</aside>"
    html = (
        f"<meta charset=utf-8><title>{TITLE}</title><div style='display:flex;gap:24px'><div style='flex:2'>"
        f"<h1>{TITLE}</h1>{BODY}</div>{box}</div>"
    )
    found = only("a.pdf", printed(html, tmp_path, "--no-pdf-header-footer"))
    assert found.article.title == TITLE
    assert [text in [t for _, t in spans(found)] for text in TEXTS] == [True] * 5


@needs_chromium
@pytest.mark.parametrize("face", ["Liberation Serif", "Liberation Sans"])
def test_a_font_that_lacks_letters_breaks_no_word_that_a_browser_prints(tmp_path: Path, face: str) -> None:
    html = (
        f"<meta charset=utf-8><title>{TITLE}</title><style>body{{font-family:'{face}'}}</style><h1>{TITLE}</h1>{BODY}"
    )
    found = lines(printed(html, tmp_path, "--no-pdf-header-footer"), "a.pdf")
    assert found == [TITLE, *TEXTS]


@needs_chromium
def test_words_that_are_written_one_by_one_by_the_library_of_google_docs_are_sentences(tmp_path: Path) -> None:
    """e12 of ../shared/cases, whose files are not given: Skia, which Chromium prints with too."""
    paragraphs = (" ".join(f"<span>{word}</span>" for word in text.split()) for text in (TITLE, *TEXTS))
    title, *others = paragraphs
    style = "<style>span{display:inline-block} body{font-family:'DejaVu Serif'}</style>"
    html = f"<meta charset=utf-8>{style}<h1>{title}</h1>{''.join(f'<p>{text}</p>' for text in others)}"
    assert lines(printed(html, tmp_path, "--no-pdf-header-footer"), "a.pdf") == [TITLE, *TEXTS]
