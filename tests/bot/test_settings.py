from pathlib import Path

import pytest

from bot.settings import Settings
from retrieval.config_files import data_folder
from retrieval.settings import SettingsError


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM_BOT_TOKEN", "TRICH_CONFIG", "TRICH_LOG_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mine.toml"
    monkeypatch.setenv("TRICH_CONFIG", str(path))
    return path


def refusal() -> str:
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    return str(caught.value)


def test_without_anything_set_the_samples_are_read_whatever_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.load()
    assert settings.paths() == [data_folder("seeds")]
    assert (settings.reply.quotes, settings.token) == (3, None)
    assert settings.telegram.base_url == "https://api.telegram.org/bot"


def test_own_file_overrides_key_by_key(own_file: Path) -> None:
    own_file.write_text('[sandbox]\nport = 8081\n[log]\npath = "elsewhere.sqlite3"\n', encoding="utf-8")
    settings = Settings.load()
    assert (settings.sandbox.host, settings.sandbox.port) == ("127.0.0.1", 8081)
    assert settings.log.path == Path("elsewhere.sqlite3")


def test_the_environment_overrides_the_file(own_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_file.write_text("[reply]\nquotes = 5\n", encoding="utf-8")
    monkeypatch.setenv("TRICH_REPLY__QUOTES", "2")
    assert Settings.load().reply.quotes == 2


def test_paths_in_the_environment_are_separated_as_in_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # where `make run` has left nothing
    monkeypatch.setenv("TRICH_LIBRARY__PATHS", "/news:more.jsonl")
    assert Settings.load().paths() == [Path("/news"), Path("more.jsonl")]


def test_an_empty_token_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert Settings.load().token is None


def test_a_token_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:very-secret")
    settings = Settings.load()
    assert settings.token is not None
    assert settings.token.get_secret_value() == "123:very-secret"
    assert "very-secret" not in repr(settings)


def test_a_wrong_value_is_named_with_the_variable_it_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRICH_REPLY__QUOTES", "many")
    message = refusal()
    assert message.startswith("reply.quotes, set in the environment variable TRICH_REPLY__QUOTES: ")


def test_a_wrong_value_is_named_with_the_file_it_comes_from(own_file: Path) -> None:
    own_file.write_text("[reply]\nquotes = 99\n", encoding="utf-8")
    assert refusal().startswith(f"reply.quotes, set in {own_file}: ")


def test_every_wrong_setting_is_named(own_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_file.write_text('[logging]\nlevel = "LOUD"\n', encoding="utf-8")
    monkeypatch.setenv("TRICH_SANDBOX__PORT", "70000")
    message = refusal()
    assert f"logging.level, set in {own_file}: " in message
    assert "sandbox.port, set in the environment variable TRICH_SANDBOX__PORT: " in message


@pytest.mark.parametrize(("toml", "key"), [("[reply]\nquots = 3\n", "reply.quots"), ("[rply]\nquotes = 3\n", "rply")])
def test_an_unknown_key_is_an_error(own_file: Path, toml: str, key: str) -> None:
    own_file.write_text(toml, encoding="utf-8")
    assert refusal() == f"{key}, set in {own_file}: there is no such setting"


@pytest.mark.parametrize("line", ['TELEGRAM_BOT_TOKEN = "1:hush"', 'token = "1:hush"', 'log_key = "1:hush"'])
def test_a_secret_in_a_file_is_refused_and_not_repeated(own_file: Path, line: str) -> None:
    own_file.write_text(line, encoding="utf-8")
    message = refusal()
    assert str(own_file) in message
    assert "hush" not in message


def test_what_is_no_token_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "very secret")
    message = refusal()
    assert "TELEGRAM_BOT_TOKEN" in message
    assert "very secret" not in message


def test_a_missing_file_is_named(own_file: Path) -> None:
    assert refusal() == f"{own_file}, named by TRICH_CONFIG: No such file or directory"


@pytest.mark.parametrize("content", [b"[reply", b"\xff\xfe\x00"])
def test_a_file_that_is_no_toml_is_named(own_file: Path, content: bytes) -> None:
    own_file.write_bytes(content)
    assert refusal().startswith(f"{own_file}: ")
