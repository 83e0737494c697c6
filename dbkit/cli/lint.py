"""`dbkit migrate lint`: what revisions do that stops others, loses data or cannot be taken back."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.migrate import DevUrl, Folder, ScratchTimeout
from dbkit.cli.output import AsJson, write_json

if TYPE_CHECKING:
    from dbkit.migrate.linting.checking import Linted

__all__ = ["lint"]


def lint(  # noqa: PLR0913 (options of a command line)
    revisions: Annotated[
        list[str] | None, typer.Argument(help="Ids, the starts of ids, or slugs; without them, the whole line.")
    ] = None,
    *,
    new_since: Annotated[
        str | None, typer.Option(help="Those that a branch, tag or commit of git does not have.", metavar="REF")
    ] = None,
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
    timeout: ScratchTimeout = 60.0,
    sarif: Annotated[Path | None, typer.Option(help="Write SARIF 2.1.0 to this file too.", metavar="FILE")] = None,
    github: Annotated[bool, typer.Option("--github", help="Print annotations of GitHub Actions.")] = False,
    dev_url: DevUrl = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Run revisions on a scratch server, and say what their statements do that is not safe.

    Exits with 0 where nothing is found, 1 where something is, 2 where a revision could not be run to its end.
    """
    _require_parser()
    from dbkit.migrate.linting.checking import Lint
    from dbkit.migrate.linting.checking import lint as look

    wish = Lint(
        revisions=tuple(revisions or ()),
        new_since=new_since,
        folder=line,
        dev_url=dev_url,
        statistics=stats,
        server_version=server_version,
        models=models,
        seconds_max=timeout,
    )
    linted = look(wish)
    _tell(linted, sarif, github=github, as_json=as_json)
    if linted.failures:
        raise typer.Exit(2)
    if linted.findings:
        raise typer.Exit(1)


def _require_parser() -> None:
    """Raise `ConfigurationInvalid` where the parser is not installed."""
    if find_spec("pglast") is None:
        from dbkit.types.errors import ConfigurationInvalid

        raise ConfigurationInvalid("the parser of SQL is missing", advice="Install dbkit[lint].")


def _tell(linted: Linted, sarif: Path | None, *, github: bool, as_json: bool) -> None:
    from dbkit.migrate.linting.reporting import document, github_annotations, sarif_text, text

    if sarif is not None:
        sarif.write_text(sarif_text(linted), encoding="utf-8")
    if as_json:
        write_json(document(linted))
    elif github:
        typer.echo("\n".join(github_annotations(linted)))
    else:
        typer.echo(text(linted))
