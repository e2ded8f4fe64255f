"""Quotes as messages, below a line of what they are: what the buttons under an answer bring, and others."""

from collections.abc import Sequence

from bot.ground.splitting import MESSAGE_LIMIT, pack, pieces, units, visible
from bot.pages.labels import labels_of
from bot.pages.surroundings import Surroundings
from bot.texts.reply import Language, Replies
from retrieval import Quote
from retrieval.comparing import Compared


def more(replies: Replies, quotes: Sequence[Quote], language: Language) -> list[str]:
    """Further sentences, said to be no answer."""
    return _headed(replies, replies.render("more", language), quotes, language)


def nearest(replies: Replies, quotes: Sequence[Quote], language: Language) -> list[str]:
    """What came nearest to a question without an answer."""
    return _headed(replies, replies.render("nearest", language), quotes, language)


def newest(replies: Replies, topic: str, quotes: Sequence[Quote], language: Language) -> list[str]:
    """The newest news of a topic."""
    return _headed(replies, replies.render("newest", language, topic=topic), quotes, language)


def curated(replies: Replies, quotes: Sequence[Quote], language: Language) -> list[str]:
    """What an operator has chosen as the answer, said to be that; or that nothing is."""
    return _headed(replies, replies.render("curated" if quotes else "curated_nothing", language), quotes, language)


def _headed(replies: Replies, head: str, quotes: Sequence[Quote], language: Language) -> list[str]:
    return pack([head, *(part for quote in quotes for part in replies.quote(quote, language))])


def papers(replies: Replies, compared: Sequence[Compared], language: Language) -> list[str]:
    """What each paper writes, the words bold in which they differ, in parts; the first says in what they do."""
    kinds = tuple(dict.fromkeys(kind for each in compared for kind in each.kinds))
    quotes = (part for each in compared for part in replies.quote(each.quote, language))
    return [replies.render("papers", language, kinds=kinds), *quotes]


def contexts(replies: Replies, surroundings: Sequence[Surroundings], language: Language) -> list[str]:
    """Each quote in its surroundings; one that leaves no room for them is shown without."""
    parts: list[str] = []
    for each in surroundings:
        part = replies.render("context", language, around=each, **_source(each.quote))
        fits = units(visible(part)) <= MESSAGE_LIMIT
        parts.extend([part] if fits else replies.quote(each.quote, language))
    return pack(parts)


def copied(replies: Replies, quote: Quote, language: Language) -> str:
    """A quote, after the sentence that it hangs on, with its source as plain text, for the clipboard."""
    text = quote.article.text[(quote.before or quote).start : quote.end]
    return visible(replies.render("copied", language, text=text, **_source(quote)))


def copy(replies: Replies, quote: Quote, language: Language) -> list[str]:
    """The same as a message that a tap copies; of a very long one as several."""
    texts = pieces(copied(replies, quote, language), MESSAGE_LIMIT)
    return [replies.render("copy", language, text=text) for text in texts]


def _source(quote: Quote) -> dict[str, object]:
    return {"article": quote.article, **labels_of(quote)}
