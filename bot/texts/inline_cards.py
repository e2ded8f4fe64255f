"""What inline mode offers for a query: cards with a quote each, and which are on a page; pure."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.ground.splitting import MESSAGE_LIMIT, beginning, units, visible
from bot.pages.labels import labels_of
from bot.texts.reply import Language, Replies
from retrieval import Answer, Quote

PAGE = 10  # cards; Telegram takes 50
_TITLE = 80  # UTF-16 units of the quote's beginning: two lines of a phone

# answer: it answers. near: the nearest, of a question that has no answer. other: what else is near, of one that has.
Standing = Literal["answer", "near", "other"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A quote and how it stands to the query; None: that there is no answer."""

    quote: Quote | None
    standing: Standing

    @property
    def id(self) -> str:
        """The same for the same sentence, so that a choice tells which it was."""
        if self.quote is None:
            return "none"
        place = f"{self.quote.article.id}\n{self.quote.start}\n{self.quote.end}"
        return hashlib.sha256(place.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Card:
    """A result as the app lists it, and the message, HTML, that choosing it sends."""

    id: str
    title: str
    description: str
    message: str


def found_for(answer: Answer, others: Iterable[Quote]) -> list[Offer]:
    """All that there is for a query, in order, no sentence twice; `others` only beside an answer."""
    if answer.status == "answered":
        listed = [*(Offer(q, "answer") for q in answer.quotes), *(Offer(q, "other") for q in others)]
    else:
        listed = [Offer(None, "near"), *(Offer(q, "near") for q in answer.nearest)]
    unique: dict[str, Offer] = {}
    for found in listed:
        unique.setdefault(found.quote.text if found.quote else "", found)
    return list(unique.values())


def page_of(found: Sequence[Offer], offset: str) -> tuple[Sequence[Offer], str]:
    """The cards from an offset on, and the offset of the next page, empty on the last."""
    start = int(offset) if offset.isascii() and offset.isdecimal() and len(offset) < 6 else 0
    end = start + PAGE
    return found[start:end], str(end) if end < len(found) else ""


def card(replies: Replies, found: Offer, question: str, language: Language) -> Card:
    """How it is shown."""
    if found.quote is None:
        title, description = _lines(replies.render("inline_none", language))
        return Card(found.id, title, description, replies.render("inline_none_sent", language, question=question))
    quote = found.quote
    shown = beginning(quote.text, _TITLE)
    values = {
        "beginning": shown if shown == quote.text else f"{shown} …",
        "near": found.standing == "near",
        "article": quote.article,
        **labels_of(quote),
    }
    title, description = _lines(replies.render("inline_card", language, **values))
    return Card(found.id, title, description, message(replies, quote, found.standing, language))


def message(replies: Replies, quote: Quote, standing: Standing, language: Language) -> str:
    """The quote as in a reply, in one message; of a longer one the beginning, with its source all the same."""
    head = [replies.render("inline_near", language)] if standing == "near" else []
    whole = "\n\n".join([*head, *replies.quote(quote, language)])
    if units(visible(whole)) <= MESSAGE_LIMIT:
        return whole
    return "\n\n".join([*head, replies.proof(quote, language, dated=True)])


def _lines(markup: str) -> Iterator[str]:
    """A title, which must not be empty, and what stands under it."""
    title, _, description = visible(markup).partition("\n")
    yield title.strip() or "…"
    yield " ".join(description.split())
