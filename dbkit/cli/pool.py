"""`dbkit pool`: profiles, and the proof that a fleet of them fits its server."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.output import AsJson, write_json
from dbkit.cli.pool_alerts import alerts, dashboard
from dbkit.cli.pool_bench import bench, calibrate
from dbkit.cli.pool_simulate import simulate
from dbkit.cli.pool_watch import watch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dbkit.pool.fleet import Fleet
    from dbkit.pool.profiles import Profiles
    from dbkit.pool.proof import Proof

__all__ = ["pool"]

pool = typer.Typer(help="Profiles of pools, and whether a fleet of them fits its server.", no_args_is_help=True)
pool.command()(alerts)
pool.command()(bench)
pool.command()(calibrate)
pool.command()(dashboard)
pool.command()(simulate)
pool.command()(watch)


class Emitted(StrEnum):
    """What a fleet that fits is written out as."""

    SQL = "sql"
    HELM = "helm"
    DOCS = "docs"


@pool.command()
def profile(
    *,
    env: Annotated[str, typer.Option(help="The environment.", envvar="DBKIT_ENV", metavar="NAME")],
    service: Annotated[
        str | None,
        typer.Option(
            help="The service, or several of one process with commas; without it, a table of all.",
            envvar="DBKIT_SERVICE",
            metavar="NAME",
        ),
    ] = None,
    cores: Annotated[
        int | None, typer.Option(help="The server's cores, where they are not the environment's usual ones.", min=1)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show each figure of a profile, where it comes from, and why; DBKIT_POOL_... variables count."""
    import os

    from dbkit.pool.profile_report import profile_json, profile_lines, table_lines
    from dbkit.pool.profiles import profile_for, read_profiles
    from dbkit.pool.variables import CORES

    environ: Mapping[str, str] = os.environ if cores is None else {**os.environ, CORES: str(cores)}
    services = [service] if service else read_profiles(environ).services
    found = [each for name in services if (each := profile_for(env, name, environ)) is not None]
    if not found:
        raise typer.BadParameter("the environment test has no profile: its databases are memory, or a test's own")
    if as_json:
        documents = [profile_json(each) for each in found]
        write_json(documents[0] if service else documents)
    else:
        typer.echo("\n".join(profile_lines(found[0]) if service else table_lines(found)))


@pool.command()
def fleet(
    *,
    file: Annotated[
        Path | None, typer.Option(help="The fleet; without it, production's as dbkit brings it.", metavar="FLEET.TOML")
    ] = None,
    server: Annotated[
        str | None, typer.Option(help="Take limits, memory settings and roles from this server.", metavar="URL")
    ] = None,
    baseline: Annotated[
        bool, typer.Option("--baseline", help="Count with the setting that the product had in every process before.")
    ] = False,
    emit: Annotated[Emitted | None, typer.Option(help="Write this, where the fleet fits.")] = None,
    as_json: AsJson = False,
) -> None:
    """Count what a fleet opens at the most, and prove that it fits its server, or say what does not and what would.

    Exits with 0 where it fits, with 1 where it does not, with 2 where that could not be found out.
    """
    from dbkit.pool.emitting import helm_values, limit_statements, page
    from dbkit.pool.report import as_json as document
    from dbkit.pool.report import report_lines

    proof = _proof(file, server, baseline=baseline)
    writers = {Emitted.SQL: limit_statements, Emitted.HELM: helm_values, Emitted.DOCS: page}
    if emit is not None and proof.fits:
        text = "\n".join(writers[emit](proof))
        if as_json:
            write_json({"kind": emit.value, "text": text})
        else:
            typer.echo(text)
    elif as_json:
        write_json(document(proof))
    else:
        # What does not fit is not written out: the reader of a file would take it for proved.
        typer.echo("\n".join(report_lines(proof)), err=emit is not None)
    if not proof.fits:
        raise typer.Exit(1)


def _proof(file: Path | None, url: str | None, *, baseline: bool) -> Proof:
    from dbkit.pool.facts import compared, with_facts
    from dbkit.pool.fleet import read_fleet, shipped_fleet
    from dbkit.pool.profiles import read_profiles
    from dbkit.pool.proof import prove

    profiles = read_profiles()
    plan = shipped_fleet(profiles) if file is None else read_fleet(file, profiles)
    notes: tuple[str, ...] = ()
    if baseline:
        plan, notes = _with_baseline(plan, profiles)
    if url is None:
        return prove(plan, notes=notes)
    from dbkit.migrate.databases import located
    from dbkit.sqldb.facts import server_facts

    with located(url) as target:
        facts = server_facts(target.conninfo)
    found, told = compared(plan, facts)
    return prove(with_facts(plan, facts), found, (*notes, *told))


def _with_baseline(plan: Fleet, profiles: Profiles) -> tuple[Fleet, tuple[str, ...]]:
    """Return the fleet with the earlier setting, and what it costs besides connections."""
    before = profiles.baseline
    processes = sum(each.deployments * each.replicas_max * each.processes for each in plan.services)
    idle = processes * before.idle_max
    cost = (
        f"{idle} connections stay open while nothing is done, and {idle / before.lifetime_seconds:.0f} of them a second"
        f" are opened anew, for none lives longer than {before.lifetime_seconds:g} s"
    )
    return plan.with_size(before.open_max), (before.reason, cost)
