"""Word documents and PDF files, made here."""

from io import BytesIO
from zipfile import ZipFile

import docx
from reportlab.lib import pdfencrypt
from reportlab.pdfgen import canvas

from retrieval.reading import Limits
from tests.retrieval.reading.made import pdf, word, zipped
from tests.retrieval.reading.reads import dropped, only, problems, spans

LEAD = "Sáng 5-3, cây cầu mới qua sông đã thông xe, sớm hơn kế hoạch hai tháng."
BODY = "Chủ đầu tư cho biết cầu có sáu làn xe và chịu được lũ lớn nhất trong một trăm năm."


def test_a_word_document_gives_title_subheads_captions_and_byline() -> None:
    read = only(
        "a.docx",
        word(
            ("Title", "Cầu mới thông xe"),
            ("Normal", LEAD),
            ("Caption", "Cầu nhìn từ bờ nam"),
            ("Heading 1", "Nối hai bờ"),
            ("Normal", BODY),
            ("Normal", "Lan Anh"),
        ),
    )
    assert spans(read) == [
        ("headline", "Cầu mới thông xe"),
        ("lead", LEAD),
        ("caption", "Cầu nhìn từ bờ nam"),
        ("headline", "Nối hai bờ"),
        ("body", BODY),
    ]
    assert (read.article.title, read.article.author) == ("Cầu mới thông xe", "Lan Anh")
    assert dropped(read) == [(6, "byline")]


def test_a_table_is_read_in_its_place() -> None:
    document = docx.Document()
    document.add_paragraph(LEAD)
    document.add_table(1, 2).rows[0].cells[1].text = "Số làn xe: 6"
    document.add_paragraph(BODY)
    stream = BytesIO()
    document.save(stream)
    assert [text for _, text in spans(only("a.docx", stream.getvalue()))] == [LEAD, "Số làn xe: 6", BODY]


def test_a_zip_that_is_no_document_and_a_damaged_one_are_problems() -> None:
    assert problems("a.docx", zipped({"a.txt": "a"})) == ["in/a.docx: no Word document in it, or an encrypted one"]
    assert problems("a.docx", b"PK\x03\x04")[0].startswith("in/a.docx: damaged or no .zip")


def test_a_word_document_that_is_a_bomb_is_refused() -> None:
    assert "zip bomb" in problems("a.docx", zipped({"word/document.xml": b" " * 2_000_000}))[0]


def test_a_word_document_with_too_much_text_is_refused() -> None:
    content = "".join(map(str, range(600_000)))
    assert (
        "bytes of text, above the limit of 3,000,000" in problems("a.docx", zipped({"word/document.xml": content}))[0]
    )


def test_an_entity_bomb_in_a_word_document_stays_small() -> None:
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    declaration = f'<!DOCTYPE w [<!ENTITY a "xxxxxxxxxx">{entities}]>'
    stream = BytesIO()
    with ZipFile(BytesIO(word(("Normal", LEAD)))) as whole, ZipFile(stream, "w") as changed:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:document", declaration.encode() + b"<w:document", 1)
                content = content.replace(LEAD.encode(), b"&i;")
            changed.writestr(name, content)
    (problem,) = problems("a.docx", stream.getvalue())
    assert problem.startswith("in/a.docx: ")


def test_a_pdf_gives_paragraphs_over_lines_and_pages() -> None:
    lead = ["Sáng 5-3, cây cầu mới qua sông đã thông xe, sớm", "hơn kế hoạch hai tháng của chủ đầu tư."]
    body = ["Cầu có sáu làn xe và chịu được trận lũ lớn nhất", "trong một trăm năm."]
    read = only("a.pdf", pdf(["Cầu mới thông xe", *lead, "- 1 -"], [*body, "Trang 2/2"]))
    assert spans(read) == [
        ("headline", "Cầu mới thông xe"),
        ("lead", " ".join(lead)),
        ("body", " ".join(body)),
    ]
    assert [reason for _, reason in dropped(read)] == ["page number", "page number"]


def _locked(password: str) -> bytes:
    """A .pdf that an owner has locked; with a password for those who open it too, where one is given."""
    stream = BytesIO()
    sheet = canvas.Canvas(stream, encrypt=pdfencrypt.StandardEncryption(password, ownerPassword="owner", canPrint=0))
    sheet.drawString(50, 700, "Cau moi thong xe sang nay, som hon ke hoach hai thang.")
    sheet.save()
    return stream.getvalue()


def test_an_encrypted_pdf_is_refused_and_one_that_opens_for_everyone_is_read() -> None:
    assert problems("a.pdf", _locked("secret")) == ["in/a.pdf: encrypted"]
    assert "som hon ke hoach" in only("a.pdf", _locked("")).article.text


def test_a_pdf_without_text_damaged_or_too_long_is_refused() -> None:
    assert problems("a.pdf", pdf([])) == ["in/a.pdf: no text in it: a scan?"]
    assert problems("a.pdf", b"%PDF-1.7 nothing")[0].startswith("in/a.pdf: damaged or no .pdf")
    pages = pdf(*([LEAD] for _ in range(4)))
    assert problems("a.pdf", pages, limits=Limits(pdf_pages=3)) == ["in/a.pdf: 4 pages, above the limit of 3"]
