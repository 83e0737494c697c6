"""The form of a file that describes a fleet."""

from __future__ import annotations

from typing import Annotated, Self, TypeAlias

from pydantic import Field, model_validator

from dbkit.pool.holds import P95_MAX
from dbkit.pool.stated import FrozenModel

__all__ = ["FleetFile", "LoadPlan", "OtherSessions", "RolloutPlan", "ServerPlan", "ServiceLoad", "ServicePlan"]

Positive: TypeAlias = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Percent: TypeAlias = Annotated[int, Field(ge=0, le=100)]
Count: TypeAlias = Annotated[int, Field(ge=1, le=1_000_000)]
Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=63, pattern=r"^[^\x00-\x1f\x7f]+$")]


class ServerPlan(FrozenModel):
    """A server. What is left out is what one of so many cores usually has, or PostgreSQL's own default."""

    cores: Count
    max_connections: Count | None = None
    superuser_reserved: int = Field(default=3, ge=0)
    reserved: int = Field(default=0, ge=0)
    memory_gib: Positive | None = None
    shared_buffers_gib: Positive | None = None
    work_mem_mib: Positive = 4
    hash_mem_multiplier: Positive = 2
    work_nodes: Count = 2
    connection_mib: Positive = 10
    active_max: Count | None = None


class RolloutPlan(FrozenModel):
    """How pods are replaced.

    `surge_percent` (counted up) and `unavailable_percent` (counted down) are Kubernetes' own, of which
    it takes one pod unavailable where both come to none. `terminating_percent` (counted down) is how
    many pods hold connections after SIGTERM at a time. Left out, it is what Kubernetes lets happen,
    which does not count terminating pods: a wave of them each `ready_seconds` (the least that a new
    pod takes to become ready), each for `drain_seconds` (the most that a pod holds on after SIGTERM).
    """

    usual: Count | None = None
    surge_percent: Percent = 25
    unavailable_percent: Percent = 0
    terminating_percent: Percent | None = None
    ready_seconds: Positive = 10
    drain_seconds: float = Field(default=10, ge=0, allow_inf_nan=False)
    zones: int | None = Field(default=None, ge=2)


class LoadPlan(FrozenModel):
    """How much of the pools is at work at a time."""

    utilisation_percent: Percent = 40


class OtherSessions(FrozenModel):
    """Sessions that no pool of a service opens: agents, jobs, people."""

    name: Name
    connections: int = Field(ge=0)
    role: Name | None = None
    reason: str = Field(min_length=1)


class ServiceLoad(FrozenModel):
    """What goes through each pool of a service when it is busiest, for simulations.

    `hold_seconds` is how long a transaction holds a connection on average while the server is not
    busy, `hold_p95_seconds` what 95 % of them do not exceed; without it, holds are taken to be
    exponentially distributed. `server_percent` of a hold are statements at work; the rest is spent on the way and in
    the service.
    """

    rate_per_second: Positive
    hold_seconds: Positive
    hold_p95_seconds: Positive | None = None
    server_percent: Percent = 100

    @model_validator(mode="after")
    def _p95_fits_the_mean(self) -> Self:
        times = (self.hold_p95_seconds or self.hold_seconds) / self.hold_seconds
        if not 1 <= times <= P95_MAX:
            message = f"hold_p95_seconds is from 1 to {P95_MAX:.1f} times hold_seconds, or left out"
            raise ValueError(message)
        return self


class ServicePlan(FrozenModel):
    """A deployment, or as many alike as `deployments` says (previews, tenants), which roll on their own.

    Its `environment` is the file's where it names no other. `holds` are the services whose code runs in
    each process, which is the deployment's own name where it is left out; the size is that of their
    profile, where `size_max` says no other. `pools` counts pools in each process, one for each event
    loop and each database class. `replica_size_max` is what each process opens to a replica, which
    comes to this server when that is promoted. Percents are the rollout's where they are left out.
    `load` is what simulations run.
    """

    name: Name
    replicas_max: Count
    environment: Name | None = None
    deployments: Count = 1
    holds: list[Name] | None = Field(default=None, min_length=1)
    processes: Count = 1
    pools: Count = 1
    size_max: Count | None = None
    replica_size_max: int = Field(default=0, ge=0)
    role: Name | None = None
    connection_limit: Count | None = None
    surge_percent: Percent | None = None
    unavailable_percent: Percent | None = None
    terminating_percent: Percent | None = None
    load: ServiceLoad | None = None


class FleetFile(FrozenModel):
    """A file: everything that connects to one server."""

    environment: Name
    server: ServerPlan
    rollout: RolloutPlan = RolloutPlan()
    load: LoadPlan = LoadPlan()
    other: list[OtherSessions] = Field(default_factory=list)
    service: list[ServicePlan] = Field(min_length=1)
