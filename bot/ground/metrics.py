"""What is counted while the bot runs, for Prometheus: numbers and kinds, never a name, an id or a word of a user."""

from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from retrieval import Library
from retrieval.cluster.condition import Condition
from retrieval.polling.freshness import Freshness

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Each application has its own registry: nothing is shared, nothing is global."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        Info("trich_build", "Which version runs.", registry=self.registry).info({"version": version("trich")})
        self.updates = self._counter("trich_updates_received", "Updates that came in for the first time.")
        self.repeated = self._counter(
            "trich_updates_repeated", "Updates that had come in before, and were passed over."
        )
        self.unreadable = self._counter("trich_updates_unreadable", "Updates that could not be parsed.")
        self.posts_unread = self._counter(
            "trich_posts_unread", "Posts of channels with something that this version does not know."
        )
        self.handled = self._counter("trich_updates_handled", "Updates that are done with.", "outcome")
        self.seconds = Histogram(
            "trich_handling_seconds",
            "From an update's turn to its last reply.",
            registry=self.registry,
            buckets=_SECONDS,
        )
        self.waiting = Gauge("trich_updates_waiting", "Updates that wait for their turn.", registry=self.registry)
        self.sent = self._counter("trich_messages_sent", "Messages that Telegram took.")
        self.resent = self._counter("trich_send_retries", "Calls of the Bot API that were repeated.", "reason")
        self.uncertain = self._counter(
            "trich_sends_uncertain", "Sends of unknown fate, by what was found out.", "found"
        )
        self.polled = Gauge(
            "trich_last_poll_timestamp_seconds", "When Telegram last answered a poll.", registry=self.registry
        )
        self.poll_failures = self._counter("trich_poll_failures", "Polls that failed.", "reason")
        self.log_rows_lost = self._counter(
            "trich_query_log_rows_lost", "Rows that could not be written to the query log when they were due."
        )
        self.log_rows_late = self._counter("trich_query_log_rows_late", "Those of them that were written later.")
        self.unremembered = self._counter("trich_state_writes_lost", "Writes missing in the bot's own state.")

    def measure(self, library: Callable[[], Library]) -> None:
        """Tell the size of the library in use, looked up whenever somebody asks."""
        articles = Gauge("trich_library_articles", "Articles to answer from.", registry=self.registry)
        articles.set_function(lambda: len(library().articles))
        sentences = Gauge("trich_library_sentences", "Sentences to answer from.", registry=self.registry)
        sentences.set_function(lambda: len(library().sentences))

    def measure_cluster(self, condition: Callable[[], Condition | None]) -> None:
        """Tell how the cluster that holds the library was when it was last looked at; None: it did not answer."""
        self._gauge("trich_cluster_nodes", "Nodes of the cluster; 0: it does not answer.", condition, "nodes")
        self._gauge("trich_cluster_shards_missing", "Shards, copies among them, on no node.", condition, "missing")
        self._gauge("trich_cluster_whole", "1 where all articles can be looked at.", condition, "whole")

    def measure_feeds(self, feeds: Callable[[], Sequence[Freshness]]) -> None:
        """Tell when each feed was last read well and last brought something new, looked up whenever somebody asks."""
        self.registry.register(_Feeds(feeds))

    def _gauge(self, name: str, what: str, of: Callable[[], object], field: str) -> None:
        Gauge(name, what, registry=self.registry).set_function(lambda: float(getattr(of(), field, 0)))

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(name, what, labels, registry=self.registry)


class _Feeds(Collector):
    """Gauges with a label for each feed."""

    def __init__(self, feeds: Callable[[], Sequence[Freshness]]) -> None:
        self._feeds = feeds

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """As prometheus_client calls it."""
        read = GaugeMetricFamily(
            "trich_feed_last_read_timestamp_seconds", "When the feed last answered.", labels=["feed"]
        )
        brought = GaugeMetricFamily(
            "trich_feed_last_new_timestamp_seconds", "When the feed last brought anything new.", labels=["feed"]
        )
        for feed in self._feeds():
            for gauge, at in ((read, feed.read), (brought, feed.brought)):
                if at is not None:
                    gauge.add_metric([feed.label], at.timestamp())
        yield read
        yield brought
