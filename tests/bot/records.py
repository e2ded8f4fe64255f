"""Records made by hand."""

from dataclasses import replace

from retrieval import Article, Date, Quote
from retrieval.records import NO_DATE

PUBLISHED = Date("2025-09-16", "published", "2025-09-16")
EVENT = Date("2025-09-15", "stated", "15/9/2025")

BRIDGE = Article(
    id="cau",
    title="Thông xe cầu Hương An",
    publisher="Báo Bến Sông",
    author=None,
    url="https://example.org/cau-huong-an",
    published=PUBLISHED,
    event_date=EVENT,
    text="",
    path="seeds/cau.txt",
)


def quote_of(text: str, article: Article = BRIDGE, date: Date = NO_DATE) -> Quote:
    """The whole text of an article, quoted."""
    return Quote(text, replace(article, text=text), 0, len(text), date, 1.5)
