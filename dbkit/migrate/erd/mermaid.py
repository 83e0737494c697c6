"""The entity-relationship diagram as Mermaid, which many Markdown viewers draw."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.migrate.erd.tables import Box, Diagram, Reference

__all__ = ["erd_mermaid"]


def erd_mermaid(diagram: Diagram) -> str:
    """Return the diagram in Mermaid's language: tables with their keys, then foreign keys by their last column."""
    return "\n".join(["erDiagram", *(line for line in _lines(diagram))]) + "\n"


def _lines(diagram: Diagram) -> Iterator[str]:
    foreign: dict[str, set[str]] = {}
    for reference in diagram.references:
        foreign.setdefault(reference.source, set()).add(reference.column)
    for box in diagram.boxes.values():
        yield from _table(box, foreign.get(box.name, set()))
    for reference in diagram.references:
        yield f"  {_relation(reference)}"


def _table(box: Box, foreign: set[str]) -> Iterator[str]:
    if not box.rows:
        yield f"  {box.name}"
        return
    yield f"  {box.name} {{"
    for row in box.rows:
        keys = ", ".join(["PK"] * row.is_key + ["FK"] * (row.name in foreign))
        yield f"    {row.type} {row.name} {keys}"
    yield "  }"


def _relation(reference: Reference) -> str:
    """Return one foreign key: how many of the target there are, and how many of the source."""
    target = "|o" if reference.is_optional else "||"
    source = "o|" if reference.is_unique else "o{"
    return f"{reference.target} {target}--{source} {reference.source} : {reference.column}"
