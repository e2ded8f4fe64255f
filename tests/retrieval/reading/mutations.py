"""Files in which single characters were changed, the same for the same number: what editing and bad software do.

python -m tests.retrieval.reading.mutations 10000    # so many of each kind: what raises or takes longer than 2 s
python -m tests.retrieval.reading.mutations 2000-4000 a.pdf    # some of one kind
"""

import gzip
import random
import re
import resource
import sys
import time
import warnings
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from rich.console import Console

from tests.retrieval.reading.made import word, zipped
from tests.retrieval.reading.printing import article, made
from tests.retrieval.reading.reads import results
from tests.retrieval.reading.test_feed_dates import feed
from tests.retrieval.reading.test_saved_pages import FIRST, LEAD, page

SLOW = 2.0  # seconds of a processor
# What is put in: marks of the formats, of Vietnamese, of Unicode, and of nothing at all.
_MARKS = (
    *"<>&;:/\\\"'=!?#*_[](){}|`~-+%@$.,…–“”»«\t\n\r\x00\x0b\x1f \u00a0\u200b\u200d\u202e\u2028\ufeff\ufffd\u0301\u0323",
    *("<!--", "-->", "<![CDATA[", "]]>", "&#0;", "&#xD800;", "&amp;amp;", "</p>", "<p>", "<table>", "<tr>", "%%EOF"),
    *("\r\n\r\n", "---\n", "+++\n", "```", "ẵ", "e\u0302\u0301", "Đ", "𝒜", "🏳️", "九", "9" * 40, "1/1/1", "{{", "null"),
)
_CHANGES = 12


def _text(rng: random.Random, text: str) -> str:
    """A text with some characters left out, doubled, exchanged or put in."""
    letters = list(text)
    for _ in range(rng.randint(1, _CHANGES)):
        at = rng.randrange(len(letters) + 1)
        length = rng.choice((1, 1, 1, 2, 5, 30))
        kind = rng.randrange(5)
        if kind == 0:
            del letters[at : at + length]
        elif kind == 1:
            letters[at:at] = letters[at : at + length] * rng.choice((1, 1, 3, 200))
        elif kind == 2:
            letters[at : at + length] = letters[at : at + length][::-1]
        elif kind == 3:
            letters[at:at] = [rng.choice(_MARKS)] * rng.choice((1, 1, 2, 50))
        else:
            other = rng.randrange(len(letters) + 1)
            letters[at:at] = letters[other : other + 10 * length]
        letters = letters or [" "]
    return "".join(letters)


def _encoded(rng: random.Random, data: bytes) -> bytes:
    encoding = rng.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"))
    return _text(rng, data.decode()).encode(encoding, "replace")


def _latin(rng: random.Random, data: bytes) -> bytes:
    return _text(rng, data.decode("latin-1")).encode("latin-1", "replace")


def _packed(rng: random.Random, data: bytes) -> bytes:
    """Lines in a .gz of which its own bytes or those that it packs are changed."""
    if rng.random() < 0.5:
        return _latin(rng, gzip.compress(data, mtime=0))
    return gzip.compress(_encoded(rng, data), mtime=0)


def _members(rng: random.Random, data: bytes) -> bytes:
    """An archive one of whose members is changed, or its own bytes."""
    if rng.random() < 0.2:
        return _latin(rng, data)
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        names = old.namelist()
        chosen = rng.choice([name for name in names if "document" in name or not name.endswith("rels")])
        for name in names:
            content = old.read(name)
            new.writestr(name, _latin(rng, content) if name == chosen else content)
    return stream.getvalue()


# Of a zip file's headers, from their signature: where flags, method, checksum and the sizes stand.
_SIGNATURE, _FIELDS = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x05\x06)"), (4, 6, 8, 10, 14, 16, 18, 20, 22, 24, 28, 42)
_NAMES = ("../a.txt", "/etc/a.txt", "word/document.xml", "a\nb.txt", "\u202ea.txt", "a" * 65_000, " ", "C:\\a.md")


def _container(rng: random.Random, data: bytes) -> bytes:
    """An archive with other names, members that come twice, sizes and checksums that are not true, an end too soon."""
    kind = rng.randrange(6)
    if kind < 2:
        return _headers(rng, data)
    if kind == 2:
        return data[: rng.randrange(len(data))]
    if kind == 3:
        return _members(rng, data)
    stream = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        warnings.simplefilter("ignore")  # of names that come twice
        for name in old.namelist():
            content = old.read(name)
            other = rng.choice(_NAMES) if kind == 4 and rng.random() < 0.4 else name
            for _ in range(rng.choice((1, 1, 1, 2, 40)) if kind == 5 else 1):
                new.writestr(other, content + b"\0" * rng.choice((0, 0, 3, 5_000_000)))
    return _headers(rng, stream.getvalue()) if rng.random() < 0.3 else stream.getvalue()


def _headers(rng: random.Random, data: bytes) -> bytes:
    """Some fields of some headers overwritten: with nothing, with all, with anything."""
    changed = bytearray(data)
    places = [sign.start() for sign in _SIGNATURE.finditer(data)]
    for _ in range(rng.randint(1, 4)):
        at = rng.choice(places) + rng.choice(_FIELDS)
        size = rng.choice((1, 2, 4))
        changed[at : at + size] = rng.choice((b"\0" * size, b"\xff" * size, rng.randbytes(size)))
    return bytes(changed)


_MARKDOWN = f"+++\ntitle = 'Chợ'\n+++\n\n# Chợ\n\n{LEAD}\n\n| a | b |\n|---|---|\n\n* {FIRST}<br/>&amp;\n[1]: x"
_LINES = (
    f'{{"title": "Chợ nổi", "text": "{LEAD}\\n{FIRST}", "published": "2024-03-05", "structure": {{"heading": [1]}}}}\n'
)
_PLAIN = (
    f"Chính trị\nChợ nổi mở lại\nThứ Ba, 5/3/2024, 10:35 (GMT+7)\n{LEAD}\n\n{FIRST}\nẢnh: TTXVN\nNguồn: baovidu.vn\n"
)
WHOLE: Mapping[str, tuple[bytes, Callable[[random.Random, bytes], bytes]]] = {
    "a.pdf": (made(article(), pageCompression=0), _latin),
    "a.docx": (word(("Title", "Chợ nổi mở lại"), ("Normal", LEAD), ("Normal", FIRST)), _members),
    "a.html": (page().encode(), _encoded),
    "a.xml": (feed(("10/5/2026 3:42:00 PM", "https://baovidu.vn/a")).encode(), _encoded),
    "a.md": (_MARKDOWN.encode(), _encoded),
    "a.txt": (_PLAIN.encode(), _encoded),
    "a.jsonl": (_LINES.encode() * 3, _encoded),
    "a.jsonl.gz": (_LINES.encode() * 3, _packed),
    "a.zip": (zipped({"a.txt": _PLAIN, "b.html": page(), "c.md": _MARKDOWN}), _members),
    "container.docx": (word(("Title", "Chợ nổi mở lại"), ("Normal", LEAD), ("Normal", FIRST)), _container),
    "container.zip": (zipped({"a.txt": _PLAIN, "b.html": page(), "c.md": _MARKDOWN}), _container),
}


def mutated(name: str, number: int) -> bytes:
    """The changed file of this kind and number."""
    data, change = WHOLE[name]
    return change(random.Random(f"{name} {number}"), data)  # noqa: S311 - nothing secret


def main(numbers: str, *names: str) -> None:
    """Read so many of each kind; tell of those that raise or are slow, and of the most memory so far."""
    told = Console(markup=False, width=200).print
    first, last = map(int, numbers.split("-")) if "-" in numbers else (0, int(numbers))
    for name in names or WHOLE:
        slowest = 0.0
        began = time.process_time()
        for number in range(first, last):
            data = mutated(name, number)
            start = time.process_time()
            try:
                results(name, data)
            except Exception as error:  # noqa: BLE001 - what is looked for
                told(f"{name} {number}: {type(error).__name__}: {error}")
            took = time.process_time() - start
            slowest = max(slowest, took)
            if took > SLOW:
                told(f"{name} {number}: {took:.1f} s")
        took, peak = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        told(f"{name}: {last - first:,} in {took:.0f} s of a processor, slowest {slowest:.2f} s; {peak} MB at most")


if __name__ == "__main__":
    main(*sys.argv[1:])
