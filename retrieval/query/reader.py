"""Reads questions: abbreviations spelt out, question words taken off, kind, names and offices recognised."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from retrieval import dates
from retrieval.config_files import data_folder, listed, load_toml
from retrieval.numerals import WORDS, spellings, value
from retrieval.query.completing import asks_of_somebody, compared, completed, counted_from
from retrieval.query.diacritics import Written, bare, has_lost_diacritics
from retrieval.query.known_names import KnownNames
from retrieval.query.limits import Limit, limit_of
from retrieval.query.offices import office_heads
from retrieval.query.phrases import Pattern, Phrase, Phrases, PhraseSet
from retrieval.query.query import Query
from retrieval.query.synonyms import Synonyms
from retrieval.tokens import fold, normalize, syllables

_ACRONYM = re.compile(r"\b[A-ZĐ]{2,}\b")
_WORD = re.compile(r"[^\W_]+")
# The heading of config/synonyms.toml under which stand other names of the same place or institution.
_NAMES = ("names",)
# "Ai là Bộ trưởng …", "Bộ trưởng … là ai", "Thứ trưởng nào …".
_HOLDER = re.compile(r"\bai (?:là|la|làm|lam)\b|\b(?:là|la) ai\b|\b(?:nào|nao)\b")
# A longer question says enough by itself: "ông ấy sinh ra trong gia đình làm nghề gì ở Warszawa".
_SHORT = 5


class QuestionReader:
    """Reads questions with the words of config/: chat spellings, abbreviations, question words, offices."""

    def __init__(  # noqa: PLR0913, PLR0917 - the words of config/, a table each
        self,
        aliases: Mapping[str, Any],
        question_words: Sequence[str],
        questions: Mapping[str, Any],
        offices: Mapping[str, Any],
        synonyms: Synonyms,
        other_names: Synonyms,
    ) -> None:
        self._names = Phrases(aliases["names"], aliases["accented_names"])
        self._spellings = Phrases(aliases["spellings"])
        self._question_words = Phrases(dict.fromkeys(question_words, ""))
        self._asking_rightly = PhraseSet.of(phrase for phrase in question_words if fold(phrase) != phrase)
        heads = office_heads(offices)
        self._kinds = [(kind["name"], Pattern(kind, r"\b(?:{})\b", {"office": heads})) for kind in questions["kinds"]]
        self._asking = [Pattern(asking, "{}") for asking in questions["asking"]]
        self._newest = Pattern(questions["newest"], r"\b(?:{})(?!\w)")
        self._hanging = re.compile(rf"\A[\W_]*+(?:{questions['hanging']['pattern']})(?!\w)", re.IGNORECASE)
        self._known_names = KnownNames.of_config(offices, questions["known_names"]["left_out"])
        self._opposites = [[tuple(syllables(phrase)) for phrase in pair] for pair in questions["opposites"]["pairs"]]
        self._opposed = PhraseSet(phrase for pair in self._opposites for phrase in pair)
        self._events = PhraseSet.of(questions["events"]["words"])
        self._heads = PhraseSet(heads)
        self._speech = [tuple(syllables(verb)) for verb in listed(offices["speech"]["verbs"])]
        self._synonyms, self._other_names = synonyms, other_names
        self._modifiers = {
            True: tuple(questions["offices"]["modifiers"]),
            False: tuple(questions["offices"]["folded_modifiers"]),
        }

    @classmethod
    def from_config(cls) -> "QuestionReader":
        """With config/aliases.toml, questions.toml, question_words.txt, offices.toml and synonyms.toml."""
        words = (data_folder("config") / "question_words.txt").read_text(encoding="utf-8").splitlines()
        asking = [word for word in words if word and not word.startswith("#")]
        return cls(
            load_toml("aliases.toml"),
            asking,
            load_toml("questions.toml"),
            load_toml("offices.toml"),
            Synonyms.from_config(),
            Synonyms.from_config(_NAMES),
        )

    def hangs_on_another(self, sentence: str) -> bool:
        """Whether the sense of a sentence hangs on the one before it: "Đây là một điểm mới …"."""
        return bool(self._hanging.match(sentence))

    def read(
        self,
        question: str,
        today: datetime.date | None = None,
        previous: Query | None = None,
        written: Written = lambda _: (0, 0),
    ) -> Query:
        """The query of a question in any state: accented or not or half, in chat spelling, empty.

        By what articles have `written` one that has lost diacritics is told, and read as one typed without.

        With `today`, "hôm qua" or "tháng trước" become the numbers of their date. A question that goes on from the
        `previous` one of the same chat is completed from it.
        """
        text = completed(normalize(question), previous.text if previous else None, today)
        limit = limit_of(text, today)
        if today:
            text = counted_from(today, text)
        whole = self._read(question, text, written)
        parts = tuple(self._read(question, part, written) for part in compared(text))
        if parts:
            return replace(whole, kind="compare", parts=parts)
        return replace(whole, range=limit, limited=self._limited(question, limit, today, written)) if limit else whole

    def _limited(self, question: str, limit: Limit, today: datetime.date | None, written: Written) -> Query | None:
        text = counted_from(today, limit.text) if today else limit.text
        query = replace(self._read(question, text, written), period=limit.period)
        return query if query.terms else None

    def _read(self, question: str, text: str, written: Written) -> Query:
        accented = fold(text) != text.lower() and not has_lost_diacritics(text, written, self._asking_rightly)
        words = syllables(text)
        words = words if accented else [bare(word, written) for word in words]
        asked = " ".join(self._names.replace(self._spellings.replace(words, accented), accented))
        kept = _acronyms(text)
        shown = " ".join("x" * len(word) if word in kept else word for word in asked.split(" "))  # "AI" asks for nobody
        kind, slot_at = next(
            ((name, found.end()) for name, pattern in self._kinds if (found := pattern.of(accented).search(shown))),
            ("what", -1),
        )
        terms = self._without_asking(asked, accented, kept)
        slot = len(self._without_asking(asked[:slot_at], accented, kept)) if slot_at >= 0 else -1
        if all(term.isdecimal() for term in terms) and not dates.find(text):
            terms = []  # numbers alone are about nothing
        short = (*self._names.short(terms, accented), *_respelt_numbers(terms))
        offices = self._heads.places(terms, accented)
        typed = [word.lower() for word in _WORD.findall(text)[1:] if word != word.lower() and not text.isupper()]
        capitals = typed if accented else [bare(word, written) for word in typed]
        in_offices = (terms[at] for start, end in offices for at in range(start, end))
        return Query(
            question=question,
            text=text,
            terms=tuple(terms),
            accented=accented,
            kind=kind,
            asked=asked,
            names=frozenset([*capitals, *in_offices]) & set(terms),
            capitals=frozenset(capitals) & set(terms),
            is_cased=not set(terms).isdisjoint(capitals),
            slot=slot,
            short=short,
            synonyms=self._synonyms.of(terms, accented),
            other_names=(
                *self._other_names.of(terms, accented),
                *(((word,), start, end) for word, start, end in short),
            ),
            known_names=tuple(self._known_names.of(terms, capitals, accented)),
            events=tuple(self._events.places(terms, accented)),
            opposites=tuple(self._opposites_in(terms, accented)),
            asks_holder=kind == "who" and bool(_HOLDER.search(asked)),
            newest=not any(map(str.isdecimal, terms)) and bool(self._newest.of(accented).search(asked)),
            speech=tuple(self._speech if accented else (tuple(map(fold, verb)) for verb in self._speech))
            if kind == "said"
            else (),
            offices=tuple(offices),
            modifiers=self._modifiers[accented],
            unresolved=asks_of_somebody(text) and not capitals and len(terms) <= _SHORT,
        )

    def _opposites_in(self, terms: Sequence[str], accented: bool) -> Iterator[tuple[Phrase, Phrase]]:
        standing = {tuple(terms[start:end]) for start, end in self._opposed.places(terms, accented)}
        for pair in self._opposites if standing else ():
            one, other = pair if accented else [tuple(map(fold, phrase)) for phrase in pair]
            if (one in standing) != (other in standing):
                yield (one, other) if one in standing else (other, one)

    def _without_asking(self, asked: str, accented: bool, kept: frozenset[str]) -> list[str]:
        """The syllables that are to be found."""
        for asking in self._asking:
            asked = asking.of(accented).sub(lambda found: found[0] if found[0] in kept else " ", asked)
        return self._question_words.replace(asked.split(), accented, kept)


def _acronyms(text: str) -> frozenset[str]:
    """Words in capitals, in lower case; none where all is in capitals. "AI" is no "ai"."""
    return frozenset() if text.isupper() else frozenset(map(str.lower, _ACRONYM.findall(text)))


def _respelt_numbers(terms: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """How else the numbers among the terms are written: "xiv" for "14"."""
    for at, term in enumerate(terms):
        number = value(term) if term not in WORDS else None
        if number is not None:
            yield from ((other, at, at + 1) for other in (str(number), *spellings(number)) if other != term)
