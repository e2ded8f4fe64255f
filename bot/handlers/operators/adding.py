"""A document or a link that an operator sends: read in a bounded process, kept, and in the library from then on."""

import asyncio
import logging
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from telegram import Document, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest
from telegram.ext import filters

from bot.context import Context, Services
from bot.handlers.sending import language_for, reply
from bot.handlers.tapped import Tapped
from bot.library.additions import Addition, Refused, fetched, is_kept, remove
from bot.querylog.rows import Outcome
from bot.taps.buttons import Button
from bot.taps.keyboard import keyboard
from bot.taps.kinds import AddedTap
from retrieval.polling import Fetcher
from retrieval.refreshing.inspection import Inspection, inspect
from retrieval.refreshing.workers import Bounds

logger = logging.getLogger(__name__)

LINK = filters.Regex(re.compile(r"^\s*https?://\S+\s*$"))  # and nothing else: a question may hold an address
_FETCH_SECONDS = 120.0
_KINDS = "txt, md, html, docx, pdf, jsonl, rss, zip"


async def add_document(update: Update, context: Context) -> Outcome:
    """Add the document of the message."""
    message, replies, language = update.message, context.services.replies, language_for(update)
    document = message.document if message else None
    if document is None:
        return Outcome("ignored")
    addition = Addition(document.file_name or "", b"")
    if not addition.is_readable:
        await reply(update, [replies.operators("kind_unknown", language, name=addition.name, kinds=_KINDS)])
        return Outcome("help")
    content = await _downloaded(document)
    if content is None:
        await reply(update, [replies.operators("too_large", language, name=addition.name)])
        return Outcome("help")
    return await _add(update, context, Addition(addition.name, content))


async def add_link(update: Update, context: Context) -> Outcome:
    """Add what stands at the address that the message consists of."""
    message, services = update.message, context.services
    url = (message.text or "").strip() if message else ""
    found = await services.library.run(_FETCH_SECONDS, fetched, Fetcher(), url)
    if isinstance(found, Refused):
        logger.info("a link of an operator was not fetched: %s: %s", found.reason, found.message)
        text = services.replies.operators("link_refused", language_for(update), reason=found.reason, url=url)
        await reply(update, [text])
        return Outcome("not_found")
    return await _add(update, context, Addition.fetched(url, found.body or b""))


async def undo(tapped: Tapped[AddedTap]) -> Outcome:
    """A tap on the button under a summary: what was added leaves the library."""
    services = tapped.services
    removed = await asyncio.to_thread(remove, services.settings.library.added, tapped.tap.digest)
    if removed:
        await services.library.refresh()
    await tapped.tell(services.replies.operators("removed" if removed else "removed_before", tapped.language))
    await tapped.relabel(())
    return Outcome("help")


async def _downloaded(document: Document) -> bytes | None:
    """The document's bytes; None where it is larger than Telegram gives to bots."""
    if (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        return None
    try:
        file = await document.get_file()
    except BadRequest as error:
        if "too big" in error.message.lower():
            return None
        raise
    return bytes(await file.download_as_bytearray())


async def _add(update: Update, context: Context, addition: Addition) -> Outcome:
    services, language = context.services, language_for(update)
    folder = services.settings.library.added
    if await asyncio.to_thread(is_kept, folder, addition.digest):
        await reply(update, [services.replies.operators("added_before", language, name=addition.name)])
        return Outcome("help")
    found = await asyncio.to_thread(_inspected, addition, services)
    if not found.count:
        text = services.replies.operators("not_added", language, name=addition.name, found=found)
        await reply(update, [text])
        return Outcome("not_found")
    await asyncio.to_thread(addition.write, folder)
    refreshed = await services.library.refresh()
    text = services.replies.operators(
        "added", language, addition=addition, found=found, articles=len(services.library.now.articles), done=refreshed
    )
    undo_button = Button("operators/undo", AddedTap(addition.digest))
    await reply(update, [text], keyboard(services.replies, [[undo_button]], language))
    return Outcome("answered")


def _inspected(addition: Addition, services: Services) -> Inspection:
    """What a process of its own finds in it, in a folder of its own."""
    limits = services.settings.operators
    with TemporaryDirectory() as folder:
        path = addition.write(Path(folder))
        return inspect(path, addition.kept_as, Bounds(limits.read_seconds, limits.read_megabytes))
