"""`dbkit pool alerts` and `dbkit pool dashboard`: what is written from the profiles for those who watch."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.output import AsJson, write_json

if TYPE_CHECKING:
    from dbkit.telemetry.watched import WatchedFleet

__all__ = ["alerts", "dashboard"]


class Told(StrEnum):
    """What is written: the rules, or who is told when one of them fires."""

    RULES = "rules"
    ALERTMANAGER = "alertmanager"


Env = Annotated[str, typer.Option(help="The environment.", envvar="DBKIT_ENV", metavar="NAME")]
FleetFile = Annotated[
    Path | None,
    typer.Option(help="The environment's fleet; prod has one that dbkit brings.", metavar="FLEET.TOML"),
]


def alerts(
    *,
    env: Env,
    file: FleetFile = None,
    emit: Annotated[Told, typer.Option(help="Prometheus' rules, or Alertmanager's routes and receivers.")] = Told.RULES,
    as_json: AsJson = False,
) -> None:
    """Write alert rules, with the figures of the profiles as thresholds: PagerDuty for prod, Slack for the rest."""
    from dbkit.telemetry.alertmanager import alertmanager_config
    from dbkit.telemetry.alerts import rule_file
    from dbkit.telemetry.yaml_text import yaml_lines

    fleet = _fleet(env, file)
    document = rule_file(fleet) if emit is Told.RULES else alertmanager_config(env)
    if as_json:
        write_json(document)
        return
    typer.echo(f"# Written by `dbkit pool alerts --env {env} --emit {emit}` from the profiles; change those instead.")
    typer.echo("\n".join(yaml_lines(document)))


def dashboard(*, env: Env, file: FleetFile = None, as_json: AsJson = False) -> None:
    """Write a dashboard for Grafana, which is JSON in any case, with the figures of the profiles as lines."""
    from dbkit.telemetry.dashboard import dashboard as made

    del as_json
    write_json(made(_fleet(env, file)))


def _fleet(env: str, file: Path | None) -> WatchedFleet:
    from dbkit.pool.profiles import read_profiles
    from dbkit.telemetry.watched import watched_fleet

    return watched_fleet(env, read_profiles(), file)
