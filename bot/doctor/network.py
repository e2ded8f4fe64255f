"""What is beyond this machine: Telegram, its clock, the feeds. Nothing that is told holds the token."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr
from telegram import Bot, User, WebhookInfo
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.doctor.finding import Finding, bad, good, note
from bot.outgoing.request import Request
from bot.settings import Settings
from retrieval.polling import Feed, Fetcher
from retrieval.polling.entries import read_entries
from retrieval.polling.foreign import Reader
from retrieval.polling.outcome import FetchError
from retrieval.refreshing.workers import DEFAULT_BOUNDS, Bounds

_SKEW = 30.0  # seconds that a clock may be off


async def look_at_telegram(settings: Settings) -> list[Finding]:
    """The token, what the bot may see, a webhook, the clock, and whether operators can be written to."""
    if settings.token is None:
        return [note("token", "none is set: trich run opens the sandbox", "set TELEGRAM_BOT_TOKEN, from @BotFather")]
    try:
        found = await _told_by(settings, settings.token)
    except InvalidToken:
        return [bad("token", "Telegram refuses it", "ask @BotFather for the right one: /token")]
    except TelegramError as error:
        where = urlsplit(settings.telegram.base_url).hostname
        return [bad("telegram", f"{where} is out of reach ({type(error).__name__})", "check the network and base_url")]
    skew = await _skew(settings)
    return [*found, *([skew] if skew else [])]


async def _told_by(settings: Settings, token: SecretStr) -> list[Finding]:
    """What Telegram says. Raises TelegramError."""
    async with _bot(settings, token) as bot:
        me, webhook = bot.bot, await bot.get_webhook_info()
        operators = [await _operator(bot, operator) for operator in sorted(settings.operators.ids)]
    return [good("token", f"of @{me.username} ({me.id})"), *rights(me), *webhook_left(webhook, settings), *operators]


def look_at_feeds(feeds: tuple[Feed, ...], fetcher: Fetcher, bounds: Bounds = DEFAULT_BOUNDS) -> Iterator[Finding]:
    """Whether each feed can be had, and is one; nothing of it is kept."""
    with Reader(bounds) as reader:
        for feed in feeds:
            try:
                articles, problems = read_entries(reader, fetcher.get(feed.url, home=feed.url).body or b"", feed.label)
            except FetchError as error:
                yield bad("feeds", f"{feed.label}: {error}", "mend its `url` in [[sources]], or remove it")
            else:
                yield good("feeds", f"{feed.label}: {len(articles)} entries, {len(problems)} that can't be read")


def rights(me: User) -> Iterator[Finding]:
    """What the bot is let see."""
    if me.can_read_all_group_messages:
        yield good("privacy mode", "off: the bot sees all that is said in its groups")
    else:
        yield note(
            "privacy mode",
            "on: in groups the bot sees commands, mentions and replies to it only",
            "enough for most; to answer every question, it must be an admin there, or /setprivacy of @BotFather be off",
        )
    if not me.can_join_groups:
        yield note("groups", "nobody can add the bot to a group", "/setjoingroups of @BotFather")
    if not me.supports_inline_queries:
        yield note("inline mode", "off", "/setinline of @BotFather lets people quote in any chat")


def webhook_left(info: WebhookInfo, settings: Settings) -> Iterator[Finding]:
    """A webhook against polling, or trouble with the one that is meant."""
    host = urlsplit(info.url).hostname
    if info.url and not settings.webhook.url:
        yield note("webhook", f"one is set, to {host}", "trich run removes it; no other program may need it")
    elif settings.webhook.url and info.url != settings.webhook.url:
        yield note("webhook", f"Telegram has {host or 'none'}", "trich run sets it")
    else:
        yield good("webhook", f"to {host}" if host else "none: updates are fetched")
    if info.url and info.last_error_message:
        advice = "see the proxy before the bot, and the certificate"
        yield bad("webhook", f"Telegram's last attempt failed: {info.last_error_message}", advice)
    if info.pending_update_count:
        yield note("webhook", f"{info.pending_update_count} updates wait to be taken", "it takes them at its start")


def clock(header: str | None, now: datetime) -> Finding | None:
    """This machine's clock against a Date header (RFC 9110, 6.6.1); None where there is none to compare with."""
    try:
        there = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    off = (now - there).total_seconds()
    if abs(off) > _SKEW:
        return bad("clock", f"{off:+.0f} s off Telegram's", "set it by NTP: logs and daily messages go by it")
    return good("clock", "as Telegram's")


def _bot(settings: Settings, token: SecretStr) -> Bot:
    telegram = settings.telegram
    return Bot(
        token.get_secret_value(),
        base_url=telegram.base_url,
        base_file_url=telegram.base_file_url,
        request=Request(telegram.base_url, telegram.timeout),
        get_updates_request=Request(telegram.base_url, telegram.timeout),
    )


async def _operator(bot: Bot, operator: int) -> Finding:
    try:
        await bot.get_chat(operator)
    except (BadRequest, Forbidden):
        return note("operators", f"{operator} has not written to the bot", "/start gives operators their menu")
    except TelegramError as error:
        return note("operators", f"{operator}: not found out ({type(error).__name__})")
    return good("operators", str(operator))


async def _skew(settings: Settings) -> Finding | None:
    """By the answer to a request without the token."""
    parts = urlsplit(settings.telegram.base_url)
    try:
        async with httpx.AsyncClient(timeout=settings.telegram.timeout) as client:
            answer = await client.get(f"{parts.scheme}://{parts.netloc}/")
    except httpx.HTTPError:
        return None
    return clock(answer.headers.get("Date"), datetime.now(UTC))
