"""Which line of somebody else's code called dbkit."""

from __future__ import annotations

import os
import sys
from types import CodeType, FrameType
from typing import NamedTuple

__all__ = ["Line", "calling_line"]

_INSIDE = ("dbkit.", "psycopg.", "psycopg_pool.", "sqlalchemy.")
"""Packages whose frames are no callers; `contextlib` is another."""


class Line(NamedTuple):
    """A line of code, cheap to keep: it is put into words where somebody asks."""

    code: CodeType
    number: int

    def __str__(self) -> str:
        """Return file, line and function; the file from the current folder on, where it lies in there."""
        folder = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 (text to compare with, at each query of a test)
        return f"{self.code.co_filename.removeprefix(folder)}:{self.number} in {self.code.co_qualname}"


def calling_line() -> Line | None:
    """Return the innermost line that is not dbkit's, nor its libraries'; None in a task or thread of dbkit's alone."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 (the only door to them)
    greenlets = sys.modules.get("greenlet")
    greenlet = None if greenlets is None else greenlets.getcurrent()
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if not name.startswith(_INSIDE) and name != "contextlib":
            return None if name.startswith("asyncio.") else Line(frame.f_code, frame.f_lineno)
        frame = frame.f_back
        # SQLAlchemy's async side runs its sync one in greenlets, whose frames end where the greenlet begins.
        while frame is None and greenlet is not None:
            greenlet = greenlet.parent
            frame = None if greenlet is None else greenlet.gr_frame
    return None
