"""Signs of documents that have no letter of their own in the file: those of fonts of symbols, and formulas."""

from collections.abc import Iterator, Mapping
from itertools import chain

from lxml import etree

# What the fonts Symbol and Wingdings show for a code; Word writes it into its area for private use, from U+F000 on.
_SYMBOL: Mapping[int, str] = dict(
    chain(
        enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", 0x41),
        enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ", 0x61),
        zip(b"\xa3\xa5\xb0\xb1\xb2\xb3\xb4\xb7\xb8\xb9\xba\xbb\xbc", "≤∞°±″≥×•÷≠≡≈…", strict=True),
        zip(b"\xac\xad\xae\xaf\xc7\xc8\xce\xd0\xd1\xd5\xd6\xd7\xe5\xf2", "←↑→↓∩∪∈∠∇∏√⋅∑∫", strict=True),
    )
)
_WINGDINGS: Mapping[int, str] = dict(
    zip(b"\x28\x2a\x6e\x6f\x71\x76\x77\x9f\xa7\xa8\xd8\xe0\xe8\xfc\xfe", "☎✉■□❑❖◆•▪◻➢→➔✓☑", strict=True)
)
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
UNKNOWN = "\ufffd"

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FORMULA = f"{_M}oMath"
# Word's own way to write a formula in one line: what stands between the parts of a fraction, a power and an index.
_BETWEEN = {f"{_M}f": "/", f"{_M}sSup": "^", f"{_M}sSub": "_"}
_PARTS = frozenset(f"{_M}{name}" for name in ("num", "den", "e", "sup", "sub", "deg"))


def sign(font: str, code: str) -> str:
    """The sign of a font of symbols, its code in hexadecimal figures; U+FFFD, which is seen, for one not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN
    return _FONTS.get(font.strip().casefold(), {}).get(number & 0xFF, UNKNOWN)


def formula(element: etree._Element) -> str:
    """A formula of Word in one line: "(a+b)/2", "x^2"."""
    return "".join(_linear(element))


def _linear(element: etree._Element) -> Iterator[str]:
    between = _BETWEEN.get(str(element.tag))
    parts = [child for child in element if child.tag in _PARTS] if between else []
    if between and len(parts) == 2:
        yield between.join(_grouped("".join(_linear(part))) for part in parts)
        return
    if element.tag == f"{_M}rad":
        yield "√"
    if element.tag == f"{_M}t":
        yield element.text or ""
    yield from (
        "".join(_linear(child)) if element.tag != f"{_M}rad" else _grouped("".join(_linear(child))) for child in element
    )


def _grouped(text: str) -> str:
    """A part of a formula, in brackets if it has more than one number or letter in it."""
    return f"({text})" if text and not text.replace(",", "").replace(".", "").isalnum() else text
