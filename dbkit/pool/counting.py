"""How many connections a fleet opens: at rest, while it rolls, and when the server or a zone is lost."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dbkit.pool.fleet import Fleet, Service

__all__ = ["Scenario", "pods_rolling", "pods_terminating", "pods_wave", "scenarios", "wave_connections"]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A state of the fleet, and the most connections that each service has in it."""

    code: str
    what: str
    connections: Mapping[str, int]

    @property
    def total(self) -> int:
        """The connections of all services."""
        return sum(self.connections.values())


def scenarios(fleet: Fleet) -> tuple[Scenario, ...]:
    """Return what has to fit, from the quietest state on.

    The counts hold as long as a service's rollout is over before its next one begins, no autoscaler
    removes pods and adds others within the time that a removed one holds on, and no rollout meets
    the loss of a zone.
    """
    found = [_scenario("steady", "steady", fleet, lambda service: service.replicas_max)]
    if fleet.usual is not None and fleet.usual < len(fleet.services):
        found.append(_usual(fleet, fleet.usual))
    found += [
        _scenario("rolling", "all rolling", fleet, pods_rolling),
        _scenario("terminating", "all rolling, terminating pods holding on", fleet, pods_terminating),
        _failover(fleet),
    ]
    if fleet.zones is not None:
        found.append(_zone(fleet, fleet.zones))
    return tuple(found)


def pods_rolling(service: Service) -> int:
    """Return how many pods there are at the most while a rollout goes on, those left out that terminate."""
    return service.replicas_max + _surge(service)


def pods_terminating(service: Service) -> int:
    """Return how many pods hold connections at the most while a rollout goes on.

    Each pod is replaced once, so there are never more than twice as many as usual.
    """
    percent = service.rollout.terminating_percent
    holding = _waves(service) if percent is None else service.replicas_max * percent // 100
    return min(2 * service.replicas_max, pods_rolling(service) + holding)


def pods_wave(service: Service) -> int:
    """Return the same count for the case that every pod holds on after SIGTERM, as Kubernetes lets it."""
    return min(2 * service.replicas_max, pods_rolling(service) + _waves(service))


def wave_connections(fleet: Fleet) -> int:
    """Return what the fleet opens while all roll and every terminating pod holds on."""
    return sum(service.connections(pods_wave(service)) for service in fleet.services)


def _scenario(code: str, what: str, fleet: Fleet, pods: Callable[[Service], int]) -> Scenario:
    return Scenario(code, what, {each.name: each.connections(pods(each)) for each in fleet.services})


def _usual(fleet: Fleet, count: int) -> Scenario:
    """Return the count for a rollout of the few services that add most."""
    added = {each.name: each.connections(_surge(each)) for each in fleet.services}
    rolling = sorted(added, key=lambda name: added[name], reverse=True)[:count]
    connections = {
        each.name: each.connections(each.replicas_max) + (added[each.name] if each.name in rolling else 0)
        for each in fleet.services
    }
    return Scenario("usual", f"the {count} largest rolling", connections)


def _failover(fleet: Fleet) -> Scenario:
    """Return the count on a new primary: every pool comes at once, and what read from the replica is there already."""
    connections = {
        each.name: each.deployments
        * pods_terminating(each)
        * (each.pod_connections + each.processes * each.replica_size_max)
        for each in fleet.services
    }
    return Scenario("failover", "a failover meanwhile, all reconnecting", connections)


def _zone(fleet: Fleet, zones: int) -> Scenario:
    """Return the count after the loss of a zone: other pods are there before the server has missed the lost ones."""
    return _scenario(
        "zone",
        "a zone lost, its sessions not yet ended",
        fleet,
        lambda service: service.replicas_max + _counted_up(service.replicas_max, zones),
    )


def _surge(service: Service) -> int:
    return _counted_up(service.replicas_max * service.rollout.surge_percent, 100)


def _waves(service: Service) -> int:
    """Return how many pods terminate at a time: as many as are replaced together, for each wave that holds on."""
    rollout = service.rollout
    # Where neither surge nor unavailable pods come to a whole one, Kubernetes takes one pod down first.
    replaced = _surge(service) + service.replicas_max * rollout.unavailable_percent // 100 or 1
    return replaced * math.ceil(Fraction(rollout.drain_seconds) / Fraction(rollout.ready_seconds))


def _counted_up(count: int, parts: int) -> int:
    return -(-count // parts)
