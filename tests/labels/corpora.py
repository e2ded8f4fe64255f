"""The corpora that the labels are about, and how names in them are compared."""

import datetime
import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from retrieval.tokens import fold
from tests.conftest import SHARED

LABELS = Path(__file__).parent
# The day of the newest article: what "now" is when a corpus is asked.
TODAY = {"rss_2025": datetime.date(2025, 12, 31), "dantri_2020_2021": datetime.date(2021, 5, 1)}


def corpus(library: str) -> Path:
    """Where a corpus lies; the file is not there on every machine."""
    return SHARED / "corpora" / f"{library}.jsonl.gz"


def labels(name: str) -> list[dict[str, Any]]:
    """The rows of a label file, by its name without ending."""
    return [json.loads(line) for line in (LABELS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def articles(library: str) -> Iterator[dict[str, Any]]:
    """The lines of a corpus, each with its `text` in NFC."""
    with gzip.open(corpus(library), "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield row | {"text": unicodedata.normalize("NFC", row["text"])}


def plain(text: str) -> str:
    """Lower case, without diacritics and punctuation, single spaces around each word."""
    words = " ".join(re.findall(r"[^\W_]+", fold(text)))
    return f" {words} "


def names_one(text: str, names: list[str]) -> bool:
    """Whether one of the names stands in the text, as whole words."""
    return any(plain(name) in plain(text) for name in names)
