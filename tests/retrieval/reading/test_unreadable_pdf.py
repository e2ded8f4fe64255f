"""PDF files that cannot be read, in whole or in part: each is named, and no damaged text is quoted."""

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from retrieval.reading import damage
from tests.retrieval.reading.made import pdf
from tests.retrieval.reading.printing import (
    A4,
    BODY,
    Sheet,
    article,
    as_written,
    made,
    picture,
    spelt_apart,
)
from tests.retrieval.reading.reads import articles, only, problems, spans, texts_of


def test_one_that_opens_for_everyone_is_read_and_one_with_a_password_is_named() -> None:
    for password, opens in (("", True), ("khoa", False)):
        lock = pdfencrypt.StandardEncryption(password, ownerPassword="chu", canPrint=0)
        data = made(article(), encrypt=lock)
        assert bool(articles("a.pdf", data)) is opens
        assert problems("a.pdf", data) == ([] if opens else ["in/a.pdf: encrypted"])


def test_scanned_pages_are_named() -> None:
    def scan(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, *A4)

    assert problems("a.pdf", made(scan)) == ["in/a.pdf: no text in it: a scan?"]
    mixed = made(article(), scan, scan)
    assert problems("a.pdf", mixed) == ["in/a.pdf: no text on pages 2, 3: scanned?"]
    assert spans(articles("a.pdf", mixed)[0]) == as_written()


def test_an_empty_page_is_passed_over() -> None:
    assert spans(only("a.pdf", made(article(), lambda _: None))) == as_written()


def test_damaged_text_is_told_and_never_quoted() -> None:
    def draw(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        for text in BODY[:3]:
            sheet.paragraph(text)
        sheet.paragraph(spelt_apart(BODY[3]))

    data = made(draw)
    (read,) = articles("a.pdf", data)
    assert texts_of(read) == list(BODY[:3])
    assert [line.reason for line in read.dropped] == ["damaged text"]
    assert "1 of 4 paragraphs damaged" in problems("a.pdf", data)[0]


_FIGURES = (
    "Giờ chợ: 5h - 7h, 8h - 10h, 14h - 16h, 17h - 19h.",
    "Ghe dài 24 m, 18 m, 15 m, 12 m, 9 m.",
    "T. V. N. và L. B. H.",
)


@pytest.mark.parametrize("line", _FIGURES)
def test_hours_units_and_initials_are_no_damage(line: str) -> None:
    assert damage.share(line) == 0


@pytest.mark.parametrize(
    "line",
    [
        "Hi ngh tng kt nm hc ca trng din ra sng nay.",
        "Nöôùc soâng ñang leân, caùc ghe phaûi neo laïi.",
        "c h ợ n ổ i mở lại",
    ],
)
def test_words_that_are_none_are_damage(line: str) -> None:
    assert damage.share(line) > 0.2


def test_a_letter_that_old_fonts_misname_is_read_as_it_is_shown() -> None:
    (found,) = texts_of(only("a.pdf", pdf(["Nƣớc sông lên, ngƣời dân TRƢỜNG SA neo ghe từ sớm."])))
    assert found == "Nước sông lên, người dân TRƯỜNG SA neo ghe từ sớm."


def test_a_file_that_is_damaged_throughout_is_refused() -> None:
    def page(canvas: Canvas) -> None:
        sheet = Sheet(canvas)
        for text in BODY:
            sheet.paragraph(spelt_apart(text))

    assert "its text comes out damaged" in problems("a.pdf", made(page))[0]
