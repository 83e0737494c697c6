"""The operations of an entity as its interface's source shows them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

__all__ = ["Method", "Parameter", "methods_of"]

_MANY = ("Iterable", "Sequence")


@dataclass(frozen=True)
class Parameter:
    """A parameter: its name, type and default as written, and whether it is given by name only."""

    name: str
    annotation: str
    default: str | None
    by_name: bool

    @property
    def recorded(self) -> str:
        """The type of what a mock keeps and hands on: where a call gives several values, a tuple of them."""
        container, bracket, items = self.annotation.partition("[")
        return f"tuple[{items.removesuffix(']')}, ...]" if bracket and container in _MANY else self.annotation


@dataclass(frozen=True)
class Method:
    """An operation, with its overloads: `nodes` has one of each, all with the same parameters."""

    nodes: tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]

    @property
    def name(self) -> str:
        """The operation's name."""
        return self.nodes[0].name

    @property
    def camel(self) -> str:
        """The name as a part of a class's name."""
        return "".join(word.capitalize() for word in self.name.split("_"))

    @property
    def documentation(self) -> str:
        """The docstring."""
        return ast.get_docstring(self.nodes[0]) or ""

    @property
    def is_async(self) -> bool:
        """Whether it is awaited."""
        return isinstance(self.nodes[0], ast.AsyncFunctionDef)

    @cached_property
    def result(self) -> str:
        """What it returns, whatever the overload."""
        return _either([ast.unparse(node.returns) for node in self.nodes if node.returns is not None])

    @property
    def yielded(self) -> str | None:
        """What it yields one by one, or None where it returns its result at once."""
        container, _, items = self.result.partition("[")
        return items.removesuffix("]") if container == "AsyncIterator" else None

    @property
    def entered(self) -> str | None:
        """What the block of the context manager that it returns is given, or None where it returns something else."""
        container, _, given = self.result.partition("[")
        return given.removesuffix("]") if container == "AbstractAsyncContextManager" else None

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters, without `self` and without the changes of an update."""
        several = zip(*(list(_parameters(node)) for node in self.nodes), strict=True)
        return tuple(
            Parameter(each[0].name, _either([one.annotation for one in each]), _default(each), each[0].by_name)
            for each in several
        )

    @property
    def changes(self) -> str | None:
        """The type of the changes that an update takes by name, if any."""
        rest = self.nodes[0].args.kwarg
        text = "" if rest is None or rest.annotation is None else ast.unparse(rest.annotation)
        return text.removeprefix("Unpack[").removesuffix("]") if text.startswith("Unpack[") else None

    @property
    def is_open(self) -> bool:
        """Whether it takes any number of arguments, whose types nobody can tell one by one."""
        arguments = self.nodes[0].args
        return arguments.vararg is not None or (arguments.kwarg is not None and self.changes is None)


def methods_of(interface: str) -> list[Method]:
    """Return the operations of all protocols in a module's text, in order; of one that is in two, the second."""
    found: dict[str, Method] = {}
    for protocol in ast.parse(interface).body:
        if isinstance(protocol, ast.ClassDef):
            functions = [node for node in protocol.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
            found |= {name: Method(tuple(nodes)) for name, nodes in groupby(functions, key=lambda node: node.name)}
    return list(found.values())


def _parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Parameter]:
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [*[None] * (len(positional) - len(arguments.defaults)), *arguments.defaults]
    for argument, default in list(zip(positional, defaults, strict=True))[1:]:
        yield _parameter(argument, default, by_name=False)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield _parameter(argument, default, by_name=True)


def _parameter(argument: ast.arg, default: ast.expr | None, *, by_name: bool) -> Parameter:
    annotation = "object" if argument.annotation is None else ast.unparse(argument.annotation)
    return Parameter(argument.arg, annotation, None if default is None else ast.unparse(default), by_name)


def _default(overloads: tuple[Parameter, ...]) -> str | None:
    return next((each.default for each in overloads if each.default is not None), None)


def _either(types: list[str]) -> str:
    """Return the type of one or the other; of both truth values, or of one beside both, `bool`."""
    distinct = list(dict.fromkeys(part for each in types for part in _parts(ast.parse(each, mode="eval").body)))
    truths = {"Literal[True]", "Literal[False]"}
    if "bool" in distinct or truths.issubset(distinct):
        distinct = ["bool", *(part for part in distinct if part not in {"bool", *truths})]
    return " | ".join(distinct)


def _parts(annotation: ast.expr) -> list[str]:
    """Return the members of a union."""
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        return [*_parts(annotation.left), *_parts(annotation.right)]
    return [ast.unparse(annotation)]
