"""What stands in a message at a glance: which quotes, which words of them, a source line that fits a phone; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from bot.pages.labels import day_of, labels_of
from retrieval import Date, Quote

# Characters of the source line's names: with the date and the link it stays within eighty.
_PAPER = 30
_NAMES = 40


@dataclass(frozen=True, slots=True)
class Glance:
    """How an answer is shown. `spread`: its quotes answer different parts of the question, so none is folded up.

    Of a refusal: what was looked for (`sought`), which name in it no article has (`unknown`), the day of the `newest`
    article, where it was asked about today, and whether the nearest quote may be it (`maybe`). `has_articles`: whether
    anything was found that has its words at all. `english`: it was asked in English. `chosen`: only sources that the
    group has chosen were looked through. `read_as` is the Vietnamese question that one in English was read as.
    """

    spread: bool = False
    has_articles: bool = True
    sought: str = ""
    unknown: str = ""
    newest: Date | None = None
    maybe: bool = False
    english: bool = False
    chosen: bool = False
    read_as: str = ""


AT_A_GLANCE = Glance()


def distinct(quotes: Sequence[Quote]) -> list[Quote]:
    """Without headlines of articles that are quoted before them."""
    kept: list[Quote] = []
    for quote in quotes:
        if quote.kind != "headline" or all(quote.article.id != other.article.id for other in kept):
            kept.append(quote)
    return kept


def marked(quote: Quote) -> tuple[str, str, str]:
    """The text before the words that answer, these, and what follows; all of it before where none are known."""
    answer = getattr(quote, "answer", None)
    if answer is None or not quote.start <= answer.start < answer.end <= quote.end:
        return quote.text, "", ""
    start, end = answer.start - quote.start, answer.end - quote.start
    return quote.text[:start], quote.text[start:end], quote.text[end:]


def line_of(quote: Quote, number: int = 0) -> dict[str, Any]:
    """What the source line names: the paper, the title where there is no link to it, and one date; of one quote among
    several its number.
    """
    labels, article = labels_of(quote), quote.article
    paper = _cut(article.publisher, _PAPER) if article.publisher else ""
    file = "" if paper else _cut(PurePath(article.path).name, _PAPER)
    title = article.title if article.title and not labels["url"] and article.title != quote.text else ""
    return {
        "number": number,
        "paper": paper,
        "file": file,
        "title": _cut(title, _NAMES - len(paper or file)) if title else "",
        "caption": labels["caption"],
        "url": labels["url"],
        "event": None if _is_published(quote) else labels["event"],
        "published": article.published if _is_published(quote) else labels["published"],
        "about": labels["about"],
        "revised": labels["revised"],
        "corrected": labels["corrected"],
        "correction": labels["correction"],
    }


def _is_published(quote: Quote) -> bool:
    """Whether the day spoken of is the day of publication: then that is all there is to say."""
    published = quote.article.published
    return bool(published) and day_of(published) == day_of(quote.date)


def _cut(label: str, length: int) -> str:
    """The label, or as many whole words of it as fit."""
    if len(label) <= length:
        return label
    room = label[: max(length, 1)]
    return f"{room.rpartition(' ')[0].rstrip(' ,.:;–-') or room[:-1]}…"
