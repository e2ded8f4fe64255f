"""The best candidates of a question, put to the reader beside the sentences around them."""

import re
from dataclasses import replace

import numpy as np

from retrieval.index.forward import Longs
from retrieval.index.searcher import Searcher
from retrieval.query import Query
from retrieval.ranking.candidates import told_by_date
from retrieval.ranking.rows import Floats
from retrieval.reader import Passage, Reader, Reading
from retrieval.records import Quote, Span
from retrieval.store.collection import Sentences
from retrieval.tokens import fold

_WORD = re.compile(r"[^\W_]+")
# Questions whose readings are kept: those that compare have a few parts.
_KEPT = 4
# An answer of more of a sentence than that is the whole sentence; one of less log-odds than that is no answer. Of 704
# right quotes whose questions have a short answer 628 are marked so, 580 at it; by what is sure without the reader 502
# and 424.
_WHOLE, _LEAST = 0.8, -2.0


class CandidateReading:
    """Of one library. What was read for the last questions is kept: it is ranked again to explain the answer, or within
    other days, and tells which words answer.
    """

    def __init__(self, index: Searcher, sentences: Sentences) -> None:
        self._index, self._sentences = index, sentences
        self._known: dict[str, dict[int, Reading]] = {}  # by question and sentence

    def odds(self, reader: Reader, query: Query, sentences: Longs) -> Floats:
        """How likely each of the sentences (N,) answers, in log-odds (N,)."""
        asked = as_read(query)
        known = self._known.pop(asked, {})
        self._known[asked] = known  # at the end: the last to go
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        new = np.array([number for number in sentences.tolist() if number not in known], dtype=np.int64)
        if len(new):
            passages = self._passages(new)
            if told_by_date(self._index, query, new).any():
                days = self._index.dates(new)[:, 0].tolist()
                passages = [_on_day(passage, *day) for passage, day in zip(passages, days, strict=True)]
            known |= zip(new.tolist(), reader.read(asked, passages), strict=True)
        return np.array([known[number].score for number in sentences.tolist()])

    def answer(self, query: Query, quoted: Quote) -> Span | None:
        """The words of a quote that answer; None where it was not read for the query, hardly answers, or the whole of
        it does.
        """
        known = self._known.get(as_read(query), {})
        numbers = np.array([*known], dtype=np.int64)
        for number, (article, sentence) in zip(known, self._sentences.at(numbers), strict=True):
            if (article.id, sentence.start) == (quoted.article.id, quoted.start):
                read = known[number]
                if read.score < _LEAST or read.end - read.start > _WHOLE * len(quoted.text):
                    return None
                return Span(quoted.start + read.start, quoted.start + read.end, quoted.kind)
        return None

    def _passages(self, sentences: Longs) -> list[Passage]:
        """The sentences (N,), each with those beside it in its article, and the title of that."""
        beside = [self._index.around(sentence, 1) for sentence in sentences.tolist()]
        before, after = np.array([[some[0], some[-1]] for some in beside], dtype=np.int64).T
        texts, titles = {}, {}
        for numbers in (sentences, before, after):
            for number, (found, sentence) in zip(numbers.tolist(), self._sentences.at(numbers), strict=True):
                texts[number] = found.text[sentence.start : sentence.end]
                titles[number] = found.title
        return [
            passage_of(
                texts[here], texts[one] if one != here else "", texts[other] if other != here else "", titles[here]
            )
            for one, here, other in zip(before.tolist(), sentences.tolist(), after.tolist(), strict=True)
        ]


def passage_of(text: str, before: str, after: str, title: str | None) -> Passage:
    """A sentence as the reader reads it: a headline has no other title."""
    return Passage(text, before, after, "" if title is None or title in text else title)


def _on_day(passage: Passage, day: int, month: int, year: int) -> Passage:
    """With the day that the sentence is told of before it: of a question for a day it is part of what is told."""
    named = [f"{name} {number}" for name, number in (("ngày", day), ("tháng", month), ("năm", year)) if number]
    return replace(passage, before=f"{passage.before} {' '.join(named).capitalize()}.".lstrip()) if named else passage


def as_read(query: Query) -> str:
    """The question as it was typed, or its words where it has abbreviations, which the reader has hardly seen: "bn" is
    "bao nhiêu"; or where a tone is typed elsewhere than articles have it. Over 268 questions with abbreviations the
    area under the curve right against unanswerable is .83 so, .81 as typed.
    """
    typed = _WORD.findall(query.text.lower() if query.accented else fold(query.text))
    return query.text if query.asked.split() == typed else query.asked
