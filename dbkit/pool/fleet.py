"""A fleet: the services that connect to one server, how they are deployed, and what the server has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Self

from pydantic import ValidationError

from dbkit.pool.fleet_file import FleetFile, OtherSessions, RolloutPlan, ServerPlan, ServiceLoad, ServicePlan
from dbkit.pool.profiles import Profiles
from dbkit.pool.rules import read_toml
from dbkit.pool.stated import refused
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Fleet", "Server", "Service", "read_fleet", "shipped_fleet"]

_ADVICE = "Correct the file; the one that dbkit brings (dbkit/pool/fleet.toml) shows the form."


@dataclass(frozen=True, slots=True)
class Server:
    """What a server has: cores, connections, memory; `active_max` is how many statements at a time serve it best."""

    cores: int
    max_connections: int
    superuser_reserved: int
    reserved: int
    memory_gib: float
    shared_buffers_gib: float
    work_mem_mib: float
    hash_mem_multiplier: float
    work_nodes: int
    connection_mib: float
    active_max: int

    @classmethod
    def of(cls, plan: ServerPlan, profiles: Profiles) -> Self:
        """Complete what a file says by what a server of so many cores usually has."""
        size = profiles.server(plan.cores)
        memory_gib = plan.memory_gib or size.memory_gib
        return cls(
            cores=plan.cores,
            max_connections=plan.max_connections or size.max_connections,
            superuser_reserved=plan.superuser_reserved,
            reserved=plan.reserved,
            memory_gib=memory_gib,
            shared_buffers_gib=plan.shared_buffers_gib or memory_gib / 4,
            work_mem_mib=plan.work_mem_mib,
            hash_mem_multiplier=plan.hash_mem_multiplier,
            work_nodes=plan.work_nodes,
            connection_mib=plan.connection_mib,
            active_max=plan.active_max or 2 * plan.cores,
        )


@dataclass(frozen=True, slots=True)
class Service:
    """A deployment, or several alike: how many pods each has, what a pod opens, and how pods are replaced."""

    name: str
    environment: str
    deployments: int
    holds: tuple[str, ...]
    role: str
    replicas_max: int
    processes: int
    size_min: int
    size_max: int
    replica_size_max: int
    connection_limit: int | None
    rollout: RolloutPlan
    load: ServiceLoad | None = None

    @property
    def pod_connections(self) -> int:
        """What one pod opens at the most."""
        return self.processes * self.size_max

    def connections(self, pods: int) -> int:
        """Return what is open where each deployment has so many pods."""
        return self.deployments * pods * self.pod_connections


@dataclass(frozen=True, slots=True)
class Fleet:
    """Everything that connects to one server."""

    environment: str
    server: Server
    services: tuple[Service, ...]
    others: tuple[OtherSessions, ...]
    utilisation_percent: int
    usual: int | None
    zones: int | None

    @property
    def available(self) -> int:
        """How many connections are left for the services; less than 0 where not even the others fit."""
        others = sum(other.connections for other in self.others)
        return self.server.max_connections - self.server.superuser_reserved - self.server.reserved - others

    def with_service(self, changed: Service) -> Fleet:
        """Return the fleet with one service, by its name, changed."""
        return replace(self, services=tuple(changed if each.name == changed.name else each for each in self.services))

    def with_size(self, size_max: int) -> Fleet:
        """Return the fleet with the same size in each process of each service."""
        return replace(self, services=tuple(replace(service, size_max=size_max) for service in self.services))


def shipped_fleet(profiles: Profiles) -> Fleet:
    """Return the fleet of production, as dbkit brings it."""
    with resources.as_file(resources.files("dbkit.pool").joinpath("fleet.toml")) as path:
        return read_fleet(path, profiles)


def read_fleet(path: Path, profiles: Profiles) -> Fleet:
    """Return the fleet that a TOML file describes.

    Raises `ConfigurationInvalid` where it cannot be read, for impossible numbers, and for services
    and environments that have neither a profile nor a size.
    """
    try:
        file = FleetFile.model_validate(read_toml(path))
    except ValidationError as error:
        failure = refused(error, path.name, _ADVICE)
    else:
        return _fleet(file, profiles, path.name)
    raise failure


def _fleet(file: FleetFile, profiles: Profiles, name: str) -> Fleet:
    names = [*(service.name for service in file.service), *(other.name for other in file.other)]
    twice = {each for each in names if names.count(each) > 1}
    if twice:
        raise ConfigurationInvalid(
            f"{name} describes {', '.join(sorted(twice))} twice", advice="Give each a name of its own, or add them up."
        )
    return Fleet(
        environment=file.environment,
        server=Server.of(file.server, profiles),
        services=tuple(_service(service, file, profiles) for service in file.service),
        others=tuple(file.other),
        utilisation_percent=file.load.utilisation_percent,
        usual=file.rollout.usual,
        zones=file.rollout.zones,
    )


def _service(plan: ServicePlan, file: FleetFile, profiles: Profiles) -> Service:
    holds = tuple(plan.holds or [plan.name])
    environment = plan.environment or file.environment
    size_min, size_max = _sizes(plan.size_max, profiles, environment, holds, file.server.cores)
    own = plan.model_dump(include={"surge_percent", "unavailable_percent", "terminating_percent"}, exclude_none=True)
    return Service(
        name=plan.name,
        environment=environment,
        deployments=plan.deployments,
        holds=holds,
        role=plan.role or f"dbkit_{plan.name.replace('-', '_')}",
        replicas_max=plan.replicas_max,
        processes=plan.processes * plan.pools,
        size_min=size_min,
        size_max=size_max,
        replica_size_max=plan.replica_size_max,
        connection_limit=plan.connection_limit,
        rollout=file.rollout.model_copy(update=own),
        load=plan.load,
    )


def _sizes(
    size_max: int | None, profiles: Profiles, environment: str, holds: tuple[str, ...], cores: int
) -> tuple[int, int]:
    """Return the sizes of a process's pool: those of its profile, or what the file says in their place."""
    if size_max is not None and not profiles.knows(environment, holds):
        return min(1, size_max), size_max
    figures = profiles.profile(environment, holds, cores).figures
    size_max = figures.size_max if size_max is None else size_max
    return min(figures.size_min, size_max), size_max
