"""Cores: the client and the server get cores of their own.

Where both may share a core, the system now and then runs them in turns on the same one, which
saves waking up another: a round trip then takes a fifth of its time, for whichever way it happens
to. Apart, as they are in production, each round trip costs the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["kept_apart"]


@contextmanager
def kept_apart(backend_pid: int) -> Iterator[bool]:
    """Give this process half of its cores and the server the others; tell whether the system let us."""
    postmaster = _parent_of(backend_pid)
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    if postmaster is None or len(cores) < 2:
        yield False
        return
    half = len(cores) // 2
    try:
        # The server's later connections are its children, and inherit this.
        os.sched_setaffinity(postmaster, cores[half:])
    except PermissionError:
        yield False
        return
    os.sched_setaffinity(0, cores[:half])
    try:
        yield True
    finally:
        os.sched_setaffinity(0, cores)


def _parent_of(pid: int) -> int | None:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("PPid:"))
