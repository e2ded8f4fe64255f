"""An entry's page, for feeds that give beginnings only."""

from dataclasses import replace

from retrieval.records import Article, Problem

from .foreign import Means
from .outcome import FetchError, one_line


def full_text(article: Article, means: Means, home: str) -> Article | Problem:
    """The article with its page's text, and what else only the page says, or why it cannot be had.

    A page with less text than the feed is taken for one that could not be read: a notice, a page made by script.
    """
    if not article.url:
        return Problem(one_line(article.id), "the entry has no address to follow")
    where = one_line(article.url)
    try:
        body = means.fetcher.get(article.url, home=home).body or b""
        results = means.reader.read("page.html", body, where)
    except FetchError as error:
        return Problem(where, f"the feed's own text is kept: {error}")
    found = [result.article for result in results if not isinstance(result, Problem)]
    if not found or len(found[0].text) < len(article.text):
        return Problem(where, "the feed's own text is kept: no longer text found on the page")
    page = found[0]
    return replace(
        article,
        text=page.text,
        title=article.title or page.title,
        author=article.author or page.author,
        section=article.section or page.section,
        published=article.published or page.published,
    )
