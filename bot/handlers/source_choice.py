"""/caidat, "Nguồn": a group's admins choose the papers and channels that its answers come from."""

from collections.abc import Sequence

from telegram.constants import ChatType

from bot.finding import sources
from bot.handlers.tapped import Tapped, is_an_admins
from bot.memory.chats import Chats
from bot.pages.source_choice import SourceChoice, key_of
from bot.querylog.rows import Outcome
from bot.taps.kinds import GroupSourcesTap
from bot.taps.source_buttons import source_buttons


async def choose(tapped: Tapped[GroupSourcesTap]) -> Outcome:
    """A tap on one of the buttons, by whoever may: as `policies.choose`."""
    if tapped.message.chat.type == ChatType.PRIVATE:
        await tapped.done()
        return Outcome("ignored")
    if not await is_an_admins(tapped):
        return Outcome("help")
    chat_id, services = tapped.message.chat.id, tapped.services
    chats, names = services.memory.chats, await services.library.find(sources.names)
    await _set(chats, chat_id, tapped.tap, [*names, *chats.policy(chat_id).sources])
    await tapped.done()
    choice = SourceChoice(chats.policy(chat_id), names, tapped.tap.page)
    await tapped.replace(services.replies.source_choice(choice, tapped.language), source_buttons(choice))
    return Outcome("help")


async def _set(chats: Chats, chat_id: int, tap: GroupSourcesTap, names: Sequence[str]) -> None:
    chosen = chats.policy(chat_id).sources
    if tap.what == "all":
        for name in chosen:
            await chats.choose_source(chat_id, name, chosen=False)
    if tap.what in {"first", "only", "all"}:
        await chats.set_only(chat_id, only=tap.what == "only")
    source = next((name for name in names if key_of(name) == tap.what), None)
    if source is not None:
        await chats.choose_source(chat_id, source, chosen=source not in chosen)
