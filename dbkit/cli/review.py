"""`dbkit migrate review`: what a reviewer of new revisions has to know, in one comment."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dbkit.cli.migrate import DevUrl, Folder
from dbkit.cli.output import AsJson, write_json

if TYPE_CHECKING:
    from dbkit.migrate.review.reviewing import Review

__all__ = ["review"]


def review(  # noqa: PLR0913 (options of a command line)
    *,
    new_since: Annotated[
        str | None,
        typer.Option(help="The branch, tag or commit of git that does not have them; main, by default.", metavar="REF"),
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(help="Write a comment for the pull request to this file.", metavar="FILE")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with all of it to this file.", metavar="FILE")] = None,
    stats: Annotated[
        Path | None, typer.Option(help="Sizes of tables, as `dbkit migrate statistics` writes them.", metavar="FILE")
    ] = None,
    server_version: Annotated[
        int, typer.Option(help="The oldest server that the line is applied to: its recipes are told.", min=15)
    ] = 15,
    models: Annotated[
        str | None,
        typer.Option(help="The models that code uses; dbkit's own for dbkit's own line.", metavar="MODULE:NAME"),
    ] = None,
    statements: Annotated[
        Path | None,
        typer.Option(help="What code sends, where the line has no sets of statements of its releases.", metavar="FILE"),
    ] = None,
    only: Annotated[
        str | None, typer.Option(help="Some of the checks of `prove`, by name.", metavar="reversible,killable,...")
    ] = None,
    rows: Annotated[int, typer.Option(help="How many rows tables get where time counts.", min=1)] = 20_000,
    dev_url: DevUrl = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Plan, lint and prove the revisions that are new, and say all of it in one comment.

    It needs git and a scratch server, and no other network. Without --markdown the comment is printed. Exits with 0
    where nothing was found, 1 where something was, 2 where something could not be looked at.
    """
    from dbkit.cli.jobs import run_command
    from dbkit.migrate.proving.subject import Bounds
    from dbkit.migrate.review.reviewing import Wish
    from dbkit.migrate.review.reviewing import review as look

    wish = Wish(
        new_since=new_since,
        folder=line,
        dev_url=dev_url,
        statistics=stats,
        server_version=server_version,
        models=models,
        statements=statements,
        checks=tuple(name.strip() for name in (only or "").split(",") if name.strip()),
        bounds=Bounds(rows=rows),
        command=run_command,
    )
    with _shown() as tell:
        found = look(wish, tell)
    _give(found, markdown, html, as_json=as_json)
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def _give(found: Review, markdown: Path | None, html: Path | None, *, as_json: bool) -> None:
    from dbkit.migrate.review.markdown import headline, review_markdown
    from dbkit.migrate.review.page import review_html

    text = review_markdown(found)
    if markdown is not None:
        markdown.write_text(text, encoding="utf-8")
    if html is not None:
        html.write_text(review_html(found), encoding="utf-8")
    if as_json:
        write_json(_document(found))
    else:
        typer.echo(text if markdown is None else headline(found))


def _document(found: Review) -> dict[str, Any]:
    from dbkit.migrate.proving.reporting import document as proof_document

    document = {
        "since": found.since,
        "revisions": [each.id for each in found.revisions],
        "plan": found.forecast.as_json(),
        "lint": None,
        "prove": None if found.proofs is None else proof_document(found.proofs),
        "failures": list(found.failures),
        "exit_code": found.exit_code,
    }
    if found.linted is not None:
        # It needs the parser of SQL.
        from dbkit.migrate.linting.reporting import document as lint_document

        document["lint"] = lint_document(found.linted)
    return document


@contextmanager
def _shown() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is under way."""
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("plan") as status:
        yield status.update
