"""Questions put to a library: from the query to the answer, and to what it was chosen by."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import islice

import numpy as np

from retrieval import known
from retrieval.ask import Candidates, Reason, answer, interleaved, reason_to_refuse
from retrieval.candidate_reading import CandidateReading
from retrieval.evidence import LEVELS, level
from retrieval.index.forward import Longs
from retrieval.index.searcher import Only, Searcher
from retrieval.query import Query, published_by
from retrieval.quoting import Quoting
from retrieval.ranking.candidates import can_be_found, is_bare
from retrieval.ranking.explanation import Explanation, part_explained
from retrieval.ranking.objections import Objection
from retrieval.ranking.ranking import NOTHING, Ranked, Weights, rank, reread
from retrieval.ranking.refusal import FACTORS, Judgement, Refusal
from retrieval.ranking.rows import Mask
from retrieval.ranking.suggesting import corrected, respelt
from retrieval.records import Answer, Article, Quote
from retrieval.store.collection import Quotes, Sentences
from retrieval.store.snapshot import Snapshot
from retrieval.tokens import fold
from retrieval.who import Answering, People

# Quotes looked at for an answer: enough that near-copies of the first do not push all others out.
LOOKED_AT = 30
# Sentences looked at for what somebody says on a topic.
_SAID = 300
_SUGGESTIONS, _TRIED = 2, 3
# Fewer than one syllable in so many without its diacritics is a foreign name rather than a slip.
_FEW = 5


class Asker:
    """Answers the questions put to one library."""

    def __init__(self, snapshot: Snapshot, index: Searcher, sentences: Sentences, people: People) -> None:
        self._snapshot, self._index, self._sentences, self._people = snapshot, index, sentences, people
        self._answering = Answering(people, known.asking_who())
        self._reader, self._asking, self._telling = known.question_reader(), known.asking(), known.telling()
        self.weights = known.weights()
        self._last: tuple[tuple[Query, datetime.date | None], bool, tuple[Query, list[Candidates]]] | None = None
        self._reading = CandidateReading(index, sentences)
        self._quoting = Quoting(snapshot, self._reading)

    def read(self, question: str, today: datetime.date | None = None, previous: Query | None = None) -> Query:
        """The question as understood; one that goes on from the `previous` of its chat is completed from it."""
        return self._reader.read(question, today, previous, self._index.written)

    def ask(
        self,
        query: Query,
        limit: int,
        today: datetime.date | None,
        preferred: Callable[[Article], bool] | None,
        *,
        read: bool = True,
    ) -> Answer:
        """Up to `limit` quotes that answer, those of `preferred` articles first, or `not_found` with the nearest; by
        what the reader says where it is open, unless not to `read`.
        """
        before = self._index.gaps
        chosen, found = self._decisive(query, today, read=read)
        answered = self._completed(chosen, self._answer(chosen, found, limit, preferred), read=read)
        return replace(answered, partial=self._index.gaps > before)

    def explain(self, query: Query, limit: int, today: datetime.date | None) -> Explanation:
        """What the query is answered with, and by what: for each of its parts up to `limit` candidates."""
        query, decisive = self._decisive(query, today)
        queries = asked_of(query)
        ranked = [self._ranked(part, LOOKED_AT) for part in queries]
        found = [self._as_found(part, r, LOOKED_AT) for part, r in zip(queries, ranked, strict=True)]
        threshold = self.weights.refusal.threshold
        return Explanation(
            self._completed(query, self._answer(query, decisive, 3)),
            reason_to_refuse(query, decisive, threshold),
            threshold,
            tuple(
                part_explained(
                    part,
                    r,
                    self._judged(part, r),
                    f.quotes[:limit],
                    self._index.kinds(r.sentences[:limit]).tolist(),
                    self.weights,
                )
                for part, r, f in zip(queries, ranked, found, strict=True)
            )
            or (part_explained(query, NOTHING, self._judged(query, NOTHING), (), (), self.weights),),
        )

    def why_refused(self, query: Query, today: datetime.date | None) -> tuple[Reason, float]:
        """Why the query is not answered, "" where it is; and the share of the threshold that its confidence reaches."""
        query, decisive = self._decisive(query, today)
        threshold = self.weights.refusal.threshold
        least = min((found.confidence for found in decisive), default=0.0)
        return reason_to_refuse(query, decisive, threshold), least / threshold

    def has(self, query: Query) -> bool:
        """Whether articles have what is looked for: quicker than to look for it."""
        return can_be_found(self._index, query)

    def _decisive(
        self, query: Query, today: datetime.date | None, *, read: bool | None = None
    ) -> tuple[Query, list[Candidates]]:
        """As below; `read` None: as it was asked. That of the last query is kept: whoever is refused is told more about
        it.
        """
        last = self._last
        if last is None or last[0] != (query, today) or read not in {None, last[1]}:
            read, before = read is not False, self._index.gaps
            last = (query, today), read, self._decided(query, today, read=read)
            self._last = last if self._index.gaps == before else None  # the next time all may answer
        return last[2]

    def _decided(self, query: Query, today: datetime.date | None, *, read: bool) -> tuple[Query, list[Candidates]]:
        """What decides the answer, and the query that it is found for: that without the words of its range of days,
        unless the best sentence writes that range itself.
        """
        told = self._told(query, today)
        if told and (query.publishers or (query.limited and query.range is None)):  # of these the facts know nothing
            told = _allowed(query.limited or query, told[0])
        if query.limited is None:
            return query, told or self._found(query, LOOKED_AT, read=read)
        if told:
            return query, told
        if query.range is not None:
            found = self._found(query, LOOKED_AT, read=read)
            answered = not reason_to_refuse(query, found, self.weights.refusal.threshold)
            if answered and query.range.is_told_by(found[0].quotes[0].text):
                return query, found
        return query.limited, self._found(query.limited, LOOKED_AT, read=read)

    def _ranked(self, query: Query, limit: int, *, read: bool = True) -> Ranked:
        """The sentences for a query without parts; where it is open whether the best answers, in the order of what the
        first of them tell, and of what the reader says, unless not to `read`. Who holds an office is told by facts.
        """
        ranked = self._rank(query, limit)
        is_open = not query.asks_holder and self._judged(query, ranked).is_open
        return self._reread(query, ranked, self.weights, read=read) if is_open else ranked

    def _reread(self, query: Query, ranked: Ranked, weights: Weights, *, read: bool) -> Ranked:
        encoder = known.cross_encoder() if read else None
        reading = partial(self._reading.odds, encoder, query) if encoder else None
        return reread(self._index, weights, ranked, partial(self._levels, query), reading)

    def _levels(self, query: Query, sentences: Longs) -> Mask:
        """Which of LEVELS (N, len(LEVELS)) each of some sentences (N,) reaches, by a query without parts."""
        texts = (article.text[at.start : at.end] for article, at in self._sentences.at(sentences))
        asked = self._asking.of(query)
        levels = [level(asked, self._telling.told(asked, query, text)) for text in texts]
        return np.array([[one == each for each in LEVELS] for one in levels], dtype=np.bool_)

    def _rank(self, query: Query, limit: int) -> Ranked:
        """The sentences for a query without parts, of the days and publishers that it is limited to."""
        return rank(self._index, self.weights, query, limit, only(query), partial(self._tells, query))

    def _tells(self, query: Query, sentence: int) -> bool:
        """Whether a sentence, by its number, surely tells what a query without parts asks for."""
        return bool(self._levels(query, np.array([sentence]))[0, LEVELS.index("told")])

    def _found(self, query: Query, limit: int, *, read: bool = True) -> list[Candidates]:
        """What is found for the query, or for each of its parts."""
        ranked = [(part, self._ranked(part, limit, read=read)) for part in asked_of(query)]
        return [self._as_found(part, one, limit) for part, one in ranked]

    def best(self, query: Query, limit: int) -> Iterator[Quote]:
        """The sentences that fit the query, or its parts, best first; no more of each part than the limit."""
        ranked = [self._rank(part, limit) for part in asked_of(query.limited or query)]
        return interleaved([self._best(one, limit) for one in ranked])

    def ranked(self, query: Query, weights: Weights, *, closely: bool, read: bool) -> tuple[Ranked, Judgement]:
        """The candidates of a query without parts, and how sure the first answers, by weights being learned; `closely`
        looked at, or `read` as well.
        """
        ranked = rank(self._index, weights, query, tells=partial(self._tells, query))
        if closely or read:
            ranked = self._reread(query, ranked, weights, read=read)
        return ranked, self._judged(query, ranked, weights.refusal)

    def _judged(self, query: Query, ranked: Ranked, refusal: Refusal | None = None) -> Judgement:
        """How sure it is that the first of the candidates of a query without parts answers it."""
        if not len(ranked.sentences):
            return Judgement(0.0, np.zeros(len(FACTORS)))
        [first] = Quotes(self._sentences, ranked.sentences[:1], ranked.scores[:1])
        asked = self._asking.of(query)
        told = level(asked, self._telling.told(asked, query, first.text))
        return (refusal or self.weights.refusal).judge(ranked.factors, told, ranked.objection, ranked.reading)

    def _as_found(self, query: Query, ranked: Ranked, limit: int) -> Candidates:
        judgement = self._judged(query, ranked)
        return Candidates(self._best(ranked, limit), judgement.confidence, judgement.objection)

    def _best(self, ranked: Ranked, limit: int) -> Quotes:
        return Quotes(self._sentences, ranked.sentences[:limit], ranked.scores[:limit])

    def _told(self, query: Query, today: datetime.date | None) -> list[Candidates]:
        """What the facts of persons and offices tell of the query; nothing where it does not ask for these.

        Where they know of whom it speaks, and not what is asked, it is refused.
        """
        told = None if query.parts or query.unresolved else self._answering.told(query, today)
        if told is None:
            return []
        if told.quotes:
            return [Candidates(told.quotes, told.confidence)]
        ranked = self._rank(query, _SAID)
        if told.asked.topic:  # whether a sentence is on it the ranking tells better, where no statement surely is
            spoken = self._spoken(ranked, told.persons)
            on_topic = len(spoken) and told.is_on_topic(spoken[0], query.accented)
            confidence = max(self._judged(query, ranked).confidence, self.weights.refusal.threshold)
            return [Candidates(spoken, confidence)] if on_topic else []
        objection: Objection = "another office" if told.asked.kind == "holder" else "nothing of the kind asked for"
        found = self._as_found(query, ranked, LOOKED_AT)
        return [Candidates(told.nearest or found.quotes, found.confidence * self.weights.refusal.threshold, objection)]

    def _spoken(self, ranked: Ranked, persons: Sequence[str]) -> Quotes:
        """Of ranked sentences those that a person says."""
        said = self._people.register.said(persons)
        places = zip(*self._sentences.places(ranked.sentences), strict=True)
        kept = np.array([place in said for place in places], dtype=np.bool_)
        return Quotes(self._sentences, ranked.sentences[kept], ranked.scores[kept])

    def _answer(
        self,
        query: Query,
        found: Sequence[Candidates],
        limit: int,
        preferred: Callable[[Article], bool] | None = None,
    ) -> Answer:
        return answer(query, found, self.weights.refusal.threshold, limit, self._are_copies, preferred)

    def _completed(self, query: Query, found: Answer, *, read: bool = True) -> Answer:
        """The answer with the sentences that its quotes hang on, and what may have been meant where there is none."""
        may_suggest = not (found.quotes or query.unresolved or query.period)
        suggestions = tuple(self._meant(query, read=read))[:_SUGGESTIONS] if may_suggest else ()
        return replace(
            found,
            quotes=tuple(self._quoting.completed(query, quoted) for quoted in found.quotes),
            nearest=tuple(map(self._quoting.with_before, found.nearest)),
            suggestions=suggestions,
            since=query.period.since,
            until=query.period.until,
        )

    def _meant(self, query: Query, *, read: bool) -> Iterator[str]:
        """Questions like this one that would be answered: with another spelling of what no article has, or with other
        diacritics; by what the reader says, unless not to `read`.
        """
        unknown = [term for term in query.terms if term.isalpha() and self._index.vocabulary.number(term) < 0]
        spelt = self._spellings if query.accented else self._bare_spellings
        others = map(partial(self._read_for, query), corrected(query.text, unknown, spelt) if unknown else ())
        for other in islice((other for other in others if can_be_found(self._index, other)), _TRIED):
            if self._answer(*self._decided(other, None, read=read), 1).quotes:
                yield other.question
        lacking = sum(is_bare(self._index, term) for term in query.terms) if query.accented else 0
        if lacking and lacking * _FEW >= len(query.terms):
            bare = self._read_for(query, fold(query.text))
            for quoted in self._answer(*self._decided(bare, None, read=read), 1).quotes:
                text = respelt(query.text, quoted.text)
                if text != query.text:
                    yield text

    def _read_for(self, query: Query, text: str) -> Query:
        """Another question, put to the same publishers."""
        return published_by(self.read(text), query.publishers)

    @cached_property
    def _spellings(self) -> list[str]:
        """The words of all articles, in lower case."""
        return self._index.vocabulary.words()

    @cached_property
    def _bare_spellings(self) -> list[str]:
        return [word for word in self._spellings if fold(word) == word]

    def _are_copies(self, first: str, second: str) -> bool:
        return second in self._snapshot.copies(self._snapshot.key(first))


def _allowed(query: Query, found: Candidates) -> list[Candidates]:
    """What was found, of the days and publishers that a query is limited to; nothing where none of it is."""

    def allowed(quoted: Quote) -> bool:
        told, of = quoted.date or quoted.article.event_date or quoted.article.published, quoted.article.publisher
        return query.period.overlaps(told.edtf) and (not query.publishers or of in query.publishers)

    quotes = [quoted for quoted in found.quotes if allowed(quoted)]
    return [replace(found, quotes=quotes)] if quotes else []


def only(query: Query) -> Only | None:
    """Which sentences a query is limited to, by its days and publishers; None: it is not."""
    limits = Only(query.period.since, query.period.until, query.publishers)
    return limits if limits != Only() else None


def asked_of(query: Query) -> list[Query]:
    """What is looked for: the parts of a query that compares, else the query; none without words to look for."""
    return [part for part in query.parts or (query,) if part.terms]
