"""A revision as it ran on the scratch server: its statements with the schema before and after each of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeVar

from dbkit.migrate.forecast.ranges import Range
from dbkit.migrate.header import Phase
from dbkit.migrate.line import Revision
from dbkit.migrate.linting.actions import Action
from dbkit.migrate.linting.facts import Column, Facts, Table
from dbkit.migrate.linting.reading import actions_of
from dbkit.migrate.syntax import tree_of

__all__ = ["Models", "Orders", "Run", "Settings", "Step"]

ActionT = TypeVar("ActionT", bound=Action)

_LARGE_ROWS: Final = 1_000_000

Models = Mapping[str, frozenset[str]]
"""The tables of models, each with its columns."""

Orders = Mapping[tuple[str, str], str]
"""Who locks one table and then another one, in one transaction."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is known beside the line: the oldest server, how many rows tables have, what the models name.

    Without `rows` nobody knows which tables are large; without `models` nobody knows what code names. `orders`
    says who locks which tables in which order.
    """

    server_version: int = 15
    rows: Mapping[str, int] | None = None
    models: Models | None = None
    orders: Orders = field(default_factory=dict[tuple[str, str], str])


@dataclass(frozen=True)
class Step:
    """One statement: what it does, where the revision sends it from, and the schema around it.

    `after` is None where the server refused it. `transaction` numbers the transactions; None is a statement
    for itself. `by_technique` is whether a function of dbkit sent it, which looks first and can be resumed.
    """

    sql: str
    before: Facts
    after: Facts | None
    line: int | None
    transaction: int | None
    by_technique: bool
    known: frozenset[int]
    """The numbers of the tables that were there before the run."""

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """What it does."""
        return actions_of(self.sql)

    def each(self, kind: type[ActionT]) -> Iterator[ActionT]:
        """Return its actions of one kind."""
        for action in self.actions:
            if isinstance(action, kind):
                yield action

    def in_use(self, name: str) -> Table | None:
        """Return the table of a name that others may be using: it was there before the run."""
        found = self.before.tables.get(name)
        return found if found is not None and self.is_old(found) else None

    def is_old(self, table: Table) -> bool:
        """Tell whether a table was there before the run, so that locks on it stop somebody."""
        return table.oid in self.known

    def rewritten(self) -> Iterator[Table]:
        """Return the tables in use that were written anew."""
        for table in self.before.tables.values():
            now = None if self.after is None else self.after.by_oid(table.oid)
            if now is not None and now.file != table.file and self.is_old(table):
                yield table

    def is_rewritten(self, name: str) -> bool:
        """Tell whether a table in use was written anew."""
        return any(each.name == name for each in self.rewritten())

    def is_scanned(self, name: str) -> bool:
        """Tell whether all rows of a table in use were read."""
        table = self.in_use(name)
        now = None if table is None or self.after is None else self.after.by_oid(table.oid)
        return table is not None and now is not None and now.scans > table.scans

    def column_before(self, table: str, name: str) -> Column | None:
        """Return a column as it was."""
        found = self.before.tables.get(table)
        return None if found is None else found.columns.get(name)

    def column_after(self, table: str, name: str) -> Column | None:
        """Return a column as it is then."""
        found = None if self.after is None else self.after.tables.get(table)
        return None if found is None else found.columns.get(name)


@dataclass(frozen=True)
class Run:
    """A revision and what came of it: its steps, the steps of its downgrade where that was tried, how it failed.

    `at_head` is whether the line ends here, so that what is left is what the models describe. `forecast` is how
    long it takes on tables as large as statistics say, where its header says how long it may; `sizes_of` is
    whose they are.
    """

    revision: Revision
    steps: tuple[Step, ...]
    undo: tuple[Step, ...] = ()
    before: Facts = field(default_factory=lambda: Facts({}))
    after: Facts = field(default_factory=lambda: Facts({}))
    failure: str = ""
    at_head: bool = False
    settings: Settings = field(default_factory=Settings)
    edited: bool = False
    overtaken_by: str = ""
    forecast: Range | None = None
    sizes_of: str = ""

    @cached_property
    def tree(self) -> ast.Module:
        """The file's code."""
        return tree_of(self.revision.path)

    @property
    def phase(self) -> Phase:
        """When a deploy applies it."""
        return self.revision.header.phase

    def is_large(self, table: str) -> bool:
        """Tell whether statistics say that a table has so many rows that work on all of them is felt."""
        return (self.settings.rows or {}).get(table, 0) >= _LARGE_ROWS

    def new_tables(self) -> Iterator[Table]:
        """Return the tables that the revision made."""
        known = {table.oid for table in self.before.tables.values()}
        return (table for table in self.after.tables.values() if table.is_table and table.oid not in known)

    def step_of(self, table: str, *kinds: type[Action]) -> Step | None:
        """Return the first statement with such an action on a table."""
        for step in self.steps:
            for action in step.actions:
                if isinstance(action, kinds) and getattr(action, "table", "") == table:
                    return step
        return None
