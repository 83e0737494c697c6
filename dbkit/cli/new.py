"""`dbkit new`: a service to begin with, and entities in it or in dbkit itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.output import AsJson, progress, write_json

if TYPE_CHECKING:
    from dbkit.generate.scaffold.files import Written

__all__ = ["new"]

new = typer.Typer(help="Write a new service, or a new entity; nothing is ever written over.", no_args_is_help=True)


@new.command()
def entity(
    name: Annotated[str, typer.Argument(help="Its name in the singular: order_line, or OrderLine.")],
    *,
    under: Annotated[
        str | None,
        typer.Option(help="The entity that it belongs to: it is of the same tenant, and goes with it.", metavar="NAME"),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            help="A field beside its name, with ? where it may be left out: price:numeric(10,2)?", metavar="NAME:TYPE"
        ),
    ] = None,
    states: Annotated[
        str | None, typer.Option(help="The states of its lifecycle, in order: draft,listed,retired.", metavar="A,B,...")
    ] = None,
    plural: Annotated[str | None, typer.Option(help="Its plural, where that is not regular.", metavar="NAME")] = None,
    area: Annotated[str | None, typer.Option(help="In dbkit itself: the area of the schema.", metavar="NAME")] = None,
    package: Annotated[
        str | None, typer.Option(help="The package, where the folder has more than one with entities.", metavar="NAME")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write an entity: value, model, factory, tests, and the revision that creates its table.

    The package is the one in this folder, or in `src`, that has models and types. Interfaces and mocks are generated
    and the revision is hashed, so that everything runs at once; where the line has a trace, `dbkit migrate trace`
    is left to do. Fields are text, integer, bigint, numeric(precision,scale), boolean, instant, json, bytes or uuid.
    """
    from dbkit.generate.package import Package
    from dbkit.generate.scaffold.entity import new_entity
    from dbkit.generate.scaffold.fields import Field, States
    from dbkit.generate.scaffold.layout import Layout
    from dbkit.generate.scaffold.naming import EntityName
    from dbkit.migrate.line import Line
    from dbkit.migrate.trace.file import findings as trace_findings

    names, fields = EntityName.parse(name, plural), [Field.parse(each) for each in field or ()]
    chosen, lifecycle = Package.find(package), States.parse(states)
    with progress("Writing the entity"):
        written = new_entity(chosen, names, under=under, fields=fields, states=lifecycle, area=area)
    _show(written, as_json=as_json)
    # A trace needs a server, which nothing of this does.
    for each in () if as_json else trace_findings(Line.read(Layout.of(chosen).migrations)):
        typer.echo(each)


@new.command()
def service(
    name: Annotated[str, typer.Argument(help="Its package: widget_service.")],
    *,
    database: Annotated[
        str | None, typer.Option(help="Its database class: Shop. Without it, named after the service.", metavar="CLASS")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Where to write it; without it, a new folder here: widget-service.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a service without entities yet: project, package, database, line of revisions, API and tests."""
    from dbkit.generate.scaffold.naming import ServiceName
    from dbkit.generate.scaffold.service import new_service

    names = ServiceName.parse(name, database)
    with progress("Writing the service"):
        written = new_service(names, folder if folder is not None else Path(names.project))
    _show(written, as_json=as_json)


def _show(written: Written, *, as_json: bool) -> None:
    if as_json:
        write_json({"made": written.made, "changed": written.changed, "generated": written.generated})
    else:
        typer.echo(written)
