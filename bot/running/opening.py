"""The start: the library is opened, which takes as long as there is much to read; the event loop goes on beside it."""

import asyncio
import gc
import logging
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from rich.console import Console

from bot.ground.health import Health
from bot.ground.monitor import Monitor
from bot.running.monitoring import monitored
from bot.running.privacy import mend
from bot.running.stopping import stop_on_signals
from bot.settings import Settings
from retrieval import Library
from retrieval.cluster.connection import ClusterError
from retrieval.cluster.opening import opened
from retrieval.commands.progress import reading_bar
from retrieval.refreshing.refresh import Stage

logger = logging.getLogger(__name__)

T = TypeVar("T")

_ENDS = 1.0  # seconds in which a reading that is not wanted any more gets to its end in good order


class _UnwantedError(Exception):
    """Nobody waits for the library any more."""


async def begin(
    program: Callable[[Settings, Library, Monitor, Console], Coroutine[Any, Any, None]],
    settings: Settings,
    console: Console,
) -> None:
    """The program, once the library is open; its health can be asked for, and itself be stopped, from the beginning."""
    stop_on_signals(settings.inbox.grace_seconds)
    monitor = Monitor.polling(settings.telegram.poll + settings.telegram.timeout)
    async with monitored(settings, monitor):
        library = await _opened(settings, console, monitor.health)
        # What is there now stays. To go through all of it in search of garbage would take a twentieth of a second,
        # every now and then, in which no question is answered.
        gc.collect()
        gc.freeze()
        await program(settings, library, monitor, console)


async def _opened(settings: Settings, console: Console, health: Health) -> Library:
    """The library; what was read and what was not is told on the console, how far it is to the health check.

    Raises StoreError. Who is cancelled does not wait for what is being read.
    """
    _make_folders(settings)
    unwanted = threading.Event()
    with reading_bar(console) as bar:

        def progress(done: float, of: float, stage: Stage) -> None:
            if unwanted.is_set():
                raise _UnwantedError
            health.is_wrong("library", f"is being read, {stage}{f': {done:.0f} of {of:.0f}' if of else ''}")
            bar(done, of, stage)

        health.is_wrong("library", "is being opened")
        store = settings.library.store
        opening = _in_thread(
            partial(_in_cluster, store)
            if store
            else lambda: Library.open(settings.paths(), settings.library.cache, progress, settings.bounds())
        )
        try:
            library = await asyncio.shield(opening)
        except asyncio.CancelledError:
            unwanted.set()
            await asyncio.wait({opening}, timeout=_ENDS)
            raise
    health.is_right("library")
    for problem in library.problems:
        console.print(f"{problem.source}: {problem.message}")
    console.print(f"Articles: {len(library.articles)}, sentences: {len(library.sentences)}")
    if not library.articles:
        console.print("Without an article there is nothing to answer from: see `paths` of [library] in the settings.")
    return library


def _in_cluster(store: str) -> Library:
    """Raises ClusterError that tells the operator where it was looked for."""
    try:
        return opened(store)
    except ClusterError as error:
        raise ClusterError(f"{store}: {error}") from error


def _make_folders(settings: Settings) -> None:
    """Where nothing can be written, the bot answers all the same."""
    try:
        settings.make_folders()
        mend(settings)
    except OSError as error:
        logger.error("%s cannot be written (%s)", error.filename, error.strerror)  # noqa: TRY400 - it says it all


def _in_thread(call: Callable[[], T]) -> asyncio.Future[T]:
    """In a thread that the end of the program does not wait for, as it would for one of asyncio's."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()
    done.add_done_callback(lambda future: future.exception())  # perhaps nobody waits for it any more

    def work() -> None:
        try:
            tell = partial(done.set_result, call())
        except BaseException as error:  # noqa: BLE001 - for who waits
            tell = partial(done.set_exception, error)
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(tell)

    threading.Thread(target=work, daemon=True).start()
    return done
