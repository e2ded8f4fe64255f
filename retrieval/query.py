"""A question → Query: what is asked for, without the words that only ask."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from . import dates
from .config_files import data_folder, load_toml
from .records import Date
from .tokens import fold, normalize, syllables

QuestionKind = Literal["who", "when", "where", "how many", "how", "why", "yes/no", "what"]

# The first that matches a question, folded, names its kind.
_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = (
    ("when", re.compile(r"\b(khi nao|bao gio|luc nao|(ngay|thang|nam|hom) (nao|may|bao nhieu|bn))\b")),
    ("how many", re.compile(r"\b(bao nhieu|bao nhiu|bn|may)\b")),
    ("where", re.compile(r"\b(o dau|noi nao|dau)\b")),
    ("who", re.compile(r"\b(la ai|ai|nguoi nao|voi ai)\b")),
    ("why", re.compile(r"\b(vi sao|tai sao|sao)\b")),
    ("how", re.compile(r"\b(nhu the nao|ntn|the nao|ra sao|bang cach nao|lam sao)\b")),
    ("yes/no", re.compile(r"\b(co phai|co .* (khong|ko|k)|hay khong|dung khong)\b")),
)

_ACRONYM = re.compile(r"\b[A-ZĐ]{2,}\b")


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks for. Terms are lower-case syllables with one placement of tone marks.

    `terms` are to be found, abbreviations spelt out; `abbreviations` are those as typed, for articles that use them
    too; `accented` is False where the question is typed without diacritics, and terms are folded.
    """

    question: str
    terms: tuple[str, ...]
    abbreviations: tuple[str, ...]
    numbers: tuple[str, ...]
    accented: bool
    kind: QuestionKind


class QuestionReader:
    """Reads questions with the words of config/: chat spellings, abbreviations, question words."""

    def __init__(self, names: Mapping[str, str], spellings: Mapping[str, str], question_words: Sequence[str]) -> None:
        self._names = _Phrases(names)
        self._spellings = _Phrases(spellings)
        self._question_words = _Phrases(dict.fromkeys(question_words, ""))

    @classmethod
    def from_config(cls) -> "QuestionReader":
        """With config/aliases.toml and config/question_words.txt."""
        aliases = load_toml("aliases.toml")
        words = (data_folder("config") / "question_words.txt").read_text(encoding="utf-8").splitlines()
        return cls(aliases["names"], aliases["spellings"], [w for w in words if w and not w.startswith("#")])

    def read(self, question: str, today: datetime.date | None = None) -> Query:
        """The query of a question in any state: accented or not, in chat spelling, empty.

        With `today`, "hôm qua" or "tháng trước" become the numbers of their date.
        """
        text = _counted_from(today, normalize(question)) if today else normalize(question)
        accented = fold(text) != text.lower()
        words = syllables(text if accented else fold(text))
        asked = self._spellings.replace(words, accented)
        terms = self._names.replace(asked, accented)
        return Query(
            question=question,
            terms=tuple(self._question_words.replace(terms, accented, keep=_acronyms(text))),
            abbreviations=tuple(word for word in asked if word not in terms),
            numbers=tuple(t for t in terms if t.isdecimal()),
            accented=accented,
            kind=next((kind for kind, pattern in _KINDS if pattern.search(fold(" ".join(asked)))), "what"),
        )


def date_numbers(date: Date) -> list[str]:
    """The numbers of a date as a question has them: 2025-09-05 → 5, 9, 2025."""
    day = date.edtf.partition("T")[0]
    return [part.lstrip("0") for part in reversed(day.split("-")) if part.isdecimal()]


def _counted_from(today: datetime.date, text: str) -> str:
    """The text with words for a day or a month replaced by the numbers of their date."""
    context = dates.Context(published=Date(today.isoformat(), "published"))
    for expression in reversed(dates.find(text)):
        date = dates.resolve(expression, context) if expression.kind in ("relative", "weekday") else None
        if date:
            text = text[: expression.start] + " ".join(date_numbers(date)) + text[expression.end :]
    return text


def _acronyms(text: str) -> frozenset[str]:
    """Words in capitals, in lower case; none where all is in capitals. "AI" is no "ai"."""
    return frozenset() if text.isupper() else frozenset(map(str.lower, _ACRONYM.findall(text)))


class _Phrases:
    """Replaces runs of syllables, longest first."""

    def __init__(self, replacements: Mapping[str, str]) -> None:
        self._exact = {tuple(syllables(key)): syllables(value) for key, value in replacements.items()}
        self._folded = {tuple(map(fold, key)): [*map(fold, value)] for key, value in self._exact.items()}
        self._longest = max(map(len, self._exact), default=0)

    def replace(self, words: Sequence[str], accented: bool, keep: frozenset[str] = frozenset()) -> list[str]:
        """The words with every known run replaced, but for words to keep; without diacritics all is folded."""
        known = self._exact if accented else self._folded
        result: list[str] = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                found = known.get(tuple(words[at : at + length]))
                if found is not None and words[at] not in keep:
                    result += found
                    at += length
                    break
            else:
                result.append(words[at])
                at += 1
        return result
