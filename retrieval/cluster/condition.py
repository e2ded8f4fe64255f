"""How the cluster that holds a collection is."""

from contextlib import closing
from dataclasses import dataclass
from typing import Self

from retrieval.cluster.connection import Address, Cluster


@dataclass(frozen=True, slots=True)
class Condition:
    """So many nodes hold so many shards, copies among them; `missing` are on no node. `whole`: whether each has a copy
    somewhere, so that all articles can be looked at.
    """

    nodes: int
    shards: int
    missing: int
    whole: bool

    @classmethod
    def of(cls, cluster: Cluster) -> Self:
        """As it is now. Raises ClusterError where it does not answer."""
        health = cluster.call("GET", f"/_cluster/health/{cluster.name}-*")
        return cls(
            health["number_of_nodes"],
            health["active_shards"],
            health["unassigned_shards"] + health["initializing_shards"],
            health["status"] != "red",
        )

    @classmethod
    def of_store(cls, store: str) -> Self:
        """Of the cluster at an address. Raises ClusterError where it does not answer."""
        with closing(Cluster(Address.of(store))) as cluster:
            return cls.of(cluster)

    def __str__(self) -> str:
        """For operators."""
        said = f"{self.nodes} nodes, {self.shards} shards"
        if not self.whole:
            return f"{said}: some articles are on no node"
        return f"{said}, {self.missing} copies of shards have no node" if self.missing else said
