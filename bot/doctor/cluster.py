"""The cluster that holds the library, where one does."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, bad, good, note
from retrieval.cluster.connection import Address, Cluster


def look_at_cluster(store: str) -> Iterator[Finding]:
    """Its nodes and shards. Raises ClusterError where it does not answer."""
    cluster = Cluster(Address.of(store))
    health = cluster.call("GET", f"/_cluster/health/{cluster.name}-*")
    nodes, missing = health["number_of_nodes"], health["unassigned_shards"]
    said = f"{nodes} nodes, {health['active_shards']} shards"
    if health["status"] == "red":
        yield bad(
            "cluster", f"{said}: some articles are on no node", "start the nodes that are gone, or restore a snapshot"
        )
    elif missing:
        yield note("cluster", f"{said}, {missing} copies of shards have no node", "start as many nodes as there were")
    else:
        yield good("cluster", said)
