"""Libraries of a test's own articles."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from retrieval import Library


def written(path: Path, articles: Iterable[Mapping[str, Any]]) -> Path:
    """The file, an article a line."""
    path.write_text("\n".join(json.dumps(article, ensure_ascii=False) for article in articles), encoding="utf-8")
    return path


def library_of(folder: Path, articles: Iterable[Mapping[str, Any]], name: str = "articles") -> Library:
    """The library of these articles, all of which can be read."""
    opened = Library.open([written(folder / f"{name}.jsonl", articles)])
    assert not opened.problems
    return opened
