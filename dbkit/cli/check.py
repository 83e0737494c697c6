"""`dbkit migrate check` and `fingerprint`: what a live schema is, and whether it is what it should be."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from dbkit.cli.migrate import DevUrl, Folder, ScratchTimeout, Url
from dbkit.cli.output import AsJson, progress, write_json

__all__ = ["check", "fingerprint"]

Partitions: TypeAlias = Annotated[
    bool, typer.Option("--partitions", help="Partitions for values as well: maintenance makes those.")
]
Owners: TypeAlias = Annotated[bool, typer.Option("--owners", help="Who owns each object as well.")]
Grants: TypeAlias = Annotated[bool, typer.Option("--grants", help="What is granted on each object as well.")]


def check(  # noqa: PLR0913 (options of a command line)
    url: Url = None,
    *,
    models: Annotated[
        str | None,
        typer.Option(
            help="The models' base class, or their MetaData; without it dbkit's own, for dbkit's own line.",
            metavar="MODULE:NAME",
        ),
    ] = None,
    partitions: Partitions = False,
    owners: Owners = False,
    grants: Grants = False,
    prefix: Annotated[
        str, typer.Option(help="What the names of the roles begin with that `dbkit db roles` made.", metavar="NAME")
    ] = "dbkit",
    timeout: ScratchTimeout = 60.0,
    dev_url: DevUrl = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Compare a live schema with its line and the models, and name everything that differs.

    The line is applied to a scratch database up to the revision of the live one, the models are made
    on another. Owners and grants are to be those of `dbkit db roles` where that has been applied. Exits
    with 1 where something differs, with 2 where the role does not see all of the schema.
    """
    from dbkit.migrate.fingerprint.checking import check as run
    from dbkit.migrate.fingerprint.reading import Aspects

    with progress("Comparing the database with the line and the models"):
        aspects = Aspects(partitions, owners, grants, prefix)
        found = run(url, models=models, line=line, dev_url=dev_url, aspects=aspects, seconds_max=timeout)
    if as_json:
        write_json(found.as_json())
    else:
        typer.echo(str(found))
    if not found.is_clean:
        raise typer.Exit(1)


def fingerprint(
    url: Url = None,
    *,
    partitions: Partitions = False,
    owners: Owners = False,
    grants: Grants = False,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Print the hash of a live schema; with --json, those of its relations and objects too.

    It is the same for the same schema, on every version of PostgreSQL from 15 on and whatever way led there.
    """
    from dbkit.migrate.fingerprint.checking import fingerprint_of
    from dbkit.migrate.fingerprint.reading import Aspects

    found = fingerprint_of(url, line=line, aspects=Aspects(partitions, owners, grants))
    if as_json:
        write_json(found.as_json())
    else:
        typer.echo(str(found.tree))
