"""What a proved fleet is set up by: limits of roles, values of Helm charts, a page for auditors."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dbkit.pool.excess import peak_by_role
from dbkit.pool.fleet import Fleet, Service
from dbkit.pool.proof import Proof
from dbkit.pool.report import server_lines, verdict

__all__ = ["helm_values", "limit_statements", "page", "role_limits"]


def role_limits(fleet: Fleet) -> dict[str, int]:
    """Return the connections that each role opens at the most, and may therefore have."""
    limits = peak_by_role(fleet)
    for other in fleet.others:
        if other.role is not None:
            limits[other.role] = limits.get(other.role, 0) + other.connections
    return limits


def limit_statements(proof: Proof) -> Iterator[str]:
    """Yield the SQL that limits the roles of a fleet."""
    limits = role_limits(proof.fleet)
    yield f"-- Roles of {proof.fleet.environment}: the connections that each opens at the most."
    server, total = proof.fleet.server, sum(limits.values())
    usable = server.max_connections - server.superuser_reserved - server.reserved
    yield f"-- Together {total} of the {usable} that are not reserved."
    if total > usable:
        yield "-- That is more than there are, because they are at their most in different states of the fleet."
    for role, limit in limits.items():
        yield f"ALTER ROLE {_identifier(role)} CONNECTION LIMIT {limit};"


def helm_values(proof: Proof) -> Iterator[str]:
    """Yield values in YAML, one block for each deployment: what was proved is what the pods get."""
    yield f"# Made by `dbkit pool fleet --emit helm` for {proof.fleet.environment}: what was proved to fit."
    for service in proof.fleet.services:
        yield f"{_text(service.name)}:"
        yield "  autoscaling:"
        yield f"    maxReplicas: {service.replicas_max}"
        yield "  strategy:"
        yield "    type: RollingUpdate"
        yield "    rollingUpdate:"
        yield from (f"      {name}: {value}" for name, value in _rolling(service).items())
        yield f"  processes: {service.processes}"
        yield "  env:"
        yield from (f"    {name}: {_text(value)}" for name, value in _variables(proof.fleet, service).items())


def page(proof: Proof) -> Iterator[str]:
    """Yield a page in Markdown: how many connections each part may have, and what happens when it has them."""
    fleet = proof.fleet
    yield f"# Database connections of {fleet.environment}"
    yield ""
    yield f"{verdict(proof)}. Written by `dbkit pool fleet --emit docs`, from the fleet's file and the profiles."
    yield ""
    yield "## Who may have how many"
    yield ""
    yield "| who | role | replicas | connections of each | at rest | at the most |"
    yield "|---|---|---:|---:|---:|---:|"
    for each in fleet.services:
        most = max(scenario.connections[each.name] for scenario in proof.scenarios)
        cells = (each.name, each.role, each.deployments * each.replicas_max, each.pod_connections)
        yield _row(*cells, proof.scenarios[0].connections[each.name], most)
    for other in fleet.others:
        yield _row(other.name, other.role or "-", "-", "-", other.connections, other.connections)
    yield ""
    yield "Each role's limit is what it opens at the most (`ALTER ROLE ... CONNECTION LIMIT`), so that a service that"
    yield "runs wild exhausts its own connections and nobody else's."
    yield ""
    yield "## What fits"
    yield ""
    yield f"| state | connections | of {fleet.available} |"
    yield "|---|---:|---:|"
    for scenario in proof.scenarios:
        yield _row(scenario.what, scenario.total, f"{100 * scenario.total / max(fleet.available, 1):.0f} %")
    yield ""
    yield "```"
    yield from server_lines(proof)
    yield "```"
    yield ""
    yield from _behaviour(proof)


def _behaviour(proof: Proof) -> Iterator[str]:
    yield "## When a limit is reached"
    yield ""
    yield "- A pool that is full lets callers wait, no more of them and no longer than its profile says"
    yield "  (`waiting_max`, `timeout_seconds`); then they get `PoolExhausted`, which may be tried again."
    yield "- A role at its limit, or a server without connections left, refuses new ones; pools keep those that they"
    yield "  have, and callers wait as above or get `Unavailable`."
    yield f"- {proof.fleet.server.superuser_reserved} connections stay for superusers, to look and to end sessions."
    yield ""
    yield "## What this rests on"
    yield ""
    yield "- A service's rollout is over before its next one begins; an autoscaler that has removed pods adds none"
    yield "  before those have let go; nobody deploys while a zone is lost."
    yield "- Pods close their connections as the plan says (`terminating_percent`, or `drain_seconds`)."
    for note in proof.notes:
        yield f"- {note[0].upper()}{note[1:]}."


def _rolling(service: Service) -> dict[str, str]:
    surge, unavailable = service.rollout.surge_percent, service.rollout.unavailable_percent
    # Kubernetes refuses none of both.
    return {
        "maxSurge": _text(f"{surge}%"),
        "maxUnavailable": _text(f"{unavailable}%") if surge or unavailable else "1",
    }


def _variables(fleet: Fleet, service: Service) -> dict[str, str]:
    return {
        "DBKIT_ENV": service.environment,
        "DBKIT_SERVICE": ",".join(service.holds),
        "DBKIT_POOL_CORES": str(fleet.server.cores),
        "DBKIT_POOL_SIZE_MIN": str(service.size_min),
        "DBKIT_POOL_SIZE_MAX": str(service.size_max),
    }


def _text(value: str) -> str:
    """Return a text as YAML takes it, which reads JSON's too."""
    return json.dumps(value)


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"
