"""The project's own files, as the architecture tests look at them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

_CODE = ("dbkit", "tools", "tests", "benchmarks", "examples")
_PROSE = ("*.md", "docs/**/*.md", "tests/**/*.md", "changelog.d/*", "Makefile", "pyproject.toml", ".ci/*")
_GENERATED = "# Generated from "


@dataclass(frozen=True)
class Source:
    """A Python file."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(PROJECT))

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @property
    def is_generated(self) -> bool:
        return self.text.startswith(_GENERATED)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def functions(self) -> Iterator[tuple[str, int]]:
        """Yield each function's place and its number of lines, decorators left out."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{self.name}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def sources(*folders: str) -> list[Source]:
    """Return the Python files below these folders of the project, or all of them."""
    return [Source(path) for folder in folders or _CODE for path in sorted((PROJECT / folder).rglob("*.py"))]


def documents() -> list[Path]:
    """Return the files that people read."""
    return sorted({path for pattern in _PROSE for path in PROJECT.glob(pattern) if path.is_file()})
