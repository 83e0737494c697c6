"""A fleet's proof for people, and for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from dbkit.pool.counting import Scenario
from dbkit.pool.proof import Proof
from dbkit.pool.tables import table

__all__ = ["as_json", "report_lines", "server_lines", "verdict"]

_COLUMNS = ("steady", "rolling", "terminating")


def verdict(proof: Proof) -> str:
    """Return in a line whether the fleet fits."""
    fleet = proof.fleet
    where = f"{fleet.environment} on {fleet.server.cores} cores and {fleet.server.max_connections} connections"
    return f"{where}: {'it fits' if proof.fits else 'it does not fit'}"


def report_lines(proof: Proof) -> Iterator[str]:
    """Yield the arithmetic, then what was found and noted."""
    yield verdict(proof)
    yield ""
    yield from _services(proof)
    yield ""
    yield from _scenarios(proof)
    yield ""
    yield from server_lines(proof)
    if proof.findings:
        yield ""
        yield from (f"FOUND {finding}" for finding in proof.findings)
    helping = [fit for fit in proof.would_fit if fit.helps]
    if helping:
        yield ""
        yield "would fit, with the others as they are:"
        yield from (f"  {fit.service.name} with {fit}" for fit in helping)
    if proof.notes:
        yield ""
        yield from (f"note: {note}" for note in proof.notes)


def as_json(proof: Proof) -> dict[str, Any]:
    """Return the proof as JSON has it."""
    fleet = proof.fleet
    return {
        "environment": fleet.environment,
        "fits": proof.fits,
        "available": fleet.available,
        "server": asdict(fleet.server),
        "services": [
            {"name": each.name, "environment": each.environment, "role": each.role, "deployments": each.deployments}
            | {"replicas_max": each.replicas_max, "processes": each.processes}
            | {"size_max": each.size_max, "connections": _by_scenario(proof.scenarios, each.name)}
            for each in fleet.services
        ],
        "others": [other.model_dump() for other in fleet.others],
        "scenarios": [{"code": each.code, "what": each.what, "total": each.total} for each in proof.scenarios],
        "active": {"planned": proof.active, "best": fleet.server.active_max},
        "memory_gib": asdict(proof.memory) | {"total_gib": proof.memory.total_gib},
        "findings": [asdict(finding) for finding in proof.findings],
        "would_fit": [
            {"service": fit.service.name, "size_max": fit.size_max, "replicas_max": fit.replicas_max}
            for fit in proof.would_fit
        ],
        "notes": list(proof.notes),
    }


def server_lines(proof: Proof) -> Iterator[str]:
    """Yield what the server has, and what of it is used."""
    fleet, server, memory = proof.fleet, proof.fleet.server, proof.memory
    others = sum(other.connections for other in fleet.others)
    yield (
        f"connections  {server.max_connections} - {server.superuser_reserved} superuser - {server.reserved} reserved"
        f" - {others} others = {fleet.available} for the fleet"
    )
    yield f"others       {', '.join(f'{other.connections} {other.name}' for other in fleet.others) or 'none'}"
    yield (
        f"cores        {proof.scenarios[0].total} pooled, {fleet.utilisation_percent} % of them at work:"
        f" {proof.active:.0f} statements at a time, {server.cores} cores serve {server.active_max} best"
    )
    yield (
        f"memory       sessions {memory.sessions_gib:.1f} + work {memory.work_gib:.1f} + shared buffers"
        f" {memory.shared_gib:.1f} = {memory.total_gib:.1f} of {server.memory_gib:g} GiB"
    )


def _services(proof: Proof) -> Iterator[str]:
    shown = [scenario for scenario in proof.scenarios if scenario.code in _COLUMNS]
    rows = [["service", "pods", "processes", "size", *(scenario.code for scenario in shown)]]
    for each in proof.fleet.services:
        counts = (scenario.connections[each.name] for scenario in shown)
        rows.append(
            [each.name, *map(str, (each.deployments * each.replicas_max, each.processes, each.size_max, *counts))]
        )
    pods = sum(service.deployments * service.replicas_max for service in proof.fleet.services)
    rows.append(["total", str(pods), "", "", *(str(scenario.total) for scenario in shown)])
    yield from table(rows)


def _scenarios(proof: Proof) -> Iterator[str]:
    available = proof.fleet.available
    rows = [["at the most", "connections", f"of {available}"]]
    for each in proof.scenarios:
        share = f"{100 * each.total / available:.0f} %" if available > 0 else "-"
        rows.append([each.what, str(each.total), share])
    yield from table(rows)


def _by_scenario(counted: Sequence[Scenario], service: str) -> dict[str, int]:
    return {scenario.code: scenario.connections[service] for scenario in counted}
