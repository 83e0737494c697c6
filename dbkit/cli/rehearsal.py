"""`dbkit migrate apply --dry-run`: a run on a scratch copy, and where the live schema is another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from dbkit.cli.output import write_json

if TYPE_CHECKING:
    from dbkit.migrate.forecast.rehearsal import Rehearsal
    from dbkit.migrate.report import Options

__all__ = ["rehearse"]


def rehearse(url: str | None, options: Options, what: dict[str, Any], *, as_json: bool) -> None:
    """Run it, and print what `apply` would; exits as that does, and with 1 where the schemas differ."""
    from dbkit.cli.telling import Telling
    from dbkit.migrate.errors import MigrationStopped
    from dbkit.migrate.forecast.rehearsal import rehearse as run
    from dbkit.migrate.stop import Stop, stopped_by_signals

    stop = Stop()
    try:
        with stopped_by_signals(stop), Telling("apply", aloud=not as_json) as telling:
            found = run(url, options=options, stop=stop, watch=telling, **what)
    except MigrationStopped as error:
        typer.echo(f"dbkit: {error}", err=True)
        raise typer.Exit(128 + error.signal) from None
    if as_json:
        write_json(found.as_json())
    else:
        typer.echo(str(found.report))
    _tell_findings(found)


def _tell_findings(found: Rehearsal) -> None:
    for each in found.differences:
        typer.echo(f"the live schema is not what the line makes: {each}", err=True)
    if found.differences and len(set(found.majors)) > 1:
        live, copy = found.majors
        typer.echo(f"read on PostgreSQL {live} (live) and {copy} (copy): it may be a difference of words", err=True)
    if found.report.finding:
        typer.echo(f"dbkit: {found.report.finding}", err=True)
    if found.differences or found.report.finding:
        raise typer.Exit(1)
