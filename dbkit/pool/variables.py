"""The variables that change a profile: DBKIT_POOL_SIZE_MAX and the like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from dbkit.pool.figures import PoolFigures
from dbkit.pool.stated import Layer, Scalar, Stated, refused
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["CORES", "PROFILES", "layer_of_variables", "server_cores"]

PREFIX = "DBKIT_POOL_"
PROFILES = f"{PREFIX}PROFILES"
"""The variable that names a file of profiles of one's own."""
CORES = f"{PREFIX}CORES"
"""The variable that says how many cores the server has."""


def layer_of_variables(environ: Mapping[str, str]) -> Layer:
    """Return what the environment's variables say of a profile; an empty one says nothing.

    Raises `ConfigurationInvalid` for one that no figure is called after, and for a value that cannot be one.
    """
    layer: dict[str, Stated] = {}
    for variable, text in environ.items():
        if not variable.startswith(PREFIX) or variable in (PROFILES, CORES) or not text:
            continue
        figure = variable.removeprefix(PREFIX).lower()
        if figure not in PoolFigures.model_fields:
            known = ", ".join(f"{PREFIX}{name.upper()}" for name in PoolFigures.model_fields)
            raise ConfigurationInvalid(
                f"{variable} is set, and there is no such figure", fields=(figure,), advice=f"There are: {known}."
            )
        layer[figure] = Stated(_value(figure, variable, text), variable, "set in the environment of this process")
    return layer


def server_cores(environ: Mapping[str, str]) -> int | None:
    """Return the number of cores that DBKIT_POOL_CORES says, if it is set."""
    text = environ.get(CORES)
    if not text:
        return None
    if not text.isdecimal() or int(text) < 1:
        raise ConfigurationInvalid(f"{CORES} is no number of cores", fields=("cores",), advice="Set it to 1 or more.")
    return int(text)


def _value(figure: str, variable: str, text: str) -> Scalar:
    field: Any = PoolFigures.model_fields[figure]
    adapter: TypeAdapter[Scalar] = TypeAdapter(field.annotation)
    try:
        return adapter.validate_python(text, strict=False)
    except ValidationError as error:
        failure = refused(error, variable, f"Set it to: {field.description}.")
    raise failure
