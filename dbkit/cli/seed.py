"""`dbkit db seed` and `dbkit db refresh`: databases with something in them."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from dbkit.cli.db import db
from dbkit.cli.migrate import Url
from dbkit.cli.output import AsJson, progress, write_json

if TYPE_CHECKING:
    from dbkit.seeds import World

__all__ = ["db"]

Organizations: TypeAlias = Annotated[
    int | None, typer.Option(help="Generate a world of so many organizations, not the small one.", min=1)
]
Number: TypeAlias = Annotated[
    int, typer.Option("--seed", help="Which generated world: the same number, the same rows.", metavar="NUMBER")
]


@db.command()
def seed(
    url: Url = None,
    *,
    organizations: Organizations = None,
    number: Number = 0,
    folder: Annotated[
        Path | None, typer.Option(help="Take the rows from a folder of your own, one JSON file for each table.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Store seed data; what is there already stays as it is."""
    from dbkit.migrate.refresh import seed as store

    with progress("Storing the seeds"):
        report = store(url, _world(organizations, number, folder))
    if as_json:
        write_json({"stored": dict(report.stored), "present": dict(report.present)})
    else:
        typer.echo(report)


@db.command()
def refresh(
    url: Url = None,
    *,
    organizations: Organizations = None,
    number: Number = 0,
    env: Annotated[bool, typer.Option("--env", help="Print what services need as lines for a shell.")] = False,
    as_json: AsJson = False,
) -> None:
    """Drop the database, create, migrate and seed it; print what local services need to start.

    Only where DBKIT_ENV is local, preview or test.
    """
    from dbkit.migrate.refresh import refresh as run

    with progress("Refreshing the database"):
        done = run(url, world=_world(organizations, number, None))
    if as_json:
        write_json(
            {
                "url": done.url,
                "project_id": done.project_id,
                "api_key": done.api_key,
                "revision": done.revision,
                "stored": [dict(each.stored) for each in done.seeds],
            }
        )
    elif env:
        for name, value in done.variables.items():
            typer.echo(f"export {name}={shlex.quote(value)}")
    else:
        typer.echo(f"revision    {done.revision}")
        for each in done.seeds:
            typer.echo(f"seeds       {each}")
        typer.echo(f"URL         {done.url}")
        typer.echo(f"project id  {done.project_id}")
        typer.echo(f"API key     {done.api_key}")


def _world(organizations: int | None, number: int, folder: Path | None) -> World | None:
    from dbkit.seeds import generated_world, world_in

    if folder is not None and organizations is not None:
        raise typer.BadParameter("a world is generated, or taken from a folder, not both")
    if folder is not None:
        return world_in(folder)
    return None if organizations is None else generated_world(organizations, seed=number)
