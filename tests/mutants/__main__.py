"""Which changes of the source no test notices, in what decides: facts, who, dates, evidence, objections, gating.

    python -m tests.mutants [NAME …] [--each COUNT] [--denials]

NAME is a part, or a function: all mutants of that are tried.
Of each part COUNT mutants (40) are tried, the same at each run; `--each 0` tries all, which takes hours. Its own
tests are run for each, but for those that read whole corpora: they tell how much is right, the others why. It prints
the mutants that no test notices, and exits with 1 where there are any. With `--denials` the mutants are all functions
that say yes or no, and say no to everything.
"""

import argparse
import os
import random
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.mutants.making import Denial, Mutant, denials, mutants

_QUICK = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly"]
# A loop that a mutant never leaves is noticed too.
_LONGEST = 120  # seconds of a processor


@dataclass(frozen=True, slots=True)
class Part:
    """What is changed, and the tests that should notice."""

    modules: Sequence[str]
    tests: Sequence[str]


PARTS = {
    "facts": Part(["retrieval.facts"], ["tests/retrieval/facts", "--ignore=tests/retrieval/facts/test_given.py"]),
    "who": Part(["retrieval.who"], ["tests/retrieval/who", "--ignore=tests/retrieval/who/test_command.py"]),
    "dates": Part(
        ["retrieval.dates"],
        [
            "tests/retrieval/dates",
            "--ignore=tests/retrieval/dates/test_given_articles.py",
            "--ignore=tests/retrieval/dates/test_labelled_dates.py",
        ],
    ),
    "evidence": Part(["retrieval.evidence"], ["tests/retrieval/evidence"]),
    "objections": Part(["retrieval.ranking.objections"], ["tests/retrieval/ranking"]),
    "gating": Part(["bot.deciding.gating"], ["tests/bot/deciding/test_gating.py"]),
}


class _OnlyCollected:
    """Ends a run once the tests have been imported, before a server is started that children would take for theirs."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self) -> None:
        pytest.exit("imported", returncode=0)


def is_noticed(mutant: Mutant | Denial | None, tests: Sequence[str]) -> bool:
    """Whether the tests fail in a process in which the function has the mutant's code; with None, unchanged.

    Raises RuntimeError where they cannot be run.
    """
    child = os.fork()
    if not child:
        signal.setitimer(signal.ITIMER_PROF, _LONGEST)
        _hush()
        if mutant:
            mutant.take_effect()
        os._exit(pytest.main([*_QUICK, *tests]))
    _, status = os.waitpid(child, 0)
    ended = os.waitstatus_to_exitcode(status)  # below 0: by a signal, as where it has taken too long
    if ended > pytest.ExitCode.INTERRUPTED:  # which is so where tests cannot even be collected
        raise RuntimeError(f"pytest {pytest.ExitCode(ended).name.lower().replace('_', ' ')}: {mutant}")
    return ended != pytest.ExitCode.OK


def _prepare(tests: Sequence[str]) -> None:
    """Import the tests, so that no child has to. Raises RuntimeError where they fail as it is."""
    kept = os.dup(1), os.dup(2)
    _hush()
    pytest.main([*_QUICK, *tests], plugins=[_OnlyCollected()])
    os.dup2(kept[0], 1)
    os.dup2(kept[1], 2)
    if is_noticed(None, tests):
        raise RuntimeError(f"some of {' '.join(tests)} fail without any change")


def _hush() -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)


def main() -> int:
    """Tries the mutants of the parts that are named, or of all."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--denials", action="store_true", help="predicates that say no")
    given = parser.parse_args()
    missed, functions = 0, {*given.names} - {*PARTS}
    for name in PARTS if functions else given.names or PARTS:
        part = PARTS[name]
        made = denials if given.denials else mutants
        every: list[Mutant | Denial] = [one for module in part.modules for one in made(module)]
        if functions:
            every = chosen = [one for one in every if one.function.__name__ in functions]
        elif given.denials:
            chosen = every
        else:
            chosen = random.Random(name).sample(every, min(given.each or len(every), len(every)))  # noqa: S311
        if chosen:
            _prepare(part.tests)
        left = 0
        for one in chosen:
            if not is_noticed(one, part.tests):
                print(one, flush=True)  # noqa: T201 - at once: all of a part take hours
                left += 1
        print(f"{name}: {len(chosen)} of {len(every)} mutants tried, {left} not noticed", flush=True)  # noqa: T201
        missed += left
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
