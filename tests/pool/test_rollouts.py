"""The arithmetic of fleets beside rollouts that are played: nothing is accepted that can exceed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from dbkit.pool.counting import scenarios
from dbkit.pool.excess import findings
from dbkit.pool.fleet import Fleet, Server, Service
from dbkit.pool.fleet_file import RolloutPlan
from tests.pool.rollouts import Kind, Rollout, most_seen, most_seen_of

FLEETS = 10_000
FALSE_REJECTS_MAX = 0.01


def random_service(chance: random.Random, number: int) -> Service:
    rollout = RolloutPlan(
        surge_percent=chance.choice((0, 10, 25, 34, 100)),
        unavailable_percent=chance.choice((0, 0, 25, 50)),
        terminating_percent=chance.choice((None, None, 0, 25, 40, 100)),
        ready_seconds=chance.choice((1.0, 3.0)),
        drain_seconds=chance.choice((0.0, 1.0, 3.0, 5.0)),
    )
    return Service(
        name=f"service-{number}",
        environment="prod",
        deployments=chance.choice((1, 1, 1, 3)),
        holds=(f"service-{number}",),
        role=f"role_{number}",
        replicas_max=chance.randint(1, 12),
        processes=chance.choice((1, 1, 2)),
        size_min=1,
        size_max=chance.randint(1, 8),
        replica_size_max=chance.choice((0, 0, 0, 2)),
        connection_limit=chance.choice((None, None, None, None, chance.randint(1, 200))),
        rollout=rollout,
    )


def random_fleet(chance: random.Random) -> Fleet:
    """A fleet on a server that is about as large as it needs, half of the time to the very connection."""
    services = tuple(random_service(chance, number) for number in range(chance.randint(1, 4)))
    fleet = Fleet("prod", server_of(1), services, (), 40, None, chance.choice((None, 2, 3)))
    needed = max(scenario.total for scenario in scenarios(fleet))
    about = chance.choice((chance.randint(-2, 2), chance.randint(-needed // 3, needed // 3)))
    return replace(fleet, server=server_of(max(1, needed + about)))


def server_of(connections: int) -> Server:
    """A server that has everything in plenty but connections."""
    return Server(64, connections, 0, 0, 10_000.0, 1.0, 1.0, 1.0, 1, 1.0, 100_000)


def exceeds(fleet: Fleet, chance: random.Random) -> bool:
    """Tell whether a server or a role was seen to have more connections than it may."""
    limited = [service for service in fleet.services if service.connection_limit is not None]
    return most_seen(fleet, chance) > fleet.available or any(
        most_seen_of(fleet, service) > (service.connection_limit or 0) for service in limited
    )


def test_nothing_is_accepted_that_can_exceed(record_property: Callable[[str, object], None]) -> None:
    chance = random.Random(2026)
    accepted = rejected = rejected_in_vain = 0
    for _ in range(FLEETS):
        fleet = random_fleet(chance)
        if findings(fleet):
            rejected += 1
            rejected_in_vain += not exceeds(fleet, chance)
        else:
            accepted += 1
            assert not exceeds(fleet, chance), fleet
    assert min(accepted, rejected) > FLEETS / 4
    record_property("rejected in vain", f"{rejected_in_vain} of {rejected}")
    assert rejected_in_vain < FALSE_REJECTS_MAX * rejected


@pytest.mark.parametrize("lag_ticks", [0, 1])
def test_a_rollout_is_played_as_kubernetes_does(lag_ticks: int) -> None:
    """Four pods, one more, and up to two that hold on for two ticks; the last to be told has a successor already."""
    kind = Kind(4, 25, 0, None, ready_ticks=1, drain_ticks=2)
    assert Rollout(kind, None, lag_ticks).play_until_told() == [5, 6, 7, 7, 6]
