"""What is said of an article beside its own words: its file, its link, the dates that apply; pure."""

from pathlib import PurePath
from typing import Any

from bot.pages.text_fragment import at_sentence, is_safe
from retrieval import Date, Quote
from retrieval.records import opening

_URL_LIMIT = 2048


def labels_of(quote: Quote) -> dict[str, Any]:
    """What the source line says besides the article's own words: its file, its link, the dates that apply."""
    article, date = quote.article, quote.date
    event = date if date and date.basis != "published" else None
    published = article.published or (date if date.basis == "published" else None)
    if event and published and day_of(event) == day_of(published):
        published = None
    return {
        "file": PurePath(article.path).name,
        "url": link(article.url, quote.text),
        "caption": quote.kind == "caption",
        "event": event,
        "published": published,
        "revised": quote.revised,
        "correction": link(quote.correction.url, opening(quote.correction)) if quote.correction else None,
        "corrected": quote.correction is not None,
        "also": sorted({place.publisher or PurePath(place.path).name for place in article.also} - {article.publisher}),
        "about": article.event_date,
        "opening": "" if quote.text.startswith(opening(article)) else opening(article),
    }


def link(url: str | None, quoted: str) -> str | None:
    """The address, at the quoted sentence, if it is one of the web that may be shown and fits a message."""
    return at_sentence(url, quoted) if url is not None and is_safe(url) and len(url) <= _URL_LIMIT else None


def day_of(date: Date) -> str:
    """Without the hour."""
    return date.edtf.partition("T")[0]
