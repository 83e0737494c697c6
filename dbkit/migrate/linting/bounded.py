"""Run what may never end: in a thread of its own, for so many seconds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context

__all__ = ["ends_within"]


def ends_within(seconds: float, run: Callable[[], None]) -> bool:
    """Run a function and tell whether it ended in time; what it raises is raised here.

    One that has not ended is left alone: its thread does not keep the process from ending.
    """
    raised: list[BaseException] = []

    def body() -> None:
        try:
            run()
        except BaseException as error:  # noqa: BLE001 (raised again where it is waited for)
            raised.append(error)

    thread = threading.Thread(target=copy_context().run, args=(body,), daemon=True, name="dbkit-lint")
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    return not thread.is_alive()
