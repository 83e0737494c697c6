"""What clients do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Work"]


@dataclass(frozen=True, slots=True)
class Work:
    """Where clients work, in which tenant and on how many of its rows, which calls they make, and for how long."""

    url: str = field(repr=False)
    project_id: str
    mix: Mapping[str, int]
    seconds: float
    rows: int
