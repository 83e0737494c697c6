"""A rollout: each pod of a deployment is replaced by a new one, as Kubernetes does it."""

from __future__ import annotations

from dbkit.pool.simulation.clock import Clock
from dbkit.pool.simulation.deployment import Deployment, Pod

__all__ = ["Rollout"]


class Rollout:
    """Starts as many new pods as the surge allows, and stops as many old ones as may be missing.

    A new pod takes calls after `ready_seconds`. Neither surge nor missing pods come to none at once:
    one may be missing then.
    """

    def __init__(self, clock: Clock, deployment: Deployment) -> None:
        service = deployment.service
        plan = service.rollout
        count = service.replicas_max
        self._clock = clock
        self._deployment = deployment
        self._old = list(deployment.pods)
        self._to_start = count
        surge = -(-count * plan.surge_percent // 100)
        missing = count * plan.unavailable_percent // 100 or (0 if surge else 1)
        self._most = count + surge
        self._fewest = count - missing

    @property
    def left(self) -> int:
        """How many old pods have not been told to stop."""
        return len(self._old)

    def step(self) -> None:
        """Do what may be done now."""
        deployment = self._deployment
        while self._old and len(deployment.ready) > self._fewest:
            deployment.stop(self._old.pop(0))
        while self._to_start and len(deployment.pods) < self._most:
            self._to_start -= 1
            self._clock.after(deployment.service.rollout.ready_seconds, self._ready, deployment.add())

    def _ready(self, pod: Pod) -> None:
        self._deployment.ready.append(pod)
        self.step()
