"""What would fit: the largest size, or the most replicas, of each service, with the others as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dbkit.pool.excess import Finding, findings, peak
from dbkit.pool.fleet import Fleet, Service

__all__ = ["SIZED", "Fit", "fits_of", "with_advice"]

SIZED = ("connections", "cores", "memory")
"""What smaller pools help against."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The largest `size_max` and `replicas_max` of one service that fit; None where not even 1 does."""

    service: Service
    size_max: int | None
    replicas_max: int | None

    @property
    def helps(self) -> bool:
        """Whether this service can make room alone."""
        return self.size_max is not None or self.replicas_max is not None

    def __str__(self) -> str:
        ways = []
        if self.size_max is not None:
            ways.append(f"size_max {self.size_max} instead of {self.service.size_max}")
        if self.replicas_max is not None:
            ways.append(f"replicas_max {self.replicas_max} instead of {self.service.replicas_max}")
        return " or ".join(ways) or "nothing"


def fits_of(fleet: Fleet) -> tuple[Fit, ...]:
    """Return for each service what would fit, those that take most first."""
    taken = peak(fleet).connections
    return tuple(_fit(fleet, each) for each in sorted(fleet.services, key=lambda each: taken[each.name], reverse=True))


def _fit(fleet: Fleet, service: Service) -> Fit:
    def sized(size: int) -> Fleet:
        return fleet.with_service(replace(service, size_max=size))

    def replicated(count: int) -> Fleet:
        return fleet.with_service(replace(service, replicas_max=count))

    return Fit(service, _largest(service.size_max, sized), _largest(service.replicas_max, replicated))


def with_advice(fleet: Fleet, found: Sequence[Finding], fits: Sequence[Fit]) -> tuple[Finding, ...]:
    """Return the findings with the service that breaks it, and what would fit.

    The service is the one that takes most of those that can make room alone, else the one that takes most.
    """
    broken_by = next((fit for fit in fits if fit.helps), fits[0] if fits else None)
    if broken_by is None:
        return tuple(found)
    return tuple(_with_advice(fleet, finding, broken_by) if finding.code in SIZED else finding for finding in found)


def _with_advice(fleet: Fleet, finding: Finding, broken_by: Fit) -> Finding:
    name = broken_by.service.name
    own = f"Give {name} {broken_by}" if broken_by.helps else f"No service can make room alone. {_together(fleet)}"
    return replace(
        finding,
        what=f"{finding.what}; {name} {'breaks it' if broken_by.helps else 'takes most'}",
        advice=f"{own}; {_server(fleet, finding)}",
        services=(name,),
    )


def _together(fleet: Fleet) -> str:
    """Return the sizes that fit when all services give the same share of theirs."""
    for percent in range(99, 0, -1):
        sizes = {each.name: max(1, each.size_max * percent // 100) for each in fleet.services}
        smaller = replace(fleet, services=tuple(replace(each, size_max=sizes[each.name]) for each in fleet.services))
        if _fits(smaller):
            return f"Give all of them {percent} % of their size_max ({_listed(sizes)})"
    return "Pools of 1 would not fit either: plan fewer replicas or processes, or a pooler in between"


def _server(fleet: Fleet, finding: Finding) -> str:
    if finding.code == "connections":
        needed = fleet.server.max_connections + peak(fleet).total - fleet.available
        return f"or raise max_connections to {needed}, if cores and memory allow it (it takes a restart)."
    if finding.code == "cores":
        return "or put a pooler in between, or take more cores: more statements at a time make all of them slower."
    return "or lower work_mem, or take more memory."


def _largest(now: int, changed: Callable[[int], Fleet]) -> int | None:
    """Return the largest number below the present one with which the fleet fits: what fits stays so when it shrinks."""
    low, high = 0, now
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _fits(changed(middle)) else (low, middle)
    return low or None


def _fits(fleet: Fleet) -> bool:
    return not any(finding.code in SIZED for finding in findings(fleet))


def _listed(sizes: dict[str, int]) -> str:
    return ", ".join(f"{name} {size}" for name, size in sizes.items())
