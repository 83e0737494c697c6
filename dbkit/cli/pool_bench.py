"""`dbkit pool bench` and `dbkit pool calibrate`: a server measured, and a profile made of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.migrate import Url
from dbkit.cli.output import AsJson, progress, write_json

if TYPE_CHECKING:
    from dbkit.load.result import BenchPoint

__all__ = ["bench", "calibrate"]

_DEFAULT_MIX = "get=7,page,create,transaction"


def bench(  # noqa: PLR0913 (options of a command line)
    url: Url = None,
    *,
    clients: Annotated[
        str | None,
        typer.Option(
            help="Numbers of clients; without it 1, 2, 4 to 128, as far as connections are left.", metavar="N,N"
        ),
    ] = None,
    mix: Annotated[
        str, typer.Option(help="Calls and how often each: get, page, create, transaction.", metavar="CALL=N,CALL")
    ] = _DEFAULT_MIX,
    seconds: Annotated[float, typer.Option(help="How long each number of clients works.", min=0.1)] = 2,
    rounds: Annotated[
        int, typer.Option(help="Measure each point so often, and take the one in the middle.", min=1)
    ] = 1,
    rows: Annotated[int, typer.Option(help="Rows to work on.", min=1)] = 10_000,
    processes: Annotated[
        int, typer.Option(help="Processes of clients; 0 is one for each core of this machine.", min=0)
    ] = 0,
    plot: Annotated[Path | None, typer.Option(help="Draw the curve.", metavar="FILE.PNG")] = None,
    production: Annotated[
        bool, typer.Option("--production", help="Load the server even where DBKIT_ENV is prod.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure how much a server gets done with the repositories' own calls, and find its knee.

    It works in a database of its own on that server, made for it and removed in the end; other
    databases are not touched, but whoever works there is slower meanwhile. Exits with 1 where calls failed.
    """
    from dbkit.load.bench import BenchPlan
    from dbkit.load.bench import bench as measure
    from dbkit.load.mix import mix_of
    from dbkit.load.picture import draw_curve, require_picture
    from dbkit.load.report import report_lines

    _require_no_production(production=production)
    require_picture(plot)
    plan = BenchPlan(
        clients=_numbers(clients), mix=mix_of(mix), seconds=seconds, rounds=rounds, rows=rows, processes=processes
    )
    with progress("Measuring"):
        result = measure(url, plan, _told)
        if plot is not None:
            draw_curve(result, plot)
    if as_json:
        write_json(result.model_dump(mode="json"))
    else:
        typer.echo("\n".join(report_lines(result)))
    if any(point.errors for point in result.points):
        raise typer.Exit(1)


def calibrate(
    result: Annotated[Path, typer.Argument(help="What `dbkit pool bench --json` wrote.", metavar="RESULT.JSON")],
    *,
    env: Annotated[str, typer.Option(help="The environment.", envvar="DBKIT_ENV", metavar="NAME")],
    service: Annotated[
        str | None,
        typer.Option(
            help="The service; without it, all whose load the fleet's file states.",
            envvar="DBKIT_SERVICE",
            metavar="NAME",
        ),
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option(help="Transactions a second in each process; without it, those of the fleet's file.", min=0.001),
    ] = None,
    calls: Annotated[int, typer.Option(help="Calls that hold the same connection, in a transaction.", min=1)] = 1,
    fleet: Annotated[
        Path | None, typer.Option(help="The fleet; without it, production's as dbkit brings it.", metavar="FLEET.TOML")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="Write the profiles to this new file.", metavar="PROFILES.TOML")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Turn what a bench found into profiles, as a file for DBKIT_POOL_PROFILES; each figure with its reason."""
    from dbkit.load.calibrate import calibrated, demands, overlay_lines
    from dbkit.load.result import read_result
    from dbkit.pool.fleet import read_fleet, shipped_fleet
    from dbkit.pool.profile_report import profile_json
    from dbkit.pool.profiles import read_profiles

    found = read_result(result)
    profiles = read_profiles()
    plan = shipped_fleet(profiles) if fleet is None else read_fleet(fleet, profiles)
    done = [calibrated(found, env, each, profiles) for each in demands(plan, env, service, rate, calls)]
    text = "\n".join(overlay_lines(found, env, done)) + "\n"
    if file is not None:
        _write_new(file, text)
    if as_json:
        write_json([profile_json(each.profile) for each in done])
    elif file is None:
        typer.echo(text, nl=False)
    else:
        typer.echo(f"wrote {file}: use it by DBKIT_POOL_PROFILES={file}")


def _told(point: BenchPoint) -> None:
    """Tell a terminal what has been measured so far."""
    from dbkit.load.report import point_line

    if sys.stderr.isatty():
        typer.echo(point_line(point), err=True)


def _numbers(text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() for part in parts):
        raise typer.BadParameter("write numbers with commas between them: --clients 1,2,4,8")
    return tuple(map(int, parts))


def _require_no_production(*, production: bool) -> None:
    from dbkit.types.errors import ConfigurationInvalid

    if os.environ.get("DBKIT_ENV") == "prod" and not production:
        raise ConfigurationInvalid(
            "a bench takes all that the server has, and this is prod, where others need it",
            advice="Measure a copy of the server, or say --production at an hour when nobody minds.",
        )


def _write_new(path: Path, text: str) -> None:
    from dbkit.types.errors import ConfigurationInvalid

    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        is_there = True
    else:
        is_there = False
    if is_there:
        raise ConfigurationInvalid(
            f"{path} is there already", fields=("file",), advice="Name a new file, or move that one away."
        )
