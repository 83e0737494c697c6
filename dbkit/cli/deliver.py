"""`dbkit deliver`: webhooks sent, and sent again."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from dbkit.cli.migrate import Url
from dbkit.cli.output import AsJson, write_json

if TYPE_CHECKING:
    from dbkit.deliveries.worker import Counts, DeliveryOptions

__all__ = ["deliver"]

deliver = typer.Typer(help="Deliver webhooks, and look after their destinations.", no_args_is_help=True)


@deliver.command()
def run(
    url: Url = None,
    *,
    concurrency: Annotated[int, typer.Option(help="How many messages are sent at a time.", min=1)] = 20,
    send_timeout: Annotated[float, typer.Option(help="How many seconds a receiver has to answer.", min=0.1)] = 15,
    poll: Annotated[float, typer.Option(help="How many seconds between two looks.", min=0.01)] = 1,
    allow_network: Annotated[
        list[str] | None,
        typer.Option(help="A private network that may be sent to, by http as well; may be given several times."),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="End when nothing is due any more.")] = False,
    as_json: AsJson = False,
) -> None:
    """Send what is due, until SIGTERM or SIGINT; then end what was begun.

    Any number of them share the work. Exits with 0 when it was asked to stop, 2 when it could not run.
    """
    _require_httpx()
    from dbkit.deliveries.addresses import networks
    from dbkit.deliveries.worker import DeliveryOptions

    options = DeliveryOptions(
        concurrency=concurrency,
        send_seconds=send_timeout,
        poll_seconds=poll,
        allowed=networks(allow_network or ()),
        once=once,
    )
    counts = asdict(asyncio.run(_run(url, options)))
    if as_json:
        write_json(counts)
    else:
        typer.echo(", ".join(f"{number} {what.replace('_', ' ')}" for what, number in counts.items()))


async def _run(url: str | None, options: DeliveryOptions) -> Counts:
    import dbkit
    from dbkit.deliveries.worker import DeliveryWorker

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with dbkit.connect_async(url) as db:
        return await DeliveryWorker(db, options).run(stop)


@deliver.command()
def replay(
    url: Url = None,
    *,
    project: Annotated[UUID, typer.Option(help="The destination's project.")],
    destination: Annotated[UUID, typer.Option(help="The destination.")],
    since: Annotated[datetime, typer.Option(help="Deliveries that were created from this time on, in UTC.")],
    until: Annotated[datetime | None, typer.Option(help="And before this one; without it, until now.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make deliveries due again that have failed, or were put off while their destination was disabled.

    Enables the destination. What was delivered is not sent again.
    """
    import dbkit
    from dbkit.types.identifiers import DestinationId, ProjectId

    key = ProjectId(project), DestinationId(destination)
    # The clock of whoever created the last ones may be ahead of ours.
    end = _in_utc(until) if until is not None else datetime.now(UTC) + timedelta(days=1)
    with dbkit.connect(url) as db:
        db.destinations.enable(*key)
        replayed = 0
        while found := db.deliveries.replay(*key, _in_utc(since), end):
            replayed += found
    if as_json:
        write_json({"replayed": replayed})
    else:
        typer.echo(f"{replayed} deliveries are due")


def _require_httpx() -> None:
    from importlib.util import find_spec

    from dbkit.types.errors import ConfigurationInvalid

    if find_spec("httpx") is None:
        raise ConfigurationInvalid(
            "webhooks are sent with httpx", advice="Install it: pip install 'dbkit[deliveries]'."
        )


def _in_utc(given: datetime) -> datetime:
    return given.replace(tzinfo=UTC) if given.tzinfo is None else given
