"""The command line for processes that are started many times over: made once, before they begin."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module

import typer.main

from dbkit.cli.main import PROGRAM, app, run
from dbkit.migrate.line import Line
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["run_command"]

# Commands import it when they run: here, so that no process has to.
import_module("dbkit.cli.telling")
# Making it takes half as long as a short command.
_command = typer.main.get_command(app)
# Each of them looks through the line that it applies, whose files then are parsed already: those of dbkit's own.
with suppress(ConfigurationInvalid):
    Line.read().findings()


def run_command(arguments: Sequence[str]) -> None:
    """Run `dbkit` with these arguments, and exit as it does."""
    run(partial(_command, list(arguments), prog_name=PROGRAM))
