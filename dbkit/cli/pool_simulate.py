"""`dbkit pool simulate`: a fleet in virtual time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.output import AsJson, progress, write_json
from dbkit.pool.simulation.course import Course

if TYPE_CHECKING:
    from dbkit.pool.fleet import Fleet
    from dbkit.pool.simulation.server import Curve

__all__ = ["simulate"]


def simulate(  # noqa: PLR0913 (options of a command line)
    *,
    file: Annotated[
        Path | None, typer.Option(help="The fleet; without it, production's as dbkit brings it.", metavar="FLEET.TOML")
    ] = None,
    scenario: Annotated[Course, typer.Option(help="What happens meanwhile.")] = Course.STEADY,
    seed: Annotated[int, typer.Option(help="Which run: the same number, the same run.", metavar="NUMBER")] = 0,
    seconds: Annotated[
        float | None, typer.Option(help="How long it lasts; without it, as long as the scenario takes.", min=1)
    ] = None,
    outage_seconds: Annotated[float, typer.Option(help="How long the server is away in an outage.", min=0.1)] = 15,
    load_percent: Annotated[float, typer.Option(help="How much of the fleet's planned load comes.", min=1)] = 100,
    bench: Annotated[
        Path | None,
        typer.Option(help="Take the server's curve from what `dbkit pool bench --json` wrote.", metavar="RESULT.JSON"),
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw waits, rejections and connections over time.", metavar="FILE.PNG")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run a fleet in virtual time: its calls, pools and server, steady, while all services roll, or through an outage.

    Exits with 0 where the fleet stands it, with 1 where calls are turned away that a server was there
    for, connections are too many or processes find it too late, with 2 where it could not be run.
    """
    from dbkit.load.picture import draw_run, require_picture
    from dbkit.pool.fleet import read_fleet, shipped_fleet
    from dbkit.pool.profiles import read_profiles
    from dbkit.pool.simulation.fleet_run import RunPlan
    from dbkit.pool.simulation.fleet_run import simulate as run_fleet
    from dbkit.pool.simulation.report import as_json as document
    from dbkit.pool.simulation.report import report_lines, troubles

    require_picture(plot)
    profiles = read_profiles()
    fleet = shipped_fleet(profiles) if file is None else read_fleet(file, profiles)
    curve = None
    if bench is not None:
        fleet, curve = _measured(fleet, bench)
    plan = RunPlan(
        scenario, seed, seconds=seconds, outage_seconds=outage_seconds, load_percent=load_percent, curve=curve
    )
    with progress("Simulating"):
        run = run_fleet(fleet, profiles, plan)
        if plot is not None:
            draw_run(run, plot)
    if as_json:
        write_json(document(run))
    else:
        typer.echo("\n".join(report_lines(run)))
    if troubles(run):
        raise typer.Exit(1)


def _measured(fleet: Fleet, path: Path) -> tuple[Fleet, Curve]:
    """Return the fleet on the server that was measured, and that server's curve."""
    from dbkit.load.result import read_result

    result = read_result(path)
    return replace(fleet, server=replace(fleet.server, active_max=result.knee.clients)), result.curve
