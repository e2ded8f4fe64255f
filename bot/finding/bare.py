"""Jobs: what is opened by a name or a topic that is typed without a question, and what a greeting offers to ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

from bot.deciding.bare import asks_for_news, is_one_word
from bot.finding.answers import Prepared, shown_as
from bot.finding.desk import Desk
from bot.memory.asked import Asked
from bot.texts import answer_pages
from bot.texts.reply import Language
from retrieval import Answer, Library, Quote
from retrieval.facts import is_vietnamese
from retrieval.query import Query
from retrieval.timeline import Period
from retrieval.timeline.subject import Subject
from retrieval.tokens import fold, syllables

# Sentences that are looked through for the newest.
_LOOKED_AT = 500
_TELLING = 8  # syllables: a signature or a label tells nothing
_SAMPLES = 2
_WIDE = frozenset({"viet nam", "ha noi", "tp hcm", "trung quoc", "my"})  # of which there is always something
_EVER = Period(date(1900, 1, 1), None)  # where the last month tells of too little


@dataclass(frozen=True, slots=True)
class Bare:
    """A person of this name; or the newest news of a topic; or neither: then it is to be searched for, or nothing is
    said by it.
    """

    kind: Literal["person", "news", "question", "nothing"]
    name: str = ""
    found: Prepared | None = None


def opened(desk: Desk, topic: str, asked: Asked, language: Language, update: int) -> Bare:
    """What the library has under this name or topic."""
    name = None if asks_for_news(asked.question) else _person(desk.library, topic, asked.today)
    if name:
        return Bare("person", name)
    query = desk.library.read_question(topic, asked.today)
    alone = is_one_word(topic)
    if alone and not _names_something(desk.library, topic, query):
        return Bare("nothing")
    quotes = tuple(_newest(desk.library, query, desk.quotes, asked.sources))
    if not (quotes or asked.only or not asked.sources):
        quotes = tuple(_newest(desk.library, query, desk.quotes))
    if not quotes:
        return Bare("nothing" if alone else "question")
    answer = Answer(asked.question, "answered", quotes, (), 1.0, "news")
    texts = answer_pages.newest(desk.replies, topic, quotes, language)
    return Bare("news", topic, shown_as(desk, query, answer, texts, language, update))


def samples(desk: Desk, language: Language) -> tuple[str, ...]:
    """Questions that the newest articles answer, for a greeting."""
    library = desk.library
    topics = (*library.topics, *library.topics_in(_EVER))
    topics = tuple(topic for topic in topics if _plain(topic) not in _WIDE) or topics
    told = (topic for topic in dict.fromkeys(topics) if any(_newest(library, library.read_question(topic), 1)))
    return tuple(desk.replies.render("sample_news", language, topic=topic) for topic in islice(told, _SAMPLES))


def _person(library: Library, topic: str, today: date) -> str | None:
    """The person of exactly this name, as the articles have it, or of one of the ways in which they write it."""
    profile = library.who(topic, today)
    if profile is None or profile.holders or profile.candidates or profile.suggestions or not profile.mentions:
        return None
    plain = _plain(topic)
    known = [_plain(name) for name in (profile.name, *profile.aliases)]
    last = not is_vietnamese(topic) and any(name.endswith(f" {plain}") for name in known)  # "Trump"
    return profile.name if plain in known or last else None


def _plain(name: str) -> str:
    return fold(" ".join(syllables(name)))


def _names_something(library: Library, word: str, query: Query) -> bool:
    """Whether a single word is a topic: a country or a province, one of another language, one that titles tell of."""
    if query.known_names or not is_vietnamese(word):
        return True
    return _plain(word) in map(_plain, library.topics)


def _newest(library: Library, query: Query, count: int, sources: frozenset[str] = frozenset()) -> Iterator[Quote]:
    """Of the sentences that speak of the topic the best of each of the newest articles, of these sources if any."""
    if not query.terms:
        return
    subject, best, whole = Subject.of(query), dict[str, Quote](), dict[str, Quote]()
    for quote in library.search(query.text, _LOOKED_AT):
        chosen = not sources or quote.article.publisher in sources
        tells = chosen and quote.kind in {"lead", "body"} and len(syllables(quote.text)) >= _TELLING
        if tells and subject.is_in(quote.text):
            best.setdefault(quote.article.id, quote)
            if f" {_plain(query.text)} " in f" {_plain(quote.text)} ":
                whole.setdefault(quote.article.id, quote)
    best = whole or best  # "trung thu" is not told by "trong và ngoài nước" and "thủ đô"
    told = set[str]()
    for quote in sorted(best.values(), key=lambda quote: quote.article.published.edtf, reverse=True):
        if quote.text not in told and len(told) < count:
            told.add(quote.text)
            yield quote
