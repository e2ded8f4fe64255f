"""Who stands where in a library: every sentence in which a person acts, by person and by office."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from retrieval.names import Candidate, KnownNames, Mention, Names, offices
from retrieval.names.people import key_of
from retrieval.names.queries import name_key
from retrieval.names.words import words_of
from retrieval.records import Date, Quote, Sentence, quote
from retrieval.store import Contents
from retrieval.timeline.ranges import limits_of
from retrieval.who.when import newest_first, when

Key = tuple[str, ...]
Limits = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Seen:
    """A person in a sentence of an article, seen there at `date` (see `when`), which is between the days `limits`.

    `says`: the sentence is what the person says.
    """

    contents: Contents
    mention: Mention
    date: Date
    limits: Limits | None
    says: bool

    @property
    def sentence(self) -> Sentence:
        """The sentence."""
        return self.contents.sentences[self.mention.sentence]

    @property
    def quote(self) -> Quote:
        """The sentence, to the letter."""
        return quote(self.contents.article, self.sentence, 0.0)


class People:
    """All persons of a library. Immutable. A name is one person: articles do not tell namesakes apart."""

    def __init__(self, names: Names, library: Iterable[Contents]) -> None:
        self._names = names
        self._in_article: dict[str, tuple[Mention, ...]] = {}
        self._seen: defaultdict[Key, list[Seen]] = defaultdict(list)
        self._holders: defaultdict[str, dict[Key, None]] = defaultdict(dict)
        only_named: dict[Key, str] = {}
        for contents in library:
            mentions = names.mentions(contents.article.text, contents.sentences)
            self._in_article[contents.article.id] = mentions
            only_named.update((key_of(m.name), m.name) for m in mentions if m.role != "actor")
            for seen in _seen(names, contents, mentions):
                self._add(seen)
        for seen_of_one in self._seen.values():
            seen_of_one.sort(key=lambda one: newest_first(one.limits))
        self._shown = {
            key: Counter(one.mention.name for one in seen).most_common(1)[0][0] for key, seen in self._seen.items()
        }
        only_named = {key: name for key, name in only_named.items() if key not in self._shown}
        self._known = KnownNames([*self._shown.values(), *only_named.values()])

    def _add(self, seen: Seen) -> None:
        key, mention = key_of(seen.mention.name), seen.mention
        self._seen[key].append(seen)
        for title in mention.offices if mention.status in {"holds", "acting"} else ():
            self._holders[title][key] = None

    @property
    def names(self) -> Names:
        """The rules by which names and offices are found."""
        return self._names

    def match(self, query: str) -> tuple[Candidate, ...]:
        """The names that the query may mean, likeliest first, among equals those first who are seen most often.

        A full name is that person's at once: to compare it with all others takes tens of milliseconds.
        """
        key = name_key(self._names.rules, query)
        if len(key) > 1 and key in self._shown:
            return (Candidate(self._shown[key], 100.0, "exact"),)
        return tuple(sorted(self._names.match(query, self._known), key=lambda c: (-c.score, -len(self.seen(c.name)))))

    def seen(self, name: str) -> Sequence[Seen]:
        """Where a person acts, the newest first, what has no known year last; nowhere, who is only named."""
        return self._seen.get(key_of(name), ())

    def beside(self, seen: Seen) -> Iterator[str]:
        """The other persons who act in the same sentence, each once."""
        mine = key_of(seen.mention.name)
        mentions = self._in_article[seen.contents.article.id]
        others = (m for m in mentions if m.sentence == seen.mention.sentence and m.role == "actor")
        yield from (self._shown[key] for key in dict.fromkeys(key_of(m.name) for m in others) if key != mine)

    def holders(self, title: str) -> Mapping[str, Sequence[str]]:
        """Who holds the office, with the offices that are meant: those of all ministers where it is "Bộ trưởng"."""
        meant = [title]
        if self.is_bare(title):
            meant += [other for other in self._holders if other.startswith(f"{title} ")]
        found: defaultdict[str, list[str]] = defaultdict(list)
        for office in meant:
            for key in self._holders.get(office, ()):
                found[self._shown[key]].append(office)
        return found

    def is_bare(self, title: str) -> bool:
        """Whether an office lacks what it is of: "Bộ trưởng", "Giám đốc"."""
        words = words_of(title, 0, len(title))
        office = offices.at(self._names.rules, words, 0) if len(words) else None
        return office is not None and office.end == len(words) and not (office.complemented or office.head.complete)


def _seen(names: Names, contents: Contents, mentions: Sequence[Mention]) -> Iterator[Seen]:
    """Those who act in an article; a headline's or a picture's words are nobody's statement."""
    by_sentence: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.role == "actor":
            by_sentence[mention.sentence].append(mention)
    for index, inside in by_sentence.items():
        sentence = contents.sentences[index]
        speech = names.speaker(contents.article.text, sentence, inside)
        for mention in inside:
            says = speech is not None and speech.speaker.name == mention.name
            date = when(contents.article, sentence, mention.start, says=says)
            yield Seen(contents, mention, date, limits_of(date.edtf), says and sentence.kind in {"lead", "body"})
