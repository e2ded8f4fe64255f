"""Articles of our own, told as newspapers do."""

import json
from collections.abc import Sequence
from pathlib import Path

from retrieval import Library


def library_of(folder: Path, articles: Sequence[dict[str, str]]) -> Library:
    path = folder / "articles.jsonl"
    path.write_text("\n".join(json.dumps(article, ensure_ascii=False) for article in articles), encoding="utf-8")
    opened = Library.open([path])
    assert not opened.problems
    return opened


def article(text: str, published: str = "2025-10-02", publisher: str = "Báo A", title: str = "Tin") -> dict[str, str]:
    return {"text": text, "published": published, "publisher": publisher, "title": title}
