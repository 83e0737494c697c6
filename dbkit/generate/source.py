"""Source text as it is written: annotations, and where their names come from."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from dbkit.generate.names import Names

__all__ = ["Origins", "Source"]


class Origins:
    """Where the names of a module come from: what it imports, and what it defines itself."""

    def __init__(self, tree: ast.Module, module: str) -> None:
        self._own = module
        self._imports = {alias.asname or alias.name: (place, alias) for place, alias in self._imported(tree)}
        self._defined = {name for node in tree.body for name in _defined_by(node)}

    def add_to(self, names: Names, *nodes: ast.AST) -> None:
        """Import the names that these pieces of the module use."""
        for node in (each for piece in nodes for each in ast.walk(piece)):
            if not isinstance(node, ast.Name):
                continue
            if node.id in self._imports:
                module, alias = self._imports[node.id]
                names.add(module, alias.name if alias.asname is None else f"{alias.name} as {alias.asname}")
            elif node.id in self._defined:
                names.add(self._own, node.id)

    def _imported(self, tree: ast.Module) -> Iterator[tuple[str, ast.alias]]:
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                place = self._place(node)
                yield from ((place, alias) for alias in node.names)

    def _place(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parents = self._own.split(".")[: -node.level]
        return ".".join([*parents, *filter(None, [node.module])])


def _defined_by(node: ast.stmt) -> Iterable[str]:
    if isinstance(node, ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


class Source:
    """The source of a value: its fields' annotations as written."""

    def __init__(self, value: type) -> None:
        path = sys.modules[value.__module__].__file__
        assert path is not None
        tree = ast.parse(Path(path).read_text(encoding="utf-8"))
        self._origins = Origins(tree, value.__module__)
        bases = {each.__name__ for each in value.__mro__}
        self._annotations = {
            node.target.id: node.annotation
            for found in tree.body
            if isinstance(found, ast.ClassDef) and found.name in bases
            for node in found.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        }

    def annotation(self, field: str, names: Names) -> str:
        """Return a field's annotation as written, its names imported."""
        annotation = self._annotations[field]
        self._origins.add_to(names, annotation)
        return ast.unparse(annotation)
