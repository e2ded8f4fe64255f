"""`make release` in a repository of its own: what it writes, tags and builds, and when it does nothing."""

import datetime
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DAY = datetime.datetime.now().astimezone().date().isoformat()


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607 - wherever it is
        cwd=folder, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def released(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "deploy.release", *arguments]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)  # noqa: S603


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of this repository as they are now, committed to one of their own; a few lines of changelog."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Lan")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "lan@example.org")
    folder = tmp_path / "trich"
    for name in git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if not name.startswith(("tests/", '"')) and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / "CHANGELOG.md").write_text(
        "# Changelog\n\n## 0.2.0 (unreleased)\n\n- Gió.\n\n## 0.1.0 (2026-01-01)\n\n- Mưa.\n", encoding="utf-8"
    )
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "All")
    return folder


def test_a_release_is_written_tagged_and_built(checkout: Path) -> None:
    done = released(checkout, "0.3.0")
    assert done.returncode == 0, done.stderr
    assert f"## 0.3.0 ({DAY})\n\n- Gió.\n\n## 0.1.0" in (checkout / "CHANGELOG.md").read_text("utf-8")
    assert git(checkout, "status", "--porcelain") == ""
    assert git(checkout, "tag", "--list", "--format=%(contents)", "v0.3.0").strip() == f"## 0.3.0 ({DAY})\n\n- Gió."
    assert git(checkout, "describe").strip() == "v0.3.0"
    [sdist, wheel] = sorted((checkout / "dist").iterdir(), key=lambda path: path.suffix)
    with tarfile.open(sdist) as packed:
        assert "trich-0.3.0/config/default.toml" in packed.getnames()
    with zipfile.ZipFile(wheel) as zipped:
        assert {"bot/app.py", "retrieval/config/default.toml", "retrieval/library.py"} <= {*zipped.namelist()}
        assert "\nVersion: 0.3.0\n" in zipped.read("trich-0.3.0.dist-info/METADATA").decode()


@pytest.mark.parametrize(
    ("version", "spoilt", "why"),
    [
        ("1.2", "", "1.2 is no version"),
        ("", "", "nothing is no version"),
        ("0.3.0", "uncommitted", "not committed"),
        ("0.3.0", "tagged", "v0.3.0 has been released"),
        ("0.3.0", "unchanged", "nothing has changed"),
    ],
)
def test_what_cannot_be_released_changes_nothing_and_says_why(
    checkout: Path, version: str, spoilt: str, why: str
) -> None:
    if spoilt == "uncommitted":
        (checkout / "README.md").write_text("Gió", encoding="utf-8")
    if spoilt == "tagged":
        git(checkout, "tag", "v0.3.0")
    if spoilt == "unchanged":
        (checkout / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0 (2026-01-01)\n", encoding="utf-8")
    before = git(checkout, "status", "--porcelain"), git(checkout, "rev-parse", "HEAD")
    done = released(checkout, *filter(None, [version]))
    assert done.returncode == 2
    assert why in done.stderr
    assert (git(checkout, "status", "--porcelain"), git(checkout, "rev-parse", "HEAD")) == before
    assert not (checkout / "dist").exists()
