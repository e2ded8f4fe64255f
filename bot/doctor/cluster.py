"""The cluster that holds the library, where one does."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, bad, good, note
from retrieval.cluster.condition import Condition


def look_at_cluster(store: str) -> Iterator[Finding]:
    """Its nodes and shards. Raises ClusterError where it does not answer."""
    condition = Condition.of_store(store)
    if not condition.whole:
        yield bad("cluster", str(condition), "start the nodes that are gone, or restore a snapshot")
    elif condition.missing:
        yield note("cluster", str(condition), "start as many nodes as there were")
    else:
        yield good("cluster", str(condition))
