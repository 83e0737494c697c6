"""`dbkit migrate plan` and `statistics`: what applying would do to a database, told beforehand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.migrate import Folder, To, Url
from dbkit.cli.output import AsJson, write_json
from dbkit.migrate.deploys.part import Part

if TYPE_CHECKING:
    from dbkit.migrate.forecast.model import Forecast

__all__ = ["plan", "statistics"]


def plan(  # noqa: PLR0913 (options of a command line)
    url: Url = None,
    *,
    to: To = None,
    phase: Annotated[Part | None, typer.Option(help="One part of the next release, as `apply` takes it.")] = None,
    after: Annotated[
        str | None, typer.Option(help="Connect to nothing: plan for a database at this revision, or `base`.")
    ] = None,
    stats: Annotated[
        Path | None,
        typer.Option(help="Sizes of tables, as `statistics` wrote them; without a URL nothing is connected to."),
    ] = None,
    elsewhere: Annotated[
        list[Path] | None,
        typer.Option(
            help="What `statistics` wrote of another database: how long revisions took there.", metavar="FILE"
        ),
    ] = None,
    sql: Annotated[bool, typer.Option("--sql", help="Print the statements as a script.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write a page for reviewers.", metavar="FILE")] = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Say what `apply` would do: statements, locks, who waits how long, what is in the way, what is lost.

    It changes nothing and takes no lock but those of its reads. What statements do comes from dbkit.trace.
    """
    from dbkit.migrate.forecast.planning import Wanted, plan_from_files
    from dbkit.migrate.forecast.planning import plan as read
    from dbkit.migrate.forecast.statistics import Statistics

    sizes = None if stats is None else Statistics.load(stats)
    wanted = Wanted(to=to, part=phase, elsewhere=tuple(map(Statistics.load, elsewhere or ())))
    if url is None and (after is not None or sizes is not None):
        found = plan_from_files(after, wanted, line=line, sizes=sizes)
    else:
        found = read(url, wanted, line=line, sizes=sizes)
    _show(found, html, sql=sql, as_json=as_json)


def statistics(
    url: Url = None,
    *,
    calibrate: Annotated[
        bool, typer.Option("--calibrate", help="Measure the server's rates too: some seconds of work, rolled back.")
    ] = False,
    line: Folder = None,
    as_json: AsJson = True,  # noqa: ARG001 (every command takes it; this one prints nothing else)
) -> None:
    """Print how large a database's tables are, as `plan --stats` reads it: names and numbers, no data.

    With --calibrate the role needs CREATE on the schema, and times in plans are those of this server.
    """
    from dbkit.migrate.forecast.planning import calibrated
    from dbkit.migrate.forecast.planning import statistics as read

    found = read(url, line=line)
    write_json((calibrated(url, found) if calibrate else found).as_json())


def _show(found: Forecast, html: Path | None, *, sql: bool, as_json: bool) -> None:
    from dbkit.migrate.forecast.html import forecast_html
    from dbkit.migrate.forecast.script import forecast_sql
    from dbkit.migrate.forecast.text import forecast_text

    if html is not None:
        html.write_text(forecast_html(found), encoding="utf-8")
    if as_json:
        write_json(found.as_json())
    elif sql:
        typer.echo(forecast_sql(found), nl=False)
    elif html is not None:
        typer.echo(f"wrote {html}")
    else:
        typer.echo(forecast_text(found))
