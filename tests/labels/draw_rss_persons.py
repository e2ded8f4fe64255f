"""Draws the 240 sentences of rss_persons_dev.jsonl (odd numbers) and rss_persons_test.jsonl (even ones) from rss_2025.

`python -m tests.labels.draw_rss_persons` prints them, numbered, to label by: 80 with a run of capitals, 90 with a word
for an office, 70 with a verb of saying. Patterns and sentence ends are wider than the rules under test and independent
of them. Offsets in the label files are of the text in NFC, as the program reads it.
"""

import gzip
import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from tests.conftest import SHARED

_SEED = 20265
_NEEDED = {"caps": 80, "office": 90, "speech": 70}
_UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_END = re.compile(rf"[.?!…][\"”']?(?=\s+[\"“']?[{_UPPER}0-9])|\n")
_PATTERNS = {
    "caps": re.compile(
        rf"(?<!\w)[{_UPPER}][^\W\d_]*(?: [{_UPPER}][^\W\d_]*)+"
        rf"|(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị) [{_UPPER}]"
    ),
    "office": re.compile(
        r"(?<!\w)(?:[Bb]ộ trưởng|[Tt]hứ trưởng|[Cc]ục trưởng|[Vv]iện trưởng|[Hh]iệu trưởng|[Nn]goại trưởng"
        r"|[Tt]hị trưởng|[Cc]hủ tịch|[Gg]iám đốc|[Bb]í thư|[Tt]hủ tướng|[Tt]ổng thống|[Đđ]ại sứ|[Cc]hánh |[Tt]ư lệnh"
        r"|[Tt]hống đốc|phát ngôn|[Tt]ổng thư ký|[Cc]ố vấn|[Đđ]ặc phái viên|CEO|HLV|[Đđ]ội trưởng"
        r"|[Nn]hà sáng lập|[Qq]uốc vương|[Gg]iáo hoàng)"
    ),
    "speech": re.compile(
        r"(?<!\w)(?:cho biết|cho rằng|nhấn mạnh|khẳng định|nói|tuyên bố|chia sẻ|đề nghị|yêu cầu|nhận định|cảnh báo"
        r"|thừa nhận|kêu gọi|cho hay|đánh giá|bày tỏ|tiết lộ|[Tt]heo (?:ông|bà|HLV|TS|chuyên gia))"
    ),
}  # fmt: skip


class Drawn(NamedTuple):
    """A sentence, `text[start:end]`, and by which pattern it was drawn."""

    draw: str
    id: str
    text: str
    start: int
    end: int


def draw() -> Iterator[Drawn]:
    """The sentences in the order of their numbers, one an article."""
    with gzip.open(SHARED / "corpora" / "rss_2025.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [(row["id"], row["text"]) for row in map(json.loads, lines)]
    chance = random.Random(_SEED)  # noqa: S311  a sample, not a secret
    order = list(range(len(rows)))
    chance.shuffle(order)
    drawn: dict[str, list[Drawn]] = {name: [] for name in _NEEDED}
    seen: set[str] = set()
    for number in order:
        identifier, text = rows[number]
        spans = list(_sentences(text)) if text not in seen else []
        wanting = [name for name, many in _NEEDED.items() if len(drawn[name]) < many]
        if not wanting:
            break
        if not spans:
            continue
        name = chance.choice(wanting)
        fit = [span for span in spans if _fits(name, text[slice(*span)])]
        if fit:
            seen.add(text)
            drawn[name].append(_read(name, identifier, text, *chance.choice(fit)))
    return (one for several in drawn.values() for one in several)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        if end - last > 15:
            yield last, end
            last = end


def _fits(name: str, sentence: str) -> bool:
    asked = (name, "caps") if name == "speech" else (name,)
    return all(_PATTERNS[one].search(sentence) for one in asked)


def _read(name: str, identifier: str, text: str, start: int, end: int) -> Drawn:
    start, end = end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
    before, whole = (unicodedata.normalize("NFC", part) for part in (text[:start], text[:end]))
    return Drawn(name, identifier, unicodedata.normalize("NFC", text), len(before), len(whole))


if __name__ == "__main__":
    for number, one in enumerate(draw(), 1):
        before = one.text[max(0, one.start - 60) : one.start].replace("\n", " ⏎ ")
        sys.stdout.write(f"{number} {one.draw} {one.id} {before}⟦{one.text[one.start : one.end]}⟧\n")
