"""Row locks as callers ask for them, checked before a backend sees them."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from dbkit.types.errors import ValueInvalid
from dbkit.types.lock import LockStrength

__all__ = ["LOCK_STRENGTHS", "LockWait", "require_strength", "wait_of"]

LockWait: TypeAlias = Literal["wait", "nowait", "skip locked"]
"""What to do about a row that another transaction holds: wait for it, fail at once, or leave the row out."""

LOCK_STRENGTHS: tuple[LockStrength, ...] = get_args(LockStrength)


def require_strength(strength: LockStrength, entity: str) -> None:
    """Raise `ValueInvalid` where there is no such strength."""
    if strength not in LOCK_STRENGTHS:
        raise ValueInvalid(
            f"there is no lock strength {strength!r}",
            entity=entity,
            fields=("strength",),
            advice=f"Lock strengths: {', '.join(LOCK_STRENGTHS)}.",
        )


def wait_of(entity: str, *, nowait: bool, skip_locked: bool) -> LockWait:
    """Return what a call wants of a row that another transaction holds, or raise `ValueInvalid`."""
    if not skip_locked:
        return "nowait" if nowait else "wait"
    if nowait:
        raise ValueInvalid(
            "nowait and skip_locked exclude each other",
            entity=entity,
            fields=("nowait", "skip_locked"),
            advice="With nowait a row that is held is an error, with skip_locked it is None: choose one.",
        )
    return "skip locked"
