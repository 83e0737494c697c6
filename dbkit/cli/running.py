"""What `migrate apply` and `migrate down` share: the options of a run, and the run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

if TYPE_CHECKING:
    from dbkit.migrate.report import Options, Report, Watch

__all__ = ["MetricsFile", "Outputs", "StandbyLagMax", "TerminateIdle", "Wait", "WebhookUrl", "run"]

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|min|h)?")
_SECONDS = {"ms": 0.001, "s": 1.0, None: 1.0, "min": 60.0, "h": 3600.0}


def _seconds(text: str) -> float:
    read = _DURATION.fullmatch(text)
    if read is None:
        raise typer.BadParameter(f"{text!r} is no duration; write 30s, 5min or 1h")
    return float(read[1]) * _SECONDS[read[2]]


Wait: TypeAlias = Annotated[
    bool, typer.Option("--wait/--no-wait", help="Wait for another runner, or exit with 1 at once.")
]
TerminateIdle: TypeAlias = Annotated[
    float | None,
    typer.Option(
        help="End sessions that are idle in a transaction for so long and in the way; without it, none.",
        parser=_seconds,
        metavar="5min",
    ),
]
StandbyLagMax: TypeAlias = Annotated[
    float, typer.Option("--standby-lag", help="How many seconds standbys may be behind after a revision.", min=0)
]
MetricsFile: TypeAlias = Annotated[
    Path | None, typer.Option("--metrics", help="Write metrics of the run, in Prometheus' text format.", metavar="FILE")
]
WebhookUrl: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--webhook",
        help="Tell this URL of a failure, and of waits of more than a minute.",
        envvar="DBKIT_MIGRATE_WEBHOOK",
        metavar="URL",
    ),
]


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where a run tells what it does."""

    as_json: bool = False
    metrics: Path | None = None
    webhook: str | None = None

    def watches(self) -> list[Watch]:
        """Return those who hear of it beside the terminal. Raises `ConfigurationInvalid` for a webhook that is none."""
        watches: list[Watch] = []
        if self.as_json:
            from dbkit.migrate.telling.events import Events

            watches.append(Events(typer.echo))
        if self.metrics is not None:
            from dbkit.migrate.telling.metrics import Metrics

            watches.append(Metrics(self.metrics, _warn))
        if self.webhook:
            from dbkit.migrate.telling.webhook import Webhook

            watches.append(Webhook(self.webhook, _warn))
        return watches


def run(verb: str, url: str | None, options: Options, what: dict[str, Any], outputs: Outputs) -> None:
    """Run it and tell of it; exits with 1 for a finding, and with 130 or 143 after a signal."""
    from dbkit.cli.telling import Telling
    from dbkit.migrate import runner
    from dbkit.migrate.errors import MigrationStopped
    from dbkit.migrate.stop import Stop, stopped_by_signals
    from dbkit.migrate.telling.several import Several

    stop = Stop()
    function = runner.apply if verb == "apply" else runner.down
    try:
        with stopped_by_signals(stop), Telling(verb, aloud=not outputs.as_json) as telling:
            watch = Several(telling, *outputs.watches())
            report: Report = function(url, options=options, stop=stop, watch=watch, **what)
    except MigrationStopped as error:
        typer.echo(f"dbkit: {error}", err=True)
        raise typer.Exit(128 + error.signal) from None
    if not outputs.as_json:
        typer.echo(str(report))
    if report.finding:
        typer.echo(f"dbkit: {report.finding}", err=True)
        raise typer.Exit(1)


def _warn(text: str) -> None:
    typer.echo(f"dbkit: {text}", err=True)
