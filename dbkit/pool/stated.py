"""Figures that somebody stated: a value, by whom, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["FrozenModel", "Layer", "Scalar", "Stated", "refused"]

Scalar: TypeAlias = bool | int | float | str


class FrozenModel(BaseModel):
    """Base of what is read from files: frozen, nothing extra, no conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure's value, where it comes from, and the reason that is given there."""

    value: Scalar
    source: str
    reason: str


Layer: TypeAlias = Mapping[str, Stated]
"""What one source says of a profile, by figure. A later layer wins, figure by figure."""


def refused(error: ValidationError, where: str, advice: str) -> ConfigurationInvalid:
    """Turn pydantic's refusal into `ConfigurationInvalid`: places and reasons, never the input."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    reasons = "; ".join(": ".join(filter(None, (".".join(map(str, each["loc"])), each["msg"]))) for each in details)
    fields = tuple(dict.fromkeys(str(each["loc"][-1]) for each in details if each["loc"]))
    return ConfigurationInvalid(f"{where} does not fit ({reasons})", fields=fields, advice=advice)
