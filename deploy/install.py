"""python deploy/install.py REQUIREMENT …: pip, which says in one line how far it is, where a terminal shows it.

pip itself is either silent for a minute or tells of each of seventy packages. It runs before anything is installed, so
it needs Python alone.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator

_PIP = (
    "-m",
    "pip",
    "install",
    "--disable-pip-version-check",
    "--progress-bar",
    "off",
    "--constraint",
    "constraints.txt",
)
_FOUND = re.compile(r"Collecting (?P<name>[\w.-]+)|Requirement already satisfied: (?P<had>[\w.-]+)")
_INSTALLING = re.compile(r"Installing collected packages: (?P<names>.+)")


def progress(lines: Iterable[str]) -> Iterator[str]:
    """How far pip is, by each line of its output that tells it."""
    found = 0
    for line in lines:
        if told := _FOUND.match(line):
            found += 1
            yield f"fetching packages: {found}, {told['name'] or told['had']}"
        elif told := _INSTALLING.match(line):
            yield f"unpacking {told['names'].count(',') + 1} packages (half a minute)"


def main() -> int:
    """Installs what the arguments name; gives pip's exit status. What went wrong it says itself, on standard error."""
    shown = sys.stdout.isatty()
    with subprocess.Popen([sys.executable, *_PIP, *sys.argv[1:]], stdout=subprocess.PIPE, text=True) as pip:
        assert pip.stdout is not None  # noqa: S101 - a pipe
        for told in progress(pip.stdout):
            if shown:
                print(f"\r\x1b[K  {told}", end="", flush=True)
    if shown:
        print("\r\x1b[K", end="", flush=True)
    return pip.returncode


if __name__ == "__main__":
    sys.exit(main())
