"""`dbkit schema erd` and `dbkit schema docs`: the models drawn, and told on pages."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dbkit.cli.output import AsJson, write_json
from dbkit.cli.pictures import Output, give
from dbkit.cli.schema import schema

if TYPE_CHECKING:
    from dbkit.migrate.erd.tables import Diagram

__all__ = ["DiagramFormat", "docs", "erd", "schema"]


class DiagramFormat(StrEnum):
    """What a diagram is written in."""

    SVG = "svg"
    MERMAID = "mermaid"


@schema.command()
def erd(
    *,
    kind: Annotated[DiagramFormat, typer.Option("--format", help="A picture, or text that viewers draw.")] = (
        DiagramFormat.SVG
    ),
    area: Annotated[str | None, typer.Option(help="Only the tables of an area.", metavar="NAME")] = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Draw the tables and the foreign keys between them."""
    from dbkit.migrate.erd.drawing import erd_svg
    from dbkit.migrate.erd.mermaid import erd_mermaid

    diagram = _diagram(area)
    if as_json:
        write_json(_as_json(diagram))
        return
    give(erd_svg(diagram) if kind is DiagramFormat.SVG else erd_mermaid(diagram), output)


@schema.command()
def docs(
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The folder; without it, all is printed.", metavar="FOLDER")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a page about each entity in Markdown: columns, keys, states, filter, verbs, operations."""
    from dbkit.migrate.schema_docs import schema_pages

    pages = schema_pages()
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            (output / name).write_text(page, encoding="utf-8")
    if as_json:
        write_json({"pages": list(pages) if output else pages, "folder": str(output) if output else None})
    elif output is None:
        typer.echo("\n".join(pages.values()), nl=False)
    else:
        typer.echo(f"wrote {len(pages)} pages to {output}")


def _diagram(area: str | None) -> Diagram:
    from dbkit.migrate.erd.tables import of_area, of_models
    from dbkit.models.areas import Area

    if area is None:
        return of_models()
    if area not in set(Area):
        raise typer.BadParameter(f"no area is called so; there are {', '.join(Area)}", param_hint="--area")
    return of_area(Area(area))


def _as_json(diagram: Diagram) -> Any:
    from dataclasses import asdict

    return {
        "areas": {frame.title: [box.name for box in frame.boxes] for frame in diagram.frames},
        "foreign_keys": [asdict(reference) for reference in diagram.references],
    }
