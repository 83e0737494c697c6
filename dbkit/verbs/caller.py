"""Which line of somebody else's code called dbkit."""

from __future__ import annotations

import os
import sys
from types import CodeType, FrameType
from typing import Any, TypeAlias

__all__ = ["Line", "calling_line", "told_line"]

Line: TypeAlias = tuple[CodeType, int]
"""A line of code, cheap to keep: it is put into words where somebody asks."""

_INSIDE = ("dbkit.", "psycopg.", "psycopg_pool.", "sqlalchemy.")
"""Packages whose frames are no callers; `contextlib` is another."""


def calling_line() -> Line | None:
    """Return the innermost line that is not dbkit's, nor its libraries'; None in a task or thread of dbkit's alone.

    To be called by a function of dbkit's.
    """
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001 (the only door to them)
    greenlet: Any = None
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if not name.startswith(_INSIDE) and name != "contextlib":
            return None if name.startswith("asyncio.") else (frame.f_code, frame.f_lineno)
        frame = frame.f_back
        # SQLAlchemy's async side runs its sync one in greenlets, whose frames end where the greenlet begins.
        while frame is None and (greenlet := _parent_of(greenlet)) is not None:
            frame = greenlet.gr_frame
    return None


def told_line(line: Line | None) -> str:
    """Return file, line and function in words; the file from the current folder on, where it lies in there."""
    if line is None:
        return "a task or thread that only calls dbkit"
    code, number = line
    folder = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 (text to compare with, at each query of a test)
    return f"{code.co_filename.removeprefix(folder)}:{number} in {code.co_qualname}"


def _parent_of(greenlet: Any) -> Any:
    """Return the greenlet from which another one (None: the one that runs) was switched to, None beyond the first."""
    greenlets = sys.modules.get("greenlet")
    if greenlets is None:
        return None
    return (greenlets.getcurrent() if greenlet is None else greenlet).parent
