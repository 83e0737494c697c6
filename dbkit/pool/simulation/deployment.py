"""A deployment: its pods, their pools, and the calls that come to them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from dbkit.pool.fleet import Service
from dbkit.pool.fleet_file import ServiceLoad
from dbkit.pool.holds import Holds
from dbkit.pool.simulation.clock import Clock
from dbkit.pool.simulation.ledger import Ledger, Rejection
from dbkit.pool.simulation.pool import PoolPlan, SimulatedPool
from dbkit.pool.simulation.server import SharedServer

__all__ = ["Deployment", "Pod", "Surroundings"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all deployments share: time, the server, and how many percent of the planned calls come."""

    clock: Clock
    server: SharedServer
    load_percent: float = 100


@dataclass(frozen=True, slots=True, eq=False)
class Pod:
    """The processes of a pod, each with its pool."""

    pools: tuple[SimulatedPool, ...]


class Deployment:
    """Pods alike, to whose ready ones calls come independently of one another (Poisson), each to any of them.

    A rollout changes which pods there are; how many calls come stays the same.
    """

    def __init__(self, around: Surroundings, service: Service, plan: PoolPlan, ledger: Ledger, random: Random) -> None:
        assert service.load is not None
        self.service = service
        self.pods: list[Pod] = []
        self.ready: list[Pod] = []
        self._gone: list[Pod] = []
        self._around = around
        self._plan = plan
        self._ledger = ledger
        self._random = random
        self._load: ServiceLoad = service.load
        self._holds = Holds(self._load.hold_seconds, self._load.hold_p95_seconds)
        self._rate = service.replicas_max * service.processes * self._load.rate_per_second * around.load_percent / 100
        for _ in range(service.replicas_max):
            self.ready.append(self.add())
        self._later()

    @property
    def pools(self) -> list[SimulatedPool]:
        """The pools of all pods that there ever were."""
        return [pool for pod in (*self.pods, *self._gone) for pool in pod.pools]

    def add(self) -> Pod:
        """Start a pod, whose pools open what they keep; it takes no calls until it is ready."""
        around = self._around
        pod = Pod(
            tuple(
                SimulatedPool(around.clock, around.server, self._plan, self._ledger, self._random)
                for _ in range(self.service.processes)
            )
        )
        self.pods.append(pod)
        return pod

    def stop(self, pod: Pod) -> None:
        """Tell a pod to stop: it takes no more calls, and ends those that it has."""
        self.pods.remove(pod)
        if pod in self.ready:
            self.ready.remove(pod)
        self._gone.append(pod)
        for pool in pod.pools:
            pool.close()

    def _later(self) -> None:
        if self._rate:
            self._around.clock.after(self._random.expovariate(self._rate), self._arrive)

    def _arrive(self) -> None:
        self._later()
        hold = self._holds.draw(self._random)
        at_work = hold * self._load.server_percent / 100
        if self.ready:
            self._random.choice(self._random.choice(self.ready).pools).call(at_work, hold - at_work)
        else:
            self._ledger.rejected(self._around.clock.now, Rejection.UNAVAILABLE)
