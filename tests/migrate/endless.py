"""A revision of Python that never ends by itself, and the test that ends it when nobody waits for it any more."""

from __future__ import annotations

import threading

__all__ = ["ENDLESS", "released", "wait"]

ENDLESS = ">__import__('tests.migrate.endless', fromlist=['wait']).wait()"
"""As `LineFolder.add` takes it."""

released = threading.Event()


def wait() -> None:
    """Wait for the test's end."""
    released.wait()
