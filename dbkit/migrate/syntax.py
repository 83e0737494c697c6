"""Python files as trees."""

from __future__ import annotations

import ast
import threading
from functools import lru_cache
from pathlib import Path
from typing import Final

__all__ = ["parsed", "tree_of"]

# CPython 3.11 counts how deep it is in a tree for all threads together, and takes their sum for a fault of its own
# (SystemError: AST constructor recursion depth mismatch).
_ONE_AT_A_TIME: Final = threading.Lock()
_KEPT: Final = 512
"""How many trees are kept: a line's files are read several times over, and processes may begin with them read."""


def tree_of(path: Path) -> ast.Module:
    """Return the tree of a file. Raises `SyntaxError`, and `OSError` where it cannot be read."""
    return parsed(path.read_bytes(), path.name)


@lru_cache(_KEPT)
def parsed(source: str | bytes, name: str = "<unknown>") -> ast.Module:
    """Return the tree of a text, which nobody changes; `name` is what errors call it. Raises `SyntaxError`."""
    with _ONE_AT_A_TIME:
        return ast.parse(source, filename=name)
