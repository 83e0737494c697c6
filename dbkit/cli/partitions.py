"""`dbkit db partitions`: partitions of months, made ahead and retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.migrate import Models, Url
from dbkit.cli.output import AsJson, progress, write_json
from dbkit.cli.roles import db

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbkit.migrate.partitions.keeping import Report

__all__ = ["db"]


@db.command()
def partitions(
    url: Url = None,
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Make, retire and drop, each in a transaction.")] = False,
    patience: Annotated[
        float, typer.Option(help="How many seconds to wait for tables in use, and for a migration.", min=0)
    ] = 60,
    max_stall: Annotated[
        int, typer.Option(help="How many milliseconds others may have to wait behind a statement.", min=1)
    ] = 300,
    models: Models = "dbkit.models:Base",
    as_json: AsJson = False,
) -> None:
    """Show which partitions are missing and which are too old; exits with 1 where there is something to do.

    The models declare how many months are made ahead and for how long rows are kept. With --apply it is done: exits
    with 0 when all of it was, 1 where a table stayed in use and something is left for the next time, 2 when it could
    not be done. May run as a job as often as one likes, also several times at once.
    """
    from dbkit.migrate.partitions.keeping import Patience, keep_partitions, look_at_partitions

    if apply:
        with progress("Keeping the partitions"):
            report = keep_partitions(url, models, Patience(patience, max_stall))
    else:
        with progress("Looking at the partitions"):
            report = look_at_partitions(url, models)
    if as_json:
        write_json(report.as_json())
    else:
        typer.echo("\n".join(_lines(report)))
    if report.is_finding:
        raise typer.Exit(1)


def _lines(report: Report) -> Iterator[str]:
    yield from (f"done: {task}" for task in report.done)
    yield from (f"to do: {task}" for task in report.to_do)
    yield from (f"left: {each}" for each in report.left)
    yield from (f"{name} is not there" for name in report.absent)
    if not (report.done or report.is_finding):
        yield f"the partitions of {report.database} are what they are to be"
