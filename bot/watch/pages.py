"""Watches and what is told of them, as messages."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ground.splitting import pack
from bot.texts.reply import Language, Replies
from bot.watch.watches import Watch
from retrieval import Quote

# Quotes in one message for all watches of a place together: who watches ten topics wants no ten screens.
_MOST = 12


@dataclass(frozen=True, slots=True)
class OnTopic:
    """For a watch the articles found, each by the sentence that tells it best; `others` more are not shown."""

    watch: Watch
    quotes: tuple[Quote, ...]
    others: int

    @classmethod
    def of(cls, watch: Watch, quotes: Sequence[Quote], shown: int) -> "OnTopic":
        """The newest of them; those without a date of publication last."""
        newest = sorted(quotes, key=lambda quote: quote.article.published.edtf, reverse=True)
        return cls(watch, tuple(newest[:shown]), len(newest[shown:]))

    def __len__(self) -> int:
        return len(self.quotes) + self.others


def shown_each(shown: int, watches: int) -> int:
    """How many quotes each of `watches` has in one message; one alone would have `shown`."""
    return max(1, min(shown, _MOST // max(1, watches)))


def news(replies: Replies, told: Sequence[OnTopic], language: Language) -> list[str]:
    """What was found, topic by topic: one message where it fits."""
    parts: list[str] = []
    for topic in told:
        parts.append(replies.render("watch_news", language, topic=topic.watch.topic, count=len(topic)))
        parts.extend(part for quote in topic.quotes for part in replies.quote(quote, language))
        if topic.others:
            parts.append(replies.render("watch_more", language, more=topic.others, topic=topic.watch.topic))
    return pack(parts)
