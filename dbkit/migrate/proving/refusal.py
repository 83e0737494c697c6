"""Why a check did not come to its end."""

from __future__ import annotations

__all__ = ["CouldNotRun"]


class CouldNotRun(Exception):
    """A check could not be run to its end, and the message says why: it is no pass, and no fault that was found."""
