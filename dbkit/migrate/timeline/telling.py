"""Tell statements of SQL to a catalogue: what each of them creates, changes, renames or drops."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from dbkit.migrate.timeline.catalogue import Catalogue
from dbkit.migrate.timeline.changes import Kind
from dbkit.migrate.timeline.statements import actions, columns_of, constraints_of, plain, read_tables, written_tables

__all__ = ["tell"]

_IF = r"(?:IF (?:NOT )?EXISTS )?"


def tell(catalogue: Catalogue, statement: str) -> None:
    """Take in a statement; one that is none of those below may still write or read rows."""
    text = plain(statement)
    for pattern, take in _STATEMENTS:
        if found := pattern.match(text):
            take(catalogue, *found.groups())
            return
    for table in written_tables(text):
        catalogue.wrote(table)
    for table in read_tables(text):
        catalogue.read(table)


def _create_table(catalogue: Catalogue, name: str, rest: str) -> None:
    if parent := re.match(r"PARTITION OF (\w+)", rest, re.IGNORECASE):
        catalogue.partitions[name] = parent[1]
        catalogue.note(parent[1], Kind.ADDED, f"partition {name}")
        return
    table = catalogue.begin_table(name)
    table.columns |= dict.fromkeys(columns_of(rest))
    table.constraints |= set(constraints_of(rest))


def _drop_tables(catalogue: Catalogue, names: str) -> None:
    for name in (each.split()[0] for each in actions(names)):
        if name in catalogue.partitions:
            catalogue.note(catalogue.partitions.pop(name), Kind.DROPPED, f"partition {name}")
        elif name in catalogue.tables:
            catalogue.tables.pop(name).bar.ended = catalogue.now
            catalogue.touch(name)
            catalogue.indexes = {index: table for index, table in catalogue.indexes.items() if table != name}


def _alter_table(catalogue: Catalogue, name: str, rest: str) -> None:
    if name in catalogue.others or name in catalogue.partitions:
        return
    for action in actions(rest):
        for pattern, take in _ACTIONS:
            if found := pattern.match(action):
                take(catalogue, name, *found.groups())
                break


def _rename_table(catalogue: Catalogue, name: str, new: str) -> None:
    """End a table's bar and begin another one."""
    old = catalogue.tables.pop(name, None) or catalogue.table(name)
    catalogue.tables.pop(name, None)
    old.bar.ended, old.bar.target = catalogue.now, new
    table = catalogue.begin_table(new, source=name)
    table.columns, table.constraints, table.triggers = old.columns, old.constraints, old.triggers
    catalogue.indexes = {index: new if of == name else of for index, of in catalogue.indexes.items()}
    catalogue.touch(name)


def _rename_column(catalogue: Catalogue, table: str, old: str, new: str) -> None:
    names = catalogue.table(table).columns
    catalogue.table(table).columns = {new if name == old else name: None for name in names}
    catalogue.note(table, Kind.CHANGED, f"column {old}, now {new},")


def _rename_constraint(catalogue: Catalogue, table: str, old: str, new: str) -> None:
    constraints = catalogue.table(table).constraints
    constraints.discard(old)
    constraints.add(new)
    if old in catalogue.indexes:
        catalogue.indexes[new] = catalogue.indexes.pop(old)
    if catalogue.has_added(table, f"constraint {old}"):
        catalogue.note(table, Kind.DROPPED, f"constraint {old}")
        catalogue.note(table, Kind.ADDED, f"constraint {new}")
    else:
        catalogue.note(table, Kind.CHANGED, f"constraint {old}, now {new},")


def _add_constraint(catalogue: Catalogue, table: str, name: str) -> None:
    catalogue.table(table).constraints.add(name)
    catalogue.note(table, Kind.ADDED, f"constraint {name}")


def _add_nameless_constraint(catalogue: Catalogue, table: str, kind: str) -> None:
    catalogue.note(table, Kind.ADDED, kind.lower())


def _drop_constraint(catalogue: Catalogue, table: str, condition: str | None, name: str) -> None:
    if condition and name not in catalogue.table(table).constraints:
        return
    catalogue.table(table).constraints.discard(name)
    catalogue.indexes.pop(name, None)
    catalogue.note(table, Kind.DROPPED, f"constraint {name}")


def _change_constraint(catalogue: Catalogue, table: str, name: str) -> None:
    catalogue.note(table, Kind.CHANGED, f"constraint {name}")


def _add_column(catalogue: Catalogue, table: str, name: str) -> None:
    catalogue.table(table).columns[name] = None
    catalogue.note(table, Kind.ADDED, f"column {name}")


def _drop_column(catalogue: Catalogue, table: str, name: str) -> None:
    catalogue.table(table).columns.pop(name, None)
    catalogue.note(table, Kind.DROPPED, f"column {name}")


def _change_column(catalogue: Catalogue, table: str, name: str) -> None:
    catalogue.note(table, Kind.CHANGED, f"column {name}")


def _create_index(catalogue: Catalogue, name: str, table: str) -> None:
    catalogue.indexes[name] = table
    catalogue.note(table, Kind.ADDED, f"index {name}")


def _drop_indexes(catalogue: Catalogue, names: str) -> None:
    for name in (each.split()[0] for each in actions(names)):
        if table := catalogue.indexes.pop(name, None):
            catalogue.note(table, Kind.DROPPED, f"index {name}")


def _rename_index(catalogue: Catalogue, old: str, new: str) -> None:
    table = catalogue.indexes.pop(old, None)
    if table is not None:
        catalogue.indexes[new] = table
        catalogue.note(table, Kind.CHANGED, f"index {old}, now {new},")


def _create_trigger(catalogue: Catalogue, name: str, table: str) -> None:
    if table in catalogue.tables:
        catalogue.table(table).triggers.add(name)
        catalogue.note(table, Kind.ADDED, f"trigger {name}")


def _drop_trigger(catalogue: Catalogue, name: str, table: str) -> None:
    if table in catalogue.tables:
        catalogue.table(table).triggers.discard(name)
        catalogue.note(table, Kind.DROPPED, f"trigger {name}")


def _create_other(catalogue: Catalogue, name: str) -> None:
    catalogue.others.add(name)


def _drop_others(catalogue: Catalogue, names: str) -> None:
    catalogue.others -= {re.split(r"\W", each, maxsplit=1)[0] for each in actions(names)}


def _compiled(*patterns: tuple[str, Callable[..., None]]) -> tuple[tuple[re.Pattern[str], Callable[..., None]], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), take) for pattern, take in patterns)


_STATEMENTS: Final = _compiled(
    (rf"CREATE (?:UNLOGGED )?TABLE {_IF}(\w+) ?(.*)", _create_table),
    (rf"DROP TABLE {_IF}(.*)", _drop_tables),
    (rf"ALTER TABLE {_IF}(?:ONLY )?(\w+) (.*)", _alter_table),
    (rf"CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?{_IF}(\w+) ON (?:ONLY )?(\w+)", _create_index),
    (rf"DROP INDEX (?:CONCURRENTLY )?{_IF}(.*)", _drop_indexes),
    (rf"ALTER INDEX {_IF}(\w+) RENAME TO (\w+)", _rename_index),
    (r"CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER (\w+) .*? ON (\w+)", _create_trigger),
    (rf"DROP TRIGGER {_IF}(\w+) ON (\w+)", _drop_trigger),
    (r"CREATE (?:OR REPLACE )?(?:FUNCTION|TYPE|VIEW) (\w+)", _create_other),
    (rf"DROP (?:FUNCTION|TYPE|VIEW) {_IF}(.*)", _drop_others),
)
_ACTIONS: Final = _compiled(
    (r"RENAME TO (\w+)", _rename_table),
    (r"RENAME CONSTRAINT (\w+) TO (\w+)", _rename_constraint),
    (r"RENAME (?:COLUMN )?(\w+) TO (\w+)", _rename_column),
    (r"ADD CONSTRAINT (\w+)", _add_constraint),
    (r"ADD (PRIMARY KEY|UNIQUE|FOREIGN KEY|CHECK|EXCLUDE)\b", _add_nameless_constraint),
    (rf"ADD (?:COLUMN )?{_IF}(\w+)", _add_column),
    (r"DROP CONSTRAINT (IF EXISTS )?(\w+)", _drop_constraint),
    (rf"DROP (?:COLUMN )?{_IF}(\w+)", _drop_column),
    (r"(?:VALIDATE|ALTER) CONSTRAINT (\w+)", _change_constraint),
    (r"ALTER (?:COLUMN )?(\w+)", _change_column),
)
