"""A fleet's run in virtual time: quiet, while all services roll, or with the server away for a while."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from dbkit.pool.excess import peak
from dbkit.pool.fleet import Fleet, Service
from dbkit.pool.profiles import Profiles
from dbkit.pool.simulation.clock import Clock
from dbkit.pool.simulation.course import Course
from dbkit.pool.simulation.deployment import Deployment, Surroundings
from dbkit.pool.simulation.ledger import Ledger
from dbkit.pool.simulation.pool import PoolPlan
from dbkit.pool.simulation.rollout import Rollout
from dbkit.pool.simulation.server import Curve, SharedServer, knee_curve
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["FleetRun", "RunPlan", "Sample", "simulate"]

_WARM_UP_SECONDS = 5.0
_SAMPLES = 300
_TIMEOUT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A run: what happens, with which seed, how many percent of the planned calls come, and how the server works.

    It lasts `seconds`, the warm-up left out, or as long as what happens takes. Without a `curve`,
    the server is that of the fleet's `active_max`.
    """

    course: Course = Course.STEADY
    seed: int = 0
    seconds: float | None = None
    outage_seconds: float = 15.0
    load_percent: float = 100
    curve: Curve | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A moment of a run: what is open on the server, and how many statements are at work."""

    seconds: float
    connections: int
    active: int


@dataclass(frozen=True, slots=True)
class FleetRun:
    """What came of a run. Times count from its beginning, the warm-up before it being less than 0.

    `trouble` is when the rollout, or the outage, began and ended. `connections_bound` is the most
    that the fleet's proof counts. `attempts` are a process's connects while the server was away, at
    the most, and `back_seconds` how long each process needed to find it back.
    """

    fleet: Fleet
    plan: RunPlan
    seconds: float
    ledgers: Mapping[str, Ledger]
    samples: tuple[Sample, ...]
    connections_peak: int
    connections_bound: int
    trouble: tuple[float, float] | None = None
    pods_left: Mapping[str, int] = field(default_factory=dict)
    attempts: int = 0
    back_seconds: tuple[float, ...] = ()

    @property
    def total(self) -> Ledger:
        """The calls of all services."""
        total = Ledger()
        for each in self.ledgers.values():
            total.times.extend(each.times)
            total.waits.extend(each.waits)
            total.turned_away_at.extend(each.turned_away_at)
            total.turned_away.update(each.turned_away)
        return total


def simulate(fleet: Fleet, profiles: Profiles, plan: RunPlan | None = None) -> FleetRun:
    """Run a fleet, each deployment with as many pods as it may have; the same seed gives the same run.

    Raises `ConfigurationInvalid` where a service states no load, and for times that are no times.
    """
    plan = plan or RunPlan()
    _require(fleet, plan)
    return _Run(fleet, profiles, plan).run()


class _Run:
    """A run while it goes on."""

    def __init__(self, fleet: Fleet, profiles: Profiles, plan: RunPlan) -> None:
        self._fleet = fleet
        self._plan = plan
        self._clock = Clock()
        self._server = SharedServer(self._clock, plan.curve or knee_curve(fleet.server.active_max))
        self._samples: list[Sample] = []
        self._ledgers = {each.name: Ledger(_WARM_UP_SECONDS) for each in fleet.services}
        around = Surroundings(self._clock, self._server, plan.load_percent)
        self._deployments = [
            Deployment(
                around,
                each,
                _pool(each, profiles, fleet.server.cores),
                self._ledgers[each.name],
                # One for each, so that another service more changes nothing of the others' calls.
                Random(f"{plan.seed}/{each.name}/{number}"),  # noqa: S311 (a draw of a simulation)
            )
            for each in fleet.services
            for number in range(each.deployments)
        ]
        self._rollouts = [Rollout(self._clock, each) for each in self._deployments]

    def run(self) -> FleetRun:
        """Let it go on to its end."""
        seconds, trouble = _times(self._fleet, self._plan)
        clock, end = self._clock, _WARM_UP_SECONDS + seconds
        for number in range(_SAMPLES + 1):
            clock.at(_WARM_UP_SECONDS + seconds * number / _SAMPLES, self._sample)
        if self._plan.course is Course.ROLLOUT:
            for rollout in self._rollouts:
                clock.at(_WARM_UP_SECONDS + trouble[0], rollout.step)
        elif self._plan.course is Course.OUTAGE:
            clock.at(_WARM_UP_SECONDS + trouble[0], self._go_away)
            clock.at(_WARM_UP_SECONDS + trouble[1], self._server.start)
        clock.run(end)
        pools = [pool for each in self._deployments for pool in each.pools]
        for pool in pools:
            pool.expire()
        return FleetRun(
            fleet=self._fleet,
            plan=self._plan,
            seconds=seconds,
            ledgers={name: ledger.moved(-_WARM_UP_SECONDS) for name, ledger in self._ledgers.items()},
            samples=tuple(self._samples),
            connections_peak=self._server.peak,
            connections_bound=peak(self._fleet).total,
            trouble=None if self._plan.course is Course.STEADY else trouble,
            pods_left=self._pods_left(),
            attempts=max(pool.attempts for pool in pools),
            back_seconds=tuple(
                pool.back_at - _WARM_UP_SECONDS - trouble[1] for pool in pools if pool.back_at is not None
            ),
        )

    def _pods_left(self) -> dict[str, int]:
        """Return how many pods of each service the rollout did not come to."""
        left: Counter[str] = Counter()
        if self._plan.course is Course.ROLLOUT:
            for deployment, rollout in zip(self._deployments, self._rollouts, strict=True):
                left[deployment.service.name] += rollout.left
        return {name: count for name, count in left.items() if count}

    def _sample(self) -> None:
        now = self._clock.now - _WARM_UP_SECONDS
        self._samples.append(Sample(now, self._server.connections, self._server.active))

    def _go_away(self) -> None:
        """End the server's sessions; pools that have nothing at work learn of it with their next call."""
        self._server.stop()
        for each in self._deployments:
            for pool in each.pools:
                if pool.is_at_work:
                    pool.lose()


def _require(fleet: Fleet, plan: RunPlan) -> None:
    silent = [each.name for each in fleet.services if each.load is None]
    if silent:
        raise ConfigurationInvalid(
            f"{', '.join(silent)} state{'s' if len(silent) == 1 else ''} no load",
            fields=("load",),
            advice="Write load = { rate_per_second = 50, hold_seconds = 0.02 } under its [[service]].",
        )
    given = {
        "seconds": 1 if plan.seconds is None else plan.seconds,
        "outage_seconds": plan.outage_seconds,
        "load_percent": plan.load_percent,
    }
    wrong = tuple(name for name, value in given.items() if not 0 < value < math.inf)
    if wrong:
        raise ConfigurationInvalid(f"{', '.join(wrong)} must be more than 0", fields=wrong, advice="Correct it.")


def _times(fleet: Fleet, plan: RunPlan) -> tuple[float, tuple[float, float]]:
    """Return how long a run is, and from when to when there is trouble in it."""
    if plan.course is Course.STEADY:
        seconds = plan.seconds or 60.0
        return seconds, (seconds, seconds)
    takes = plan.outage_seconds if plan.course is Course.OUTAGE else max(map(_rollout_seconds, fleet.services))
    seconds = plan.seconds or takes + 20.0
    begin = min(10.0, seconds / 4)
    return seconds, (begin, min(begin + takes, seconds))


def _rollout_seconds(service: Service) -> float:
    """Return how long a rollout takes: a wave of new pods after the other becomes ready."""
    plan = service.rollout
    surge = -(-service.replicas_max * plan.surge_percent // 100)
    together = surge + service.replicas_max * plan.unavailable_percent // 100 or 1
    return math.ceil(service.replicas_max / together) * plan.ready_seconds


def _pool(service: Service, profiles: Profiles, cores: int) -> PoolPlan:
    """Return a process's pool: its profile's, or what dbkit takes where there is none."""
    if not profiles.knows(service.environment, service.holds):
        return PoolPlan(service.size_min, service.size_max, timeout_seconds=_TIMEOUT_SECONDS)
    figures = profiles.profile(service.environment, service.holds, cores).figures
    return PoolPlan(service.size_min, service.size_max, figures.waiting_max, figures.timeout_seconds)
