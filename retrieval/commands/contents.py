"""python -m retrieval articles --explain: what was read as the article, sentence by sentence, and what was not."""

import dataclasses
from typing import Any

from retrieval.library import Library
from retrieval.records import Article


def explained(library: Library, article: Article) -> dict[str, Any]:
    """The article with its sentences, what was dropped and its copies, for JSON."""
    contents = library.contents(article)
    return dataclasses.asdict(article) | {
        "sentences": [dataclasses.asdict(s) | {"text": article.text[s.start : s.end]} for s in contents.sentences],
        "dropped": [dataclasses.asdict(line) for line in contents.dropped],
        "copies": sorted(contents.copies),
    }


def print_explained(library: Library, article: Article) -> None:
    """For people."""
    found = explained(library, article)
    for s in found["sentences"]:
        date = " ".join(filter(None, [s["date"]["edtf"] or "-", s["date"]["basis"], s["date"]["evidence"]]))
        print(f"    {s['kind']:8} [{date}] {s['text']}")
    for line in found["dropped"]:
        print(f"    dropped  line {line['line']}, {line['reason']}: {line['text']}")
