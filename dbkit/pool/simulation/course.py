"""What may happen in a run."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Course"]


class Course(StrEnum):
    """What happens in a run: nothing, a rollout of all services, or the server being away."""

    STEADY = "steady"
    ROLLOUT = "rollout"
    OUTAGE = "outage"
