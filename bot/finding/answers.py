"""Jobs: the answer to a question, what its buttons bring, and by what it was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Any

from bot.deciding.english import is_english
from bot.deciding.from_english import as_vietnamese
from bot.finding.desk import Desk
from bot.ground.splitting import pack
from bot.memory.asked import Asked
from bot.memory.curated import Curated, key_of
from bot.memory.exchanges import Exchange, Reference
from bot.pages.asked_for import asks_about_today, is_near, makes_sense, sought, unknown_names
from bot.pages.glance import Glance, distinct
from bot.pages.surroundings import around
from bot.pages.topics import topic_of
from bot.pages.why import Why, why
from bot.taps.answer_buttons import AnswerTap
from bot.texts import answer_pages
from bot.texts.reply import Collection, Language
from bot.texts.rich import rich_message
from retrieval import Answer, Library, Quote
from retrieval.comparing import Compared
from retrieval.query import Query
from retrieval.ranking.explanation import Explanation

NOTHING_CURATED: Mapping[str, Curated] = MappingProxyType({})
# Sentences that are looked through for further ones.
_LOOKED_AT = 30
_CANDIDATES = 10  # explained, of each part of a question
# The share of the threshold from which on a candidate is shown as one that may be it.
_ALMOST = 0.85
_SUREST = 99  # percent: nothing is certain
_ENGLISH: Language = "en"  # around the quotes that answer a question in English


@dataclass(frozen=True, slots=True)
class Prepared:
    """The answer, the messages that say it, and what its buttons are about.

    `texts` are in the language that the buttons are to be in; `rich` says the same as one rich message, where that
    gives something; `beside` are the numbers, in the exchange, of the quotes in it.
    """

    query: Query
    answer: Answer
    texts: list[str]
    exchange: Exchange
    language: Language
    rich: Mapping[str, Any] | None = None
    beside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class More:
    """Quotes, and the messages that show them, or one rich message; `copied` is the first, to be copied, `last` tells
    of the last page.
    """

    quotes: tuple[Quote, ...] = ()
    texts: Sequence[str] = ()
    copied: str = ""
    last: bool = True
    rich: Mapping[str, Any] | None = None


def find(
    desk: Desk, asked: Asked, language: Language, update: int | None, curated: Mapping[str, Curated] = NOTHING_CURATED
) -> Prepared:
    """What the library has for the question that this update asked, or what operators have settled about it."""
    library, english = desk.library, is_english(asked.question)
    if english:
        language, asked = _ENGLISH, in_vietnamese(asked)
    query = library.read_question(asked.question, asked.today, asked.previous)
    settled = _settled(desk, asked, query, language, update, curated) if curated else None
    if settled is not None:
        return settled
    answer = _asked(desk, asked)
    # Of a question left in English the words that articles happen to have ("the", "of") bring nothing near.
    unread = english and is_english(query.question)
    near = () if unread else answer.nearest
    meant = tuple(suggestion for suggestion in answer.suggestions if makes_sense(suggestion, query))
    near = tuple(quote for quote in near if is_near(query.limited or query, quote))
    found_any = bool(answer.nearest)
    answer = replace(answer, nearest=near, suggestions=meant)
    if answer.quotes:
        glance = Glance(spread=bool(query.parts))
    elif unread:
        glance = Glance(english=True)
    else:
        glance = _refused(library, asked, query, answer, found_any=found_any)
    if english and not unread:
        glance = replace(glance, read_as=asked.question)
    # Publishers are told of only where there is nothing: to count them goes through all articles.
    texts = desk.replies.answer(answer, () if glance.has_articles else library.sources, language, glance)
    found = shown_as(desk, query, answer, texts, language, update)
    if answer.partial:
        return found  # that it is stands in the texts
    beside = tuple(map(answer.quotes.index, distinct(answer.quotes)))
    why = _why(library, found.exchange, answer.quotes)
    return replace(found, rich=desk.replies.rich_answer(answer, language, glance, why), beside=beside)


def _why(library: Library, exchange: Exchange, quotes: Sequence[Quote]) -> Why:
    return why(library.read_question(exchange.text), quotes, exchange.share)


def in_vietnamese(asked: Asked) -> Asked:
    """A question in English read as its Vietnamese one, where all of its words are known; any other as it is."""
    return replace(asked, question=as_vietnamese(asked.question) or asked.question)


def _asked(desk: Desk, asked: Asked) -> Answer:
    """The answer, from the sources that it is to come from first where these have one."""
    given = (asked.question, desk.quotes, asked.today, asked.previous, asked.preferred)
    ask = partial(desk.library.ask, *given, read=not desk.hurried)
    answer = ask(publishers=asked.sources)
    return answer if answer.quotes or asked.only or not asked.sources else ask()


def _settled(  # noqa: PLR0913, PLR0917 - what is asked, and of whom
    desk: Desk, asked: Asked, query: Query, language: Language, update: int | None, curated: Mapping[str, Curated]
) -> Prepared | None:
    """What operators have settled; None where it is not, or the sentence has left or is of no source to be asked."""
    chosen = curated.get(key_of(desk.library, query))
    if chosen is None:
        return None
    quote = chosen.quote(desk.library)
    if chosen.place is not None and quote is None:
        return None
    if quote is not None and asked.only and asked.sources and quote.article.publisher not in asked.sources:
        return None
    quotes = () if quote is None else (quote,)
    answer = Answer(query.question, "answered" if quotes else "not_found", quotes, (), 1.0, query.kind)
    found = shown_as(desk, query, answer, answer_pages.curated(desk.replies, quotes, language), language, update)
    return replace(found, exchange=replace(found.exchange, curated=True))


def to_curate(desk: Desk, exchange: Exchange) -> tuple[str, tuple[Quote, ...]]:
    """The key of an exchange's question, and the quotes that were shown for it."""
    library = desk.library
    return key_of(library, library.read_question(exchange.text)), exchange.quotes(library)


def _refused(library: Library, asked: Asked, query: Query, answer: Answer, *, found_any: bool) -> Glance:
    """What is said of a question without an answer."""
    if not (found_any or library.search((query.limited or query).text, 1)):
        return Glance(has_articles=False, unknown=sought(query) if len(library.articles) else "")
    unknown = unknown_names(query, library.has)
    newest = Collection.of(library.sources).last if asks_about_today(query) else None
    maybe = bool(answer.nearest) and _is_almost_sure(library, asked, answer)
    what, chosen = sought(query.limited or query), bool(asked.sources) and asked.only
    return Glance(sought=what, unknown=unknown, newest=newest, maybe=maybe, chosen=chosen)


def _is_almost_sure(library: Library, asked: Asked, answer: Answer) -> bool:
    """Whether nothing speaks against the first candidate, and little is missing to the threshold."""
    reason, share = library.why_refused(asked.question, asked.today, asked.previous, _limited_to(asked))
    return reason == "not sure enough" and share >= _ALMOST and bool(answer.confidence)


def shown_as(  # noqa: PLR0913, PLR0917 - all that there is to show
    desk: Desk, query: Query, answer: Answer, texts: list[str], language: Language, update: int | None
) -> Prepared:
    """An answer in these messages, with what its buttons lead to."""
    shown = answer.quotes or answer.nearest
    persons = (name for quote in answer.quotes for name in desk.library.persons_in(quote, query))
    exchange = Exchange(
        text=query.text,
        update=update,
        shown=tuple(map(Reference.of, shown)),
        answered=answer.status == "answered",
        person=next(persons, ""),
        topic=topic_of(query, answer.quotes),
        suggestions=answer.suggestions,
        since=answer.since.isoformat() if answer.since else "",
        until=answer.until.isoformat() if answer.until else "",
        share=min(round(100 * answer.confidence), _SUREST) if answer.quotes else 0,
    )
    return Prepared(query, answer, texts, exchange, language)


def further(desk: Desk, exchange: Exchange, number: int, language: Language) -> More:
    """A further page of sentences for a question."""
    before = desk.library.gaps
    quotes, last = _page(desk.library, exchange, number, desk.quotes)
    note = desk.replies.note(language, partial=desk.library.gaps > before)
    if not quotes:
        return More(last=last, texts=note)
    copied = answer_pages.copied(desk.replies, quotes[0], language)
    return More(tuple(quotes), [*answer_pages.more(desk.replies, quotes, language), *note], copied, last)


def looked_up(desk: Desk, asked: AnswerTap, exchange: Exchange, language: Language) -> More:
    """The quotes that stand above a button, and the messages that show more of them; none where they have left."""
    library = desk.library
    above: Sequence[Quote] = exchange.quotes(library)
    if asked.action == "passage":
        chosen = exchange.shown[asked.number : asked.number + 1]
        above = replace(exchange, shown=chosen).quotes(library)
    elif asked.number:
        above, _ = _page(library, exchange, asked.number, desk.quotes)
    if asked.action == "near":
        texts = answer_pages.nearest(desk.replies, above, language)
    elif asked.action == "copy":
        above = above[:1]
        texts = [text for quote in above for text in answer_pages.copy(desk.replies, quote, language)]
    elif asked.action == "why":
        texts = [desk.replies.why(_why(library, exchange, above), language)] if above else []
    else:
        surroundings = [around(quote, library.contents(quote.article).sentences) for quote in above]
        texts = answer_pages.contexts(desk.replies, surroundings, language)
    return More(tuple(above), texts)


@dataclass(frozen=True, slots=True)
class Opened:
    """What the further buttons need: the first quote to be copied (empty where it has left), and whether papers tell
    it differently.
    """

    copied: str = ""
    papers: bool = False


def opened(desk: Desk, exchange: Exchange, language: Language) -> Opened:
    """For all buttons under an answer."""
    quotes = exchange.quotes(desk.library)
    if not quotes:
        return Opened()
    return Opened(answer_pages.copied(desk.replies, quotes[0], language), bool(_compared(desk.library, exchange)))


def by_papers(desk: Desk, exchange: Exchange, language: Language) -> More:
    """How the papers tell it, where they differ; none where what did has left."""
    compared = _compared(desk.library, exchange)
    if not compared:
        return More()
    parts = answer_pages.papers(desk.replies, compared, language)
    return More(tuple(each.quote for each in compared), pack(parts), rich=rich_message(parts))


def _compared(library: Library, exchange: Exchange) -> tuple[Compared, ...]:
    first, *others = exchange.quotes(library) or (None,)
    return library.compare(exchange.text, first, answers=others) if first and exchange.answered else ()


def explain(desk: Desk, asked: Asked) -> Explanation:
    """The library is asked once more, with what it was asked with."""
    asked = in_vietnamese(asked)
    return desk.library.explain(asked.question, _CANDIDATES, asked.today, asked.previous, publishers=_limited_to(asked))


def _limited_to(asked: Asked) -> frozenset[str]:
    return asked.sources if asked.only else frozenset()


def has_words(desk: Desk, topic: str) -> bool:
    """Whether there is anything to look for."""
    return bool(desk.library.read_question(topic).terms)


def _page(library: Library, exchange: Exchange, number: int, size: int) -> tuple[Sequence[Quote], bool]:
    """The sentences of a further page, and whether it is the last; what was shown in the answer isn't among them."""
    texts = {quote.text for quote in exchange.quotes(library)}
    others = []
    for quote in library.search(exchange.text, _LOOKED_AT, exchange.since or None, exchange.until or None):
        if quote.text not in texts:
            texts.add(quote.text)
            others.append(quote)
    return others[size * (number - 1) : size * number], len(others) <= size * number
