"""Mutants of a module's functions: one operator, constant or condition of each is another, or a predicate says no."""

import ast
import copy
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_ADDITIONS: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A function, and the expression in it that is another."""

    function: FunctionType
    module: ast.Module
    place: ast.expr
    changed: ast.expr

    def __str__(self) -> str:
        where = f"{self.function.__module__}:{self.place.lineno} {self.function.__qualname__}"
        return f"{where}: {ast.unparse(self.place)}  →  {ast.unparse(self.changed)}"

    def take_effect(self) -> None:
        """From now on the function does what the mutant does; in this process."""
        tree = _Replacing(self.place, self.changed).visit(copy.deepcopy(self.module))
        compiled = compile(ast.fix_missing_locations(tree), self.function.__code__.co_filename, "exec")
        self.function.__code__ = _code_of(compiled, self.function)


@dataclass(frozen=True, slots=True)
class Denial:
    """A predicate that says no to everything."""

    function: FunctionType

    def __str__(self) -> str:
        function = self.function
        return f"{function.__module__}:{function.__code__.co_firstlineno} {function.__qualname__}: return False"

    def take_effect(self) -> None:
        """From now on the function says no; in this process."""
        self.function.__code__ = _no.__code__


def _no(*_: object, **__: object) -> bool:
    return False


def mutants(name: str) -> Iterator[Mutant]:
    """All mutants of a module, or of the modules of a package."""
    for module in _modules(name):
        yield from _of_module(module)


def denials(name: str) -> Iterator[Denial]:
    """A mutant of each function of a module, or of the modules of a package, that says yes or no."""
    for module in _modules(name):
        yield from (Denial(one) for one in _functions(module) if one.__annotations__.get("return") in (bool, "bool"))


def _modules(name: str) -> list[ModuleType]:
    package = importlib.import_module(name)
    found = pkgutil.iter_modules(package.__path__, f"{name}.") if hasattr(package, "__path__") else ()
    return [package, *(importlib.import_module(one.name) for one in found if not one.ispkg)]


def _of_module(module: ModuleType) -> Iterator[Mutant]:
    tree = ast.parse(inspect.getsource(module))
    written = {
        (one.name, min([one.lineno, *(each.lineno for each in one.decorator_list)])): one
        for one in ast.walk(tree)
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    for function in _functions(module):
        code = function.__code__
        if node := written.get((code.co_name, code.co_firstlineno)):  # a lambda is not among them
            # In the body: what an argument is if it is not given is no part of a function's code.
            places = [one for line in node.body for one in ast.walk(line) if isinstance(one, ast.expr)]
            yield from (Mutant(function, tree, place, changed) for place in places for changed in _others(place))


def _functions(module: ModuleType) -> list[FunctionType]:
    """The module's own functions and methods, below what decorates them."""
    owners: list[Any] = [module, *(one for _, one in inspect.getmembers(module, inspect.isclass))]
    found: dict[int, FunctionType] = {}
    for member in (member for owner in owners for member in list(vars(owner).values())):
        function: Any = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        function = inspect.unwrap(getattr(function, "func", function)) if callable(function) else function
        written = isinstance(function, FunctionType) and function.__code__.co_filename == module.__file__
        if written and function.__module__ == module.__name__:
            found[id(function)] = function
    return sorted(found.values(), key=lambda one: one.__code__.co_firstlineno)


def _others(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in _COMPARISONS:
            yield ast.Compare(node.left, [_COMPARISONS[type(operator)]()], node.comparators)
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield ast.BoolOp(other, node.values)
            yield from (ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0] for rest in _all_but_one(node.values))
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.IfExp():
            yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.BinOp() if type(node.op) in _ADDITIONS:
            yield ast.BinOp(node.left, _ADDITIONS[type(node.op)](), node.right)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case _:
            return


def _all_but_one(values: list[ast.expr]) -> Iterator[list[ast.expr]]:
    for at in range(len(values)):
        yield values[:at] + values[at + 1 :]


class _Replacing(ast.NodeTransformer):
    def __init__(self, place: ast.expr, by: ast.expr) -> None:
        self._kind, self._place, self._by = type(place), _place(place), by

    def visit(self, node: ast.AST) -> Any:
        if type(node) is self._kind and _place(node) == self._place:
            return ast.copy_location(self._by, node)
        return self.generic_visit(node)


def _place(node: ast.AST) -> tuple[int, ...]:
    return tuple(getattr(node, name, -1) or -1 for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"))


def _code_of(compiled: CodeType, function: FunctionType) -> CodeType:
    """The function's code in a compiled module."""
    name, line = function.__code__.co_qualname, function.__code__.co_firstlineno
    waiting = [compiled]
    while waiting:
        one = waiting.pop()
        if (one.co_qualname, one.co_firstlineno) == (name, line):
            return one
        waiting += [each for each in one.co_consts if isinstance(each, CodeType)]
    raise LookupError(name)
