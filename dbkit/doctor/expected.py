"""What a server is meant to be: of which environment, for which services, for which fleet."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dbkit.doctor.limits import Limits
from dbkit.pool.fleet import Fleet, read_fleet, shipped_fleet
from dbkit.pool.profile import PoolProfile
from dbkit.pool.profiles import Profiles, profile_for, read_profiles, services_of
from dbkit.pool.variables import server_cores

__all__ = ["Expected", "expected"]

_OF_ONE_DEVELOPER = ("local", "test")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the checks compare a server with; None where nobody said.

    A server `of_one_developer` is not asked for what protects others: roles, TLS, durability.
    `now_seconds` is this machine's time, for what expires.
    """

    environment: str | None = None
    services: tuple[str, ...] = ()
    of_one_developer: bool = False
    profile: PoolProfile | None = None
    fleet: Fleet | None = None
    cores: int | None = None
    memory_gib: float | None = None
    limits: Limits = field(default_factory=Limits)
    now_seconds: float = field(default_factory=time.time)


def expected(
    environment: str | None,
    service: str | None,
    fleet: Path | None,
    environ: Mapping[str, str],
    *,
    of_one_developer: bool,
) -> Expected:
    """Return what a server of an environment is meant to be.

    The fleet is that of the file; without one, the one that dbkit brings, for the environment that it
    is of. Cores are those of DBKIT_POOL_CORES, or of the fleet. Raises `ConfigurationInvalid` for what
    there is not, and for files that cannot be read.
    """
    profiles = read_profiles(environ)
    plan = _fleet(environment, fleet, profiles)
    cores = server_cores(environ) or (plan.server.cores if plan is not None else None)
    return Expected(
        environment=environment,
        services=services_of(service or ""),
        of_one_developer=of_one_developer or environment in _OF_ONE_DEVELOPER,
        profile=profile_for(environment, service, environ),
        fleet=plan,
        cores=cores,
        memory_gib=_memory_gib(plan, cores, profiles),
    )


def _fleet(environment: str | None, file: Path | None, profiles: Profiles) -> Fleet | None:
    if file is not None:
        return read_fleet(file, profiles)
    shipped = shipped_fleet(profiles)
    return shipped if shipped.environment == environment else None


def _memory_gib(fleet: Fleet | None, cores: int | None, profiles: Profiles) -> float | None:
    if fleet is not None:
        return fleet.server.memory_gib
    return profiles.server(cores).memory_gib if cores is not None else None
