"""Jobs: what inline mode offers for what is typed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.deciding.from_english import as_vietnamese
from bot.finding.desk import Desk
from bot.ground.splitting import pack
from bot.texts.inline_cards import Card, Offer, card, found_for, page_of
from bot.texts.reply import Language
from retrieval import Quote

_MOST = 50  # cards for a query, on all its pages


@dataclass(frozen=True, slots=True)
class Offered:
    """A page of cards and their quotes; `following` is where the next begins, empty on the last.

    `answered`: whether any of all cards answers. `any`: whether there is any. `partial`: as of `Answer`, which the
    messages say.
    """

    cards: tuple[Card, ...] = ()
    quotes: tuple[Quote, ...] = ()
    following: str = ""
    answered: bool = False
    any: bool = False
    partial: bool = False


def offer(desk: Desk, question: str, today: date, offset: str, language: Language) -> Offered:
    """The cards for a question; without one, of what the articles tell most of."""
    before = desk.library.gaps
    found = _found(desk, question, today) if question else _most_told_of(desk)
    partial = desk.library.gaps > before
    shown, following = page_of(found, offset)
    cards = [card(desk.replies, each, question, language) for each in shown]
    note = desk.replies.note(language, partial=partial)
    return Offered(
        tuple(replace(each, message=pack([each.message, *note])[0]) for each in cards),
        _quotes(shown),
        following,
        any(each.standing == "answer" for each in found),
        bool(found),
        partial,
    )


def chosen(desk: Desk, question: str, today: date, card_id: str) -> tuple[Quote, ...]:
    """The quote of a card."""
    found = _found(desk, question, today) if question else _most_told_of(desk)
    return _quotes([each for each in found if each.id == card_id])


def _found(desk: Desk, question: str, today: date) -> list[Offer]:
    question = as_vietnamese(question) or question
    answered = desk.library.ask(question, desk.quotes, today, read=not desk.hurried)
    return found_for(answered, desk.library.search(question, _MOST))[:_MOST]


def _most_told_of(desk: Desk) -> list[Offer]:
    """The best sentence about each topic."""
    best = (quote for topic in desk.library.topics for quote in desk.library.search(topic, 1))
    unique: dict[str, Quote] = {}
    for quote in best:
        unique.setdefault(quote.text, quote)
    return [Offer(quote, "other") for quote in unique.values()]


def _quotes(found: Sequence[Offer]) -> tuple[Quote, ...]:
    return tuple(each.quote for each in found if each.quote)
