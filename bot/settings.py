"""What can be set: config/default.toml, then a TOML file of one's own, then the environment; secrets there only."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, StringConstraints
from pydantic_settings import SettingsConfigDict

from retrieval.settings import FileSettings

_TOKEN_FORM = re.compile(r"\d+:[A-Za-z0-9_-]+")


def _looks_like_a_token(value: SecretStr) -> SecretStr:
    if not _TOKEN_FORM.fullmatch(value.get_secret_value()):
        raise ValueError("this is not a token as @BotFather gives it, digits:letters")
    return value


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TelegramSettings(_Section):
    """Which Bot API is spoken to; the token follows the address."""

    base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+/\S*$")]


class ReplySettings(_Section):
    """How much a reply holds."""

    quotes: int = Field(ge=1, le=10)


class LogSettings(_Section):
    """Where the query log is kept."""

    path: Path


class SandboxSettings(_Section):
    """Where the local Bot API listens; port 0 takes any free one."""

    host: str
    port: int = Field(ge=0, le=65535)


class LoggingSettings(_Section):
    """What the program says about itself on standard error."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(FileSettings):
    """All of it. `Settings.load()` reads it and raises `SettingsError`."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    telegram: TelegramSettings
    reply: ReplySettings
    log: LogSettings
    sandbox: SandboxSettings
    logging: LoggingSettings
    token: Annotated[SecretStr, AfterValidator(_looks_like_a_token)] | None = Field(
        None, validation_alias="TELEGRAM_BOT_TOKEN"
    )
    log_key: SecretStr | None = Field(None, min_length=16)
