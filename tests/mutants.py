"""Mutants of `retrieval/facts`: each of its predicates made to say always no, or always yes, has to fail a test.

    python -m tests.mutants [NAME …]

Not part of `make test`: it runs the tests of the package once for each mutant, some ten minutes in all. It prints the
mutants that no test notices, and exits with their number.
"""

import importlib
import inspect
import os
import pkgutil
import signal
import sys
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import pytest

import retrieval.facts

_TESTS = "tests/retrieval/facts"
# These read whole corpora: they tell how much is right, the others why.
_QUICK = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", f"--ignore={_TESTS}/test_given.py", _TESTS]
# A loop that a mutant never leaves is noticed too.
_LONGEST = 60  # seconds

_ALWAYS: dict[bool, Callable[..., bool]] = {False: lambda *_, **__: False, True: lambda *_, **__: True}


def predicates() -> Iterator[FunctionType]:
    """The functions, methods and properties of the package that are annotated to return a bool."""
    for found in pkgutil.iter_modules(retrieval.facts.__path__, "retrieval.facts."):
        module = importlib.import_module(found.name)
        owners: list[Any] = [module, *(one for _, one in inspect.getmembers(module, inspect.isclass))]
        for owner in owners:
            for member in list(vars(owner).values()):
                function: Any = member.fget if isinstance(member, property) else member
                own = isinstance(function, FunctionType) and function.__module__ == found.name
                if own and inspect.signature(function).return_annotation in (bool, "bool"):
                    yield function


def is_noticed(function: FunctionType, value: bool) -> bool:
    """Whether the tests fail in a process in which the predicate always says so."""
    child = os.fork()
    if not child:
        signal.alarm(_LONGEST)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        function.__code__ = _ALWAYS[value].__code__
        os._exit(int(pytest.main(_QUICK) == pytest.ExitCode.OK))
    _, status = os.waitpid(child, 0)
    return not (os.WIFEXITED(status) and os.WEXITSTATUS(status) == 1)


def main(names: list[str]) -> int:
    """Tries all mutants, or those of the functions named."""
    tried = missed = 0
    for function in {one.__qualname__ + one.__module__: one for one in predicates()}.values():
        for value in _ALWAYS if not names or function.__name__ in names else ():
            tried += 1
            if not is_noticed(function, value):
                missed += 1
                print(f"{function.__module__}.{function.__qualname__} always {value}", flush=True)  # noqa: T201
    print(f"{tried} mutants, {missed} not noticed")  # noqa: T201
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
