"""One pool for several services of a process: the figures of all of them, as one profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dbkit.pool.figures import PoolFigures
from dbkit.pool.profile import PoolProfile, made
from dbkit.pool.stated import Scalar, Stated

__all__ = ["shared"]


def shared(profiles: Sequence[PoolProfile]) -> PoolProfile:
    """Return the profile of one pool that serves all of these, of one environment; of one, that one.

    Sizes add up, but those that are a process's stay what they are. Limits are those of the most
    patient service, so that nobody's statement is cut short for a neighbour's sake; what is waited
    for a connection, and what renews or checks it, follows the strictest.
    """
    if len(profiles) == 1:
        return profiles[0]
    services = tuple(service for profile in profiles for service in profile.services)
    stated = {figure: _shared(figure, profiles) for figure in PoolFigures.model_fields}
    return made(profiles[0].environment, services, stated)


def _longest(values: Sequence[float]) -> float:
    """Return the longest limit, 0 being none."""
    return max(values) if all(values) else 0


def _soonest(values: Sequence[float]) -> float:
    """Return the shortest limit, 0 being none."""
    return min((value for value in values if value), default=0)


def _size_per(values: Sequence[str]) -> str:
    """Return whose the shared size is: a process's only where all of them are."""
    return "process" if set(values) == {"process"} else "service"


_WAYS: Mapping[str, Callable[[Sequence[Any]], Scalar]] = {
    "size_per": _size_per,
    "timeout_seconds": min,
    "idle_seconds": min,
    "lifetime_seconds": min,
    "lifetime_spread_percent": max,
    "connect_timeout_seconds": min,
    "tcp_user_timeout_seconds": min,
    "keepalives_idle_seconds": min,
    "keepalives_interval_seconds": min,
    "keepalives_count": min,
    "lock_timeout_seconds": _longest,
    "statement_timeout_seconds": _longest,
    "idle_in_transaction_seconds": _longest,
    "think_seconds": max,
    "client_check_seconds": _soonest,
    "deadline_seconds": _longest,
    "request_deadline_seconds": _longest,
    "prepared_statements": all,
    "read_only": all,
}


def _shared(figure: str, profiles: Sequence[PoolProfile]) -> Stated:
    if figure in ("size_min", "size_max", "waiting_max"):
        return _sum(figure, profiles)
    if figure == "target_session_attrs":
        # Where one of them writes, its connections lead to a server that takes writes.
        return next((each for each in profiles if not each.figures.read_only), profiles[0]).stated[figure]
    value = _WAYS[figure]([profile.stated[figure].value for profile in profiles])
    chosen = next(profile for profile in profiles if profile.stated[figure].value == value)
    stated = chosen.stated[figure]
    if all(profile.stated[figure].value == value for profile in profiles):
        return stated
    return Stated(value, stated.source, f"of {', '.join(chosen.services)}: {stated.reason}")


def _sum(figure: str, profiles: Sequence[PoolProfile]) -> Stated:
    added = [profile for profile in profiles if profile.figures.size_per == "service"]
    once = [profile for profile in profiles if profile.figures.size_per == "process"]
    # Of those that are for the whole process, the largest stands for all.
    parts = [*added, *sorted(once, key=lambda profile: int(getattr(profile.figures, figure)))[-1:]]
    if len(parts) == 1:
        return parts[0].stated[figure]
    values = {profile.services[0]: int(getattr(profile.figures, figure)) for profile in parts}
    shown = " + ".join(f"{value} of {service}" for service, value in values.items())
    return Stated(sum(values.values()), "the services of this process", f"they share one pool: {shown}")
