"""`dbkit migrate checkpoint`: a squashed start for new databases, proved to be what the revisions make."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from dbkit.cli.migrate import DevUrl, Folder, ScratchTimeout
from dbkit.cli.output import AsJson, write_json

__all__ = ["checkpoint"]


def checkpoint(
    revision: Annotated[
        str | None, typer.Argument(help="The revision to stand for, and all before it; without one, the last.")
    ] = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Prove the checkpoints that there are, and write nothing.")
    ] = False,
    timeout: ScratchTimeout = 60.0,
    dev_url: DevUrl = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Write what the line leads to as one script, from which `apply` begins in a database that has nothing.

    The line is walked, and the script is proved to make the same schema and rows, on each version of
    PostgreSQL that is installed. Exits with 1 where it does not, and then nothing is written.
    """
    from dbkit.migrate.checkpoints.writing import check_checkpoints, write_checkpoint

    if check and revision is not None:
        raise typer.BadParameter("--check proves all checkpoints, and a revision is named")
    with _shown() as tell:
        found = (
            check_checkpoints(line=line, dev_url=dev_url, tell=tell, seconds_max=timeout)
            if check
            else [write_checkpoint(revision, line=line, dev_url=dev_url, tell=tell, seconds_max=timeout)]
        )
    if as_json:
        documents = [each.as_json() for each in found]
        write_json(documents if check else documents[0])
    else:
        typer.echo("\n".join(map(str, found)) or "nothing to do: the line has no checkpoint")


@contextmanager
def _shown() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is under way."""
    if not sys.stderr.isatty():
        yield lambda _what: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Starting a scratch server") as status:
        yield status.update
