"""Pages about the entities, in Markdown, made from their models, values and interfaces."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import CheckConstraint

from dbkit.migrate.entity_calls import conditions_of, operations_of
from dbkit.migrate.erd.tables import references_of
from dbkit.migrate.sql_names import default_of, expression, type_of
from dbkit.models.areas import AREAS, Area, area_of
from dbkit.models.entity import Entity, Verb

__all__ = ["INDEX", "entity_page", "purpose_of", "schema_pages"]

INDEX = "index.md"

_Entity: TypeAlias = Entity[Any, Any, Any]


def schema_pages(areas: Mapping[Area, Sequence[_Entity]] = AREAS) -> dict[str, str]:
    """Return the pages by file name: an index, and one for each entity."""
    entities = [entity for group in areas.values() for entity in group]
    pages = {f"{entity.singular}.md": entity_page(entity, entities) for entity in entities}
    return {INDEX: _text(_index(areas)), **pages}


def entity_page(entity: _Entity, entities: Sequence[_Entity]) -> str:
    """Return what there is to know about an entity; `entities` are those that pages can be linked to."""
    pages = {each.name: f"{each.singular}.md" for each in entities}
    sections = {
        "Columns": _columns(entity),
        "States": _states(entity),
        "Unique keys": _unique_keys(entity),
        "Foreign keys": _foreign_keys(entity, pages),
        "Referred to by": _referring(entity, entities),
        "Checks": _checks(entity),
        "Indexes": _indexes(entity),
        "Filter": _filter(entity),
        "Orders": [", ".join(f"`{name}`" for name in entity.orders)],
        "Verbs": [", ".join(f"`{verb}`" for verb in Verb if verb in entity.verbs)],
        "Operations": _operations(entity),
    }
    lines = list(_head(entity))
    for heading, section in sections.items():
        if content := list(section):
            lines += [f"## {heading}", "", *content, ""]
    return _text(lines)


def purpose_of(entity: _Entity) -> str:
    """Return in one line what an entity is."""
    return inspect.cleandoc(entity.model.__doc__ or "").partition("\n")[0]


def _index(areas: Mapping[Area, Sequence[_Entity]]) -> Iterator[str]:
    yield from ("# The schema", "", "Made from models and values by `dbkit schema docs`.", "")
    for area, entities in areas.items():
        yield from (f"## {area.heading}", "")
        yield from _items(f"[{entity.name}]({entity.singular}.md): {purpose_of(entity)}" for entity in entities)
        yield ""


def _head(entity: _Entity) -> Iterator[str]:
    yield from (f"# {entity.name}", "", inspect.cleandoc(entity.model.__doc__ or ""), "")
    yield from (f"`{entity.new.__name__}`: {inspect.cleandoc(entity.new.__doc__ or '')}", "")
    traits = {
        "soft delete": entity.is_soft_deleted,
        "optimistic version": entity.has_version,
        "partitions": entity.is_partitioned,
    }
    known = [name for name, has in traits.items() if has]
    yield f"Area: {area_of(entity.name).heading}." + (f" It has: {', '.join(known)}." if known else "")
    yield ""


def _columns(entity: _Entity) -> Iterator[str]:
    def rows() -> Iterator[tuple[str, ...]]:
        for column in entity.table.c:
            notes = ["key"] * column.primary_key
            notes += ["never changed"] * (column.name in entity.new_fields and column.name not in entity.changeable)
            null = "yes" if column.nullable else "no"
            yield column.name, _code(type_of(column)), null, _code(default_of(column)), ", ".join(notes)

    return _table(("column", "type", "null", "default", ""), rows())


def _states(entity: _Entity) -> Iterator[str]:
    for field, states in entity.lifecycles.items():
        yield from (f"`{field}` (`{states.__name__}`): {inspect.cleandoc(states.__doc__ or '')}", "")
        yield from _table(
            ("state", "may become"),
            ((_code(state), ", ".join(map(_code, state.next_states())) or "final") for state in states),
        )
        yield ""


def _unique_keys(entity: _Entity) -> Iterator[str]:
    def rows() -> Iterator[tuple[str, ...]]:
        for key in entity.unique_keys.values():
            where = "" if key.predicate is None else f"where {expression(key.predicate)}"
            rest = ["NULLs count as equal"] * key.nulls_not_distinct + ["checked at commit"] * key.deferrable
            yield _code(key.name), _code(", ".join(map(expression, key.elements))), _code(where), ", ".join(rest)

    return _table(("name", "of", "", ""), rows())


def _foreign_keys(entity: _Entity, pages: Mapping[str, str]) -> Iterator[str]:
    def rows() -> Iterator[tuple[str, ...]]:
        for each in references_of(entity.table):
            target = f"{_linked(each.target, pages)} ({', '.join(each.target_columns)})"
            when = "at commit" if each.is_deferrable else "at once"
            yield _code(each.name), ", ".join(each.columns), target, each.on_delete, when

    return _table(("name", "columns", "points to", "ON DELETE", "checked"), rows())


def _referring(entity: _Entity, entities: Iterable[_Entity]) -> Iterator[str]:
    for each in entities:
        for reference in references_of(each.table):
            if reference.target == entity.name:
                yield f"- [{each.name}]({each.singular}.md) ({', '.join(reference.columns)})"


def _checks(entity: _Entity) -> Iterator[str]:
    checks = [each for each in entity.table.constraints if isinstance(each, CheckConstraint)]
    rows = sorted((str(each.name), expression(each.sqltext)) for each in checks)
    return _table(("name", "condition"), (tuple(map(_code, row)) for row in rows))


def _indexes(entity: _Entity) -> Iterator[str]:
    def rows() -> Iterator[tuple[str, ...]]:
        for index in sorted(entity.table.indexes, key=lambda each: str(each.name)):
            if not index.unique:
                predicate = index.dialect_options["postgresql"]["where"]
                where = "" if predicate is None else f"where {expression(predicate)}"
                yield _code(str(index.name)), _code(", ".join(map(expression, index.expressions))), _code(where)

    return _table(("name", "on", ""), rows())


def _filter(entity: _Entity) -> Iterator[str]:
    fields = entity.filter.model_fields.items()
    return _table(("field", "by"), ((_code(name), ", ".join(conditions_of(field))) for name, field in fields))


def _operations(entity: _Entity) -> Iterator[str]:
    for signature, text in operations_of(entity):
        yield from (f"`{signature}`", "", text, "")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table; none without rows. Columns without a value in any row are left out."""
    filled = [list(row) for row in rows]
    kept = [number for number in range(len(heads)) if any(row[number] for row in filled)]
    if not filled:
        return
    yield _row(heads[number] for number in kept)
    yield _row("---" for _ in kept)
    for row in filled:
        yield _row(row[number] for number in kept)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _items(items: Iterable[str]) -> Iterator[str]:
    return (f"- {item}" for item in items)


def _linked(table: str, pages: Mapping[str, str]) -> str:
    return f"[{table}]({pages[table]})" if table in pages else table


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip().replace("\n\n\n", "\n\n") + "\n"
