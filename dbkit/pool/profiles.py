"""Profiles as data: which figures hold for an environment, its services, and a server of so many cores."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dbkit.pool.profile import PoolProfile, made
from dbkit.pool.rules import (
    SIZE_PERCENT,
    Baseline,
    Environment,
    ProfileFile,
    Rule,
    ServerSize,
    file_of_profiles,
    read_toml,
    shipped_file,
)
from dbkit.pool.sharing import shared
from dbkit.pool.stated import Layer, Stated
from dbkit.pool.variables import PROFILES, layer_of_variables, server_cores
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Profiles", "profile_for", "read_profiles", "services_of"]

_SIZES = ("size_min", "size_max")


@dataclass(frozen=True, slots=True)
class Profiles:
    """All profiles that the files describe."""

    environments: Mapping[str, Environment]
    rules: tuple[Rule, ...]
    servers: tuple[ServerSize, ...]
    baseline: Baseline

    @classmethod
    def of(cls, files: Sequence[ProfileFile]) -> Profiles:
        """Put files together, later ones over earlier ones. Raises `ConfigurationInvalid` for unknown environments."""
        environments = {each.name: each for file in files for each in file.environments}
        rules = tuple(rule for file in files for rule in file.rules)
        for rule in rules:
            for name in rule.environments or ():
                _require(name, environments, f"{rule.source}: there is no environment", "environments")
        servers = {server.cores: server for file in files for server in file.servers}
        baseline = next(file.baseline for file in reversed(files) if file.baseline is not None)
        return cls(environments, rules, tuple(servers[cores] for cores in sorted(servers)), baseline)

    @property
    def services(self) -> tuple[str, ...]:
        """The services that rules name, in their order."""
        return tuple(dict.fromkeys(service for rule in self.rules for service in rule.services or ()))

    def knows(self, environment: str, services: Sequence[str]) -> bool:
        """Tell whether there are profiles of all these services in an environment."""
        known = self.environments.get(environment)
        return known is not None and (known.any_service or set(services) <= set(self.services))

    def profile(self, environment: str, services: Sequence[str], cores: int | None = None) -> PoolProfile:
        """Return the profile of a process that holds these services.

        Raises `ConfigurationInvalid` for an environment or a service that there is not, and for
        figures that do not fit one another.
        """
        _require(environment, self.environments, "there is no environment", "env")
        if not self.environments[environment].any_service:
            for service in services:
                _require(service, self.services, f"in {environment} there is no service", "service")
        return shared([made(environment, [each], self._stated(environment, each, cores)) for each in services])

    def server(self, cores: int) -> ServerSize:
        """Return the size of a server with so many cores: the largest that is no larger."""
        return next((size for size in reversed(self.servers) if size.cores <= cores), self.servers[0])

    def _stated(self, environment: str, service: str, cores: int | None) -> Layer:
        stated: dict[str, Stated] = {}
        for rule in self.rules:
            if rule.applies(environment, service, cores):
                stated.update(rule.layer)
        return _scaled(stated)


def read_profiles(environ: Mapping[str, str] = os.environ) -> Profiles:
    """Return the profiles that dbkit brings, and over them those of the file that DBKIT_POOL_PROFILES names."""
    own = environ.get(PROFILES)
    return _shipped() if not own else Profiles.of([shipped_file(), _own_file(Path(own))])


def services_of(service: str) -> tuple[str, ...]:
    """Return the services that a text names: one, or several with commas between them, each once."""
    return tuple(dict.fromkeys(name for name in map(str.strip, service.split(",")) if name))


def profile_for(environment: str | None, service: str | None, environ: Mapping[str, str]) -> PoolProfile | None:
    """Return the profile of a process, its variables taken into account; None where none is meant.

    None is meant without an environment or a service, and in `test`. Raises `ConfigurationInvalid`.
    """
    services = services_of(service or "")
    if environment is None or environment == "test" or not services:
        return None
    profile = read_profiles(environ).profile(environment, services, server_cores(environ))
    return profile.overlaid(layer_of_variables(environ))


@cache
def _shipped() -> Profiles:
    return Profiles.of([shipped_file()])


def _own_file(path: Path) -> ProfileFile:
    return file_of_profiles(read_toml(path), path.name)


def _require(name: str, known: Sequence[str] | Mapping[str, object], what: str, field: str) -> None:
    if name not in known:
        raise ConfigurationInvalid(
            f"{what} {name!r}",
            fields=(field,),
            advice=f"There are: {', '.join(known)}. {PROFILES} may name a file that describes others.",
        )


def _scaled(stated: Mapping[str, Stated]) -> Layer:
    """Return the figures with the sizes multiplied by the share that the rules state."""
    share = stated[SIZE_PERCENT]
    percent = int(share.value)
    scaled = {figure: each for figure, each in stated.items() if figure != SIZE_PERCENT}
    for figure in _SIZES if percent != 100 else ():
        each = scaled[figure]
        # What is no number is refused where the figures are put together.
        if isinstance(each.value, int):
            size = max(each.value * percent // 100, 0 if figure == "size_min" else 1)
            reason = f"{percent} % of {each.value}, which is for: {each.reason}; {share.reason}"
            scaled[figure] = Stated(size, share.source, reason)
    return scaled
