"""A command line that starts fast: of an application only the command that is called is made.

Typer makes all commands before it runs one of them, and imports pydantic even to take a word as it is; of a
command that finds nothing to do both would be a third of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_name
from typer.models import CommandInfo, TyperInfo

__all__ = ["called"]


def called(app: typer.Typer, words: Sequence[str]) -> typer.Typer:
    """Return the part of an application that the words of a command line call: down to one command, if they do.

    Where they name none, as for help or a word that is wrong, it is the whole of it.
    """
    if not words:
        return app
    part = copy(app)
    part.registered_commands = [
        _light(info, _LightCommand) for info in app.registered_commands if _name_of(info) == words[0]
    ]
    part.registered_groups = [_called(info, words[1:]) for info in app.registered_groups if info.name == words[0]]
    part.info = _light(app.info, _LightGroup)
    return part if part.registered_commands or part.registered_groups else app


class _Light:
    """A command or group that takes values that are what they should be as they are."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return its parameters, and that of its help."""
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            if "process_value" not in vars(parameter):
                parameter.process_value = partial(_processed, parameter, parameter.process_value)
        return parameters


class _LightCommand(_Light, TyperCommand):
    pass


class _LightGroup(_Light, TyperGroup):
    pass


def _processed(parameter: Any, process: Callable[[Any, Any], Any], context: Any, value: Any) -> Any:
    if not _is_ready(parameter, value):
        return process(context, value)
    return value if parameter.callback is None else parameter.callback(context, parameter, value)


def _is_ready(parameter: Any, value: object) -> bool:
    described = getattr(parameter, "type_descriptor", None)
    if described is None or parameter.nargs != 1 or getattr(parameter, "multiple", False):
        return False
    if value is None:
        return not parameter.required
    is_word = described.annotation is str and described.parameter_info.parser is None
    return type(value) is described.annotation and (is_word or value is parameter.default)


def _name_of(info: CommandInfo) -> str:
    return info.name or get_command_name(getattr(info.callback, "__name__", ""))


def _light(info: Any, light: type[TyperCommand | TyperGroup]) -> Any:
    """Return what is known of a command or a group, which is then made as a light one."""
    found = copy(info)
    found.cls = light
    return found


def _called(info: TyperInfo, words: Sequence[str]) -> TyperInfo:
    narrow = copy(info)
    narrow.typer_instance = called(info.typer_instance, words) if info.typer_instance else None
    return narrow
