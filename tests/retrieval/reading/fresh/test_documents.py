"""Five Word documents and nine PDF files, four of them printed by Chromium."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from tests.retrieval.reading.fresh.story import (
    BODY,
    FIRST,
    FOURTH,
    LEAD,
    SECOND,
    TEXTS,
    THIRD,
    TITLE,
    needs_chromium,
    page,
    printed,
)
from tests.retrieval.reading.printing import A4, Draw, Sheet, font, made, picture, spelt_apart
from tests.retrieval.reading.reads import articles, only, problems, spans
from tests.retrieval.reading.test_word import document, run


def lines(data: bytes, name: str = "a.docx") -> list[str]:
    return [text for _, text in spans(only(name, data))]


# Word.


def test_a_paragraph_that_was_deleted_in_review_is_gone_and_one_that_was_inserted_is_there() -> None:
    inner = (
        f'{run("Đập cao 41 m")}<w:del w:id="9" w:author="b"><w:r><w:delText>, dài 380 m</w:delText>'
        f'</w:r></w:del><w:ins w:id="8" w:author="b">{run(", dài 395 m")}</w:ins>{run(".")}'
    )
    assert lines(document(inner))[1] == "Đập cao 41 m, dài 395 m."


def test_controls_around_paragraphs_and_rows_hide_nothing() -> None:
    made_ = docx.Document()
    made_.add_paragraph(LEAD)
    body = made_.element.body
    body.insert(
        1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>{FIRST}</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    rows = "".join(
        (
            f"<w:sdt><w:sdtContent><w:tr><w:tc><w:p><w:r><w:t>{a}</w:t></w:r></w:p></w:tc><w:tc><w:p>"
            f"<w:r><w:t>{b}</w:t></w:r></w:p></w:tc></w:tr></w:sdtContent></w:sdt>"
        )
        for a, b in (("Nà Lốc", "1.250"), ("Mường Sại", "1.900"))
    )
    body.insert(2, parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"))
    stream = BytesIO()
    made_.save(stream)
    assert lines(stream.getvalue()) == [LEAD, FIRST, "Nà Lốc | 1.250", "Mường Sại | 1.900"]


def test_a_box_of_text_and_a_table_in_a_cell_are_read() -> None:
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>Hồ chứa 27 triệu m³ nước.</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )
    assert "Hồ chứa 27 triệu m³ nước." in lines(document(f"{run('Đập có ba cửa xả.')}{box}"))


def test_notes_and_links_are_read() -> None:
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote '
        'w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>Số '
        "liệu đến ngày 27-11.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    link = f'<w:hyperlink w:anchor="x">{run("công ty thủy lợi")}</w:hyperlink>'
    found = lines(
        document(
            f'{run("Theo ")}{link}{run(", hồ đã đầy.")}<w:r><w:footnoteReference w:id="1"/></w:r>', footnotes=notes
        )
    )
    assert "Theo công ty thủy lợi, hồ đã đầy." in found
    assert "Số liệu đến ngày 27-11." in found


def test_formulas_and_signs_of_a_paragraph_do_not_disappear() -> None:
    formula = (
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>'
        "Q=12</m:t></m:r></m:oMath>"
    )
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    assert (
        lines(document(f"{run('Lưu lượng ')}{formula}{run(' m3/s, mực nước ')}{sign}{run(' 58 m.')}"))[1]
        == "Lưu lượng Q=12 m3/s, mực nước ≥ 58 m."
    )


# PDF.


@needs_chromium
def test_a_headline_over_two_lines_that_a_browser_printed_is_one_headline(tmp_path: Path) -> None:
    long = f"{TITLE}, nông dân ba xã hạ lưu mừng vì kịp vụ lúa đông xuân"
    html = page(heading=long, title=long).replace(
        "</head>", "<style>h1{font-size:30px} nav{display:none} body{font:16px/1.6 serif}</style></head>"
    )
    found = only("a.pdf", printed(html, tmp_path, "--no-pdf-header-footer"))
    assert found.article.title == long
    assert spans(found) == [("headline", long), ("lead", LEAD), *(("body", text) for text in TEXTS[1:])]


@needs_chromium
@pytest.mark.parametrize(
    "style",
    [
        "p{text-indent:2em;margin:0}",
        "p{margin:0 0 2px;line-height:1.1}",
        "body{font-size:22px}",
        "div{columns:2;font-size:13px;text-align:justify}",
        "p{line-height:2}",
    ],
)
def test_paragraphs_that_a_browser_printed_are_whole_in_any_style(tmp_path: Path, style: str) -> None:
    html = f"<meta charset=utf-8><title>{TITLE}</title><style>{style}</style><h1>{TITLE}</h1><div>{BODY}{BODY}</div>"
    found = only("a.pdf", printed(html, tmp_path, "--no-pdf-header-footer"))
    assert (found.article.title, {text for _, text in spans(found)}) == (TITLE, {TITLE, *TEXTS})


@needs_chromium
def test_what_a_browser_puts_around_its_pages_is_no_text(tmp_path: Path) -> None:
    html = page("".join(f"<p>{text}</p>" for text in TEXTS * 7), title=TITLE).replace(
        "</head>", "<style>nav{display:none} body{font:18px/1.7 sans-serif}</style></head>"
    )
    found = only("a.pdf", printed(html, tmp_path))
    assert {text for _, text in spans(found)} == {TITLE, *TEXTS}


@needs_chromium
def test_columns_that_a_browser_printed_are_read_one_after_the_other(tmp_path: Path) -> None:
    html = page(f'<div style="columns:2;column-gap:28px;text-align:justify">{BODY}{BODY}</div>', title=TITLE).replace(
        "</head>", "<style>nav{display:none} p{margin:0 0 8px}</style></head>"
    )
    found = [text for _, text in spans(only("a.pdf", printed(html, tmp_path, "--no-pdf-header-footer")))]
    assert set(found) == {TITLE, *TEXTS}


@needs_chromium
def test_the_last_row_of_a_printed_table_is_a_row_and_no_heading(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{a}</td><td>{b}</td></tr>"
        for a, b in (("Xã", "Diện tích (ha)"), ("Nà Lốc", "1.250"), ("Mường Sại", "1.900"))
    )
    html = page(BODY.replace(f"<p>{THIRD}", f'<table width="70%">{rows}</table><p>{THIRD}'), title=TITLE).replace(
        "</head>", "<style>nav{display:none}</style></head>"
    )
    found = spans(only("a.pdf", printed(html, tmp_path, "--no-pdf-header-footer")))
    kinds = {text: kind for kind, text in found}
    assert [kind for text, kind in kinds.items() if "Mường Sại" in text and "1.900" in text] == ["body"]
    assert kinds.get(THIRD) == "body"


def story(canvas: Canvas) -> None:
    sheet = Sheet(canvas)
    sheet.paragraph(TITLE, 19, weight="Bold")
    for text in TEXTS:
        sheet.paragraph(text)


def test_a_password_of_the_owner_alone_is_no_hindrance() -> None:
    lock = pdfencrypt.StandardEncryption("", ownerPassword="chu-so-huu", canCopy=0, canPrint=0, strength=128)
    assert lines(made(story, encrypt=lock), "a.pdf") == [TITLE, *TEXTS]
    assert problems("a.pdf", made(story, encrypt=pdfencrypt.StandardEncryption("mo", ownerPassword="x"))) == [
        "in/a.pdf: encrypted"
    ]


def test_a_scanned_page_amid_others_is_named() -> None:
    def scan(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 20, 20, A4[0] - 40, A4[1] - 40)

    data = made(story, scan, story)
    assert problems("a.pdf", data) == ["in/a.pdf: no text on page 2: scanned?"]
    assert len(articles("a.pdf", data)) == 1


def test_a_table_s_last_row_above_a_paragraph_without_a_heading_is_a_row() -> None:
    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        for text in TEXTS[:2]:
            sheet.paragraph(text)
        for row in (("Nà Lốc", "1.250 ha"), ("Mường Sại", "1.900 ha"), ("Chiềng Ơn", "1.150 ha")):
            canvas.setFont(font(), 11)
            canvas.drawString(60, sheet.at, row[0])
            canvas.drawString(230, sheet.at, row[1])
            sheet.at -= 15
        sheet.at -= 6
        for text in TEXTS[2:]:
            sheet.paragraph(text)

    found = spans(only("a.pdf", made(draw)))
    assert [kind for kind, text in found if "Chiềng Ơn" in text and "1.150" in text] == ["body"]
    assert [("body", text) in found for text in TEXTS[2:]] == [True] * 3


def test_paragraphs_of_a_state_document_are_whole_below_number_and_date() -> None:
    points = [f"{n}. {text}" for n, text in enumerate(TEXTS[1:], 1)]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font("Bold"), 11)
        canvas.drawString(70, 795, "UBND TỈNH SƠN BÌNH")
        canvas.drawString(320, 795, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        canvas.drawString(80, 780, "SỞ NÔNG NGHIỆP")
        canvas.drawString(345, 780, "Độc lập - Tự do - Hạnh phúc")
        canvas.setFont(font(), 11)
        canvas.drawString(80, 755, "Số: 1127/SNN-TL")
        canvas.drawString(330, 755, "Sơn Bình, ngày 27 tháng 11 năm 2026")
        sheet = Sheet(canvas, top=720)
        sheet.paragraph("THÔNG BÁO", 13, weight="Bold", centred=True)
        for text in points:
            sheet.paragraph(text, indent=24)

    found = lines(made(draw), "a.pdf")
    assert [point in found for point in points] == [True] * 4
    assert not [text for text in found if "CỘNG HÒA" in text]


def test_a_page_of_broken_letters_is_told_and_the_others_are_read() -> None:
    def broken(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        for text in (FIRST, SECOND):
            sheet.paragraph(spelt_apart(text))

    pages: tuple[Draw, ...] = (story, broken)
    data = made(*pages)
    (found,) = articles("a.pdf", data)
    assert [text for _, text in spans(found)] == [TITLE, *TEXTS]
    assert FOURTH in found.article.text
    assert "damaged" in problems("a.pdf", data)[0]
