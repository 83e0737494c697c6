"""The file of profiles: its rules, environments, servers, and the baseline."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, model_validator

from dbkit.pool.figures import PoolFigures
from dbkit.pool.stated import FrozenModel, Layer, Scalar, Stated, refused
from dbkit.types.errors import ConfigurationInvalid

__all__ = [
    "SIZE_PERCENT",
    "Baseline",
    "Environment",
    "ProfileFile",
    "Rule",
    "ServerSize",
    "file_of_profiles",
    "read_toml",
    "shipped_file",
]

SIZE_PERCENT = "size_percent"
"""The one figure of a rule that is no figure of a profile: the share of the sizes stated that a process gets."""

_CONDITIONS = ("environments", "services", "cores_max")
_ADVICE = "Correct the file; the one that dbkit brings (dbkit/pool/profiles.toml) shows the form."


class Environment(FrozenModel):
    """An environment; with `any_service`, services that no rule names are welcome there too."""

    name: str = Field(min_length=1)
    what: str
    any_service: bool = False


class ServerSize(FrozenModel):
    """A server's cores, and what one of that size carries."""

    cores: int = Field(ge=1)
    memory_gib: float = Field(gt=0, allow_inf_nan=False)
    max_connections: int = Field(ge=1)
    reason: str


class Baseline(FrozenModel):
    """A setting that every process has, to compare a fleet of profiles with."""

    idle_max: int = Field(ge=0)
    open_max: int = Field(ge=1)
    lifetime_seconds: float = Field(gt=0, allow_inf_nan=False)
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Figures, and what they are for: everything, or these environments, services, and servers of so few cores."""

    source: str
    environments: tuple[str, ...] | None
    services: tuple[str, ...] | None
    cores_max: int | None
    layer: Layer

    def applies(self, environment: str, service: str, cores: int | None) -> bool:
        """Tell whether it is for this; where the cores are not known, the server is that of the environment."""
        return (
            (self.environments is None or environment in self.environments)
            and (self.services is None or service in self.services)
            and (self.cores_max is None or (cores is not None and cores <= self.cores_max))
        )


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """What a file of profiles says."""

    environments: tuple[Environment, ...] = ()
    rules: tuple[Rule, ...] = ()
    servers: tuple[ServerSize, ...] = ()
    baseline: Baseline | None = None


class _Figure(FrozenModel):
    value: Scalar
    reason: str = Field(min_length=1)


class _Conditions(FrozenModel):
    title: str = Field(min_length=1)
    environments: list[str] | None = None
    services: list[str] | None = None
    cores_max: int | None = Field(default=None, ge=1)
    figures: dict[str, _Figure]

    @model_validator(mode="after")
    def _percent_of_a_size(self) -> Self:
        percent = self.figures.get(SIZE_PERCENT)
        if percent is not None and (type(percent.value) is not int or not 1 <= percent.value <= 1000):
            message = f"{SIZE_PERCENT} is a whole number from 1 to 1000"
            raise ValueError(message)
        return self


class _File(FrozenModel):
    environment: list[Environment] = Field(default_factory=list)
    rule: list[dict[str, Any]] = Field(default_factory=list)
    server: list[ServerSize] = Field(default_factory=list)
    baseline: Baseline | None = None


def shipped_file() -> ProfileFile:
    """Return what the file that dbkit brings says."""
    text = resources.files("dbkit.pool").joinpath("profiles.toml").read_text(encoding="utf-8")
    return file_of_profiles(tomllib.loads(text), "profiles.toml")


def read_toml(path: Path) -> Mapping[str, Any]:
    """Return a TOML file's contents. Raises `ConfigurationInvalid` where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        refusal = error.strerror or type(error).__name__
    except ValueError as error:
        refusal = f"it is no TOML: {error}"
    raise ConfigurationInvalid(f"{path} cannot be read ({refusal})", advice="Name a TOML file that this user may read.")


def file_of_profiles(document: Mapping[str, Any], name: str) -> ProfileFile:
    """Return a file's contents, checked. Raises `ConfigurationInvalid`, which names the file and the place in it."""
    try:
        read = _File.model_validate(document)
        rules = tuple(_rule(rule, name) for rule in read.rule)
    except ValidationError as error:
        failure = refused(error, name, _ADVICE)
    else:
        return ProfileFile(tuple(read.environment), rules, tuple(read.server), read.baseline)
    raise failure


def _rule(document: Mapping[str, Any], name: str) -> Rule:
    figures = {key: value for key, value in document.items() if key not in ("title", *_CONDITIONS)}
    conditions = {key: value for key, value in document.items() if key not in figures}
    # A bare value is enough in a file of one's own: whoever wrote it knows why.
    given = {key: _Figure(value=value, reason=f"set in {name}") for key, value in figures.items() if _is_bare(value)}
    read = _Conditions.model_validate({**conditions, "figures": {**figures, **given}})
    _require_known(read.figures, f"{name}, rule {read.title!r}")
    source = f"{name}: {read.title}"
    return Rule(
        source=source,
        environments=None if read.environments is None else tuple(read.environments),
        services=None if read.services is None else tuple(read.services),
        cores_max=read.cores_max,
        layer={key: Stated(figure.value, source, figure.reason) for key, figure in read.figures.items()},
    )


def _is_bare(value: object) -> bool:
    return isinstance(value, bool | int | float | str)


def _require_known(names: Iterable[str], where: str) -> None:
    """Raise `ConfigurationInvalid` where one of the names is no figure's."""
    known = (*PoolFigures.model_fields, SIZE_PERCENT)
    unknown = tuple(name for name in names if name not in known)
    if unknown:
        raise ConfigurationInvalid(
            f"{where}: there is no figure {', '.join(unknown)}",
            fields=unknown,
            advice=f"There are: {', '.join(known)}.",
        )
