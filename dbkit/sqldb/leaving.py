"""A process that is told to end gives its idle connections back at once, while its work goes on.

Until it ends it would keep connections that its successor needs. What it still does opens one when it
needs one.
"""

from __future__ import annotations

import _thread
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

__all__ = ["give_idle_back", "leave_with"]

SWITCH = "DBKIT_SIGTERM"
"""The variable that, set to `ignore`, leaves SIGTERM alone: the service calls `give_idle_back` itself, or does not."""


class _Leavers:
    """The open pools of this process, and how each of them is told."""

    def __init__(self) -> None:
        self._forget()
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._tellers: WeakKeyDictionary[Any, Callable[[], None]] = WeakKeyDictionary()

    def add(self, pool: Any, teller: Callable[[], None]) -> None:
        with self._lock:
            self._tellers[pool] = teller

    def tell(self) -> None:
        with self._lock:
            tellers = list(self._tellers.values())
        for teller in tellers:
            teller()


_leavers = _Leavers()


def give_idle_back() -> None:
    """Have the idle connections of all databases of this process closed, and none kept idle from now on.

    Work goes on: who needs a connection still gets one. Returns at once and may be called in a signal
    handler; what is idle is closed a moment later, by another thread. SIGTERM calls it by itself where the
    process had a handler of its own for that signal, in Python, when the main thread opened a database.
    """
    # Where this is a handler, it may have interrupted the pool itself, with its lock held: another thread can wait
    # for that. Starting one by this door takes no lock of Python's own.
    with suppress(RuntimeError):
        _thread.start_new_thread(_leavers.tell, ())


def leave_with(pool: Any, teller: Callable[[], None]) -> None:
    """Have `teller` called when idle connections are to be given back, as long as the pool is there."""
    _leavers.add(pool, teller)
    if os.environ.get(SWITCH) != "ignore" and threading.current_thread() is threading.main_thread():
        _chain()


def _chain() -> None:
    """Go before the process's own handler of SIGTERM, where it has one.

    Without one the signal ends the process at once, and its connections with it.
    """
    before = signal.getsignal(signal.SIGTERM)
    if not callable(before) or isinstance(before, _Chained):
        return
    signal.signal(signal.SIGTERM, _Chained(before))
    if getattr(before, "__module__", "").startswith("asyncio."):
        # An event loop that handles the signal has asked for this, and signal.signal() takes it back.
        signal.siginterrupt(signal.SIGTERM, False)  # noqa: FBT003 - it takes no name


class _Chained:
    """A handler that goes before another one."""

    def __init__(self, before: Callable[[int, FrameType | None], Any]) -> None:
        self._before = before

    def __call__(self, number: int, frame: FrameType | None) -> Any:
        give_idle_back()
        return self._before(number, frame)
