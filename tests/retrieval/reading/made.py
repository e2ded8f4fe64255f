"""Files made for these tests: Word documents, PDF files and zip archives."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx

SYSTEM = "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"


def word(*paragraphs: tuple[str, str]) -> bytes:
    """A .docx of (style, text) paragraphs."""
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    document.core_properties.author = "Máy tính cơ quan"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf(*pages: list[str]) -> bytes:
    """A .pdf with one text line after the other, in a font whose code points a ToUnicode map explains."""
    letters = sorted({letter for page in pages for line in page for letter in line})
    codes = {letter: f"{code:04x}" for code, letter in enumerate(letters, 1)}
    mapping = "\n".join(f"<{code}> <{ord(letter):04x}>" for letter, code in codes.items())
    chars = f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(codes)} beginbfchar\n{mapping}\nendbfchar"
    contents = [
        "BT /F1 12 Tf 14 TL 50 800 Td "
        + " ".join(f"<{''.join(codes[letter] for letter in line)}> Tj T*" for line in page)
        + " ET"
        for page in pages
    ]
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 600 850] >>",
        "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [4 0 R] >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 500 /CIDSystemInfo {SYSTEM} >>",
        f"<< /Length {len(chars)} >>\nstream\n{chars}\nendstream",
    ]
    for number, content in enumerate(contents):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * number} 0 R >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    body, offsets = "%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """A .zip of these members."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()
