"""Release a version: the changelog's heading, the version, a commit, a tag, and the files of it in dist/.

    make release VERSION=1.2.3

Nothing leaves the machine: push the branch and the tag, and upload the files, once you have looked at them.
"""

import argparse
import datetime
import re
import subprocess
import sys
from pathlib import Path

_HEADING = re.compile(r"^## .*\(unreleased\)$", re.MULTILINE)
_VERSION = re.compile(r'^version = "(.+)"$', re.MULTILINE)
_FORM = re.compile(r"\d+\.\d+\.\d+")


class NotYetError(Exception):
    """Why it can't be released, in words for who releases."""


def release(folder: Path, version: str, day: datetime.date) -> list[Path]:
    """Release the checkout in `folder` and give the files made. Raises NotYetError before anything has been changed."""
    changelog, project = folder / "CHANGELOG.md", folder / "pyproject.toml"
    changes, settings = changelog.read_text(encoding="utf-8"), project.read_text(encoding="utf-8")
    if not _FORM.fullmatch(version):
        raise NotYetError(f"{version or 'nothing'} is no version; say VERSION=1.2.3")
    if not _HEADING.search(changes):
        raise NotYetError('CHANGELOG.md has no heading that ends with "(unreleased)": nothing has changed')
    if _run(folder, "git", "status", "--porcelain"):
        raise NotYetError("there are changes that are not committed")
    if f"v{version}" in _run(folder, "git", "tag", "--list").split():
        raise NotYetError(f"v{version} has been released")
    changes = _HEADING.sub(f"## {version} ({day.isoformat()})", changes, count=1)
    changelog.write_text(changes, encoding="utf-8")
    project.write_text(_VERSION.sub(f'version = "{version}"', settings, count=1), encoding="utf-8")
    _run(folder, "git", "commit", "--quiet", "--message", f"Release {version}", changelog.name, project.name)
    _run(
        folder, "git", "tag", "--annotate", f"v{version}", "--cleanup=verbatim", "--message", _section(changes, version)
    )
    # The wheel is built from the sdist, so that one shows the other to be whole. The build's own tools are in `dev`.
    _run(folder, sys.executable, "-m", "build", "--no-isolation", "--outdir", "dist")
    return sorted(path for path in (folder / "dist").iterdir() if f"-{version}" in path.name)


def _section(changes: str, version: str) -> str:
    """What the changelog says of a version."""
    return "## " + next(part for part in changes.split("\n## ") if part.startswith(f"{version} "))


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotYetError(f"{' '.join(command[:3])}: {done.stderr or done.stdout}")
    return done.stdout


def main() -> int:
    """Release the checkout that this file lies in."""
    parser = argparse.ArgumentParser(prog="make release", usage="make release VERSION=1.2.3")
    parser.add_argument("version", nargs="?", default="")
    try:
        files = release(
            Path(__file__).parents[1], parser.parse_args().version, datetime.datetime.now().astimezone().date()
        )
    except NotYetError as why:
        print(f"Not released: {why}", file=sys.stderr)
        return 2
    print(*files, "Look at them; then: git push --follow-tags", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
