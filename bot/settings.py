"""What can be set: config/default.toml, then a TOML file of one's own, then the environment; secrets there only."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import SettingsConfigDict

from bot.ground.logs import Format
from retrieval.own_files import make_folder
from retrieval.settings import FileSettings

_WEBHOOK_SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{16,256}")  # core.telegram.org/bots/api#setwebhook
_TOKEN_FORM = re.compile(r"\d+:[A-Za-z0-9_-]+")


def _looks_like_a_token(value: SecretStr) -> SecretStr:
    if not _TOKEN_FORM.fullmatch(value.get_secret_value()):
        raise ValueError("this is not a token as @BotFather gives it, digits:letters")
    return value


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TelegramSettings(_Section):
    """Which Bot API is spoken to (the token follows the address), and how patiently. In seconds.

    `unauthorized` and `conflict`: what to do where the token is refused, or another instance polls, in mid-run.
    """

    base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+/\S*$")]
    poll: int = Field(ge=0, le=50)
    timeout: float = Field(gt=0, le=120)
    late: float = Field(ge=0, le=120)
    retry: float = Field(gt=0, le=10)
    unauthorized: Literal["exit", "wait"]
    conflict: Literal["exit", "wait"]

    @property
    def base_file_url(self) -> str:
        """Where files are fetched from; the token follows."""
        return re.sub(r"/bot$", "/file/bot", self.base_url)


class LimitSettings(_Section):
    """How fast messages go out; Telegram's published limits, or stricter ones."""

    chat_per_second: float = Field(gt=0)
    chat_burst: int = Field(ge=1)
    group_per_minute: int = Field(ge=1)
    overall_per_second: int = Field(ge=1)


class InboxSettings(_Section):
    """What came in and isn't done with: where it is kept, how much of it waits, how long."""

    path: Path
    waiting: int = Field(ge=1, le=1000)
    stale_after_minutes: float = Field(gt=0)
    grace_seconds: float = Field(ge=0, le=60)


class WebhookSettings(_Section):
    """Where Telegram brings updates; without a `url` the bot fetches them."""

    url: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")]
    host: str
    port: int = Field(ge=0, le=65535)
    path: Annotated[str, StringConstraints(pattern=r"^/\S*$")]
    largest: int = Field(ge=10_000)


class MonitoringSettings(_Section):
    """Where /healthz and /metrics are served, if they are."""

    enabled: bool
    host: str
    port: int = Field(ge=0, le=65535)


class AnsweringSettings(_Section):
    """How many processes find answers (0: one for each processor), and how many seconds each answer may take.

    `overheard` is how sure of an answer the bot must be where nobody asked it, from 0 to 1.
    """

    workers: int = Field(ge=0, le=64)
    seconds: float = Field(gt=0, le=60)
    overheard: float = Field(ge=0, le=1)


class ReplySettings(_Section):
    """How much a reply holds; whether timelines, persons and several quotes are `rich` messages, where a chat has not
    chosen.
    """

    quotes: int = Field(ge=1, le=10)
    rich: bool


class LogSettings(_Section):
    """Where the query log is kept, and for how many days with the questions as asked (0: for ever)."""

    path: Path
    keep_days: int = Field(ge=0)


class OperatorSettings(_Section):
    """Who runs the bot, by Telegram user ids; how much time and memory the reading of what they send may take."""

    ids: frozenset[Annotated[int, Field(gt=0)]]
    read_seconds: float = Field(gt=0, le=600)
    read_megabytes: int = Field(ge=64)

    @field_validator("ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """The environment has one string for all ids."""
        return [part for part in re.split(r"[,\s]+", value) if part] if isinstance(value, str) else value


class ChatsSettings(_Section):
    """What is kept of chats: their policies; for some days which message answered which, which timelines were shown."""

    path: Path
    answers_days: int = Field(ge=1)
    timelines_days: int = Field(ge=1)
    exchanges_days: int = Field(ge=1)


class WatchSettings(_Section):
    """Topics that people watch: how many in a chat, how many articles a message shows, the hour of daily messages."""

    per_chat: int = Field(ge=1, le=50)
    shown: int = Field(ge=1, le=10)
    hour: int = Field(ge=0, le=23)


class SandboxSettings(_Section):
    """Where the local Bot API listens: on this machine only; port 0 takes any free one.

    `open_browser`: whether a browser is opened at the page, where there is a screen. `history`: the file that keeps
    what is said in the page.
    """

    host: Annotated[str, StringConstraints(pattern=r"^(localhost|127(\.\d{1,3}){3}|::1)$")]
    port: int = Field(ge=0, le=65535)
    open_browser: bool
    history: Path


class LoggingSettings(_Section):
    """What the program says about itself on standard error, and in what form."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]
    format: Format


def _fits_a_header(value: SecretStr) -> SecretStr:
    if not _WEBHOOK_SECRET_FORM.fullmatch(value.get_secret_value()):
        raise ValueError("16 to 256 of the characters A-Z, a-z, 0-9, _ and - are needed")
    return value


class Settings(FileSettings):
    """All of it. `Settings.load()` reads it and raises `SettingsError`."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    telegram: TelegramSettings
    webhook: WebhookSettings
    limits: LimitSettings
    inbox: InboxSettings
    monitoring: MonitoringSettings
    answering: AnsweringSettings
    reply: ReplySettings
    log: LogSettings
    operators: OperatorSettings
    chats: ChatsSettings
    watches: WatchSettings
    sandbox: SandboxSettings
    logging: LoggingSettings
    token: Annotated[SecretStr, AfterValidator(_looks_like_a_token)] | None = Field(
        None, validation_alias="TELEGRAM_BOT_TOKEN", description="from @BotFather; without it, the local sandbox runs"
    )
    log_key: SecretStr | None = Field(
        None,
        min_length=16,
        description="makes the hashes in the query log: 16 characters at least; without it, one is made and kept",
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_fits_a_header)] | None = Field(
        None,
        validate_default=True,
        description="what Telegram says with each update to a webhook: 16 to 256 of A-Z, a-z, 0-9, _, -",
    )

    def make_folders(self) -> None:
        """What operators and channels bring has its folders from the start: another set of folders is another library,
        all read anew. Raises OSError.
        """
        brought = [self.library.added, self.channels.folder] if self.operators.ids else []
        for folder in {*brought, *([self.channels.folder] if self.channels.allowed else [])}:
            make_folder(folder)

    @field_validator("webhook_secret")
    @classmethod
    def _is_there_where_a_webhook_is(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        webhook = info.data.get("webhook")
        if webhook is not None and webhook.url and secret is None:
            raise ValueError("[webhook] has a url, so TRICH_WEBHOOK_SECRET must be set too")
        return secret
