"""Draws the candidates of dantri_persons.jsonl and dantri_persons_2.jsonl from the given corpus: by capitals, or by
words for offices, not by the rules under test.

`python -m tests.labels.draw_persons` prints them with their context. They were labelled by hand before the rules had
seen those articles: `surface`, `start`, `end` of the name (none where the candidate is no person), `offices` that the
text gives there, `status`, `role` ("other": bylines and photographers), and for a title alone the `name` of its holder.

The first run over the second file: of 119 mentions persons P 0.95, R 0.85; offices P 0.98, R 0.78; one mention of 106
with an office that is not its holder's, no byline as an actor. The rules have been developed on its errors since.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import SHARED

Candidate = tuple[str, str, int, int]

# As the labels were drawn: Ạ-Ỹ holds lower-case letters too, so a few candidates ("ở Anh") are no capitals.
_WORD = r"[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ][^\W\d_]*"
_CAPITALS = re.compile(rf"(?<!\w){_WORD}(?: {_WORD})+|(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô) {_WORD}")
_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_TITLE = re.compile(
    r"(?<!\w)(?:(?:bộ|thứ|cục|vụ|viện|hiệu|ngoại|tổ|thị|tổng cục)\s?trưởng|trưởng (?:ban|đoàn|phòng|khoa|nhóm|đại diện"
    r"|công an)|chủ tịch|giám đốc|bí thư|thủ tướng|tổng thống|đại sứ|chánh \w+|tư lệnh|thống đốc|người phát ngôn"
    r"|chủ nhiệm|phu nhân|trợ lý|cố vấn|quốc vương|nữ hoàng|nghị sĩ|CEO|tổng thư ký|uỷ viên|ủy viên)(?!\w)",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"trưởng|chủ tịch|giám đốc|bí thư|thủ tướng|tổng thống|đại sứ|chánh |tư lệnh|thống đốc|phát ngôn|chủ nhiệm"
    r"|phu nhân|trợ lý",
    re.IGNORECASE,
)


def articles(without: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Ids and texts of the corpus, but for some."""
    with gzip.open(SHARED / "corpora" / "dantri_2020_2021.jsonl.gz", "rt", encoding="utf-8") as lines:
        read = [(article["id"], article["text"]) for article in map(json.loads, lines)]
    return [article for article in read if article[0] not in without]


def runs(seed: int, size: int, without: frozenset[str] = frozenset()) -> list[Candidate]:
    """One run of capitals, or one honorific and a capital, from each of `size` articles."""
    rng = random.Random(seed)  # noqa: S311  a sample, not a secret
    drawn = []
    for identifier, text in rng.sample(articles(without), size):
        found = [match.span() for match in _CAPITALS.finditer(text)]
        if found:
            drawn.append((identifier, text, *rng.choice(found)))
    return drawn


def office_words(seed: int, size: int, without: frozenset[str]) -> list[Candidate]:
    """One word for an office, held by somebody named or not, from each of `size` articles."""
    rng = random.Random(seed)  # noqa: S311  a sample, not a secret
    shuffled = articles(without)
    rng.shuffle(shuffled)
    drawn: list[Candidate] = []
    for identifier, text in shuffled:
        found = [match.span() for match in _TITLE.finditer(text)]
        if found and len(drawn) < size:
            drawn.append((identifier, text, *rng.choice(found)))
    return drawn


def near_an_office(seed: int, size: int) -> list[Candidate]:
    """One run of capitals shortly after a word for an office, or right before one, from each of `size` articles."""
    rng = random.Random(seed)  # noqa: S311  a sample, not a secret
    shuffled = articles()
    rng.shuffle(shuffled)
    drawn: list[Candidate] = []
    for identifier, text in shuffled:
        found = [span for span in _capitals(text) if _stands_near(text, *span)]
        if found:
            drawn.append((identifier, text, *rng.choice(found)))
        if len(drawn) == size:
            break
    return drawn


def _stands_near(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 50) : start], text[end : end + 40].lstrip(" ,-–(")
    return _OFFICE.search(before) is not None or _OFFICE.match(after) is not None


def _capitals(text: str) -> Iterator[tuple[int, int]]:
    for run in _RUN.finditer(text):
        words = [(run.start() + word.start(), run.start() + word.end()) for word in re.finditer(r"\S+", run[0])]
        first = 0
        while first < len(words):
            last = first
            while last < len(words) and text[words[last][0]].isupper():
                last += 1
            if last - first > 1:
                yield words[first][0], words[last - 1][1]
            first = max(last, first + 1)


def first_file() -> list[Candidate]:
    """The candidates of dantri_persons.jsonl; further ones were dropped while labelling."""
    return [*runs(20201, 190), *near_an_office(20202, 110)]


def second_file() -> list[Candidate]:
    """The candidates of dantri_persons_2.jsonl, from articles that the first has not."""
    labelled = (Path(__file__).parent / "dantri_persons.jsonl").read_text(encoding="utf-8").splitlines()
    seen = frozenset(json.loads(line)["id"] for line in labelled)
    drawn = runs(20263, 150, seen)
    return [*drawn, *office_words(20264, 100, seen | {candidate[0] for candidate in drawn})]


if __name__ == "__main__":
    for identifier, text, start, end in [*first_file(), *second_file()]:
        print(identifier, text[max(0, start - 110) : start], "⟦", text[start:end], "⟧", text[end : end + 85])  # noqa: T201  its purpose
