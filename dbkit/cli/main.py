"""The command `dbkit`.

Every command takes `--json` and exits with 0, with 1 where a check found something, or with 2 where
it could not run; errors go to stderr. What a command needs it imports when it runs, so that
`dbkit --help` does not wait for SQLAlchemy and a driver.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable
from functools import partial
from importlib import metadata
from types import FrameType
from typing import Annotated, NoReturn

import typer

from dbkit.cli.check import check, fingerprint
from dbkit.cli.checkpoint import checkpoint
from dbkit.cli.deliver import deliver
from dbkit.cli.demo import demo
from dbkit.cli.diagrams import schema
from dbkit.cli.doctor import doctor
from dbkit.cli.generate import generate
from dbkit.cli.lint import lint
from dbkit.cli.manifests import manifests
from dbkit.cli.new import new
from dbkit.cli.output import explain
from dbkit.cli.plan import plan, statistics
from dbkit.cli.pool import pool
from dbkit.cli.preview import preview
from dbkit.cli.promote import promote
from dbkit.cli.prove import prove
from dbkit.cli.relay import relay
from dbkit.cli.repair import adopt, repair
from dbkit.cli.review import review
from dbkit.cli.revisions import migrate
from dbkit.cli.rotate import db
from dbkit.cli.starting import called
from dbkit.cli.statements import statements
from dbkit.cli.trace import trace

__all__ = ["PROGRAM", "app", "main", "run"]

PROGRAM = "dbkit"
"""The command's name, as its help shows it."""

_COULD_NOT_RUN = 2

app = typer.Typer(
    name=PROGRAM,
    help="A database platform toolkit for Python services on PostgreSQL.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(demo)
app.command()(doctor)
app.command()(generate)
app.add_typer(db, name="db")
app.add_typer(deliver, name="deliver")
migrate.command()(adopt)
migrate.command()(check)
migrate.command()(checkpoint)
migrate.command()(fingerprint)
migrate.command()(lint)
migrate.command()(manifests)
migrate.command()(promote)
migrate.command()(prove)
migrate.command()(plan)
migrate.command()(review)
migrate.command()(statements)
migrate.command()(statistics)
migrate.command()(repair)
migrate.command()(trace)
app.add_typer(migrate, name="migrate")
app.add_typer(new, name="new")
app.add_typer(pool, name="pool")
app.add_typer(preview, name="preview")
app.add_typer(relay, name="relay")
app.add_typer(schema, name="schema")


def main() -> None:
    """Run the command line and exit."""
    try:
        run(partial(called(app, sys.argv[1:]), prog_name=PROGRAM))
    finally:
        # The interpreter would look through all that was imported, twice, for what it frees a moment later anyway:
        # 0.2 to 0.5 s on two busy cores.
        gc.freeze()


def run(command: Callable[[], object]) -> None:
    """Run what a command line calls for, and tell errors in words; they end the process with their exit code."""
    signal.signal(signal.SIGTERM, _leave)
    try:
        command()
    except Exception as error:  # noqa: BLE001 (the reader of a command line gets no traceback)
        typer.echo(f"dbkit: {explain(error)}", err=True)
        # Errors by which a check refuses say so themselves.
        sys.exit(getattr(error, "exit_code", _COULD_NOT_RUN))


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    """End by an exception, so that what was started is stopped and what was made is removed."""
    sys.exit(128 + number)


@app.callback(invoke_without_command=True)
def _dbkit(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version, and nothing else.")] = False
) -> None:
    if version:
        typer.echo(f"dbkit {metadata.version('dbkit')}")
        raise typer.Exit
