"""The one place that wires everything and lists every handler, in order."""

import asyncio
import inspect
import logging
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from telegram import LinkPreviewOptions, Update
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    TypeHandler,
    filters,
)

from bot.channel.channels import Channels
from bot.channel.unread import read_again
from bot.context import Bot, Context, Services, context_types, services_of
from bot.deciding.gating import QUESTION_COMMANDS
from bot.ground.losses import Losses
from bot.ground.monitor import Monitor
from bot.handlers import (
    answer_taps,
    channels,
    declining,
    errors,
    feedback,
    guests,
    inline,
    looks,
    perhaps_sent,
    policies,
    privacy,
    questions,
    source_choice,
    sources,
    start,
    timeline,
    watches,
    who,
)
from bot.handlers.menus import set_menus, set_operators_menu
from bot.handlers.operators import adding, allowing, curating, figures, groups, pins, renewing
from bot.handlers.operators.access import only
from bot.handlers.recording import recorded
from bot.handlers.sending import COMMANDED, WRITTEN
from bot.handlers.tapped import Tapped, expired, reads, tapped
from bot.incoming.reception import Handlers, Patience, Reception
from bot.library.current import CurrentLibrary
from bot.library.freshness import notes, of_feeds
from bot.memory.memory import Memory
from bot.once.inbox import Inbox
from bot.once.known_ids import KnownIds
from bot.outgoing.delivery import Delivery
from bot.outgoing.limits import Line, Rates, Time, Turns
from bot.outgoing.notes import Notes
from bot.outgoing.request import PollRequest, Request
from bot.outgoing.wire import Wire
from bot.querylog.log import QueryLog
from bot.querylog.rows import Kind, Outcome
from bot.settings import Settings
from bot.taps.answer_buttons import AnswerTap
from bot.taps.codec import Tap
from bot.taps.double_taps import DoubleTaps
from bot.taps.kinds import (
    AddedTap,
    AudienceTap,
    BringTap,
    ChannelTap,
    ForgetTap,
    GroupSourcesTap,
    GroupTap,
    LookTap,
    PersonTap,
    PinsTap,
    PolicyTap,
    SourcesTap,
    TimelineTap,
    UnansweredTap,
    WatchTap,
)
from bot.texts.reply import Replies
from bot.updates.parsing import is_bare
from bot.updates.pruning import as_json
from bot.watch.watches import Watches
from retrieval import Library

logger = logging.getLogger(__name__)

K = TypeVar("K", bound=Tap)


def build(settings: Settings, library: Library, monitor: Monitor | None = None) -> Bot:
    """The application, not yet started, that tells `monitor` how it is. Raises ValueError without a token."""
    if settings.token is None:
        raise ValueError("a bot needs a token")
    # Lengths of time as timedelta, as they will be anyway: else python-telegram-bot warns at each flood control.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    monitor = monitor or Monitor.polling(settings.telegram.poll + settings.telegram.timeout)
    token, services = settings.token.get_secret_value(), _services(settings, library, monitor)
    monitor.notes.extend((lambda: notes(settings, datetime.now(UTC)), services.channels.unread.notes))
    bot: Bot = (
        Application.builder()
        .token(token)
        .base_url(settings.telegram.base_url)
        .base_file_url(settings.telegram.base_file_url)
        .request(Request(settings.telegram.base_url, settings.telegram.timeout))
        .get_updates_request(PollRequest(settings.telegram.base_url, settings.telegram.timeout))
        .rate_limiter(_delivery(services))
        .updater(None)
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .context_types(context_types(services))
        .job_queue(None)
        .post_init(partial(_open, services))
        .post_shutdown(partial(_close, services))
        .build()
    )
    bot.add_handlers(_handlers(settings))
    bot.add_error_handler(errors.apologise)
    return bot


def reception(bot: Bot) -> Reception:
    """How updates get to the handlers of this application, in their order, each once."""
    services = services_of(bot)
    inbox = services.settings.inbox

    def context(update: Update) -> Context:
        return bot.context_types.context.from_update(update, bot)

    async def content(update: Update) -> str | None:
        return None if await _is_ignored(update, bot, context(update)) else as_json(update)

    return Reception(
        services.inbox,
        services.known,
        services.monitor.metrics,
        Patience(inbox.waiting, 60 * inbox.stale_after_minutes),
        Handlers(
            handle=bot.process_update,
            decline=lambda update, reason, tell: declining.decline(update, context(update), reason, tell=tell),
            wants_reply=lambda update: errors.expects_a_reply(update, context(update)),
            content=content,
        ),
    )


async def _is_ignored(update: Update, bot: Bot, context: Context) -> bool:
    """Whether the handler that takes it will do nothing about it, which is known of most that is said in groups."""
    try:
        # What it gives may be a list, which no set can hold.
        checked = ((each, each.check_update(update)) for each in bot.handlers[0])
        taking = next(each for each, taken in checked if taken is not None and taken is not False)
        handle = inspect.unwrap(taking.callback)
        message = update.effective_message
        if handle is questions.respond:
            return await questions.is_passed_over(update, context)
        if handle is channels.read:
            return message is None or not context.services.channels.allows(message.chat)
        return handle is questions.ignore and not is_bare(update)
    except Exception:  # what is wrong with it shows when it is handled
        logger.exception("update %s: whether it is ignored can't be told", update.update_id)
        return False


def _services(settings: Settings, library: Library, monitor: Monitor) -> Services:
    metrics, memory, replies = monitor.metrics, Memory.of(settings.chats), Replies()
    log_key = settings.log_key.get_secret_value() if settings.log_key else None
    bot_id = int(settings.token.get_secret_value().partition(":")[0]) if settings.token else 0
    current = CurrentLibrary(settings, library, replies)
    metrics.measure(lambda: current.now)
    metrics.measure_feeds(lambda: of_feeds(settings))
    return Services(
        settings=settings,
        library=current,
        replies=replies,
        memory=memory,
        channels=Channels(settings.channels, memory.state, count_unread=metrics.posts_unread.inc),
        watches=Watches(memory.state, settings.watches.hour),
        log=QueryLog(
            settings.log.path,
            log_key,
            losses=Losses(logger, metrics.log_rows_lost.inc),
            late=metrics.log_rows_late.inc,
        ),
        monitor=monitor,
        inbox=Inbox(settings.inbox.path, bot_id, Losses(logger, metrics.unremembered.inc)),
        known=KnownIds(),
        notes=Notes(partial(perhaps_sent.words, replies)),
        double_taps=DoubleTaps(),
    )


def _delivery(services: Services) -> Delivery:
    rates, telegram = Rates(**services.settings.limits.model_dump()), services.settings.telegram
    time = Time(telegram.retry, telegram.late)
    wire = Wire(Turns(rates), Line(rates.overall_per_second, time), time, services.monitor.metrics)
    chats = services.memory.chats
    return Delivery(wire, services.inbox, services.known, services.notes, lambda chat: chats.policy(chat).to_asker)


def _handlers(settings: Settings) -> list[BaseHandler[Any, Context, None]]:
    """The first that takes an update handles it: all stand in one group, so that each update has one row in the log."""
    from_operators = COMMANDED & filters.ChatType.PRIVATE & filters.User(settings.operators.ids)
    return [
        # Commands are texts too, so they come before questions; those that don't exist after those that do.
        CommandHandler("start", recorded("command", start.start), COMMANDED),
        CommandHandler("help", recorded("command", start.show_help), COMMANDED),
        CommandHandler(("caidat", "settings"), recorded("command", policies.show), COMMANDED),
        _on_tap("command", PolicyTap, policies.choose),
        _on_tap("command", AudienceTap, policies.choose_audience),
        _on_tap("command", GroupSourcesTap, source_choice.choose),
        _on_tap("command", LookTap, looks.choose),
        CommandHandler(("dongthoigian", "timeline"), recorded("command", timeline.show), COMMANDED),
        _on_tap("command", TimelineTap, timeline.tap),
        CommandHandler(("ai", "who"), recorded("command", who.show), COMMANDED),
        _on_tap("command", PersonTap, who.tap),
        CommandHandler(("theodoi", "watch"), recorded("command", watches.command), COMMANDED),
        _on_tap("command", WatchTap, watches.tap),
        CommandHandler(("nguon", "sources"), recorded("command", sources.show), COMMANDED),
        _on_tap("command", SourcesTap, sources.turn),
        CommandHandler(("rieng_tu", "privacy"), recorded("command", privacy.show), COMMANDED),
        CommandHandler(("xoa", "forget"), recorded("command", privacy.ask), COMMANDED),
        _on_tap("command", ForgetTap, privacy.choose),
        CommandHandler(("thongke", "stats"), recorded("command", only(figures.show_stats)), COMMANDED),
        CommandHandler(("chuatraloi", "unanswered"), recorded("command", only(figures.show_unanswered)), COMMANDED),
        _on_operators_tap(UnansweredTap, figures.turn_unanswered),
        CommandHandler(("ghim", "pins"), recorded("command", only(pins.show)), COMMANDED),
        _on_operators_tap(PinsTap, pins.tap),
        CommandHandler(("xuat", "export"), recorded("command", only(figures.export)), COMMANDED),
        CommandHandler(("capnhat", "refresh"), recorded("command", only(renewing.renew)), COMMANDED),
        CommandHandler(("kenh", "channels"), recorded("command", only(allowing.show)), COMMANDED),
        _on_operators_tap(ChannelTap, allowing.disallow),
        CommandHandler(("nhom", "groups"), recorded("command", only(groups.show)), COMMANDED),
        _on_operators_tap(GroupTap, groups.tap),
        MessageHandler(from_operators & filters.Document.ALL, recorded("command", only(adding.add_document))),
        MessageHandler(from_operators & adding.LINK, recorded("command", only(adding.add_link))),
        _on_operators_tap(AddedTap, adding.undo),
        _on_tap("feedback", AnswerTap, feedback.tap, AnswerTap.is_vote),
        _on_operators_tap(AnswerTap, curating.tap, AnswerTap.is_curating),
        _on_tap("command", AnswerTap, answer_taps.tap),
        MessageReactionHandler(recorded("feedback", feedback.react)),
        MessageHandler(WRITTEN & filters.StatusUpdate.MIGRATE, recorded("other", policies.migrate)),
        # Whether all else that is written or edited gets a reply, `gating` decides; the log tells the kinds apart.
        CommandHandler(QUESTION_COMMANDS, recorded("question", questions.respond), WRITTEN),
        MessageHandler(WRITTEN & filters.COMMAND, recorded("command", questions.respond)),
        MessageHandler(WRITTEN & (filters.TEXT | filters.CAPTION), recorded("question", questions.respond)),
        MessageHandler(WRITTEN, recorded("other", questions.respond)),
        MessageHandler(filters.UpdateType.CHANNEL_POSTS, recorded("other", channels.read)),
        ChatMemberHandler(recorded("other", channels.note_membership), ChatMemberHandler.MY_CHAT_MEMBER),
        _on_tap("command", BringTap, perhaps_sent.bring),
        CallbackQueryHandler(recorded("command", expired)),
        InlineQueryHandler(recorded("inline", inline.answer)),
        ChosenInlineResultHandler(recorded("chosen", inline.note_choice)),
        MessageHandler(filters.UpdateType.GUEST_MESSAGE, recorded("question", guests.respond)),
        # Last, as it takes everything: kinds of updates that are yet to be invented.
        TypeHandler(Update, recorded("other", questions.ignore)),
    ]


def _on_tap(
    kind: Kind,
    tap: type[K],
    handle: Callable[[Tapped[K]], Awaitable[Outcome]],
    which: Callable[[K], bool] = lambda _: True,
) -> CallbackQueryHandler[Context, None]:
    """Buttons of a kind, all of them or `which`."""
    return CallbackQueryHandler(recorded(kind, tapped(tap, handle)), reads(tap, which))


def _on_operators_tap(
    tap: type[K], handle: Callable[[Tapped[K]], Awaitable[Outcome]], which: Callable[[K], bool] = lambda _: True
) -> CallbackQueryHandler[Context, None]:
    return CallbackQueryHandler(recorded("command", only(tapped(tap, handle))), reads(tap, which))


async def _open(services: Services, bot: Bot) -> None:
    await services.library.open()
    await services.log.open()
    await services.inbox.open()
    await services.memory.open()
    await services.channels.load()
    try:
        if await asyncio.to_thread(read_again, services.channels.folder, bot.bot.id):
            services.library.refresh_soon()
    except OSError as error:
        logger.error("posts that could not be read before are not read again: %s", error.strerror)  # noqa: TRY400
    try:
        await set_menus(bot.bot, services.replies)
    except TelegramError as error:
        logger.warning("the menu of commands was not set: %s", error)
    for operator in services.settings.operators.ids:
        try:
            await set_operators_menu(bot.bot, services.replies, operator)
        except TelegramError as error:  # who has not written yet gets it with /start
            logger.info("the operator %s has no menu yet: %s", operator, error)


async def _close(services: Services, _bot: Bot) -> None:
    await services.library.close()
    await services.inbox.close()
    await services.log.close()
    await services.memory.close()
