"""Imports from where a project has its modules, for a block."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

__all__ = ["importing_from"]


@contextmanager
def importing_from(paths: Sequence[Path]) -> Iterator[None]:
    """Look for modules in these folders first, as Alembic's `prepend_sys_path` says."""
    before = list(sys.path)
    sys.path[:0] = map(str, paths)
    try:
        yield
    finally:
        sys.path[:] = before
