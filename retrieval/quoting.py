"""What is shown with a quote that answers: the sentence that it hangs on, the words that answer, later corrections."""

from dataclasses import replace

from retrieval import known
from retrieval.candidate_reading import CandidateReading
from retrieval.query import Query
from retrieval.records import NO_DATE, Quote, Span, quote
from retrieval.store.snapshot import Snapshot


class Quoting:
    """Completes the quotes of one library."""

    def __init__(self, snapshot: Snapshot, reading: CandidateReading) -> None:
        self._snapshot, self._reading = snapshot, reading
        self._reader, self._asking, self._telling = known.question_reader(), known.asking(), known.telling()

    def completed(self, query: Query, quoted: Quote) -> Quote:
        """A quote that answers the query, with all of these."""
        return self._with_answer(query, self._with_corrections(self.with_before(quoted)))

    def with_before(self, quoted: Quote) -> Quote:
        """The quote, with the sentence before it where it hangs on that one."""
        if not self._reader.hangs_on_another(quoted.text) or quoted.kind not in ("lead", "body"):
            return quoted
        sentences = next(self._snapshot.contents([self._snapshot.key(quoted.article.id)])).sentences
        at = next((at for at, s in enumerate(sentences) if s.start == quoted.start), 0)
        earlier = [s for s in sentences[:at] if s.kind in ("lead", "body")]
        return replace(quoted, before=quote(quoted.article, earlier[-1], 0.0)) if earlier else quoted

    def _with_answer(self, query: Query, quoted: Quote) -> Quote:
        """The quote, with the words of it that answer, as the reader found them, or where they are sure without it."""
        for part in query.parts or (query,):
            if answer := self._reading.answer(part, quoted):
                return replace(quoted, answer=answer)
            told = self._telling.told(self._asking.of(part), part, quoted.text)
            if told and told[0].sure:
                start = quoted.start + told[0].start
                return replace(quoted, answer=Span(start, quoted.start + told[0].end, quoted.kind))
        return quoted

    def _with_corrections(self, quoted: Quote) -> Quote:
        """The quote, with the day of the correction where an earlier version of its article says otherwise, and with
        the article that corrects it.
        """
        key, published = self._snapshot.key(quoted.article.id), quoted.article.published
        earlier = self._snapshot.earlier(key)
        changed = earlier and not any(quoted.text in text for text in earlier)
        revised = published if changed else NO_DATE
        return replace(quoted, revised=revised, correction=self._snapshot.correction(key))
