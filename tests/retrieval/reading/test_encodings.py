"""Bytes → text."""

import unicodedata

import pytest

from tests.retrieval.reading.reads import articles, problems

TEXT = "Sáng 5-3, cây cầu mới qua sông Hậu đã thông xe, sớm hơn kế hoạch những hai tháng."
TCVN3 = "S¸ng nay, c©y cÇu míi qua s«ng ®· th«ng xe, cña nh÷ng ng\xadêi thî vµ kü s\xad trong n\xadíc."
VNI = "Saùng nay, caây caàu môùi qua soâng ñaõ thoâng xe, cuûa nhöõng ngöôøi thôï vaø kyõ sö trong nöôùc."


def windows_1258(text: str) -> bytes:
    """As Windows writes it: base letters of the code page, tone marks as characters of their own."""
    encoded = bytearray()
    for character in text:
        base = unicodedata.normalize("NFD", character)
        tones = [c for c in base if c in "\u0300\u0301\u0303\u0309\u0323"]
        letter = unicodedata.normalize("NFC", "".join(c for c in base if c not in tones))
        encoded += (letter + "".join(tones)).encode("cp1258")
    return bytes(encoded)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        unicodedata.normalize("NFD", TEXT).encode(),
        windows_1258(TEXT),
    ],
    ids=["utf-8", "bom", "utf-16", "no mark, le", "no mark, be", "utf-16-be", "utf-32", "nfd", "windows-1258"],
)
def test_each_encoding_gives_the_same_nfc_text(data: bytes) -> None:
    (read,) = articles("a.txt", data)
    assert read.article.text == TEXT


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_line_ends_are_one(line_end: str) -> None:
    (read,) = articles("a.txt", f"{TEXT}{line_end}{line_end}Hết bài.{line_end}")
    assert read.article.text == f"{TEXT}\n\nHết bài."


@pytest.mark.parametrize(("name", "text"), [("TCVN3 (.VnTime)", TCVN3), ("VNI", VNI)])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_text_in_a_fonts_own_code_is_refused_by_name(name: str, text: str, encoding: str) -> None:
    message = f"in/a.txt: looks like {name} text: convert it to Unicode first"
    assert problems("a.txt", text.encode(encoding)) == [message]


def test_other_languages_are_not_taken_for_a_fonts_code() -> None:
    french = "Là où le pont passe, la rivière est à peine plus large qu'une rue, et l'été on la traverse à pied."
    (read,) = articles("a.txt", french)
    assert read.article.text == french


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty file"),
        (b" \r\n\t\n", "empty file"),
        ("\ufeff".encode(), "empty file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text"),
        (bytes(range(32)) * 20, "not text"),
        (b"\xff\xfea", "marked as UTF-16, but byte 2 does not fit: truncated data"),
    ],
)
def test_what_is_no_text_is_refused_in_words(data: bytes, message: str) -> None:
    assert problems("a.txt", data) == [f"in/a.txt: {message}"]


def test_damaged_utf8_is_refused_with_the_place_and_not_read_as_another_code() -> None:
    (problem,) = problems("a.txt", TEXT.encode()[:-20] + b"\xe1\xba" + b" xe.")
    assert "neither UTF-8 (byte" in problem
