"""Bytes → text: UTF-8, UTF-16, UTF-32 and Windows-1258; TCVN3 and VNI are recognised and refused by name."""

import codecs
import html
import re
import unicodedata

from .source import UnreadableError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.01
# In UTF-16 about every second byte of Vietnamese text is NUL: all the ASCII letters and spaces.
_NUL_SHARE = 0.25
_SAMPLE = 20_000

_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|center|cite|code|dd|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|li|ol"
    r"|p|pre|section|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul|video)(?:\s[^<>]{0,1000})?/?>"
    r"|<!--[^<>]{0,1000}-->",
    re.IGNORECASE,
)
_NEXT_CELL = re.compile(r"</t[dh]>\s{0,20}+<t[dh](?:\s[^<>]{0,200})?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s?/?>(?=\S)|</(?:p|div|li|tr|h[1-6])>(?=\S)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")

# The commonest words of Vietnamese as they come out of fonts that put Vietnamese letters on Latin-1 code points.
_TCVN3_WORDS = (
    "vµ|lµ|cña|cã|kh«ng|®\xadîc|®ång|®·|ng\xadêi|c¸c|nh÷ng|®Õn|vÒ|víi|nµy|tõ|®Ó|còng|ViÖt|viÖc|n\xadíc"
    "|Céng|hoµ|X·|héi|NghÜa|®iÓm|Thñ|t\xadíng|tr\xadëng|n¨m|ngµy|Tæng|chÝnh"
)
_VNI_WORDS = (
    "vaø|laø|cuûa|coù|khoâng|ñöôïc|ñoàng|ñaõ|ngöôøi|moät|caùc|nhöõng|ñeán|veà|vôùi|naøy|töø|ñeå|cuõng"
    "|vieät|vieäc|nöôùc|coäng|hoaø|xaõ|hoäi|nghóa|ñieåm|thuû|töôùng|tröôûng|naêm|ngaøy|toång"
)
_LEGACY = (
    ("TCVN3 (.VnTime)", re.compile(rf"(?<!\S)(?:{_TCVN3_WORDS})(?![^\s.,;:!?)])")),
    ("VNI", re.compile(rf"(?<!\S)(?:{_VNI_WORDS})(?![^\s.,;:!?)])", re.IGNORECASE)),
)
_LEGACY_WORDS = 2  # different ones
_LEGACY_SHARE = 0.03  # of all words: a page of Vietnamese has more than 10 %, other languages next to none
# Letters that only Unicode Vietnamese has; a text in one of those fonts has none.
_VIETNAMESE_ONLY = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")

_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_TONE_ON_VOWEL = re.compile("(?<=[aăâeêioôơuưy])[\u0300\u0301\u0303\u0309\u0323]", re.IGNORECASE)


def decode(data: bytes) -> str:
    """The text in NFC, without a byte order mark; line ends are `\\n`.

    Raises `UnreadableError`: empty, not text, an encoding that is not read.
    """
    if not data.strip(b" \t\r\n"):
        raise UnreadableError("empty file")
    text = visible(unicodedata.normalize("NFC", _decode(data)))
    if len(_CONTROLS.findall(text)) > _CONTROL_SHARE * len(text):
        raise UnreadableError("not text")
    if not text.strip("\ufeff\u200b \t\r\n"):
        raise UnreadableError("empty file")
    refuse_legacy(text)
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def visible(text: str) -> str:
    """The text without characters that nobody sees and that turn what others see: tags and marks of direction."""
    return _UNSEEN.sub("", text)


def without_html(text: str) -> str:
    """A text without the tags and entities of HTML that Markdown and copied texts hold."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", _NEXT_CELL.sub(" | ", text)))
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def refuse_legacy(text: str) -> None:
    """Raises `UnreadableError` where the text is TCVN3 or VNI: Vietnamese in an 8-bit font's own code."""
    sample = text[:_SAMPLE]
    if _VIETNAMESE_ONLY.search(sample):
        return
    words = len(sample.split())
    for name, known in _LEGACY:
        found = known.findall(sample)
        if len(set(found)) >= _LEGACY_WORDS and len(found) >= _LEGACY_SHARE * words:
            raise UnreadableError(f"looks like {name} text: convert it to Unicode first")


def _decode(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if unmarked := _utf16_without_mark(data):
        return _strict(data, unmarked)
    if b"\0" in data:
        raise UnreadableError("not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_8bit(data, error)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise UnreadableError(f"marked as {name}, but byte {error.start} does not fit: {error.reason}") from None


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:_SAMPLE]
    half = len(sample) / 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > _NUL_SHARE * half and not even:
        return "utf-16-le"
    if even > _NUL_SHARE * half and not odd:
        return "utf-16-be"
    return None


def _decode_8bit(data: bytes, error: UnicodeDecodeError) -> str:
    """Text that is not UTF-8: Windows-1258 where it makes Vietnamese, else an error that says where UTF-8 broke."""
    latin = data.decode("latin-1")
    refuse_legacy(latin)
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        text = ""
    tones = len(_TONE.findall(text))
    if tones and len(_TONE_ON_VOWEL.findall(text)) == tones:
        return text
    raise UnreadableError(
        f"neither UTF-8 (byte {error.start} does not fit), UTF-16 nor Vietnamese in Windows-1258: not text, or damaged"
    )
