"""/ghim, /pins: what operators have settled about single questions, to look through and to take back."""

import hashlib

from telegram import Update

from bot.context import Context, Services
from bot.ground.splitting import beginning
from bot.handlers.sending import language_for, reply
from bot.handlers.tapped import Tapped
from bot.querylog.rows import Outcome
from bot.taps.buttons import Button, Rows, turning
from bot.taps.keyboard import keyboard
from bot.taps.kinds import PinsTap
from bot.texts.reply import Language

_PAGE = 8
_IN_A_ROW = 4
_QUOTED = 160  # UTF-16 units of a sentence that are shown


async def show(update: Update, context: Context) -> Outcome:
    """The newest first."""
    language = language_for(update)
    text, rows = _page(context.services, 0, language)
    await reply(update, [text], keyboard(context.services.replies, rows, language))
    return Outcome("help")


async def tap(tapped: Tapped[PinsTap]) -> Outcome:
    """Another page, or one of the questions is answered like any other again."""
    services, settled = tapped.services, tapped.services.memory.curated
    undone = next((key for key in settled.known if _digest(key) == tapped.tap.undone), None)
    if undone is None:
        await tapped.done()
    else:
        question = settled.known[undone].asked or undone
        await settled.undo(undone)
        said = services.replies.operators("curated_undone", tapped.language, question=question)
        await tapped.tell(said, alert=False)
    await tapped.replace(*_page(services, tapped.tap.page, tapped.language))
    return Outcome("help" if undone is None else "noted")


def _page(services: Services, page: int, language: Language) -> tuple[str, Rows]:
    settled = [*services.memory.curated.known.items()][::-1]
    pages = max(1, -(-len(settled) // _PAGE))
    page = min(page, pages - 1)
    first = page * _PAGE
    shown = settled[first : first + _PAGE]
    pins = [
        {
            "question": curated.asked or key,
            "quote": beginning(curated.text, _QUOTED),
            "is_gone": curated.place is not None and curated.quote(services.library.now) is None,
        }
        for key, curated in shown
    ]
    text = services.replies.operators(
        "pins", language, pins=pins, first=first + 1, page=page + 1, pages=pages, count=len(settled)
    )
    undo = [
        Button(title=f"↩ {number}", does=PinsTap(page, _digest(key)))
        for number, (key, _) in enumerate(shown, first + 1)
    ]
    steps = turning(("operators/previous", "operators/next"), page, pages, PinsTap)
    return text, [*(undo[at : at + _IN_A_ROW] for at in range(0, len(undo), _IN_A_ROW)), steps]


def _digest(key: str) -> str:
    """A short name for the question, as a button has no room for all of it."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]
