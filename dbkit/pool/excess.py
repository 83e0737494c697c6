"""What of a fleet does not fit its server: connections, limits of roles, cores, memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dbkit.pool.counting import Scenario, scenarios
from dbkit.pool.fleet import Fleet

__all__ = ["Finding", "Memory", "findings", "memory", "peak", "peak_by_role", "services_by_role"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit: a stable code, what it is, what to change, and whose it is."""

    code: str
    what: str
    advice: str = ""
    services: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.what}. {self.advice}"


@dataclass(frozen=True, slots=True)
class Memory:
    """What a server's memory goes to, in GiB, while as many statements run as serve it best."""

    sessions_gib: float
    work_gib: float
    shared_gib: float

    @property
    def total_gib(self) -> float:
        """All of it."""
        return self.sessions_gib + self.work_gib + self.shared_gib


def findings(fleet: Fleet) -> tuple[Finding, ...]:
    """Return what does not fit: connections, limits of roles, cores, memory."""
    return (*_connections(fleet), *_limits(fleet), *_cores(fleet), *_memory(fleet))


def peak(fleet: Fleet) -> Scenario:
    """Return the scenario that takes most."""
    return max(scenarios(fleet), key=lambda scenario: scenario.total)


def memory(fleet: Fleet) -> Memory:
    """Return what the server's memory goes to at the peak."""
    server = fleet.server
    pooled = peak(fleet).total
    sessions = pooled + server.max_connections - fleet.available
    work_mib = server.work_mem_mib * server.hash_mem_multiplier * server.work_nodes * min(pooled, server.active_max)
    return Memory(sessions * server.connection_mib / 1024, work_mib / 1024, server.shared_buffers_gib)


def _connections(fleet: Fleet) -> Iterator[Finding]:
    available = fleet.available
    if available <= 0:
        yield Finding(
            "nothing_left",
            f"of {fleet.server.max_connections} connections, the reserve and other sessions leave none for the fleet",
            "Raise max_connections, or plan for fewer sessions beside the fleet.",
        )
        return
    worst = peak(fleet)
    if worst.total > available:
        yield Finding(
            "connections",
            f"{worst.total} connections at the most ({worst.what}), and {available} for the fleet:"
            f" {worst.total - available} too many",
        )


def _limits(fleet: Fleet) -> Iterator[Finding]:
    peaks = peak_by_role(fleet)
    for role, services in services_by_role(fleet).items():
        limits = [each.connection_limit for each in fleet.services if each.role == role and each.connection_limit]
        if limits and min(limits) < peaks[role]:
            yield Finding(
                "role_limit",
                f"the role {role} may have {min(limits)} connections, and needs up to {peaks[role]} for"
                f" {' and '.join(services)}",
                f"Raise its limit to {peaks[role]}, or lower size_max or replicas_max.",
                services,
            )


def _cores(fleet: Fleet) -> Iterator[Finding]:
    steady = scenarios(fleet)[0].total
    if steady * fleet.utilisation_percent > fleet.server.active_max * 100:
        yield Finding(
            "cores",
            f"{steady} pooled connections, {fleet.utilisation_percent} % of them at work, are"
            f" {steady * fleet.utilisation_percent / 100:.0f} statements at a time, and {fleet.server.cores} cores"
            f" serve {fleet.server.active_max} best",
        )


def _memory(fleet: Fleet) -> Iterator[Finding]:
    needed = memory(fleet)
    if needed.total_gib > fleet.server.memory_gib:
        yield Finding(
            "memory",
            f"{needed.total_gib:.1f} GiB of memory are needed (sessions {needed.sessions_gib:.1f}, work"
            f" {needed.work_gib:.1f}, shared buffers {needed.shared_gib:.1f}), and the server has"
            f" {fleet.server.memory_gib:g}",
        )


def services_by_role(fleet: Fleet) -> dict[str, tuple[str, ...]]:
    """Return the services of each role."""
    roles = dict.fromkeys(service.role for service in fleet.services)
    return {role: tuple(each.name for each in fleet.services if each.role == role) for role in roles}


def peak_by_role(fleet: Fleet) -> dict[str, int]:
    """Return what each role opens at the most, in any scenario."""
    counted = scenarios(fleet)
    return {
        role: max(sum(scenario.connections[name] for name in names) for scenario in counted)
        for role, names in services_by_role(fleet).items()
    }
