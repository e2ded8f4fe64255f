"""A feed's bytes → article lines, against those that are kept already."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from retrieval import reading
from retrieval.records import Article, Problem

from .archive import Kept
from .foreign import Means, Reader
from .full_text import full_text
from .outcome import FetchError, one_line

# Pages fetched for one feed in one poll: with a pause before each, the other feeds still get their turn soon.
PAGES = 30
_NAME = "feed.xml"  # its suffix tells the reader that the bytes are a feed


@dataclass(slots=True)
class Update:
    """What a feed brings: `lines` to write, by article id; `complete` unless pages are left for the next poll."""

    lines: dict[str, bytes] = field(default_factory=dict)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    complete: bool = True


def read_entries(reader: Reader, body: bytes, label: str) -> tuple[dict[str, Article], list[Problem]]:
    """The feed's articles by id, and what of it could not be read. Raises `FetchError` where it is no feed, or
    takes too much to read.
    """
    if len(body) > (limit := reading.DEFAULT_LIMITS.feed):
        raise FetchError("too large", f"{len(body):,} bytes, above the limit of {limit:,} for a feed")
    articles: dict[str, Article] = {}
    problems: list[Problem] = []
    for result in reader.read(_NAME, body, label):
        if isinstance(result, Problem):
            problems.append(Problem(one_line(result.source), one_line(result.message)))
        else:
            article = _identified(result.article)
            articles.setdefault(article.id, article)
    if problems and not articles:
        raise FetchError("not a feed", problems[0].message)
    return articles, problems


def compare(articles: Mapping[str, Article], kept: Mapping[str, Kept]) -> Update:
    """Which entries are new or changed, as the feed has them."""
    update = Update()
    for name, article in articles.items():
        entry = _digest(article)
        if name in kept and kept[name].entry == entry:
            update.unchanged += 1
            continue
        update.lines[name] = _line(article, entry, full=False)
        update.new += name not in kept
        update.changed += name in kept
    return update


def follow(update: Update, articles: Mapping[str, Article], kept: Mapping[str, Kept], means: Means, home: str) -> None:
    """Put the text of its page in the place of each entry's that has not got it yet."""
    wanted = [name for name in articles if name in update.lines or not kept[name].full]
    update.complete = len(wanted) <= PAGES
    for name in wanted[:PAGES]:
        article = full_text(articles[name], means, home)
        if isinstance(article, Problem):
            update.problems.append(article)
            continue
        if name not in update.lines:
            update.unchanged -= 1
            update.changed += 1
        update.lines[name] = _line(article, _digest(articles[name]), full=True)


def _identified(article: Article) -> Article:
    """An entry with neither id nor address has the reader's, its place in the feed, which says nothing later on."""
    return replace(article, id=f"entry-{_digest(article)[:16]}") if article.id.startswith(f"{_NAME}#") else article


def _digest(article: Article) -> str:
    fields = (article.title, article.text, article.published.edtf, article.publisher, article.author, article.url)
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


def _line(article: Article, entry: str, *, full: bool) -> bytes:
    """The article line (DESIGN §4), and what the next poll compares with."""
    fields = {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "published": article.published.edtf,
        "publisher": article.publisher,
        "author": article.author,
        "section": article.section,
        "url": article.url,
    }
    record = {name: value for name, value in fields.items() if value} | {"entry": entry, "full": full}
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"
