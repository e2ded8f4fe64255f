"""Draws the candidate strings that tests/labels/dates_*.jsonl label by hand.

    python -m tests.labels.draw_dates ARTICLES.jsonl.gz SEED COUNT [--rare]

`dates_1.jsonl` is seed 20250915, 230 candidates; `dates_2.jsonl` seed 20260125, 160 candidates, both of the corpus of
2020 and 2021. `dates_3.jsonl` is of both corpora: seed 20261129, 40 candidates and 70 rare ones of rss_2025 (without
those of an article drawn before), 15 and 25 of dantri_2020_2021. `dates_4.jsonl`: seeds 20261215, 30 candidates, and
20261216, 14 rare ones, of rss_2025; 20261217, 10 of dantri_2020_2021; one that may be read in two ways left out.

A candidate is anything that looks like a number with a separator, or a word of time with what follows it: a net much
wider than the rules in retrieval.dates and independent of them, so that what they miss is drawn too; `--rare` looks for
what is seldom so drawn (the lunar calendar, feasts, decades, quarters, "ba ngày trước", counts). One candidate an
article, drawn with a seed. Prints one JSON line each, with the text around it, to label by; the label file
keeps ids, offsets and the candidate's own characters only.
"""

import gzip
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

AROUND = 110

CANDIDATE = re.compile(
    r"\d{1,4}\s?[/.–-]\s?\d{1,4}(?:\s?[/.–-]\s?\d{1,4})?"
    r"|(?:ngày|tháng|năm|quý|thế kỷ|nhiệm kỳ|giai đoạn|mùng|mồng)\s[\dIVX]\S*"
    r"|(?:hôm|sáng|trưa|chiều|tối|đêm|tuần|tháng|năm|ngày)\s(?:nay|qua|kia|mai|này|trước|tới|sau|ngoái|vừa)"
    r"|(?:thứ|tháng)\s(?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[Gg]iêng|[Cc]hạp)|[Cc]hủ nhật|[Rr]ằm|Tết",
    re.IGNORECASE,
)
RARE = re.compile(
    r"âm lịch|giao thừa|(?<!\w)rằm(?!\w)|(?:mùng|mồng) \w+|tháng (?:giêng|chạp)|tết [\w ]{3,12}|trung thu|giỗ tổ|vu lan"
    r"|giáng sinh|noel|quốc khánh|thập niên \S+|những năm \d\S*|\b[tq]\d{1,2}/\d\S*|quí \S+|\w+ tháng (?:đầu|cuối) năm"
    r"|\w+ (?:ngày|tuần|tháng|năm) (?:trước|tới|sau|qua)(?!\w)|năm (?:kia|kìa)|cùng ngày|sn \d{4}|sinh năm \d{4}"
    r"|\d{1,2}\.\d{1,2}\.\d{2}(?!\d)|ngày \d{1,2}/\d{1,2}/\d{2}(?!\d)|(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)"
    r"|đường [^,.]{3,20} tháng \w+|\d+/\d+ (?:ngày|phường|số)|\d-\d (?:năm|tháng|tuần|ngày)"
    r"|so với (?:\w+ ){0,3}năm \S+|cuối năm(?! \d)|giai đoạn \S+",
    re.IGNORECASE,
)


def draw(articles: Path, seed: int, count: int, net: re.Pattern[str] = CANDIDATE) -> Iterator[dict[str, Any]]:
    """Candidates with their surroundings, in the order drawn."""
    with gzip.open(articles, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    for row in chance.sample(rows, len(rows)):
        found = list(net.finditer(row["text"]))
        if not found:
            continue
        one = chance.choice(found)
        before, after = row["text"][max(0, one.start() - AROUND) : one.start()], row["text"][one.end() :][:AROUND]
        yield {
            "article": row["id"],
            "published": row["published"][:10],
            "offset": one.start(),
            "surface": one[0],
            "around": f"{before}⟦{one[0]}⟧{after}",
        }
        count -= 1
        if not count:
            return


if __name__ == "__main__":
    net_asked = RARE if "--rare" in sys.argv else CANDIDATE
    for candidate in draw(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), net_asked):
        sys.stdout.write(json.dumps(candidate, ensure_ascii=False) + "\n")
