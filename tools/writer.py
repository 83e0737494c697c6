"""Where the project is, and how what its tools generate is written or checked."""

from __future__ import annotations

import sys
from pathlib import Path

from dbkit.generate.comparing import Comparison

__all__ = ["PROJECT", "finish"]

PROJECT = Path(__file__).resolve().parent.parent


def finish(comparison: Comparison, *, check: bool) -> int:
    """Write what differs; or, checking, show it. Return the exit code."""
    if not check:
        comparison.write()
    shown = comparison.lines() if check else comparison.refusals()
    sys.stdout.writelines(f"{line}\n" for line in shown)
    return 1 if shown else 0
