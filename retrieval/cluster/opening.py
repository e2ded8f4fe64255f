"""A library in OpenSearch, opened for who asks; else one of files."""

from retrieval.cluster.connection import Address, Cluster, ClusterError
from retrieval.cluster.loading import revision_of
from retrieval.cluster.mirror import Mirror
from retrieval.cluster.searcher import ClusterSearcher
from retrieval.cluster.state import generation_of, state_of
from retrieval.library import Library


def opened(store: str) -> Library:
    """The collection at an address as it is now. Raises ClusterError where it is not reached, or nothing was loaded
    yet; ValueError for no address.
    """
    cluster = Cluster(Address.of(store))
    generation = generation_of(cluster)
    state = state_of(cluster, generation) if generation else None
    if generation is None or state is None:
        raise ClusterError("nothing was loaded into this collection yet (trich move)")
    return Library.over(store, Mirror(cluster, generation, state), ClusterSearcher(cluster, generation, state))


def renewed(library: Library) -> Library:
    """The collection of a library as it is now; itself where nothing has changed. Raises ClusterError."""
    revision = revision_of(Cluster(Address.of(library.store)))
    return library if revision == library.revision else opened(library.store)
