"""Draws the sentences of rss_persons_dev, rss_persons_test and persons_test_2 to persons_test_4.

`python -m tests.labels.draw_rss_persons` prints the 240 of the first two (odd and even numbers), to label by: 80 with a
run of capitals, 90 with a word for an office, 70 with a verb of saying. With `2` it prints the 120 of the third, from
articles that no earlier draw has: of rss_2025 80, of dantri_2020_2021 40, some with three runs of capitals, some plain.
With `3` those of persons_test_3.jsonl, each with an office word and a run of capitals: 45 of rss_2025, 15 of dantri.
With `4` those of persons_test_4.jsonl, 80 of rss_2025: 28 like these, 20 with a verb of saying, 12 with three runs, 20
with an office word, a verb and a run.
Patterns and sentence ends are wider than the rules under test and independent of them. Offsets in the label files are
of the text in NFC, as the program reads it.
"""

import gzip
import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tests.labels.corpora import corpus, labels

_FIRST = ("rss_2025", 20265, {"caps": 80, "office": 90, "speech": 70})
_SECOND = (
    ("rss_2025", 20271, {"names": 26, "office": 24, "speech": 20, "plain": 10}),
    ("dantri_2020_2021", 20272, {"names": 13, "office": 12, "speech": 10, "plain": 5}),
)
_THIRD = (("rss_2025", 20281, {"holder": 45}), ("dantri_2020_2021", 20282, {"holder": 15}))
_FOURTH = (("rss_2025", 20291, {"holder": 28, "speech": 20, "names": 12}), ("rss_2025", 20292, {"told": 20}))
_EARLIER = ("rss_persons_dev", "rss_persons_test", "dantri_persons", "dantri_persons_2")
_UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_END = re.compile(rf"[.?!…][\"”']?(?=\s+[\"“']?[{_UPPER}0-9])|\n")
_RUN = rf"(?<!\w)[{_UPPER}][^\W\d_]*(?: [{_UPPER}][^\W\d_]*)+"
_PATTERNS = {
    "plain": re.compile(""),
    "names": re.compile(rf"{_RUN}[^\n]*?{_RUN}[^\n]*?{_RUN}"),
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
_ASKED = {"speech": ("speech", "caps"), "holder": ("office", "caps"), "told": ("office", "speech", "caps")}


class Drawn(NamedTuple):
    """A sentence, `text[start:end]`, and by which pattern it was drawn."""

    draw: str
    id: str
    text: str
    start: int
    end: int


def draw(library: str, seed: int, needed: Mapping[str, int], without: frozenset[str] = frozenset()) -> Iterator[Drawn]:
    """The sentences of a corpus in the order of their numbers, one an article, none of the articles `without`."""
    with gzip.open(corpus(library), "rt", encoding="utf-8") as lines:
        rows = [(row["id"], row["text"]) for row in map(json.loads, lines)]
    chance = random.Random(seed)  # noqa: S311  a sample, not a secret
    order = list(range(len(rows)))
    chance.shuffle(order)
    drawn: dict[str, list[Drawn]] = {name: [] for name in needed}
    seen = {text for identifier, text in rows if identifier in without}
    for number in order:
        identifier, text = rows[number]
        spans = list(_sentences(text)) if text not in seen else []
        wanting = [name for name, many in needed.items() if len(drawn[name]) < many]
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


def later(which: str) -> Iterator[Drawn]:
    """The sentences of persons_test_2.jsonl, persons_test_3.jsonl or persons_test_4.jsonl in order, by number."""
    draws = {"2": _SECOND, "3": _THIRD, "4": _FOURTH}[which]
    earlier = (*_EARLIER, *(f"persons_test_{number}" for number in range(2, int(which))))
    without = frozenset(row["id"] for name in earlier for row in labels(name))
    for library, seed, needed in draws:
        yield from draw(library, seed, needed, without)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        if end - last > 15:
            yield last, end
            last = end


def _fits(name: str, sentence: str) -> bool:
    return all(_PATTERNS[one].search(sentence) for one in _ASKED.get(name, (name,)))


def _read(name: str, identifier: str, text: str, start: int, end: int) -> Drawn:
    start, end = end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
    before, whole = (unicodedata.normalize("NFC", part) for part in (text[:start], text[:end]))
    return Drawn(name, identifier, unicodedata.normalize("NFC", text), len(before), len(whole))


if __name__ == "__main__":
    for number, one in enumerate(later(sys.argv[1]) if sys.argv[1:] else draw(*_FIRST), 1):
        before = one.text[max(0, one.start - 60) : one.start].replace("\n", " ⏎ ")
        sys.stdout.write(f"{number} {one.draw} {one.id} {before}⟦{one.text[one.start : one.end]}⟧\n")
