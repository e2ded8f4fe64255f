"""The cases as they are given, and what of each is put in."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval import dates, reading
from retrieval.config_files import load_toml
from retrieval.records import Problem, Reading
from retrieval.sentences import split
from tests.conftest import SHARED

FOLDER = SHARED / "cases"
ARGUED: Mapping[str, str] = tomllib.loads(Path(__file__).with_name("argued.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Case:
    """One case: `expected` is a list of sentences, or words for a person."""

    id: str
    kind: str
    input: str
    expected: Any
    got: Any
    ok: bool

    @property
    def path(self) -> Path:
        return FOLDER / self.input.split(" (")[0]

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")


def load() -> list[Case]:
    """All cases; none where the folder is not there."""
    file = FOLDER / "cases.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [
        Case(record["id"], record["kind"], record["input"], record["expected"], record["got"], record["ok"])
        for record in map(json.loads, lines)
    ]


class Read:
    """A file as it is read: what each article holds, and the problems."""

    def __init__(self, path: Path, name: str | None = None) -> None:
        references = dates.load_references(load_toml("reference_dates.toml"))
        found = list(reading.read(name or path.name, path.read_bytes(), path=path.name, references=references))
        self.articles = [result for result in found if isinstance(result, Reading)]
        self.problems = [result.message for result in found if isinstance(result, Problem)]
        self.text = "\n".join(read.article.text for read in self.articles)
        self.dropped = [line.text for read in self.articles for line in read.dropped]

    @property
    def published(self) -> str:
        return self.articles[0].article.published.edtf

    @property
    def spans(self) -> list[tuple[str, str]]:
        return [(s.kind, read.article.text[s.start : s.end]) for read in self.articles for s in read.paragraphs]

    @property
    def sentences(self) -> list[str]:
        return [
            read.article.text[a:b]
            for read in self.articles
            for s in read.paragraphs
            for a, b in split(read.article.text, s.start, s.end)
        ]

    def kind(self, words: str) -> str | None:
        """What the first paragraph with these words is; None where there is none."""
        return next((kind for kind, text in self.spans if words in text), None)

    def one_line(self, *words: str) -> bool:
        """Whether some line holds all of them."""
        return any(all(word in line for word in words) for line in self.text.split("\n"))
