"""`dbkit migrate prove`: revisions are run on a scratch server, and each check says what failed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.migrate import DevUrl, Folder
from dbkit.cli.output import AsJson, write_json

if TYPE_CHECKING:
    from dbkit.migrate.line import Revision
    from dbkit.migrate.proving.running import Proofs

__all__ = ["prove"]


def prove(  # noqa: PLR0913 (options of a command line)
    revisions: Annotated[
        list[str] | None, typer.Argument(help="Ids, the starts of ids, or slugs; without them, those that are new.")
    ] = None,
    *,
    new_since: Annotated[
        str | None,
        typer.Option(
            help="Those that a branch, tag or commit of git does not have; main's, by default.", metavar="REF"
        ),
    ] = None,
    only: Annotated[
        str | None, typer.Option(help="Some of the checks, by name.", metavar="reversible,killable,...")
    ] = None,
    rows: Annotated[int, typer.Option(help="How many rows tables get where time counts.", min=1)] = 20_000,
    seconds: Annotated[
        float, typer.Option(help="How many seconds a statement may take, and a revision twice as many.", min=0.1)
    ] = 30.0,
    models: Annotated[
        str | None,
        typer.Option(help="The models that code uses; dbkit's own for dbkit's own line.", metavar="MODULE:NAME"),
    ] = None,
    statements: Annotated[
        Path | None,
        typer.Option(help="What code sends, where the line has no sets of statements of its releases.", metavar="FILE"),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page for reviewers.", metavar="FILE")] = None,
    dev_url: DevUrl = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Prove revisions: run them on a scratch server, stop them, take them back, and say what does not hold.

    Exits with 0 where all checks passed or are waived, 1 where one failed, 2 where one could not be run.
    """
    from dbkit.cli.jobs import run_command
    from dbkit.migrate.proving.running import Prove
    from dbkit.migrate.proving.running import prove as run
    from dbkit.migrate.proving.subject import Bounds

    wish = Prove(
        revisions=tuple(revisions or ()),
        new_since=new_since,
        only=tuple(name.strip() for name in (only or "").split(",") if name.strip()),
        folder=line,
        dev_url=dev_url,
        bounds=Bounds(rows=rows, seconds_max=seconds),
        command=run_command,
        statements=statements,
        models=models,
    )
    with _shown() as tell:
        proofs = run(wish, tell)
    _tell(proofs, html, as_json=as_json)
    if proofs.exit_code:
        raise typer.Exit(proofs.exit_code)


def _tell(proofs: Proofs, html: Path | None, *, as_json: bool) -> None:
    from dbkit.migrate.proving.page import proofs_html
    from dbkit.migrate.proving.reporting import document, lines

    if html is not None:
        html.write_text(proofs_html(proofs), encoding="utf-8")
    if as_json:
        write_json(document(proofs))
    else:
        typer.echo("\n".join(lines(proofs)))


@contextmanager
def _shown() -> Iterator[Callable[[Revision, str], None]]:
    """Show on a terminal which revision and which check are under way."""
    if not sys.stderr.isatty():
        yield lambda _revision, _check: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Starting a scratch server") as status:
        yield lambda revision, check: status.update(f"{revision}: {check}")
