"""The clock of values: the time of what a caller stores without saying when it was."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["now"]


def now() -> datetime:
    """Return the machine's time in UTC, for a value's `default_factory`.

    A caller with a clock of its own gives the time instead.
    """
    return datetime.now(UTC)
