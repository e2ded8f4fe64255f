"""Answers and everything else that the bot says, as Telegram messages: the only file that imports jinja2."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import Any, Literal, Self, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.splitting import MESSAGE_LIMIT, pack, pieces, units, visible
from retrieval import Answer, Article, Date, Quote
from retrieval.dates import basis_note, for_people

Language = Literal["vi", "en"]
Page = Literal["start", "help", "unknown_command", "no_words", "not_text", "error", "command_start", "command_help"]

_TEMPLATES = Path(__file__).parent / "templates"
# Titles, publishers and evidence come from files: one of a thousand characters must not crowd out the quote.
_LABEL_LIMIT = 200
_URL_LIMIT = 2048


@dataclass(frozen=True, slots=True)
class Collection:
    """What there is to answer from: how many articles, published from when to when (where any says so)."""

    size: int
    first: Date | None = None
    last: Date | None = None

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Self:
        """Counted anew: the collection may grow while the bot runs."""
        dated = [a.published for a in articles if a.published.edtf[:1].isdigit()]
        if not dated:
            return cls(len(articles))
        return cls(len(articles), min(dated, key=_day), max(dated, key=_day))


class Replies:
    """The templates of each language, rendered to messages that fit Telegram's limit. All are HTML."""

    def __init__(self, folder: Path = _TEMPLATES) -> None:
        self._templates = {language: _environment(folder, language) for language in get_args(Language)}

    def page(self, name: Page, language: Language, collection: Collection | None = None) -> str:
        """A text of its own; `start` tells of the collection."""
        return self._render(name, language, collection=collection)

    def answer(self, answer: Answer, articles: Sequence[Article], language: Language) -> list[str]:
        """The quotes; or that there is no answer, with what came nearest or what there is at all."""
        parts = [part for quote in answer.quotes or answer.nearest for part in self._quote(quote, language)]
        if answer.status == "not_found":
            collection = None if answer.nearest else Collection.of(articles)
            parts.insert(0, self._render("not_found", language, nearest=answer.nearest, collection=collection))
        return pack(parts)

    def _quote(self, quote: Quote, language: Language) -> Iterator[str]:
        """A quote as one part, or as several where it is longer than a message; the last names the source."""
        labels = {"article": quote.article, **_labels(quote)}
        source = self._render("source", language, **labels)
        *before, last = pieces(quote.text, MESSAGE_LIMIT - units(visible(source)) - 1)  # 1 for the line break
        for piece in before:
            yield self._render("quote", language, text=piece, last=False, **labels)
        yield self._render("quote", language, text=last, last=True, **labels)

    def _render(self, name: str, language: Language, **values: Any) -> str:
        return self._templates[language].get_template(f"{name}.html.j2").render(values).strip()


def language_of(code: str | None) -> Language:
    """English for those whose Telegram speaks English, Vietnamese for all others (`User.language_code`)."""
    return "en" if code is not None and code.lower().split("-")[0] == "en" else "vi"


def _environment(folder: Path, language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder / language),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["date"] = partial(for_people, language=language)
    environment.filters["basis"] = partial(basis_note, language=language)
    environment.filters["short"] = _short
    return environment


def _labels(quote: Quote) -> dict[str, Any]:
    """What the source line says besides the article's own words: its file, its link, the dates that apply."""
    article, date = quote.article, quote.date
    event = date if date and date.basis != "published" else None
    published = article.published or (date if date.basis == "published" else None)
    if event and published and _day(event) == _day(published):
        published = None
    return {
        "file": PurePath(article.path).name,
        "url": _link(article.url),
        "caption": quote.kind == "caption",
        "event": event,
        "published": published,
        "about": article.event_date,
    }


def _link(url: str | None) -> str | None:
    """The address if it is one of the web that fits a message."""
    fits = url is not None and url.startswith(("https://", "http://")) and len(url) <= _URL_LIMIT
    return url if fits else None


def _day(date: Date) -> str:
    return date.edtf.partition("T")[0]


def _short(label: str) -> str:
    return label if len(label) <= _LABEL_LIMIT else f"{label[:_LABEL_LIMIT].rstrip()}…"
