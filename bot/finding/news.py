"""Jobs: which new articles are on topics that people watch, and how they are told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.finding.desk import Desk
from bot.watch import pages as watch_pages
from bot.watch.findings import Notification
from bot.watch.pages import OnTopic, shown_each
from bot.watch.watches import Watch
from retrieval import Quote
from retrieval.news import News
from retrieval.records import quote


def on_topics(desk: Desk, names: Sequence[str], topics: Sequence[str]) -> dict[str, list[Quote]]:
    """Of the articles of these ids those on each topic that has any, each by the sentence that tells it best."""
    library = desk.library
    articles = (library.article(name) for name in names)
    news = News(library.contents(article) for article in articles if article)
    return {topic: found for topic in topics if (found := library.on_topic(topic, news))}


def copies(desk: Desk, names: Sequence[str]) -> dict[str, frozenset[str]]:
    """The near-copies of each article, by id."""
    articles = (desk.library.article(name) for name in names)
    return {article.id: desk.library.contents(article).copies for article in articles if article}


def news(desk: Desk, notification: Notification, mine: Mapping[int, Watch], shown: int) -> list[str]:
    """The messages of a notification, as the library has it now; none where nothing of it is left."""
    topics = _on_topics(desk, notification, mine, shown)
    return watch_pages.news(desk.replies, topics, topics[0].watch.language) if topics else []


def _on_topics(desk: Desk, notification: Notification, mine: Mapping[int, Watch], shown: int) -> list[OnTopic]:
    """Each article once; nothing of watches that are removed."""
    library, seen = desk.library, set()
    found: defaultdict[int, list[Quote]] = defaultdict(list)
    for finding in notification.findings:
        article = library.article(finding.article)
        if article is None or finding.watch not in mine or article.id in seen:
            continue
        seen.add(article.id)
        sentences = library.contents(article).sentences
        sentence = next((s for s in sentences if s.start == finding.start), sentences[0])
        found[finding.watch].append(quote(article, sentence, 1.0))
    each = shown_each(shown, len(found))
    return [OnTopic.of(mine[number], quotes, each) for number, quotes in found.items()]
