"""Compares committed files with what would be generated, both ways, and writes what differs."""

from __future__ import annotations

import ast
import difflib
import inspect
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

__all__ = ["GENERATED", "Comparison", "compared"]

GENERATED = "# Generated from "
"""How a generated file begins."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a folder lacks, has in another form, and has too much of what is generated into it.

    `foreign` are files in the way that do not say that they are generated: they are never written over nor removed.
    """

    root: Path
    stale: Mapping[Path, str]
    extra: tuple[Path, ...]
    foreign: tuple[Path, ...]

    @property
    def is_clean(self) -> bool:
        """Whether all is as it would be generated."""
        return not self.stale and not self.extra and not self.foreign

    def lines(self) -> list[str]:
        """Return what differs, for people: as differences of texts."""
        found = [line for path, text in self.stale.items() for line in self._difference(path, text)]
        return [*found, *(f"{self.name(path)}: nothing generates this file" for path in self.extra), *self.refusals()]

    def refusals(self) -> list[str]:
        """Return what writing leaves as it is."""
        return [f"{self.name(path)}: in the way, and not generated: move it elsewhere" for path in self.foreign]

    def name(self, path: Path) -> str:
        """Return a file's name as it is shown."""
        return path.relative_to(self.root).as_posix()

    def write(self) -> None:
        """Write what is stale or missing, and remove what is extra."""
        for path, text in self.stale.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for path in self.extra:
            path.unlink()

    def _difference(self, path: Path, text: str) -> list[str]:
        name = self.name(path)
        if not path.exists():
            return [f"--- {name}: missing"]
        committed = path.read_text(encoding="utf-8").splitlines()
        generated = f"{name} as generated"
        return list(difflib.unified_diff(committed, text.splitlines(), name, generated, lineterm=""))


def compared(root: Path, wanted: Mapping[Path, str], existing: Set[Path], *, by_meaning: bool = False) -> Comparison:
    """Compare what is wanted with what exists; `by_meaning` leaves the layout of code to whoever formats it."""
    differs = _differs_in_meaning if by_meaning else _differs
    stale = {path: text for path, text in wanted.items() if not path.exists() or differs(path, text)}
    foreign = {path for path in {*stale, *existing - set(wanted)} if path.exists() and _is_foreign(path)}
    extra = tuple(sorted(existing - set(wanted) - foreign))
    return Comparison(root, {path: stale[path] for path in stale if path not in foreign}, extra, tuple(sorted(foreign)))


def _is_foreign(path: Path) -> bool:
    """Tell whether a module says nothing of being generated; an empty one has nothing to lose."""
    text = path.read_text(encoding="utf-8")
    return path.suffix == ".py" and bool(text.strip()) and not text.startswith(GENERATED)


def _differs(path: Path, text: str) -> bool:
    return path.read_text(encoding="utf-8") != text


def _differs_in_meaning(path: Path, text: str) -> bool:
    committed = path.read_text(encoding="utf-8")
    if committed == text:
        return False
    try:
        return _meaning(committed) != _meaning(text)
    except SyntaxError:
        return True


def _meaning(text: str) -> tuple[list[str], str]:
    """Return the imports that a module uses, whatever their order, and the rest of its syntax tree."""
    tree = ast.parse(text)
    imports = [
        (node.module, alias) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    ]
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    needed = {f"{module}.{each.name}" for module, each in imports if (each.asname or each.name) in used}
    return sorted(needed), ast.dump(_WithoutLayout().visit(tree))


class _WithoutLayout(ast.NodeTransformer):
    """Takes out what a formatter may change: imports, which stand for themselves, and how text is indented."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        del node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant(inspect.cleandoc(node.value)) if isinstance(node.value, str) else node
