"""The page of settings cannot go stale: it is what the program writes, and it leaves nothing out."""

import re
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings_page import page

KEPT = Path(__file__).resolve().parents[2] / "deploy" / "settings.md"


def test_the_page_that_is_kept_is_what_the_program_writes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(("settings",))
    written = capsys.readouterr().out
    assert written == KEPT.read_text(encoding="utf-8"), "run: trich settings > deploy/settings.md"


def test_every_setting_says_what_it_does() -> None:
    rows = re.findall(r"^\| `(\w+)` \|(.*?)\|", page(), re.MULTILINE)
    assert len(rows) > 40
    assert [name for name, words in rows if not words.strip()] == []


def test_every_section_says_what_it_is_about() -> None:
    heads = re.findall(r"^## (.+)\n\n(.+)", page(), re.MULTILINE)
    assert {"[library]", "[[sources]]", "[operators]", "Secrets"} <= {head for head, _ in heads}
    assert [head for head, words in heads if words.startswith("|")] == []
