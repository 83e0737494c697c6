"""Waiting, where the colours differ by more than a rename."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from benchmarks.pool.orders import Inbox

__all__ = ["async_next_order", "async_pause", "next_order", "pause"]


async def async_pause(seconds: float) -> None:
    """Wait, and let the other callers go on."""
    await asyncio.sleep(seconds)


def pause(seconds: float) -> None:
    """Wait, and let the other callers go on."""
    time.sleep(seconds)


async def async_next_order(inbox: Inbox) -> dict[str, Any] | None:
    """Return the next order, or None at the end; what the pool does in the background goes on meanwhile."""
    return await asyncio.to_thread(inbox.orders.get)


def next_order(inbox: Inbox) -> dict[str, Any] | None:
    """Return the next order, or None at the end."""
    return inbox.orders.get()
