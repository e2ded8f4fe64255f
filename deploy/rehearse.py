"""Carry out what deploy/Dockerfile says without Docker, in a folder that is gone afterwards: build and install the
wheel in an empty virtual environment, answer there, become healthy, stop.

    python deploy/rehearse.py       # in the checkout; a minute or two, most of it downloads

Exit status: 0 where all went as it should.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "Thứ trưởng nào phát biểu dẫn đề hội nghị?"  # of the samples
PATIENCE = 120.0  # seconds until it is healthy


@dataclass(frozen=True)
class Recipe:
    """The instructions of the Dockerfile: of the stage that builds, and of that which runs."""

    build: list[tuple[str, str]]
    run: list[tuple[str, str]]

    @classmethod
    def read(cls, path: Path) -> "Recipe":
        """Instructions with their arguments, lines joined, comments left out."""
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
        parted = [line.partition(" ") for line in joined.splitlines() if line.strip()]
        found = [(name, rest.strip()) for name, _, rest in parted]
        second = [number for number, (name, _) in enumerate(found) if name == "FROM"][1]
        return cls(found[1:second], found[second + 1 :])

    def environment(self) -> dict[str, str]:
        """What ENV sets."""
        pairs = (pair.split("=", 1) for name, rest in self.run if name == "ENV" for pair in shlex.split(rest))
        return {name: value for name, value in pairs if name != "PATH"}

    def health_check(self) -> list[str]:
        """The command of HEALTHCHECK."""
        rest = next(rest for name, rest in self.run if name == "HEALTHCHECK")
        command: list[str] = shlex.split(rest.split("CMD", 1)[1].strip(" []").replace('", "', '" "'))
        return command


def main() -> None:
    """All of it; a step that fails ends the program with an error."""
    recipe = Recipe.read(ROOT / "deploy" / "Dockerfile")
    with tempfile.TemporaryDirectory() as folder:
        source, venv, data = (Path(folder, name) for name in ("src", "venv", "data"))
        source.mkdir()
        data.mkdir()
        build(recipe, source, venv)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("TRICH_", "TELEGRAM_"))},
            **recipe.environment(),
            "PATH": f"{venv / 'bin'}{os.pathsep}{os.environ['PATH']}",
        }
        answer(data, environment)
        become_healthy(recipe, data, environment)
    print("All went as the Dockerfile says.")


def build(recipe: Recipe, source: Path, venv: Path) -> None:
    """COPY and RUN of the first stage, with other folders in the place of /src and /opt/trich."""
    for name, rest in recipe.build:
        if name == "COPY":
            *copied, target = rest.split()
            for each in copied:
                copy(ROOT / each, source / target / (Path(each).name if target.endswith("/") else ""))
        elif name == "RUN":
            command = rest.replace("/opt/trich", str(venv)).replace("/src", str(source))
            print(f"+ {rest}")
            subprocess.run(command.replace("python ", f"{sys.executable} ", 1), shell=True, cwd=source, check=True)


def copy(path: Path, target: Path) -> None:
    """A file or a folder, without what .dockerignore leaves out."""
    if path.is_dir():
        shutil.copytree(path, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(path, target)


def answer(data: Path, environment: dict[str, str]) -> None:
    """The commands work outside of the checkout, and the terminal chat answers."""
    for arguments in (["--version"], ["doctor", "--offline"]):
        print(f"+ trich {' '.join(arguments)}")
        subprocess.run(["trich", *arguments], cwd=data, env=environment, check=True)
    print(f"+ trich chat <<< '{QUESTION}'")
    done = subprocess.run(
        ["trich", "chat"],
        input=f"{QUESTION}\n",
        capture_output=True,
        text=True,
        cwd=data,
        env=environment,
        check=True,
    )
    if "│ " not in done.stdout:
        sys.exit(f"trich chat did not answer:\n{done.stdout}{done.stderr}")
    print(done.stdout)


def become_healthy(recipe: Recipe, data: Path, environment: dict[str, str]) -> None:
    """`trich run` until the health check is green, and a stop that ends well."""
    print("+ trich run, HEALTHCHECK, SIGTERM")
    with subprocess.Popen(["trich", "run"], cwd=data, env=environment) as program:
        try:
            deadline = time.monotonic() + PATIENCE
            while subprocess.run(recipe.health_check(), env=environment, capture_output=True, check=False).returncode:
                if program.poll() is not None or time.monotonic() > deadline:
                    sys.exit("trich run did not become healthy")
                time.sleep(0.5)
            program.send_signal(signal.SIGTERM)
            if status := program.wait(timeout=30):
                sys.exit(f"trich run ended with {status}")
        finally:
            program.kill()


if __name__ == "__main__":
    main()
