"""What every pool is set to, and what is asked of its connections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

__all__ = ["ASK", "HOLD", "NOBODY", "Settings"]

NOBODY = "nobody"
"""The provider that is asked for; there is none."""

ASK: LiteralString = "SELECT * FROM providers WHERE slug = 'nobody'"
HOLD: LiteralString = "SELECT pg_sleep({})"


@dataclass(frozen=True)
class Settings:
    """How large a pool is, and how long and how many callers may wait, where it has a setting for that.

    A `waiting_max` of 0 is no limit.
    """

    url: str
    size_min: int = 4
    size_max: int = 4
    timeout_seconds: float = 2.0
    waiting_max: int = 0
