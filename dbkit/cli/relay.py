"""`dbkit relay`: the events of the outbox sent to others, and what stands in their way."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from dbkit.cli.migrate import Url
from dbkit.cli.output import AsJson, write_json

if TYPE_CHECKING:
    from dbkit.relay import AsyncRelay, RelayCounts, RelayOptions, RelayStatus

__all__ = ["relay"]

_STOP_SECONDS_MAX = 4.0

relay = typer.Typer(help="Send the events of the outbox, and see how it stands.", no_args_is_help=True)

_Shown: TypeAlias = "Callable[[AsyncRelay], AbstractContextManager[object]]"
Topic: TypeAlias = Annotated[str | None, typer.Option(help="Of this topic alone.")]


@relay.command()
def run(  # noqa: PLR0913 (options of a command line)
    url: Url = None,
    *,
    to: Annotated[
        str, typer.Option(help="Where to: stdout, file:PATH, python:MODULE:CALLABLE or pubsub://PROJECT[/PREFIX].")
    ] = "stdout",
    topics: Annotated[list[str] | None, typer.Option(help="A topic to send; may be given several times.")] = None,
    batch: Annotated[int, typer.Option(help="How many messages are sent at a time.", min=1)] = 1_000,
    attempts: Annotated[int, typer.Option(help="After how many refusals a key is quarantined.", min=1)] = 10,
    deaths: Annotated[
        int, typer.Option(help="After how many deaths of relays that sent it alone a message's key is.", min=1)
    ] = 3,
    poll: Annotated[float, typer.Option(help="How many seconds between two looks.", min=0.001)] = 0.05,
    send_timeout: Annotated[float, typer.Option(help="How many seconds a batch may take.", min=0.1)] = 10,
    lease: Annotated[float, typer.Option(help="After how many seconds others take over from the dead.", min=0.5)] = 15,
    keep: Annotated[float, typer.Option(help="For how many seconds sent messages are kept.", min=0)] = 0,
    once: Annotated[bool, typer.Option("--once", help="End when nothing is due any more.")] = False,
    metrics_port: Annotated[
        int | None, typer.Option(help="Show metrics to Prometheus at this port.", min=1, max=65535)
    ] = None,
    metrics_host: Annotated[str, typer.Option(help="The address of that port, and who may read it.")] = "127.0.0.1",
    as_json: AsJson = False,
) -> None:
    """Send what is due, until SIGTERM or SIGINT; then end what was begun.

    Any number of them share the work. Exits with 0 when it was asked to stop, 2 when it could not run.
    """
    from dbkit.relay import RelayOptions

    options = RelayOptions(
        topics=tuple(topics or ()),
        batch_messages=batch,
        attempts_max=attempts,
        deaths_max=deaths,
        poll_seconds=poll,
        send_seconds=send_timeout,
        lease_seconds=lease,
        keep=timedelta(seconds=keep),
    )
    shown = nullcontext if metrics_port is None else partial(_shown, metrics_host, metrics_port)
    counts = asdict(asyncio.run(_run(url, to, options, shown, once=once)))
    _tell(counts, as_json=as_json, on_stderr=to == "stdout")


@relay.command()
def status(url: Url = None, *, as_json: AsJson = False) -> None:
    """Show what waits, for how long, and why: stalled transactions, quarantined keys, relays at work."""
    import dbkit
    from dbkit.relay import OutboxState

    with dbkit.connect(url) as db:
        found = OutboxState(db).status()
    if as_json:
        write_json(found.as_json())
    else:
        for line in _lines(found):
            typer.echo(line)


@relay.command()
def retry(
    url: Url = None,
    *,
    key: Annotated[str | None, typer.Option(help="The key; without it, all that are quarantined.")] = None,
    topic: Topic = None,
    as_json: AsJson = False,
) -> None:
    """Have quarantined messages sent again, and the later ones of their keys behind them."""
    import dbkit
    from dbkit.relay import OutboxState

    with dbkit.connect(url) as db:
        _tell({"released": OutboxState(db).retry(key, topic)}, as_json=as_json)


@relay.command()
def drop(
    url: Url = None,
    *,
    key: Annotated[str, typer.Option(help="The key.")],
    topic: Topic = None,
    as_json: AsJson = False,
) -> None:
    """Delete the quarantined messages of a key, so that the later ones go on."""
    import dbkit
    from dbkit.relay import OutboxState

    with dbkit.connect(url) as db:
        _tell({"dropped": OutboxState(db).drop(key, topic)}, as_json=as_json)


async def _run(url: str | None, to: str, options: RelayOptions, shown: _Shown, *, once: bool) -> RelayCounts:
    import dbkit
    from dbkit.relay import AsyncRelay
    from dbkit.relay.opening import open_sink

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    sink = open_sink(to)
    try:
        async with dbkit.connect_async(url) as db:
            relay = AsyncRelay(db, sink, options)
            with shown(relay):
                return await _until(stop, relay, once=once)
    finally:
        await sink.close()


@contextmanager
def _shown(host: str, port: int, relay: AsyncRelay) -> Iterator[None]:
    """Show metrics of a relay and its pool for a block."""
    from dbkit import telemetry

    with telemetry.serve_metrics(port, host=host):
        telemetry.expose(relay.database)
        telemetry.expose_relay(relay)
        try:
            yield
        finally:
            telemetry.withdraw_relay(relay)


async def _until(stop: asyncio.Event, relay: AsyncRelay, *, once: bool) -> RelayCounts:
    """Have a relay work until it is asked to stop; leave what a sink has not done soon after that."""
    work = asyncio.ensure_future(relay.run_once() if once else relay.run(stop))
    asked = asyncio.ensure_future(stop.wait())
    await asyncio.wait([work, asked], return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if not work.done():
        await asyncio.wait([work], timeout=_STOP_SECONDS_MAX)
    if not work.done():
        work.cancel()
        await asyncio.wait([work])
        return relay.counts
    return work.result()


def _tell(counts: dict[str, int], *, as_json: bool, on_stderr: bool = False) -> None:
    words = ", ".join(f"{number} {what}" for what, number in counts.items())
    typer.echo(json.dumps(counts) if as_json else words, err=on_stderr)


def _lines(found: RelayStatus) -> list[str]:
    lines = [f"{found.pending} pending, the oldest for {found.lag_seconds:.1f} s"]
    lines += [f"  {each.topic}: {each.pending}, {each.lag_seconds:.1f} s" for each in found.topics]
    lines += [f"relay {each.name}: {each.slots} slots" for each in found.relays] or ["no relay is at work"]
    lines += [
        f"quarantined: {each.topic} {each.key} at event {each.event_id}, after {each.attempts} attempts: {each.why}"
        for each in found.quarantined
    ]
    lines += [
        f"stall: pid {each.pid} ({each.application_name}) is {each.state} for {each.transaction_seconds:.1f} s"
        f"{', has written' if each.has_written else ''}{', holds back vacuum' if each.holds_back_vacuum else ''}"
        for each in found.stalls
    ]
    return lines
