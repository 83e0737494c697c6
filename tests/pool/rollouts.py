"""Rollouts played pod by pod, as Kubernetes' controller replaces them, to compare the arithmetic with."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from dbkit.pool.fleet import Fleet, Service

__all__ = ["most_seen", "most_seen_of"]

VARIANTS = 3
"""How many hasty, slow and uneven courses of each kind of rollout are played beside the worst one."""


@dataclass(frozen=True)
class Kind:
    """What a rollout's course depends on; `hold_percent` is the share of pods that may hold on, or else all do."""

    replicas: int
    surge_percent: int
    unavailable_percent: int
    hold_percent: int | None
    ready_ticks: int
    drain_ticks: int

    @classmethod
    def of(cls, service: Service) -> Kind:
        plan = service.rollout
        percents = (plan.surge_percent, plan.unavailable_percent, plan.terminating_percent)
        # Where a share holds on, it does so for as long as it likes: times are of no account.
        ticks = (int(plan.ready_seconds), int(plan.drain_seconds)) if plan.terminating_percent is None else (1, 0)
        return cls(service.replicas_max, *percents, *ticks)


@dataclass(eq=False)
class Pod:
    is_old: bool
    ready_at: int
    gone_at: int | None = None


class Rollout:
    """A deployment whose pods are all replaced, tick by tick."""

    def __init__(self, kind: Kind, chance: random.Random | None, lag_ticks: int = 0) -> None:
        self.kind = kind
        self.chance = chance
        self.lag_ticks = lag_ticks
        self.tick = 0
        self.replicas = kind.replicas if chance is None else chance.randint(1, kind.replicas)
        self.pods = [Pod(is_old=True, ready_at=0) for _ in range(self.replicas)]

    def play(self) -> list[int]:
        """Return how many pods hold connections at each tick, at the most."""
        held = []
        while not self._is_done():
            self._autoscale()
            held.append(self._step())
        return held

    def play_until_told(self) -> list[int]:
        """Return the same up to the tick at which the last old pod is told to stop."""
        held = []
        while any(pod.is_old for pod in self._living()):
            held.append(self._step())
        return held

    def _step(self) -> int:
        """Let go who has ended, then start and stop, one pod after the other, what may be started and stopped."""
        self.pods = [pod for pod in self.pods if pod.gone_at is None or pod.gone_at > self.tick]
        most = len(self.pods)
        while self._start() or self._stop():
            most = max(most, len(self.pods))
        self.tick += 1
        return most

    def _living(self) -> list[Pod]:
        return [pod for pod in self.pods if pod.gone_at is None]

    def _is_done(self) -> bool:
        return self.tick > 0 and not any(pod.is_old or pod.ready_at > self.tick for pod in self.pods)

    def _autoscale(self) -> None:
        if self.chance is not None and self.chance.random() < 0.1:
            self.replicas = self.chance.randint(self.replicas, self.kind.replicas)

    def _start(self) -> bool:
        """Start a new pod, where the surge has room; it takes its connections at once."""
        living = self._living()
        surge = -(-self.replicas * self.kind.surge_percent // 100)
        if len(living) >= self.replicas + surge or sum(not pod.is_old for pod in living) >= self.replicas:
            return False
        late = 0 if self.chance is None else self.chance.randint(0, 2)
        self.pods.append(Pod(is_old=False, ready_at=self.tick + self.kind.ready_ticks + late))
        return True

    def _stop(self) -> bool:
        """Send SIGTERM to an old pod, where enough others are ready."""
        living = self._living()
        unavailable = self.replicas * self.kind.unavailable_percent // 100
        if not unavailable and not self.kind.surge_percent:
            unavailable = 1
        old = [pod for pod in living if pod.is_old]
        if (
            self.tick < self.lag_ticks
            or not old
            or sum(pod.ready_at <= self.tick for pod in living) <= self.replicas - unavailable
        ):
            return False
        old[0].gone_at = self.tick + self._hold_ticks()
        if old[0].gone_at == self.tick:
            self.pods.remove(old[0])
        return True

    def _hold_ticks(self) -> int:
        if self.kind.hold_percent is None:
            return self.kind.drain_ticks if self.chance is None else self.chance.randint(0, self.kind.drain_ticks)
        holding = len(self.pods) - len(self._living())
        if holding >= self.replicas * self.kind.hold_percent // 100:
            return 0
        return 1000 if self.chance is None else self.chance.randint(0, 20)


@cache
def course(kind: Kind, variant: int | None) -> tuple[int, ...]:
    """Return the pods that hold connections, tick by tick, in the worst course of a rollout or in an uneven one."""
    if variant is not None:
        return tuple(Rollout(kind, random.Random(f"{kind}/{variant}")).play())
    # The controller stops pods at once, or not before the first new ones are ready: either may be the worse.
    eager, late = Rollout(kind, None), Rollout(kind, None, lag_ticks=kind.ready_ticks)
    return tuple(max(eager.play_until_told(), late.play_until_told(), key=max))


def most_seen(fleet: Fleet, chance: random.Random) -> int:
    """Return the most connections that were seen at a time, while all services roll and the server fails over."""
    return max(_together(fleet, None), _together(fleet, chance), _after_lost_zone(fleet))


def most_seen_of(fleet: Fleet, service: Service) -> int:
    """Return the most connections of one service."""
    alone = service.deployments * _per_pod(service) * max(course(Kind.of(service), None))
    return max(alone, _lost_zone(service, fleet.zones))


def _together(fleet: Fleet, chance: random.Random | None) -> int:
    """Play all rollouts on one clock, begun so that their peaks meet, or at any time."""
    courses = []
    for service in (each for each in fleet.services for _ in range(each.deployments)):
        pods = course(Kind.of(service), None if chance is None else chance.randrange(VARIANTS))
        late = -pods.index(max(pods)) if chance is None else chance.randint(0, 10)
        courses.append((_per_pod(service), late, pods, service.replicas_max))
    first = min(late for _, late, _, _ in courses)
    last = max(late + len(pods) for _, late, pods, _ in courses)
    return max(
        sum(size * (pods[tick - late] if 0 <= tick - late < len(pods) else rest) for size, late, pods, rest in courses)
        for tick in range(first, last)
    )


def _per_pod(service: Service) -> int:
    """Return what a pod has once the replica, on which some of its sessions stay, is the primary."""
    return service.processes * (service.size_max + service.replica_size_max)


def _after_lost_zone(fleet: Fleet) -> int:
    return sum(_lost_zone(service, fleet.zones) for service in fleet.services)


def _lost_zone(service: Service, zones: int | None) -> int:
    """Spread the pods over the zones, lose the fullest, and start as many anew before the server misses them."""
    placed = [0] * (zones or 1)
    for pod in range(service.replicas_max):
        placed[pod % len(placed)] += 1
    ghosts = max(placed) if zones else 0
    return service.deployments * (service.replicas_max + ghosts) * service.processes * service.size_max
