"""[[sources]] in a settings file."""

from pathlib import Path

import pytest

from retrieval.settings import OWN_FILE, FileSettings, SettingsError, SourceSettings


def sources(folder: Path, patch: pytest.MonkeyPatch, text: str) -> list[SourceSettings]:
    own = folder / "own.toml"
    own.write_text(text, encoding="utf-8")
    patch.setenv(OWN_FILE, str(own))
    return FileSettings.load().sources


def test_folders_and_feeds_are_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """
        [[sources]]
        path = "bài báo"
        [[sources]]
        url = "https://bao-mau.example/rss"
        [[sources]]
        url = "http://bao-mau.example:8080/rss?muc=1"
        name = "Báo Mẫu"
        every_minutes = 5
        follow = true
    """
    assert sources(tmp_path, monkeypatch, text) == [
        SourceSettings(path=Path("bài báo")),
        SourceSettings(url="https://bao-mau.example/rss", every_minutes=30, follow=False),
        SourceSettings(url="http://bao-mau.example:8080/rss?muc=1", name="Báo Mẫu", every_minutes=5, follow=True),
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ('name = "x"', "sources.0, set in FILE: a source has either a path or a url"),
        ('path = "a"\nurl = "https://a.example"', "sources.0, set in FILE: a source has either a path or a url"),
        ('path = "a"\nfollow = true\nevery_minutes = 9',
         "sources.0, set in FILE: for a url only: every_minutes, follow"),
        ('url = "ftp://a.example"', "sources.0.url, set in FILE: no http or https address"),
        ('url = "a.example/rss"', "sources.0.url, set in FILE: no http or https address"),
        ('url = "https://a.example/\\nx"', "sources.0.url, set in FILE: no http or https address"),
        ('url = "https://a.example:port/"', "sources.0.url, set in FILE: no http or https address"),
        ('url = "https://[a/"', "sources.0.url, set in FILE: no http or https address"),
        ('url = "https://key@a.example"', "sources.0.url, set in FILE: a user name or password in an address is not"),
        ('url = "https://a.example"\nname = "a\\nb"', "sources.0.name, set in FILE: a name is one line of text"),
        ('url = "https://a.example"\nevery_minutes = 4', "sources.0.every_minutes, set in FILE: Input should"),
        ('url = "https://a.example"\nevery_minutes = 1e9', "sources.0.every_minutes, set in FILE: Input should"),
        ('url = "https://a.example"\nfollow = "perhaps"', "sources.0.follow, set in FILE: Input should"),
        ('url = "https://a.example"\nfolow = true', "sources.0.folow, set in FILE: there is no such setting"),
    ],
)  # fmt: skip
def test_a_wrong_source_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        sources(tmp_path, monkeypatch, f"[[sources]]\n{wrong}\n")
    assert str(caught.value).startswith(message.replace("FILE", str(tmp_path / "own.toml")))
