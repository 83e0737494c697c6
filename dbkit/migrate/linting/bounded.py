"""Run what may never end: in a thread of its own, for so many seconds."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from typing import Final

__all__ = ["SECONDS_MAX", "ends_within"]

SECONDS_MAX: Final = 60.0
"""How long a statement may take on a scratch server, unless said."""


def ends_within(seconds: float, run: Callable[[], None], since: Callable[[], float] | None = None) -> bool:
    """Run a function and tell whether it ended in time; what it raises is raised here.

    Where it does several things, one after the other, `since` tells by `time.monotonic` when the last of them has
    begun: each has this time. One that has not ended is left alone: its thread does not keep the process from ending,
    and ends at its next step in Python.
    """
    raised: list[BaseException] = []

    def body() -> None:
        try:
            run()
        except BaseException as error:  # noqa: BLE001 (raised again where it is waited for)
            raised.append(error)

    thread = threading.Thread(target=copy_context().run, args=(body,), daemon=True, name="dbkit-scratch")
    started = time.monotonic()
    thread.start()
    while thread.is_alive() and (left := (since() if since else started) + seconds - time.monotonic()) > 0:
        thread.join(left)
    if raised:
        raise raised[0]
    is_over = not thread.is_alive()
    if not is_over:
        _abandon(thread)
    return is_over


class _Abandoned(BaseException):
    """Nobody waits for what this thread does."""


def _abandon(thread: threading.Thread) -> None:
    """Have a thread raise, when it runs Python again: a loop would go on for ever, and keep what it has locked."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_Abandoned))
