"""Which articles are read: the [library] section of config/default.toml, a TOML file of one's own, the environment."""

import os
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from .config_files import data_folder

OWN_FILE = "TRICH_CONFIG"


class SettingsError(Exception):
    """A setting is wrong; the message names its key and what is the matter."""


class LibrarySettings(BaseModel):
    """Where articles are read from, and where what was read is kept."""

    model_config = ConfigDict(extra="forbid")

    paths: list[Path] = []
    cache: Path = Path("var/library")

    def folders(self) -> list[Path]:
        """The configured paths; where none is, the sample articles that come with Trích."""
        return self.paths or [data_folder("seeds")]


class FileSettings(BaseSettings):
    """Settings from the environment (TRICH_SECTION__KEY), then from the files: one's own, then the default."""

    model_config = SettingsConfigDict(env_prefix="TRICH_", env_nested_delimiter="__", extra="ignore")

    library: LibrarySettings = LibrarySettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The sources in order of precedence."""
        files = [Path(own)] if (own := os.environ.get(OWN_FILE)) else []
        files.append(data_folder("config") / "default.toml")
        return init_settings, env_settings, *(TomlConfigSettingsSource(settings_cls, file) for file in files)

    @classmethod
    def load(cls) -> Self:
        """The settings. Raises `SettingsError` naming every wrong key."""
        own = os.environ.get(OWN_FILE)
        if own and not Path(own).is_file():
            raise SettingsError(f"{OWN_FILE}: there is no file {own}")
        try:
            return cls()
        except ValidationError as error:
            wrong = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise SettingsError("settings: " + "; ".join(wrong)) from None
        except ValueError as error:  # a TOML file that does not parse
            raise SettingsError(f"{own or 'config/default.toml'}: {error}") from None
