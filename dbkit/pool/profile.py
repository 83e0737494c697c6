"""A profile: the figures of one environment and service, each with where it comes from and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from dbkit.pool.figures import PoolFigures
from dbkit.pool.order import checked_order
from dbkit.pool.stated import Layer, refused

__all__ = ["PoolProfile", "made"]


@dataclass(frozen=True, slots=True)
class PoolProfile:
    """The figures of a process's pool, in an environment, for the services that the process holds.

    `stated` says for each figure where it comes from and why; `figures` are the same as typed
    values, in an order that holds (`checked_order`).
    """

    environment: str
    services: tuple[str, ...]
    figures: PoolFigures
    stated: Layer

    @property
    def name(self) -> str:
        """The environment and the services: prod/api, or prod/api+read."""
        return _name(self.environment, self.services)

    def overlaid(self, layer: Layer) -> PoolProfile:
        """Return the profile with the figures that a later layer states.

        Raises `ConfigurationInvalid` where one of them cannot be, or does not fit the others.
        """
        return made(self.environment, self.services, {**self.stated, **layer}) if layer else self


def made(environment: str, services: Sequence[str], stated: Layer) -> PoolProfile:
    """Return a profile of what is stated. Raises `ConfigurationInvalid` for impossible figures."""
    name = _name(environment, services)
    try:
        figures = PoolFigures.model_validate({figure: each.value for figure, each in stated.items()})
    except ValidationError as error:
        failure = refused(error, f"the profile of {name}", "Correct the figures named here, where they are set.")
    else:
        checked_order(figures, name)
        ordered = {figure: stated[figure] for figure in PoolFigures.model_fields}
        return PoolProfile(environment, tuple(services), figures, ordered)
    raise failure


def _name(environment: str, services: Sequence[str]) -> str:
    return f"{environment}/{'+'.join(services)}"
