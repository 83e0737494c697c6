"""Which pools rules and panels are made for: those of a fleet, each with the figures of its profile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dbkit.pool.counting import scenarios
from dbkit.pool.figures import PoolFigures
from dbkit.pool.fleet import Fleet, read_fleet, shipped_fleet
from dbkit.pool.profiles import Profiles
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Watched", "WatchedFleet", "planned_connections", "watched_fleet"]

_ALONE = "local"
_ANY = "any"


@dataclass(frozen=True, slots=True)
class Watched:
    """The pools of a service's processes; of all services of an environment, where `service` is None.

    `planned` is what the service opens at the most, as far as a fleet says so.
    """

    environment: str
    service: str | None
    figures: PoolFigures
    size_max: int
    planned: int | None = None

    @property
    def name(self) -> str:
        """Environment and service."""
        return f"{self.environment}/{self.service}" if self.service else self.environment

    @property
    def labels(self) -> dict[str, str]:
        """What the series of these pools have in common."""
        return {"env": self.environment} | ({"service": self.service} if self.service else {})

    def selector(self, *more: str) -> str:
        """Return how Prometheus selects the series of these pools."""
        return "{" + ", ".join((*(f'{name}="{value}"' for name, value in self.labels.items()), *more)) + "}"


@dataclass(frozen=True, slots=True)
class WatchedFleet:
    """The pools of an environment, and how many connections its server has for them, as far as a fleet says so."""

    environment: str
    pools: tuple[Watched, ...]
    available: int | None


def watched_fleet(environment: str, profiles: Profiles, file: Path | None = None) -> WatchedFleet:
    """Return the pools of an environment: those of the fleet in the file, else those that production has as well.

    Where any service is welcome, they are not told apart. Raises `ConfigurationInvalid` for an environment that there
    is not, that nobody watches, or that the fleet is not of.
    """
    if environment == _ALONE:
        raise ConfigurationInvalid(
            f"{environment} is watched by nobody: it is its developer's own machine",
            fields=("env",),
            advice="Name another environment.",
        )
    fleet = shipped_fleet(profiles) if file is None else read_fleet(file, profiles)
    if fleet.environment == environment:
        return WatchedFleet(environment, tuple(_of_fleet(fleet, profiles)), fleet.available)
    if file is not None:
        raise ConfigurationInvalid(
            f"{file.name} is a fleet of {fleet.environment}, and not of {environment}",
            fields=("env", "file"),
            advice=f"Say --env {fleet.environment}, or name a fleet of {environment}.",
        )
    if environment in profiles.environments and profiles.environments[environment].any_service:
        return WatchedFleet(environment, (_of_profile(environment, None, profiles),), None)
    names = ("+".join(service.holds) for service in fleet.services)
    return WatchedFleet(environment, tuple(_of_profile(environment, name, profiles) for name in names), None)


def planned_connections(profiles: Profiles, file: Path | None = None) -> dict[str, int]:
    """Return what each service of a fleet opens at the most, by the name under which its sessions are shown."""
    fleet = shipped_fleet(profiles) if file is None else read_fleet(file, profiles)
    return {f"dbkit/{pool.name}": pool.planned for pool in _of_fleet(fleet, profiles) if pool.planned is not None}


def _of_profile(environment: str, service: str | None, profiles: Profiles) -> Watched:
    figures = profiles.profile(environment, (service or _ANY).split("+")).figures
    return Watched(environment, service, figures, figures.size_max)


def _of_fleet(fleet: Fleet, profiles: Profiles) -> Iterator[Watched]:
    counted = scenarios(fleet)
    for each in fleet.services:
        figures = profiles.profile(each.environment, each.holds, fleet.server.cores).figures
        planned = max(scenario.connections[each.name] for scenario in counted)
        yield Watched(each.environment, "+".join(each.holds), figures, each.size_max, planned)
