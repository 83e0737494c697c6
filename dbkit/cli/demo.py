"""`dbkit demo`."""

from __future__ import annotations

import typer

from dbkit.cli.output import AsJson, progress, write_json

__all__ = ["demo"]


def demo(*, as_json: AsJson = False) -> None:
    """Tell one story to PostgreSQL and to memory.

    The server is started for it in a temporary folder; nothing is left behind.
    """
    from dbkit.cli.story.stage import perform

    with progress("Starting PostgreSQL in a temporary folder, and telling it the story"):
        report = perform()
    if as_json:
        write_json(report.as_json())
    else:
        from rich.console import Console

        report.show(Console(highlight=False))
    if report.different:
        raise typer.Exit(1)
