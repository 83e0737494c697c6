"""What a server says of itself, put into a fleet's plan and compared with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dbkit.pool.counting import scenarios
from dbkit.pool.excess import Finding, peak_by_role, services_by_role
from dbkit.pool.fleet import Fleet, Service

__all__ = ["ServerFacts", "compared", "with_facts"]

_READ = (
    "max_connections",
    "superuser_reserved",
    "reserved",
    "shared_buffers_gib",
    "work_mem_mib",
    "hash_mem_multiplier",
)


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """A server's settings, the limits of its roles (None: no limit), and its sessions by application name."""

    max_connections: int
    superuser_reserved: int
    reserved: int
    shared_buffers_gib: float
    work_mem_mib: float
    hash_mem_multiplier: float
    role_limits: Mapping[str, int | None]
    sessions: Mapping[str, int]


def with_facts(fleet: Fleet, facts: ServerFacts) -> Fleet:
    """Return the plan with the server's own settings and limits in place of the planned ones."""
    server = replace(fleet.server, **{name: getattr(facts, name) for name in _READ})
    services = tuple(
        replace(each, connection_limit=facts.role_limits.get(each.role, each.connection_limit))
        for each in fleet.services
    )
    return replace(fleet, server=server, services=services)


def compared(planned: Fleet, facts: ServerFacts) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Return what the server's state breaks of the plan, and what differs from it without breaking it."""
    return (*_processes(planned, facts), *_others(planned, facts)), (
        *_differences(planned, facts),
        *_unlimited(planned, facts),
    )


def _processes(fleet: Fleet, facts: ServerFacts) -> Iterator[Finding]:
    """Yield the services that have more sessions than the plan's pods can open."""
    for service in fleet.services:
        open_now = facts.sessions.get(_application(service), 0)
        planned = max(scenario.connections[service.name] for scenario in scenarios(fleet))
        if open_now > planned:
            yield Finding(
                "processes",
                f"{service.name} has {open_now} sessions, and the plan's {service.deployments * service.replicas_max}"
                f" * {service.processes}"
                f" * {service.size_max} (replicas, processes, size) open up to {planned} while it rolls: more processes"
                " run than planned, or larger pools",
                "Stop the ones too many, or plan for them (replicas_max, processes, size_max).",
                (service.name,),
            )


def _others(fleet: Fleet, facts: ServerFacts) -> Iterator[Finding]:
    """Yield a finding where sessions that belong to no service of the fleet take what is planned for it."""
    ours = {_application(service) for service in fleet.services}
    others = {name: count for name, count in facts.sessions.items() if name not in ours}
    planned = sum(other.connections for other in fleet.others)
    if sum(others.values()) > planned:
        most = sorted(others, key=lambda name: others[name], reverse=True)[:3]
        shown = ", ".join(f"{name or 'without a name'}: {others[name]}" for name in most)
        yield Finding(
            "others",
            f"{sum(others.values())} sessions belong to no service of the fleet, and {planned} are planned ({shown})",
            "Limit their roles (ALTER ROLE ... CONNECTION LIMIT), or plan for them ([[other]]).",
        )


def _differences(fleet: Fleet, facts: ServerFacts) -> Iterator[str]:
    for name in _READ:
        expected, found = getattr(fleet.server, name), getattr(facts, name)
        if expected != found:
            yield f"{name} is {found:g} on the server, and {expected:g} in the plan: counted with the server's"
    planned = f"{fleet.server.cores} cores and {fleet.server.memory_gib:g} GiB"
    yield f"a server does not say how many cores and how much memory it has: counted with {planned}, as planned"


def _unlimited(fleet: Fleet, facts: ServerFacts) -> Iterator[str]:
    for role, services in services_by_role(fleet).items():
        if facts.role_limits.get(role) is None:
            state = "has no limit" if role in facts.role_limits else "does not exist"
            yield (
                f"the role {role} of {', '.join(services)} {state}: `--emit sql` limits it to"
                f" {peak_by_role(fleet)[role]}, so that what runs wild exhausts itself alone"
            )


def _application(service: Service) -> str:
    """Return the name by which `dbkit.connect` shows a service to the server."""
    return f"dbkit/{service.environment}/{'+'.join(service.holds)}"
