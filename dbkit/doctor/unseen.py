"""What could not be looked at, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

__all__ = ["NotChecked", "Unseen", "seen"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unseen:
    """Facts that the server did not give; `reason` says what they need."""

    reason: str


class NotChecked(Exception):
    """A check could not look at something. What it found before stays found."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def seen(facts: T | Unseen) -> T:
    """Return the facts; raise `NotChecked` where there are none."""
    if isinstance(facts, Unseen):
        raise NotChecked(facts.reason)
    return facts
