"""What handlers work with, typed: no string keys, no casts."""

from dataclasses import dataclass
from typing import Any, ClassVar

from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.channel.channels import Channels
from bot.ground.monitor import Monitor
from bot.library.current import CurrentLibrary
from bot.memory.memory import Memory
from bot.once.inbox import Inbox
from bot.once.known_ids import KnownIds
from bot.outgoing.notes import Notes
from bot.querylog.log import QueryLog
from bot.settings import Settings
from bot.taps.double_taps import DoubleTaps
from bot.texts.reply import Replies
from bot.watch.watches import Watches


@dataclass(frozen=True, slots=True)
class Services:
    """What the composition root wires together, by what it is for; who needs only a part of it is given that part."""

    settings: Settings
    library: CurrentLibrary
    replies: Replies
    memory: Memory
    channels: Channels
    watches: Watches
    log: QueryLog
    monitor: Monitor
    inbox: Inbox
    known: KnownIds
    notes: Notes
    double_taps: DoubleTaps


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB makes a context from its class for every update: the services ride on the class (see `context_types`)."""

    services: ClassVar[Services]


Bot = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]


def context_types(wired: Services) -> ContextTypes[Context, dict[Any, Any], dict[Any, Any], dict[Any, Any]]:
    """Contexts that carry these services, for one application."""

    class WiredContext(Context):
        services = wired

    return ContextTypes(context=WiredContext)


def services_of(bot: Bot) -> Services:
    """What an application was wired with."""
    return bot.context_types.context.services
