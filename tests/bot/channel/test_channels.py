"""Which channels are read."""

from pathlib import Path

import pytest
from telegram import Chat

from bot.channel.channels import Channels
from bot.memory.state import State
from bot.settings import Settings
from retrieval.settings import ChannelSettings, SettingsError, channel_name


def channel(number: int, username: str | None = None) -> Chat:
    return Chat(number, Chat.CHANNEL, title="Bến Sông", username=username)


@pytest.mark.parametrize("text", ["@Ben_Song", "t.me/ben_song", "https://t.me/s/Ben_Song/", " @ben_song "])
def test_a_channel_is_named_by_its_name_or_a_link(text: str) -> None:
    assert channel_name(text) == "@ben_song"


@pytest.mark.parametrize("text", ["ben song", "@ab", "-15", "1001234567", "https://t.me/+invitation", ""])
def test_what_names_no_channel_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="-1001234567890, or as @name"):
        channel_name(text)


def test_the_settings_name_channels_and_say_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRICH_CHANNELS__ALLOWED", "-1001234567890, @Ben_Song")
    assert Settings.load().channels.allowed == ["-1001234567890", "@ben_song"]
    monkeypatch.setenv("TRICH_CHANNELS__ALLOWED", "Bến Sông")
    with pytest.raises(SettingsError, match=r"channels\.allowed.*TRICH_CHANNELS__ALLOWED: a channel is named by"):
        Settings.load()


async def test_operators_allow_a_channel_and_it_stays_so(tmp_path: Path) -> None:
    state = State(tmp_path / "chats.sqlite3")
    await state.open()
    settings = ChannelSettings(allowed=["@cho_que"], folder=tmp_path / "channels")
    channels = Channels(settings, state)
    await channels.load()
    assert channels.allows(channel(-1001, "Cho_Que"))
    assert not channels.allows(channel(-1001234567890, "ben_song"))
    assert await channels.allow("t.me/Ben_Song") == "@ben_song"
    assert await channels.allow(-1001234567891) == "-1001234567891"
    again = Channels(settings, state)
    await again.load()
    assert again.allowed == ["-1001234567891", "@ben_song", "@cho_que"]
    assert again.allows(channel(-1001234567890, "ben_song"))
    assert again.allows(channel(-1001234567891))
    assert await again.disallow("@ben_song")
    assert not await again.disallow("@cho_que")
    assert again.allowed == ["-1001234567891", "@cho_que"]
    await state.close()


async def test_where_no_channel_is_allowed_no_folder_is_made(tmp_path: Path) -> None:
    state = State(tmp_path / "chats.sqlite3")
    await state.open()
    channels = Channels(ChannelSettings(folder=tmp_path / "channels"), state)
    await channels.load()
    assert not channels.folder.exists()
    await channels.allow("@ben_song")
    assert channels.folder.is_dir()
    await state.close()
