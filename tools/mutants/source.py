"""A source file of the twin, as what can be changed in it."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

__all__ = ["AnyFunction", "Place", "Source"]

AnyFunction: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

_TOLD_NOTHING = (ast.Import, ast.ImportFrom, ast.Assert, ast.JoinedStr, ast.Pass, ast.Global, ast.Nonlocal)
_NAMES_WITHOUT_RULES = frozenset({"__all__", "__slots__"})


@dataclass(frozen=True)
class Place:
    """A node that may be changed, and where it stands.

    `path` are the names of the classes and functions around it, `function` is the innermost of them that is one.
    `anchor` runs where the node does: the innermost statement or lambda of a function; None for what runs at import.
    """

    node: ast.AST
    path: tuple[str, ...] = ()
    function: AnyFunction | None = None
    anchor: ast.AST | None = None

    def beside(self, node: ast.AST) -> Place:
        """Return the place of another node of the same statement."""
        return Place(node, self.path, self.function, self.anchor)


@dataclass(frozen=True)
class Source:
    """A Python file; its name is relative to the project."""

    name: str
    text: str

    @classmethod
    def read(cls, project: Path, path: Path) -> Source:
        """Read a file of the project."""
        return cls(str(path.relative_to(project)), path.read_text())

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @property
    def module(self) -> str:
        """The name that the file is imported by."""
        name = self.name.removesuffix(".py").replace("/", ".")
        return name.removesuffix(".__init__")

    def places(self) -> Iterator[Place]:
        """Yield each node that says what the code does: no annotations, docstrings, messages and imports."""
        for statement in self.tree.body:
            yield from _places(Place(statement))

    def knows(self, text: str) -> bool:
        """Tell whether the module has all names in an expression or statement: without one it could only crash."""
        return {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)} <= self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        nodes = [*ast.walk(self.tree)]
        read = {node.id for node in nodes if isinstance(node, ast.Name)}
        imported = {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
        return frozenset(
            read | imported | {node.arg for node in nodes if isinstance(node, ast.arg)} | set(dir(builtins))
        )

    def text_of(self, node: ast.AST) -> str:
        """Return the text of a node."""
        return ast.get_source_segment(self.text, node) or ""

    def line(self, number: int) -> str:
        """Return the text of a line, of which the first is 1."""
        return self.text.splitlines()[number - 1]

    def replaced(self, node: ast.AST, text: str) -> str:
        """Return the whole text with another one in a node's place."""
        start, end = self._span(node)
        held = self.text.encode()
        return (held[:start] + text.encode() + held[end:]).decode()

    def _span(self, node: ast.AST) -> tuple[int, int]:
        # Columns of the syntax tree count bytes.
        assert isinstance(node, ast.stmt | ast.expr)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        starts = self._starts
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line.encode()))
        return starts


def _places(place: Place) -> Iterator[Place]:
    node = place.node
    if _says_nothing(node):
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from _in_function(place, node)
        return
    if isinstance(node, ast.ClassDef):
        place = Place(node, (*place.path, node.name), place.function, place.anchor)
    yield place
    for child in _parts(node):
        yield from _places(_anchored(place, child))


def _in_function(place: Place, node: AnyFunction) -> Iterator[Place]:
    inside = Place(node, (*place.path, node.name), node, node.body[0])
    yield inside
    for part in (*node.args.defaults, *(each for each in node.args.kw_defaults if each is not None), *node.body):
        yield from _places(_anchored(inside, part))


def _anchored(place: Place, child: ast.AST) -> Place:
    anchors = isinstance(child, ast.Lambda) or (isinstance(child, ast.stmt) and place.function is not None)
    return Place(child, place.path, place.function, child if anchors else place.anchor)


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes below one that are run: no annotations, decorators and bases."""
    if isinstance(node, ast.ClassDef):
        yield from node.body
    elif isinstance(node, ast.AnnAssign):
        yield from () if node.value is None else (node.value,)
    else:
        yield from ast.iter_child_nodes(node)


def _says_nothing(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id in _NAMES_WITHOUT_RULES for target in node.targets)
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.annotation) == "TypeAlias"
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, _TOLD_NOTHING)
