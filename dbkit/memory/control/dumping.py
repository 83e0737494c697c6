"""Rows out of a database in memory as seed JSON, and back into one, exactly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from dbkit.memory.change import Change
from dbkit.memory.indexes import State
from dbkit.memory.logic import Row
from dbkit.memory.rows import Rows
from dbkit.memory.statement import Statement
from dbkit.types.errors import ConfigurationInvalid
from dbkit.verbs.seed_rows import new_of_json, row_json, rows_of_text, server_fields_of_json

__all__ = ["Dump", "dump_of", "loading", "read_dump", "write_dump"]

Dump: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by table, as JSON has them."""


def dump_of(tables: Iterable[Rows], state: State) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of the tables that have some, in the order of their keys."""
    found = {
        rows.table.name: [row_json(rows.table.entity, rows.decode(row)) for row in rows.table.primary.rows(state, ())]
        for rows in tables
    }
    return {table: each for table, each in found.items() if each}


def write_dump(dump: Dump, folder: Path) -> None:
    """Write a file `<table>.json` for each table into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in dump.items():
        (folder / f"{table}.json").write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_dump(source: Dump | str | Path) -> Dump:
    """Return the rows of a dump, or of a folder that holds one. Raises `ConfigurationInvalid` for no such folder."""
    if isinstance(source, Mapping):
        return source
    folder = Path(source)
    if not folder.is_dir():
        raise ConfigurationInvalid(
            f"{folder.name} is no folder", advice="Give a folder of files <table>.json, or what dump() returns."
        )
    files = sorted(folder.glob("*.json"))
    return {file.stem: rows_of_text(file.read_text(encoding="utf-8"), file.name) for file in files}


def loading(tables: Iterable[Rows], dump: Dump) -> Iterator[Change]:
    """Yield the changes that store the rows of a dump, table by table, what is referred to first.

    Raises `ConfigurationInvalid` for a table that there is not, and `ValueInvalid` for a row that does not fit.
    """
    ordered = _in_order(list(tables))
    known = {rows.table.name for rows in ordered}
    if unknown := sorted(dump.keys() - known):
        raise ConfigurationInvalid(
            f"there is no table {', '.join(unknown)}", advice="Name what is stored after tables."
        )
    for rows in ordered:
        if given := dump.get(rows.table.name):
            yield Change("create", rows.table, partial(_store, rows, given), _no_key, is_nested=False)


def _store(rows: Rows, given: Sequence[Mapping[str, Any]], statement: Statement) -> int:
    table = rows.table
    made: list[Row] = []
    for statement.number, row in enumerate(given):
        made.append(_row(rows, row, statement))
    for statement.number, row in enumerate(made):
        statement.insert(table, row)
    statement.finish()
    return len(made)


def _row(rows: Rows, given: Mapping[str, Any], statement: Statement) -> Row:
    """Return the row of one that is given; its version, times and number are as it says."""
    table = rows.table
    place = f"{table.name}, row {(statement.number or 0) + 1}"
    said = server_fields_of_json(table.entity, given, place)
    is_numbered = table.numbered is not None and said.get(table.numbered) is None
    row = table.new_row(
        new_of_json(table.entity, given, place), statement.now, statement.numbers if is_numbered else None
    )
    if table.numbered is not None and not is_numbered and statement.numbers is not None:
        statement.numbers.advance(table.name, said[table.numbered])
    return table.changed_row(row, {name: table.stored(name, value) for name, value in said.items()}) if said else row


def _in_order(tables: list[Rows]) -> list[Rows]:
    """Return the tables so that what is referred to comes first, as far as there are no circles."""
    by_name = {rows.table.name: rows for rows in tables}
    placed: dict[str, Rows] = {}
    begun: set[str] = set()

    def place(name: str) -> None:
        if name in begun:
            return
        begun.add(name)
        for reference in by_name[name].table.references:
            if not reference.is_deferred:
                place(reference.target.name)
        placed[name] = by_name[name]

    for name in by_name:
        place(name)
    return list(placed.values())


def _no_key(_number: int | None) -> None:
    """Name no key: the row's number tells which one is at fault."""
