"""`dbkit migrate trace`: what each revision of a line does to tables, seen on a scratch server."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.migrate import DevUrl, Folder, ScratchTimeout
from dbkit.cli.output import AsJson, write_json

if TYPE_CHECKING:
    from dbkit.migrate.line import Revision
    from dbkit.migrate.trace.writing import Traced

__all__ = ["trace"]


def trace(
    *,
    anew: Annotated[bool, typer.Option("--all", help="See all revisions again, not only those that changed.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="See all of them, write nothing, and exit with 1 where the file says else.")
    ] = False,
    timeout: ScratchTimeout = 60.0,
    dev_url: DevUrl = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Run the revisions on a scratch server, and write to dbkit.trace what each statement locks, scans and writes anew.

    Exits with 1 where a header claims something else.
    """
    from dbkit.migrate.trace.writing import trace_line

    with _shown() as tell:
        found = trace_line(line, dev_url=dev_url, anew=anew, check=check, tell=tell, seconds_max=timeout)
    if as_json:
        document = {"file": str(found.path), "walked": found.walked, "changed": list(found.changed)}
        write_json(document | {"disagreements": list(found.disagreements)})
    else:
        typer.echo("\n".join(_lines(found, check=check)))
    if found.disagreements or (check and found.changed):
        raise typer.Exit(1)


def _lines(found: Traced, *, check: bool) -> Iterator[str]:
    yield from found.disagreements
    if check:
        yield from (f"{found.path.name} does not say what {name} does" for name in found.changed)
    if check and not (found.changed or found.disagreements):
        yield f"all is well with {found.path}"
    elif not check:
        yield f"saw {found.walked} revisions: {found.path}" if found.walked else f"nothing to do: {found.path}"


@contextmanager
def _shown() -> Iterator[Callable[[Revision], None]]:
    """Show on a terminal which revision is under way."""
    if not sys.stderr.isatty():
        yield lambda _revision: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Starting a scratch server") as status:
        yield lambda revision: status.update(str(revision))
