"""`dbkit pool watch`: a page of a server's sessions and of processes' pools, again and again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.output import AsJson, write_json

if TYPE_CHECKING:
    from dbkit.telemetry.watching import Looking, View

__all__ = ["watch"]


def watch(
    *,
    url: Annotated[
        str | None,
        typer.Argument(help="The server; without it and without --metrics, that of DBKIT_URL.", metavar="[URL]"),
    ] = None,
    metrics: Annotated[
        list[str] | None,
        typer.Option(help="Where a process exposes its metrics; may be given several times.", metavar="URL"),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="The fleet's plan; without it, production's.", metavar="FLEET.TOML")
    ] = None,
    every: Annotated[float, typer.Option(help="Seconds between two looks.", min=0.2, max=3600)] = 2.0,
    once: Annotated[bool, typer.Option("--once", help="Look once, print it, and end.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show who has how many sessions, what they wait for, and how full pools are, until Ctrl-C.

    Sessions are compared with their service's profile and with the fleet's plan. Without a terminal, or with --json, it
    looks once; what cannot be looked at is then an exit of 2.
    """
    repeats = sys.stdout.isatty() and not (once or as_json)
    with suppress(KeyboardInterrupt), _looking(url, metrics or [], file) as looking:
        if repeats:
            _go_on(looking, every)
        else:
            _print(looking.look(), as_json=as_json)


def _print(view: View, *, as_json: bool) -> None:
    if as_json:
        write_json(view.as_json())
    else:
        from rich.console import Console

        from dbkit.cli.watch_page import page

        terminal = sys.stdout.isatty()
        Console(width=None if terminal else 160, highlight=False).print(page(view, "dbkit pool watch"))
    if view.failures:
        for failure in view.failures:
            typer.echo(f"dbkit: {failure}", err=True)
        raise typer.Exit(2)


def _go_on(looking: Looking, every: float) -> None:
    import time

    from rich.live import Live

    from dbkit.cli.watch_page import page

    with Live(auto_refresh=False, screen=True) as live:
        while True:
            title = f"dbkit pool watch  {time.strftime('%H:%M:%S')}  every {every:g} s, Ctrl-C ends it"
            live.update(page(looking.look(), title), refresh=True)
            time.sleep(every)


@contextmanager
def _looking(url: str | None, metrics: list[str], file: Path | None) -> Iterator[Looking]:
    from functools import partial
    from time import monotonic

    from dbkit.pool.profiles import read_profiles
    from dbkit.telemetry.watched import planned_connections
    from dbkit.telemetry.watching import Looking

    profiles = read_profiles()
    planned = planned_connections(profiles, file)
    with ExitStack() as opened:
        server = None
        if url is not None or not metrics:
            from dbkit.migrate.databases import located
            from dbkit.sqldb.activity import Watching

            watching = Watching(opened.enter_context(located(url)).conninfo)
            opened.callback(watching.close)
            server = watching.look
        processes = {}
        if metrics:
            from dbkit.telemetry import pools_at

            processes = {each: partial(pools_at, each) for each in metrics}
        yield Looking(profiles, planned, server, processes, monotonic)
