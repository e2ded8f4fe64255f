"""What handlers work with, typed: no string keys, no casts."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, ClassVar

from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.channel.channels import Channels
from bot.channel.discussions import Discussions
from bot.channel.unread import Unread
from bot.finding.desk import Finder
from bot.ground.health import Health
from bot.ground.metrics import Metrics
from bot.library.errands import Errands
from bot.library.gathered import Gathered
from bot.memory.answers import Answers
from bot.memory.asked import LastAsked
from bot.memory.chats import Chats
from bot.memory.curated import CuratedAnswers
from bot.memory.exchanges import Exchanges
from bot.memory.follow_ups import FollowUps
from bot.memory.state import State
from bot.memory.timelines import Timelines
from bot.once.inbox import Inbox
from bot.once.known_ids import KnownIds
from bot.outgoing.notes import Notes
from bot.querylog.log import QueryLog
from bot.settings import Settings
from bot.taps.double_taps import DoubleTaps
from bot.texts.reply import Replies
from bot.watch.tidings import Tidings
from bot.watch.watches import Watches
from retrieval import Library


@dataclass(slots=True)
class Shelf:
    """The library in use. A refresh puts another in its place: who answers a question takes it once and keeps to it.

    `lock` is held by the refresh under way; `renewed` is set whenever another library is put there.
    """

    library: Library
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    renewed: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class Services:
    """What the composition root wires together."""

    settings: Settings
    shelf: Shelf
    finder: Finder
    errands: Errands
    replies: Replies
    log: QueryLog
    inbox: Inbox
    known: KnownIds
    notes: Notes
    health: Health
    metrics: Metrics
    state: State
    chats: Chats
    channels: Channels
    discussions: Discussions
    unread: Unread
    refreshing: Gathered
    answers: Answers
    timelines: Timelines
    watches: Watches
    tidings: Tidings
    follow_ups: FollowUps
    asked: LastAsked
    exchanges: Exchanges
    curated: CuratedAnswers
    taps: DoubleTaps

    @property
    def library(self) -> Library:
        """The library in use now; another may take its place at any moment."""
        return self.shelf.library


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
