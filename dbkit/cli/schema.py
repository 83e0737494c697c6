"""`dbkit schema`: the database's schema, made from the models."""

from __future__ import annotations

from typing import Annotated

import typer

from dbkit.cli.output import AsJson, progress, write_json

__all__ = ["schema"]

schema = typer.Typer(help="Create the database's schema, or show it.", no_args_is_help=True)


@schema.command()
def create(
    url: Annotated[
        str | None, typer.Argument(help="The database; without it, DBKIT_URL or DBKIT_ENV say which.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Create the tables; where they are, do nothing."""
    from dbkit.migrate.schema import create_schema

    with progress("Creating the schema"):
        report = create_schema(url)
    if as_json:
        write_json({"outcome": report.outcome, "database": report.shown_as, "tables": list(report.tables)})
    else:
        typer.echo(report)


@schema.command()
def show(*, as_json: AsJson = False) -> None:
    """Print the tables as SQL."""
    from dbkit.migrate.schema import schema_sql, schema_statements

    if as_json:
        write_json({"statements": schema_statements()})
    else:
        typer.echo(schema_sql(), nl=False)
