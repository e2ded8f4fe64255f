"""Questions that we wrote over the news of ../shared/corpora, as readers type them, to learn from: files without a
sentence of the papers.

A line is `{"id","library","question","answerable","answer","gold":[place],"looks":place,"kind","style","why"}`; a place
is `{"article","start","end"}`, code points of the article's text in NFC, and so is a long answer; `looks` is the
sentence that looks like the answer of a near miss, `why` it is none. The reader learned from TAUGHT, then from TAUGHT_2
and TAUGHT_3 as well, in which more is said with other words than the papers have; the confidence from JUDGED.
"""

import gzip
import json
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from retrieval.evaluation.evaluate import Question
from retrieval.library import Library

TAUGHT, TAUGHT_2, TAUGHT_3, JUDGED = "taught", "taught_2", "taught_3", "judged"
_FOLDER = Path(__file__).parent


def written(shared: Path, name: str, folder: Path = _FOLDER) -> Iterator[tuple[Library, list[Question]]]:
    """The questions of a file, one of the four, with the library each is put to. Raises OSError without its corpus."""
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for collection in sorted({row["library"] for row in rows}):
        corpus = shared / "corpora" / f"{collection}.jsonl.gz"
        of_collection = [row for row in rows if row["library"] == collection]
        texts = _texts(corpus, {place["article"] for row in of_collection for place in _places(row)})
        yield Library.open([corpus]), [_question(row, texts) for row in of_collection]


def _texts(corpus: Path, ids: set[str]) -> dict[str, str]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        texts = {article["id"]: article["text"] for article in map(json.loads, lines) if article["id"] in ids}
    return {identifier: unicodedata.normalize("NFC", text) for identifier, text in texts.items()}


def _places(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [*row["gold"], *([row["looks"]] if "looks" in row else [])]


def _at(place: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    return texts[place["article"]][place["start"] : place["end"]]


def _question(row: Mapping[str, Any], texts: Mapping[str, str]) -> Question:
    sentences = [_at(place, texts) for place in _places(row)]
    answerable, answer = bool(row["answerable"]), row.get("answer")
    return Question(
        id=row["id"],
        question=row["question"],
        answerable=answerable,
        gold=tuple(sentences) if answerable else (),
        answer=_at(answer, texts) if isinstance(answer, dict) else answer,
        articles=tuple(place["article"] for place in _places(row)),
        kind=row["kind"],
        style=row["style"],
        miss="" if answerable else "near",
        plausible="" if answerable else next(iter(sentences), ""),
    )
