"""`dbkit schema`: what the models say, and how far a database is from it."""

from __future__ import annotations

import typer

from dbkit.cli.migrate import DevUrl, Models, Url
from dbkit.cli.output import AsJson, progress, write_json

__all__ = ["schema"]

schema = typer.Typer(help="Show the schema of the models, and compare a database with it.", no_args_is_help=True)


@schema.command()
def show(*, as_json: AsJson = False) -> None:
    """Print the tables as SQL."""
    from dbkit.migrate.schema import schema_sql, schema_statements

    if as_json:
        write_json({"statements": schema_statements()})
    else:
        typer.echo(schema_sql(), nl=False)


@schema.command()
def diff(
    url: Url = None,
    *,
    models: Models = "dbkit.models:Base",
    dev_url: DevUrl = None,
    as_json: AsJson = False,
) -> None:
    """Compare a database with the models; exits with 1 where they differ.

    Everything that PostgreSQL knows is compared: columns with defaults and collations, constraints,
    indexes, functions, triggers, and so on. Partitions are left out.
    """
    from dbkit.migrate.drift import drift

    with progress("Comparing the database with the models"):
        found = drift(url, models, dev_url=dev_url)
    if as_json:
        differences = [
            {"object": each.name, "database": each.before, "models": each.after} for each in found.differences
        ]
        write_json({"database": found.database, "differences": differences})
    else:
        typer.echo("\n".join(map(str, found.differences)) or f"{found.database} is what the models say")
    if found.differences and not found.is_of_one_version:
        versions = f"{found.database_major} (database) and {found.models_major} (models)"
        typer.echo(f"read on PostgreSQL {versions}: some of it may be a difference of words", err=True)
    if found.differences:
        raise typer.Exit(1)
