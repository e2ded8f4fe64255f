"""Which articles are read: [library] and [[sources]] of default.toml, a TOML file of one's own, the environment."""

import os
import re
import tomllib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from retrieval.cluster.connection import Address
from retrieval.config_files import data_folder
from retrieval.polling import Feed, feed_folder
from retrieval.refreshing.workers import Bounds

OWN_FILE = "TRICH_CONFIG"


class SettingsError(Exception):
    """A setting is wrong; the message names every wrong key, where it was set and what is the matter."""


class LibrarySettings(BaseModel):
    """Where articles are read from, where what was read is kept, and where those that operators send to the bot."""

    model_config = ConfigDict(extra="forbid")

    paths: list[Path] = []
    cache: Path = Path("var/library")
    added: Path = Path("var/added")
    refresh_minutes: Annotated[int, Field(ge=0, le=43_200)] = 10
    file_seconds: Annotated[float, Field(gt=0, le=3_600)] = 30
    file_megabytes: Annotated[int, Field(ge=64, le=1_000_000)] = 512
    store: str = ""

    @field_validator("store")
    @classmethod
    def _is_address(cls, store: str) -> str:
        """Where it is said wrongly, the value is not repeated: somebody may have put a password into it."""
        try:
            if store:
                Address.of(store)
        except ValueError:
            raise PydanticCustomError(
                "store", "an address such as opensearch://host:9200/name is needed, without user and password"
            ) from None
        return store

    @field_validator("paths", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """The environment has one string for all paths, as in PATH."""
        return value.split(os.pathsep) if isinstance(value, str) else value


_CHANNEL_FORM = re.compile(r"-100\d{5,13}|@[a-z]\w{3,31}", re.ASCII)


def channel_name(text: int | str) -> str:
    """A channel as settings name it, by its number (-100…) or as @name, in lower case; a link to it will do as well.

    Raises ValueError for what is none of these.
    """
    name = re.sub(r"^(?:https?://)?t\.me/(?:s/)?", "@", str(text).strip().lower()).rstrip("/")
    if not _CHANNEL_FORM.fullmatch(name):
        raise ValueError("a channel is named by its number, such as -1001234567890, or as @name")
    return name


class ChannelSettings(BaseModel):
    """Telegram channels whose posts the bot reads, and the folder where it keeps them as article lines.

    Posts that come within `gather_seconds` come into the library together.
    """

    model_config = ConfigDict(extra="forbid")

    allowed: list[str] = []
    folder: Path = Path("var/channels")
    gather_seconds: Annotated[float, Field(ge=0, le=600)] = 2

    @field_validator("allowed", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """The environment has one string for all, separated by commas."""
        names = [name for name in value.split(",") if name.strip()] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, int | str) for name in names):
            raise PydanticCustomError("channel", "a list of channels is needed")
        return [channel_name(name) for name in names]


class SourceSettings(BaseModel):
    """Where more articles come from: a folder that is watched (`path`), or a feed that is polled (`url`)."""

    model_config = ConfigDict(extra="forbid")

    path: Path | None = None
    url: str | None = None
    name: str | None = None
    every_minutes: Annotated[int, Field(ge=5, le=43_200)] = 30
    follow: bool = False

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, url: str) -> str:
        try:
            parts = urlsplit(url)
            known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:  # no such host or port
            known = False
        if not known or not url.isprintable() or " " in url:
            raise PydanticCustomError("source", "no http or https address")
        if parts.username is not None:
            raise PydanticCustomError("source", "a user name or password in an address is not supported")
        return url

    @field_validator("name")
    @classmethod
    def _is_one_line(cls, name: str) -> str:
        if not name.strip() or not name.isprintable():
            raise PydanticCustomError("source", "a name is one line of text")
        return name

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if (self.path is None) == (self.url is None):
            raise PydanticCustomError("source", "a source has either a path or a url")
        stray = sorted(self.model_fields_set - {"path"})
        if self.path is not None and stray:
            raise PydanticCustomError("source", "for a url only: {stray}", {"stray": ", ".join(stray)})
        return self


class FileSettings(BaseSettings):
    """Settings from the environment (TRICH_SECTION__KEY), then from the files: one's own, then the default."""

    model_config = SettingsConfigDict(
        env_prefix="TRICH_", env_nested_delimiter="__", env_ignore_empty=True, enable_decoding=False, extra="ignore"
    )

    library: LibrarySettings = LibrarySettings()
    channels: ChannelSettings = ChannelSettings()
    sources: list[SourceSettings] = []

    def bounds(self) -> Bounds:
        """What the reading of a file, or of a part of one, may take."""
        return Bounds(self.library.file_seconds, self.library.file_megabytes)

    def paths(self) -> list[Path]:
        """All that is read: paths, watched folders, what feeds, channels and operators brought; where none is
        configured, the samples in the place of the paths.
        """
        watched = [source.path for source in self.sources if source.path]
        polled = feed_folder(self.library.cache)
        configured = [*self.library.paths, *watched, *([polled] if self.feeds() and polled.is_dir() else [])]
        samples = [] if configured or self.sources or self.channels.allowed else [data_folder("seeds")]
        brought = [folder for folder in (self.channels.folder, self.library.added) if folder.is_dir()]
        return [*samples, *configured, *brought]

    def feeds(self) -> tuple[Feed, ...]:
        """The feeds to poll."""
        return tuple(
            Feed(source.url, source.name, timedelta(minutes=source.every_minutes), source.follow)
            for source in self.sources
            if source.url
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then what `load` read from the files."""
        return env_settings, init_settings

    @classmethod
    def load(cls) -> Self:
        """The settings. Raises `SettingsError`."""
        files = {path: _read(path) for path in _files()}
        try:
            return cls(**_merged(reversed(files.values())))
        except ValidationError as error:
            raise SettingsError("\n".join(_explained(wrong, files) for wrong in error.errors())) from None


def _files() -> list[Path]:
    """The settings files, the one that overrides first."""
    own = os.environ.get(OWN_FILE)
    return [*([Path(own)] if own else []), data_folder("config") / "default.toml"]


def _read(path: Path) -> dict[str, Any]:
    try:
        contents = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}, named by {OWN_FILE}: {error.strerror}") from None
    except ValueError as error:  # no TOML, or no UTF-8
        raise SettingsError(f"{path}: {error}") from None
    stray = [key for key, value in contents.items() if not isinstance(value, dict | list)]
    if stray:
        raise SettingsError(f"{path}: {', '.join(stray)}: settings stand in sections, secrets in the environment only")
    return contents


def _merged(contents: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The later file overrides the earlier one key by key."""
    merged: dict[str, Any] = {}
    for file in contents:
        for section, values in file.items():
            before = merged.get(section)
            merged[section] = before | values if isinstance(before, dict) and isinstance(values, dict) else values
    return merged


def _explained(wrong: ErrorDetails, files: dict[Path, dict[str, Any]]) -> str:
    """The key, where it was set, what is the matter; never the value, which may be a secret."""
    names = [str(part) for part in wrong["loc"]]
    matter = (
        "there is no such setting" if wrong["type"] == "extra_forbidden" else wrong["msg"].removeprefix("Value error, ")
    )
    return f"{'.'.join(names)}, set in {_origin(names, files)}: {matter}"


def _origin(names: list[str], files: dict[Path, dict[str, Any]]) -> str:
    """Where a setting comes from: the variable of the environment, else the first file that has it."""
    for length in range(len(names), 0, -1):
        nested = "TRICH_" + "__".join(names[:length])
        for variable in os.environ:
            if variable.upper() in (nested.upper(), names[0]):
                return f"the environment variable {variable}"
    for path, contents in files.items():
        section = contents.get(names[0])
        if section is not None and (len(names) == 1 or not isinstance(section, dict) or names[1] in section):
            return str(path)
    return f"no file ({', '.join(map(str, files))})"
