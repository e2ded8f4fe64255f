"""/caidat, "Cách trình bày": whether replies in this chat are rich messages or plain."""

from typing import get_args

from bot.handlers.tapped import Tapped, is_an_admins
from bot.memory.looks import Look
from bot.querylog.rows import Outcome
from bot.taps.kinds import LookTap
from bot.taps.policy_buttons import looks


async def choose(tapped: Tapped[LookTap]) -> Outcome:
    """A tap on one of the buttons: in groups by admins, in private by whoever it is."""
    if not await is_an_admins(tapped):
        return Outcome("help")
    chat_id, services = tapped.message.chat.id, tapped.services
    chosen = next((look for look in get_args(Look) if look == tapped.tap.what), None)
    if chosen is not None:
        await services.memory.looks.choose(chat_id, chosen)
    await tapped.done()
    default: Look = "rich" if services.settings.reply.rich else "plain"
    in_force = services.memory.looks.chosen(chat_id) or default
    await tapped.replace(services.replies.render("looks", tapped.language), looks(in_force, in_group=chat_id < 0))
    return Outcome("help")
