"""Profiles for people, and for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dbkit.pool.profile import PoolProfile
from dbkit.pool.tables import table

__all__ = ["profile_json", "profile_lines", "table_lines"]

_COLUMNS = {
    "min": "size_min",
    "max": "size_max",
    "waiting": "waiting_max",
    "wait": "timeout_seconds",
    "idle": "idle_seconds",
    "lifetime": "lifetime_seconds",
    "lock": "lock_timeout_seconds",
    "statement": "statement_timeout_seconds",
    "idle in tx": "idle_in_transaction_seconds",
    "deadline": "deadline_seconds",
    "request": "request_deadline_seconds",
    "prepared": "prepared_statements",
}


def profile_lines(profile: PoolProfile) -> Iterator[str]:
    """Yield each figure with its reason and with where it comes from."""
    yield profile.name
    width = max(map(len, profile.stated))
    for figure, stated in profile.stated.items():
        value = _shown(getattr(profile.figures, figure))
        yield f"{figure.ljust(width)}  {value:<10}  {stated.reason}  [{stated.source}]"


def table_lines(profiles: Sequence[PoolProfile]) -> Iterator[str]:
    """Yield the figures that differ most between services, a line for each; times are in seconds."""
    rows = [[profiles[0].environment, *_COLUMNS]]
    for profile in profiles:
        values = (_shown(getattr(profile.figures, figure)) for figure in _COLUMNS.values())
        rows.append(["+".join(profile.services), *values])
    yield from table(rows)


def profile_json(profile: PoolProfile) -> dict[str, Any]:
    """Return a profile as JSON has it."""
    return {
        "environment": profile.environment,
        "services": list(profile.services),
        "figures": {
            figure: {"value": getattr(profile.figures, figure), "source": stated.source, "reason": stated.reason}
            for figure, stated in profile.stated.items()
        },
    }


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else str(value)
