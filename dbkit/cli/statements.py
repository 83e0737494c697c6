"""`dbkit migrate statements`: what the code sends, kept beside the line for the proof that releases are compatible."""

from __future__ import annotations

from typing import Annotated

import typer

from dbkit.cli.migrate import Folder
from dbkit.cli.output import AsJson, write_json

__all__ = ["statements"]


def statements(
    *,
    write: Annotated[bool, typer.Option("--write", help="Keep it as what the code sends now: current.json.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 where that file says something else.")] = False,
    release: Annotated[
        bool, typer.Option("--release", help="Keep it as what this release sends, under the id of the line's head.")
    ] = False,
    database: Annotated[
        str, typer.Option(help="The class whose repositories the code uses.", metavar="MODULE:CLASS")
    ] = "dbkit:Database",
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Collect the statements of all repositories, each verb of each entity.

    `dbkit migrate prove` runs those of the release before on each schema between two releases.
    """
    from dbkit.migrate.line import Line
    from dbkit.migrate.proving.compatible.keeping import keep

    found = keep(Line.read(line), database, write=write, release=release)
    changed = [str(path) for path in found.changed]
    verb = "wrote" if write or release else "not current:"
    if as_json:
        write_json({"statements": len(found.statements.statements), "head": found.statements.head, "changed": changed})
    else:
        typer.echo(f"{len(found.statements.statements)} statements, for {found.statements.head}")
        for path in changed:
            typer.echo(f"{verb} {path}")
    if check and changed:
        raise typer.Exit(1)
