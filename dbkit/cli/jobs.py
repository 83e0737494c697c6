"""The command line for processes that are started many times over: made once, before they begin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import typer.main

import dbkit.cli.telling  # noqa: F401 (so that no process has to)
from dbkit.cli.main import PROGRAM, app, run

__all__ = ["run_command"]

# Making it takes half as long as a short command.
_command = typer.main.get_command(app)


def run_command(arguments: Sequence[str]) -> None:
    """Run `dbkit` with these arguments, and exit as it does."""
    run(partial(_command, list(arguments), prog_name=PROGRAM))
