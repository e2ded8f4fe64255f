"""Long work that is not an answer, in a process of its own: files read, feeds polled, pages fetched.

Whatever it waits for or reads, the bot goes on beside it, and ends without it.
"""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from bot.finding.worker import PRELOADED
from bot.ground import logs
from retrieval.processes import Failure, Processes, failure

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class ErrandError(Exception):
    """The process was lost in the middle of its work, or the work took too long."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"the process that was at it was ended: {failure}")


class Errands:
    """They run one after the other; the first starts their process, which logs as the program does."""

    def __init__(self, level: str = "WARNING", form: logs.Format = "text") -> None:
        self._level, self._form = level, form
        self._processes = Processes(1, PRELOADED)
        self._turn = asyncio.Lock()

    async def run(self, seconds: float | None, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `call`, a module's function, returns; arguments and result are pickled. Cancelling this ends it.

        Raises what it raises, and `ErrandError`.
        """
        async with self._turn:
            work: Callable[[], T] = partial(call, *args, **kwargs)
            future = asyncio.wrap_future(
                await asyncio.to_thread(self._processes.submit, seconds, _logged, self._level, self._form, work)
            )
            try:
                return await future
            except Exception as error:
                why = failure(error)
                if why is None:
                    raise
                logger.error("work was not done: its process was ended (%s)", why)  # noqa: TRY400 - that says it all
                raise ErrandError(why) from None

    async def close(self) -> None:
        """End the process, whatever it does."""
        self._processes.stop()


def _logged(level: str, form: logs.Format, call: Callable[[], T]) -> T:
    logs.configure(level, (), form)  # the process has no secret of the program's
    return call()
