"""What handlers work with, typed: no string keys, no casts."""

from dataclasses import dataclass
from typing import Any, ClassVar

from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.querylog import QueryLog
from bot.reply import Replies
from bot.settings import Settings
from retrieval import Library


@dataclass(frozen=True, slots=True)
class Services:
    """What the composition root wires together."""

    settings: Settings
    library: Library
    replies: Replies
    log: QueryLog


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB makes a context from its class for every update: the services ride on the class (see `context_types`)."""

    services: ClassVar[Services]


Bot = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]


def context_types(wired: Services) -> ContextTypes[Context, dict[Any, Any], dict[Any, Any], dict[Any, Any]]:
    """Contexts that carry these services, for one application."""

    class WiredContext(Context):
        services = wired

    return ContextTypes(context=WiredContext)
