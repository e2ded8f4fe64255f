"""The cluster that holds the library, looked at every so often: health and metrics tell how it is."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.ground.beside import beside
from bot.ground.monitor import Monitor
from retrieval.cluster.condition import Condition
from retrieval.cluster.connection import Address, Cluster, ClusterError

logger = logging.getLogger(__name__)

_EVERY = 15.0  # seconds


@asynccontextmanager
async def kept_in_sight(store: str, monitor: Monitor) -> AsyncIterator[None]:
    """While the block runs, where the library is in a cluster at all."""
    if not store:
        yield
        return
    async with beside(ClusterWatch(store, monitor).run()):
        yield


class ClusterWatch:
    """Red while the cluster does not answer, or some articles are on no node; a note while copies lack."""

    def __init__(self, store: str, monitor: Monitor) -> None:
        self._cluster, self._monitor = Cluster(Address.of(store)), monitor
        self._condition: Condition | None = None
        monitor.notes.append(self._notes)
        monitor.metrics.measure_cluster(lambda: self._condition)

    async def run(self) -> None:
        """Again and again."""
        while True:
            await self.look()
            await asyncio.sleep(_EVERY)

    async def look(self) -> None:
        """How it is now; what changes is logged."""
        before, self._condition, wrong = self._condition, None, ""
        try:
            self._condition = await asyncio.to_thread(Condition.of, self._cluster)
        except ClusterError as error:
            wrong = str(error)
        else:
            wrong = "" if self._condition.whole else str(self._condition)
        if wrong:
            self._monitor.health.is_wrong("cluster", wrong)
        else:
            self._monitor.health.is_right("cluster")
        if before != self._condition:
            logger.log(logging.WARNING if wrong else logging.INFO, "cluster: %s", wrong or self._condition)

    def _notes(self) -> list[str]:
        condition = self._condition
        return [f"cluster: {condition}"] if condition and condition.whole and condition.missing else []
